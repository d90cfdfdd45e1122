"""Banks that several courses draw from: stored, and kept in step with the drafts that name them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from lms.content.bundle import Bundle, normalize
from lms.content.paths import SHARED
from lms.content.problems import Problem
from lms.content.shared import SharedText, named_banks, read_shared, shared_path, with_banks
from lms.db import holding
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.bank_index import index_bank
from lms.domain.catalog.actions.rows import insert_missing, listed, store_files
from lms.domain.catalog.models import Course, Draft, DraftFile, SharedBank, SharedBankMember, VersionFile
from lms.domain.catalog.queries import bank_digests, bank_text, draft_texts, opens_banks


class BankErrors(Exception):
    """The text of a shared bank has errors: nothing was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)


class BankAtDesk(Exception):
    """The bank is written at the trainers' desk; only an explicit takeover brings it back to the folder."""


def store_bank(session: Session, slug: str, data: bytes, *, now: datetime, takeover: bool = False) -> bool:
    """Make a text of the server's folder the shared bank of that name; False when it is that already.

    Raises BankErrors, and BankAtDesk unless `takeover`. Drafts that draw from it get it at once; published
    versions keep their copy until they are published anew.
    """
    path = shared_path(slug)
    data = normalize({path: data})[path]
    bank = held_bank(session, slug)
    text = readable(session, bank, slug, data)
    digest = store_files(session, {path: data})[path]
    if bank is not None and bank.digest == digest and (bank.home == "disk" or not takeover):
        return False
    if bank is None:
        bank = SharedBank(slug=slug, title=text.title, questions=0, digest=digest, changed_at=now)
        session.add(bank)
    elif bank.home == "desk" and not takeover:
        raise BankAtDesk(slug)
    bank.home = "disk"
    put_in_force(session, bank, text, digest, by=None, now=now)
    return True


def held_bank(session: Session, slug: str) -> SharedBank | None:
    """Return the bank of that name, held until the end of the transaction; None when there is none."""
    query = select(SharedBank).where(SharedBank.slug == slug)
    return session.scalars(holding(query, of=SharedBank)).one_or_none()


def readable(session: Session, bank: SharedBank | None, slug: str, data: bytes) -> SharedText:
    """Read a text that is to become the bank of that name. Raises BankErrors."""
    before = {shared_path(slug): bank_text(session, slug)} if bank else {}
    text = read_shared(data, slug, before)
    if text.errors:
        raise BankErrors(text.problems)
    return text


def put_in_force(
    session: Session, bank: SharedBank, text: SharedText, digest: str, *, by: int | None, now: datetime
) -> None:
    """Make a stored text the one that drafts draw from; those that do get it at once.

    They hold the text before. A file that only bears the name was there before the bank: it gets nothing.
    """
    before = bank.digest
    bank.title, bank.questions, bank.digest, bank.written = text.title, len(text.questions), digest, None
    bank.competencies, bank.changed_at = listed(text.competencies, 300), now
    session.flush()
    path = shared_path(bank.slug)
    drawn = DraftFile.path == path, DraftFile.digest == before
    session.execute(update(DraftFile).where(*drawn).values(digest=digest))
    index_bank(session, bank)
    record(session, "bank.stored", now=now, actor=by, subject=("bank", bank.id), slug=bank.slug,
           count=bank.questions)  # fmt: skip
    session.flush()


def link_banks(session: Session, draft: Draft, saved: Bundle, before: Bundle) -> None:
    """Give a draft the copies of the shared banks that its quizzes name, and no others.

    Whoever saved it last brings in only what the texts `saved` just now name, and a bank of its team alone
    only when the same texts did not name it `before`: a co-author's line brings in nothing by the hand of
    somebody else. See `_open_banks`.
    """
    wanted = named_banks(draft_texts(session, draft.id))
    found = bank_digests(session, wanted)
    named = named_banks(saved)
    written = named - named_banks(before)
    known = _open_banks(session, found, draft.course_id, draft.updated_by, named=named, written=written)
    paths = [shared_path(slug) for slug in wanted if slug in known or slug not in found]
    mine = DraftFile.draft_id == draft.id
    session.execute(
        delete(DraftFile).where(mine, DraftFile.path.like(f"{SHARED}%"), DraftFile.path.not_in(paths))
    )
    rows = [
        {"draft_id": draft.id, "path": shared_path(slug), "digest": digest} for slug, digest in known.items()
    ]
    insert_missing(session, DraftFile, rows)
    for row in rows:
        session.execute(
            update(DraftFile).where(mine, DraftFile.path == row["path"]).values(digest=row["digest"])
        )


def with_shared(
    session: Session, files: Bundle, slug: str, by: int | None, before: Bundle
) -> dict[str, bytes]:
    """Return the files of a course with the present texts of the shared banks that they draw from.

    A person brings in none that they may not read, and none of a team alone that the texts `before` named
    already without drawing from it: see `_open_banks`.
    """
    known = bank_digests(session, named_banks(files))
    course_id = session.scalar(select(Course.id).where(Course.slug == slug)) if known else None
    written = known.keys() - named_banks(before)
    taken = _open_banks(session, known, course_id, by, named=known.keys(), written=written)
    closed = {shared_path(name) for name in known if name not in taken}
    plain = {path: data for path, data in files.items() if path not in closed}
    return with_banks(plain, {name: bank_text(session, name) for name in taken})


def _open_banks(
    session: Session, known: Mapping[str, str], course_id: int | None, by: int | None, *,
    named: Collection[str], written: Collection[str],
) -> dict[str, str]:  # fmt: skip
    """Those of the banks {name: SHA-256} that a person may bring into a course; the server brings in all.

    A trainer who is no external author brings in open banks that his texts have `named`, and those of which
    he is a member that he has `written` himself, unless they are archived. What the course draws from
    already it keeps, whoever saves it.
    """
    if not known or by is None:
        return dict(known)
    own = select(SharedBankMember.bank_id).where(SharedBankMember.user_id == by)
    usable = session.scalars(
        select(SharedBank.slug).where(
            SharedBank.slug.in_(known), SharedBank.archived_at.is_(None), opens_banks(by).exists(),
            or_(
                and_(SharedBank.is_open, SharedBank.slug.in_(named)),
                and_(SharedBank.id.in_(own), SharedBank.slug.in_(written)),
            ),
        )
    ).all()  # fmt: skip
    if set(usable) == set(known):
        return dict(known)
    paths = [shared_path(slug) for slug in known]
    live = (
        select(VersionFile.path)
        .join(Course, Course.live_version_id == VersionFile.version_id)
        .where(Course.id == course_id, VersionFile.path.in_(paths))
    )
    drafted = (
        select(DraftFile.path, DraftFile.digest)
        .join(Draft, Draft.id == DraftFile.draft_id)
        .where(Draft.course_id == course_id, DraftFile.path.in_(paths))
    )
    held = set(session.scalars(live))
    same = {(row.path, row.digest) for row in session.execute(drafted)}
    return {
        slug: digest
        for slug, digest in known.items()
        if slug in usable or shared_path(slug) in held or (shared_path(slug), digest) in same
    }
