"""Rows that two people may write at the same moment: the course of a slug, the bytes of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.db import Base, holding, inserting
from lms.domain.catalog.models import Blob, Course

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
