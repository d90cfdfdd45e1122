"""Rows that two people may write at the same moment: the course of a slug, the bytes of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from lms.db import Base, holding, inserting
from lms.domain.catalog.models import (
    Blob,
    Course,
    DraftFile,
    DraftSave,
    ReviewFile,
    SharedBank,
    SharedBankSave,
    VersionFile,
)

_MANY = 200


def locked_course(session: Session, slug: str, *, home: str, now: datetime) -> Course:
    """Return the course of the slug, made when there is none, held until the end of the transaction.

    Of two at once the second waits for the first (PostgreSQL: row lock; SQLite: one writer).
    """
    insert_missing(session, Course, [{"slug": slug, "home": home, "created_at": now}])
    return session.scalars(holding(select(Course).where(Course.slug == slug), of=Course)).one()


def insert_missing(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows; one that is already there, or is being written by another, stays as it is."""
    if rows:
        session.execute(
            inserting(session)(Base.metadata.tables[table.__tablename__]).on_conflict_do_nothing(), rows
        )


def store_files(session: Session, bundle: Mapping[str, bytes]) -> dict[str, str]:
    """Keep the bytes of all files, each once; return {path: SHA-256}."""
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in bundle.items()}
    data_of = {digests[path]: data for path, data in bundle.items()}
    wanted = sorted(data_of)  # one order for everybody, so that two writers never wait for each other
    for start in range(0, len(wanted), _MANY):
        part = wanted[start : start + _MANY]
        known = set(session.scalars(select(Blob.digest).where(Blob.digest.in_(part))))
        rows = [
            {"digest": digest, "size": len(data_of[digest]), "data": data_of[digest]}
            for digest in part if digest not in known
        ]  # fmt: skip
        insert_missing(session, Blob, rows)
    return digests


def drop_unnamed(session: Session, digests: Collection[str]) -> None:
    """Drop those bytes that no version, draft, review, shared bank or saved state names any more."""
    columns = (
        VersionFile.digest, DraftFile.digest, DraftSave.digest, ReviewFile.digest, SharedBank.digest,
        SharedBank.written, SharedBankSave.digest,
    )  # fmt: skip
    named = [exists().where(column == Blob.digest) for column in columns]
    session.execute(
        delete(Blob)
        .where(Blob.digest.in_(digests), *(~one for one in named))
        .execution_options(synchronize_session=False)
    )


def listed(words: Sequence[str], limit: int) -> str:
    """Words between commas, as many as fit into a column; "" for none."""
    text = ","
    for word in words:
        if len(text) + len(word) + 1 <= limit:
            text += f"{word},"
    return text if len(text) > 1 else ""
