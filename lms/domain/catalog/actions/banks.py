"""Banks that several courses draw from: stored, and kept in step with the drafts that name them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from lms.content.bundle import Bundle, normalize
from lms.content.paths import SHARED
from lms.content.problems import Problem
from lms.content.shared import named_banks, read_shared, shared_path, with_banks
from lms.db import holding
from lms.domain.audit.actions import record
from lms.domain.catalog.actions.rows import insert_missing, store_files
from lms.domain.catalog.models import DraftFile, SharedBank
from lms.domain.catalog.queries import bank_digests, bank_text, draft_texts


class BankErrors(Exception):
    """The text of a shared bank has errors: nothing was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)


def store_bank(session: Session, slug: str, data: bytes, *, now: datetime) -> bool:
    """Make a text the shared bank of that name; False when it is that already. Raises BankErrors.

    Drafts that draw from it get it at once; published versions keep their copy until they are published anew.
    """
    path = shared_path(slug)
    data = normalize({path: data})[path]
    query = select(SharedBank).where(SharedBank.slug == slug)
    bank = session.scalars(holding(query, of=SharedBank)).one_or_none()
    text = read_shared(data, slug, {path: bank_text(session, slug)} if bank else {})
    if text.errors:
        raise BankErrors(text.problems)
    digest = store_files(session, {path: data})[path]
    if bank is not None and bank.digest == digest:
        return False
    if bank is None:
        bank = SharedBank(
            slug=slug, title=text.title, questions=len(text.questions), digest=digest, changed_at=now
        )
        session.add(bank)
    else:
        bank.title, bank.questions, bank.digest, bank.changed_at = (
            text.title, len(text.questions), digest, now,
        )  # fmt: skip
        session.execute(update(DraftFile).where(DraftFile.path == path).values(digest=digest))
    session.flush()
    record(session, "bank.stored", now=now, actor=None, subject=("bank", bank.id), slug=slug,
           count=len(text.questions))  # fmt: skip
    session.flush()
    return True


def link_banks(session: Session, draft_id: int) -> None:
    """Give a draft the copies of the shared banks that its quizzes name, and no others."""
    wanted = named_banks(draft_texts(session, draft_id))
    paths = [shared_path(slug) for slug in wanted]
    mine = DraftFile.draft_id == draft_id
    session.execute(
        delete(DraftFile).where(mine, DraftFile.path.like(f"{SHARED}%"), DraftFile.path.not_in(paths))
    )
    known = bank_digests(session, wanted)
    rows = [
        {"draft_id": draft_id, "path": shared_path(slug), "digest": digest} for slug, digest in known.items()
    ]
    insert_missing(session, DraftFile, rows)
    for row in rows:
        session.execute(
            update(DraftFile).where(mine, DraftFile.path == row["path"]).values(digest=row["digest"])
        )


def with_shared(session: Session, files: Bundle) -> dict[str, bytes]:
    """Return the files with the present texts of the shared banks that they draw from."""
    wanted = named_banks(files)
    return with_banks(files, {slug: bank_text(session, slug) for slug in bank_digests(session, wanted)})
