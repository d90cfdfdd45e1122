"""Write single files of a draft: a save names the state it was made from, so that no text is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from lms.content.shared import is_shared, named_banks
from lms.content.writing.saves import surplus
from lms.domain.catalog.actions.banks import link_banks
from lms.domain.catalog.actions.indexing import index_draft
from lms.domain.catalog.actions.publish import PublishedElsewhere
from lms.domain.catalog.actions.rows import drop_unnamed, insert_missing, locked_course, store_files
from lms.domain.catalog.models import Blob, Course, Draft, DraftFile, DraftSave, DraftWriter, VersionFile


class NoDraft(Exception):
    """The course has no draft to write in: it was published or discarded meanwhile."""


class SharedCopy(NoDraft):
    """The file is the copy of a shared bank, which is written in its own place."""


class ChangedMeanwhile(Exception):
    """The file is no longer the one that was read: `digest` is what it is now, None when it is gone."""

    def __init__(self, digest: str | None) -> None:
        self.digest = digest
        super().__init__(digest)


@dataclass(frozen=True)
class SavedFile:
    """Where a text was saved and its SHA-256, the base of the next save; `changed`: it was another before."""

    path: str
    digest: str
    changed: bool


def save_file(
    session: Session, course: Course, path: str, data: bytes, *, base: str | None, by: int, now: datetime
) -> SavedFile:
    """Save one file of the draft. `base` is the SHA-256 it was read with, "" for a file that is new.

    `base` None overwrites whatever is there. A file that was moved meanwhile is found by its base. Raises
    ChangedMeanwhile when somebody else saved another text, NoDraft, PublishedElsewhere.
    """
    _refuse_copies([path])
    draft = held_draft(session, course)
    path, current = _current(session, draft, path, base)
    digest = store_files(session, {path: data})[path]
    if current == digest:
        return SavedFile(path, digest, False)
    if base is not None and (current or "") != base:
        raise ChangedMeanwhile(current)
    if current is None:
        insert_missing(session, DraftFile, [{"draft_id": draft.id, "path": path, "digest": digest}])
    else:
        session.execute(
            update(DraftFile)
            .where(DraftFile.draft_id == draft.id, DraftFile.path == path)
            .values(digest=digest)
        )
    old = _old_text(session, current) if current and named_banks({path: data}) else b""
    before = {path: current} if current else {}
    _touch(session, draft, {path: digest}, before, by=by, now=now)
    index_draft(session, draft, {path: data}, {path: old})
    return SavedFile(path, digest, True)


def _old_text(session: Session, digest: str) -> bytes:
    return session.scalars(select(Blob.data).where(Blob.digest == digest)).one()


def _current(session: Session, draft: Draft, path: str, base: str | None) -> tuple[str, str | None]:
    """The path and digest of the file; one that moved is the only one that still has the bytes of `base`."""
    mine = select(DraftFile.path, DraftFile.digest).where(DraftFile.draft_id == draft.id)
    row = session.execute(mine.where(DraftFile.path == path)).one_or_none()
    if row is not None:
        return path, row.digest
    if base:
        same = session.execute(mine.where(DraftFile.digest == base)).all()
        if len(same) == 1:
            return same[0].path, base
    return path, None


def rename_files(
    session: Session, course: Course, names: Mapping[str, str], *, by: int, now: datetime
) -> None:
    """Give files of the draft other names at once; what was saved of them follows. Raises as `save_file`."""
    _refuse_copies([*names, *names.values()])
    draft = held_draft(session, course)
    rows = session.execute(
        select(DraftFile.path, DraftFile.digest).where(
            DraftFile.draft_id == draft.id, DraftFile.path.in_(list(names))
        )
    ).all()
    session.execute(
        delete(DraftFile).where(
            DraftFile.draft_id == draft.id, DraftFile.path.in_([row.path for row in rows])
        )
    )
    insert_missing(
        session,
        DraftFile,
        [{"draft_id": draft.id, "path": names[row.path], "digest": row.digest} for row in rows],
    )
    saves = session.execute(
        select(DraftSave.id, DraftSave.path).where(
            DraftSave.course_id == draft.course_id, DraftSave.path.in_(list(names))
        )
    ).all()
    for old, new in names.items():
        ids = [row.id for row in saves if row.path == old]
        if ids:
            session.execute(update(DraftSave).where(DraftSave.id.in_(ids)).values(path=new))
    _touch(session, draft, {}, {}, by=by, now=now)
    index_draft(session, draft, {}, {})


def remove_files(session: Session, course: Course, paths: Sequence[str], *, by: int, now: datetime) -> None:
    """Take files out of the draft; what was saved of them can be brought back. Raises as `save_file`."""
    _refuse_copies(paths)
    draft = held_draft(session, course)
    mine = DraftFile.draft_id == draft.id, DraftFile.path.in_(paths)
    before = dict(session.execute(select(DraftFile.path, DraftFile.digest).where(*mine)).all())
    session.execute(delete(DraftFile).where(*mine))
    _touch(session, draft, dict.fromkeys(before), before, by=by, now=now)
    index_draft(session, draft, {}, {})


def begin_draft(session: Session, course: Course, *, by: int, now: datetime) -> Draft:
    """Open the live text of a course as its draft; one that is there stays. Raises PublishedElsewhere."""
    held = _held(session, course)
    draft = session.scalars(select(Draft).where(Draft.course_id == held.id)).one_or_none()
    if draft is not None:
        return draft
    draft = Draft(course_id=held.id, updated_at=now, updated_by=by)
    session.add(draft)
    session.flush()
    if held.live_version_id is not None:
        files = session.execute(
            select(VersionFile.path, VersionFile.digest).where(VersionFile.version_id == held.live_version_id)
        ).all()
        insert_missing(
            session,
            DraftFile,
            [{"draft_id": draft.id, "path": path, "digest": digest} for path, digest in files],
        )
        link_banks(session, draft, {}, {})
    return draft


def _refuse_copies(paths: Sequence[str]) -> None:
    if any(map(is_shared, paths)):
        raise SharedCopy


def held_draft(session: Session, course: Course) -> Draft:
    """The draft of a course, held until the end of the transaction. Raises NoDraft, PublishedElsewhere."""
    held = _held(session, course)
    draft = session.scalars(select(Draft).where(Draft.course_id == held.id)).one_or_none()
    if draft is None:
        raise NoDraft
    return draft


def _held(session: Session, course: Course) -> Course:
    held = locked_course(session, course.slug, home=course.home, now=course.created_at)
    if held.home != "desk":
        raise PublishedElsewhere(held.home)
    return held


def _touch(
    session: Session, draft: Draft, saved: Mapping[str, str | None], before: Mapping[str, str], *, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Stamp the draft and remember what was saved; a file without history begins with what it was before."""
    known = set(
        session.scalars(
            select(DraftSave.path).where(
                DraftSave.course_id == draft.course_id, DraftSave.path.in_(list(saved))
            )
        )
    )
    first = {path: digest for path, digest in before.items() if path not in known}
    session.add_all(
        DraftSave(
            course_id=draft.course_id,
            path=path,
            digest=digest,
            saved_at=draft.updated_at,
            saved_by=draft.updated_by,
        )
        for path, digest in first.items()
    )
    session.flush()
    draft.updated_at, draft.updated_by = now, by
    note_writer(session, draft, by)
    remember(session, draft.course_id, saved, by=by, now=now)


def note_writer(session: Session, draft: Draft, by: int) -> None:
    """Keep who changed a draft: they approve nothing of it."""
    insert_missing(session, DraftWriter, [{"draft_id": draft.id, "user_id": by}])


def remember(
    session: Session, course_id: int, saved: Mapping[str, str | None], *, by: int, now: datetime
) -> None:
    """Append what was saved (None: removed) to the history of each file, and thin what is older."""
    if not saved:
        session.flush()
        return
    session.add_all(
        DraftSave(course_id=course_id, path=path, digest=digest, saved_at=now, saved_by=by)
        for path, digest in saved.items()
    )
    session.flush()
    rows = session.execute(
        select(DraftSave.id, DraftSave.path, DraftSave.saved_at)
        .where(DraftSave.course_id == course_id, DraftSave.path.in_(list(saved)))
        .order_by(DraftSave.id)
    ).all()
    by_path: dict[str, list[tuple[int, datetime]]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append((row.id, row.saved_at))
    gone = [one for saves in by_path.values() for one in surplus(saves, now)]
    if gone:
        _forget(session, gone)


def _forget(session: Session, ids: Sequence[int]) -> None:
    """Drop rows of the history, and bytes that nothing else names."""
    found = session.scalars(select(DraftSave.digest).where(DraftSave.id.in_(ids)))
    digests = {digest for digest in found if digest}
    session.execute(delete(DraftSave).where(DraftSave.id.in_(ids)))
    drop_unnamed(session, digests)
