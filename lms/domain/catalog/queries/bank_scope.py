"""Where a person finds questions: the own courses, the own shared banks, and those open to trainers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from lms.content.paths import SHARED
from lms.domain.accounts.models import RoleGrant, RoleName, User
from lms.domain.catalog.models import (
    Course,
    CourseMember,
    CourseVersion,
    IndexedQuestion,
    SharedBank,
    SharedBankMember,
    VersionFile,
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A course or a shared bank whose questions the person finds; `live_only`: those in force alone."""

    slug: str
    title: str
    archived: bool
    live_only: bool = False


@dataclass(frozen=True)
class Scope:
    """Where a person finds questions, by id: the own courses, the own banks, those open to trainers."""

    courses: Mapping[int, Place]
    banks: Mapping[int, Place]

    def at(self, course_id: int | None, bank_id: int | None) -> Place:
        """The place of a row of the index."""
        return self.courses[course_id] if course_id is not None else self.banks[bank_id or 0]


def opens_banks(user_id: int) -> Select[int]:
    """Select the grants that open shared banks: of a trainer who is no external author."""
    return (
        select(RoleGrant.id)
        .join(User, User.id == RoleGrant.user_id)
        .where(User.id == user_id, User.partner_id.is_(None), RoleGrant.role == RoleName.TRAINER)
    )


def bank_scope(session: Session, user_id: int) -> Scope:
    """Return where a person finds questions (two statements)."""
    courses = session.execute(
        select(Course.id, Course.slug, CourseVersion.title, Course.archived_at)
        .join(CourseMember, CourseMember.course_id == Course.id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(CourseMember.user_id == user_id)
    )
    trains = opens_banks(user_id)
    member = SharedBankMember.role.is_not(None)
    banks = session.execute(
        select(
            SharedBank.id, SharedBank.slug, SharedBank.title, SharedBank.archived_at, SharedBankMember.role
        )
        .outerjoin(
            SharedBankMember,
            and_(SharedBankMember.bank_id == SharedBank.id, SharedBankMember.user_id == user_id),
        )
        .where(or_(member, and_(SharedBank.is_open, trains.exists())))
    )
    return Scope(
        {one: Place(slug, title or slug, bool(away)) for one, slug, title, away in courses},
        {
            one: Place(f"{SHARED}{slug}", title, bool(away), role is None)
            for one, slug, title, away, role in banks
        },
    )


@dataclass(frozen=True)
class BankPlace:
    """A published course that asks questions of a shared bank."""

    bank_id: int
    course_id: int
    version_id: int


def bank_places(session: Session, user_id: int) -> list[BankPlace]:
    """Return which published courses draw from the shared banks that the person reads (one statement)."""
    own = select(SharedBankMember.bank_id).where(SharedBankMember.user_id == user_id)
    trains = opens_banks(user_id)
    rows = session.execute(
        select(SharedBank.id, Course.id, VersionFile.version_id)
        .join(VersionFile, VersionFile.path == SHARED + SharedBank.slug + ".md")
        .join(Course, Course.live_version_id == VersionFile.version_id)
        .where(or_(SharedBank.id.in_(own), and_(SharedBank.is_open, trains.exists())))
    )
    return [BankPlace(*row) for row in rows]


def rows_with(session: Session, pairs: Collection[tuple[int, str]], places: Sequence[BankPlace]) -> set[int]:
    """Return the ids of the rows of questions given as (course id, question id), at most one statement.

    A question of a shared bank is meant, too, when a course of `places` that draws from it is.
    """
    if not pairs:
        return set()
    known, banks = set(pairs), [(one.bank_id, one.course_id) for one in places]
    meant = {(bank, key) for bank, course in banks for at, key in known if at == course}
    rows = session.execute(
        select(
            IndexedQuestion.id, IndexedQuestion.course_id, IndexedQuestion.bank_id, IndexedQuestion.key
        ).where(IndexedQuestion.key.in_({key for _course, key in known}))
    )
    return {row.id for row in rows if (row.course_id, row.key) in known or (row.bank_id, row.key) in meant}
