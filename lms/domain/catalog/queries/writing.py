"""What the writing desk reads: the texts of a draft, one file, what was saved of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.models import Blob, Draft, DraftFile, DraftSave


def draft_texts(session: Session, draft_id: int) -> dict[str, bytes]:
    """Return {path: bytes} of the texts of a draft; other files are there without their bytes (b"")."""
    text = or_(DraftFile.path.like("%.md"), DraftFile.path.like("%.txt"))
    rows = session.execute(
        select(DraftFile.path, case((text, Blob.data), else_=None))
        .join(Blob, Blob.digest == DraftFile.digest)
        .where(DraftFile.draft_id == draft_id)
        .order_by(DraftFile.path)
    )
    return {path: data or b"" for path, data in rows}


def draft_digests(session: Session, draft_id: int) -> dict[str, str]:
    """Return {path: SHA-256} of a draft."""
    rows = session.execute(
        select(DraftFile.path, DraftFile.digest)
        .where(DraftFile.draft_id == draft_id)
        .order_by(DraftFile.path)
    )
    return dict(rows.all())


@dataclass(frozen=True)
class DraftAsset:
    """A file of aset/; `size` in bytes."""

    path: str
    digest: str
    size: int


def draft_assets(session: Session, draft_id: int) -> list[DraftAsset]:
    """Return the files of aset/ of a draft by path, without their bytes."""
    rows = session.execute(
        select(DraftFile.path, DraftFile.digest, Blob.size)
        .join(Blob, Blob.digest == DraftFile.digest)
        .where(DraftFile.draft_id == draft_id, DraftFile.path.like("aset/%"))
        .order_by(DraftFile.path)
    )
    return [DraftAsset(*row) for row in rows]


@dataclass(frozen=True)
class DraftText:
    """A file of a draft as it was last saved, by whom; `digest` is its SHA-256."""

    path: str
    digest: str
    data: bytes
    saved_at: datetime
    saved_by: str


def draft_file(session: Session, draft: Draft, path: str) -> DraftText | None:
    """Return one file of a draft, or None."""
    row = session.execute(
        select(DraftFile.digest, Blob.data)
        .join(Blob, Blob.digest == DraftFile.digest)
        .where(DraftFile.draft_id == draft.id, DraftFile.path == path)
    ).one_or_none()
    if row is None:
        return None
    last = session.execute(
        select(DraftSave.saved_at, User.name)
        .outerjoin(User, User.id == DraftSave.saved_by)
        .where(DraftSave.course_id == draft.course_id, DraftSave.path == path)
        .order_by(DraftSave.id.desc())
        .limit(1)
    ).one_or_none()
    at, by = last or (draft.updated_at, "")
    return DraftText(path, row.digest, row.data, at, by or "")


@dataclass(frozen=True)
class Save:
    """A saved state of a file; `digest` None: it was removed; `size` in bytes."""

    id: int
    saved_at: datetime
    saved_by: str
    digest: str | None
    size: int | None


def _saves(course_id: int, path: str) -> tuple[ColumnElement[bool], ...]:
    return DraftSave.course_id == course_id, DraftSave.path == path


def count_saves(session: Session, course_id: int, path: str) -> int:
    """Return how many saved states of a file are kept."""
    return session.scalar(select(func.count(DraftSave.id)).where(*_saves(course_id, path))) or 0


def saves_of(session: Session, course_id: int, path: str, *, limit: int, offset: int = 0) -> list[Save]:
    """Return saved states of a file, newest first."""
    rows = session.execute(
        select(DraftSave.id, DraftSave.saved_at, User.name, DraftSave.digest, Blob.size)
        .outerjoin(User, User.id == DraftSave.saved_by)
        .outerjoin(Blob, Blob.digest == DraftSave.digest)
        .where(*_saves(course_id, path))
        .order_by(DraftSave.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Save(one, at, name or "", digest, size) for one, at, name, digest, size in rows]


def save_by_id(session: Session, course_id: int, path: str, save_id: int) -> Save | None:
    """Return one saved state of a file of the course, unless the file was removed by it."""
    row = session.execute(
        select(DraftSave.id, DraftSave.saved_at, User.name, DraftSave.digest, Blob.size)
        .outerjoin(User, User.id == DraftSave.saved_by)
        .join(Blob, Blob.digest == DraftSave.digest)
        .where(*_saves(course_id, path), DraftSave.id == save_id)
    ).one_or_none()
    return Save(row[0], row[1], row[2] or "", row[3], row[4]) if row else None


def save_data(session: Session, course_id: int, path: str, save_id: int) -> bytes | None:
    """Return the bytes of one saved state of a file; None when there is none, or it was removed."""
    return session.scalar(
        select(Blob.data)
        .join(DraftSave, DraftSave.digest == Blob.digest)
        .where(*_saves(course_id, path), DraftSave.id == save_id)
    )


def saved_as(session: Session, course_id: int, path: str, digest: str) -> bytes | None:
    """Return the bytes of a state of a file by its SHA-256, if it is in the history of that file."""
    return session.scalar(
        select(Blob.data)
        .join(DraftSave, DraftSave.digest == Blob.digest)
        .where(*_saves(course_id, path), DraftSave.digest == digest)
        .limit(1)
    )


def removed_files(session: Session, course_id: int, here: Mapping[str, str]) -> Sequence[str]:
    """Return the paths that were saved once and are no longer in the draft `here`; at most fifty."""
    rows = session.scalars(
        select(DraftSave.path)
        .where(DraftSave.course_id == course_id, DraftSave.digest.is_not(None))
        .group_by(DraftSave.path)
        .order_by(func.max(DraftSave.id).desc())
    )
    return [path for path in rows if path not in here][:50]
