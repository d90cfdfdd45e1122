"""Find certificates: one's own, by public code, for HR by unit, course and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import Person, subtree
from lms.domain.accounts.rules import subtree_paths
from lms.domain.catalog.models import CourseVersion
from lms.domain.certificates import rules
from lms.domain.certificates.models import Certificate, CertificateFile
from lms.domain.certificates.rules import State


def state_of(certificate: Certificate, today: date) -> State:
    """The state of a certificate on a day (WIB)."""
    return rules.state(
        revoked_at=certificate.revoked_at,
        replaced_at=certificate.replaced_at,
        valid_until=certificate.valid_until,
        signed_at=certificate.signed_at,
        signature_required=certificate.needs_signature,
        today=today,
    )


def newest_file(certificate: Certificate) -> CertificateFile:
    """The file that a download gives (files must be loaded)."""
    return certificate.files[-1]


def file_name(certificate: Certificate) -> str:
    """The name under which the PDF is saved: `NIP_Nama_Pelatihan_Nomor.pdf`, from the frozen record."""
    shown = certificate.snapshot
    return rules.export_name(
        nip=str(shown["nip"]), name=str(shown["name"]), course=str(shown["course"]), number=certificate.number
    )


def certificates_of(session: Session, user_id: int) -> Sequence[Certificate]:
    """All certificates of a person, newest first, with their files: two statements."""
    return session.scalars(
        select(Certificate)
        .where(Certificate.user_id == user_id)
        .options(selectinload(Certificate.files))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    ).all()


@dataclass(frozen=True)
class Download:
    """What a download needs and no more."""

    sha256: str
    size: int
    name: str


def download_for(session: Session, user: User | Person, certificate_id: int) -> Download | None:
    """The newest file of one's own certificate; None when it is not one's own. One statement."""
    shown = Certificate.snapshot
    row = session.execute(
        select(
            CertificateFile.sha256,
            CertificateFile.size,
            Certificate.number,
            shown["nip"].as_string().label("nip"),
            shown["name"].as_string().label("name"),
            shown["course"].as_string().label("course"),
        )
        .join(Certificate, Certificate.id == CertificateFile.certificate_id)
        .where(Certificate.id == certificate_id, Certificate.user_id == user.id)
        .order_by(CertificateFile.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Download(
        row.sha256,
        row.size,
        rules.export_name(nip=row.nip, name=row.name, course=row.course, number=row.number),
    )


def certificate_for(session: Session, user: User, certificate_id: int) -> Certificate | None:
    """One's own certificate with its files; None when it is not one's own."""
    return session.scalars(
        select(Certificate)
        .where(Certificate.id == certificate_id, Certificate.user_id == user.id)
        .options(selectinload(Certificate.files))
    ).one_or_none()


def certificate_of_enrollment(session: Session, enrollment_id: int) -> Certificate | None:
    """The certificate of an enrolment that is not replaced, with its files."""
    return session.scalars(
        select(Certificate)
        .where(Certificate.enrollment_id == enrollment_id, Certificate.replaced_at.is_(None))
        .options(selectinload(Certificate.files))
    ).one_or_none()


@dataclass(frozen=True)
class Found:
    """A certificate with its files, and the code of the one that replaced it."""

    certificate: Certificate
    successor: str | None


def by_code(session: Session, code: str) -> Found | None:
    """The certificate of a checked code (13 symbols): two statements."""
    newer = aliased(Certificate)
    row = session.execute(
        select(Certificate, newer.code)
        .outerjoin(newer, newer.replaces_id == Certificate.id)
        .where(Certificate.code == code)
        .options(selectinload(Certificate.files))
    ).one_or_none()
    return Found(row[0], row[1]) if row is not None else None


@dataclass(frozen=True)
class Wanted:
    """What a list of certificates is narrowed to; empty values do not narrow.

    `text` looks in number, code, and the person's name and NIP of today. `unit_path` is a subtree,
    of the unit at issue where `at_issue`, else of today's. `first` and `last` are days of issue.
    """

    text: str = ""
    unit_path: str = ""
    at_issue: bool = False
    course_id: int | None = None
    first: date | None = None
    last: date | None = None
    state: State | None = None


@dataclass(frozen=True)
class Page:
    """One page of certificates with person and files, and the number of all that match."""

    rows: Sequence[tuple[Certificate, User]]
    total: int


def find(
    session: Session, wanted: Wanted, *, actor: User, today: date, limit: int = 25, offset: int = 0
) -> Page:
    """A page of the certificates of the people the actor looks after, newest first: three statements."""
    conditions = [seen_by(actor), *_conditions(wanted, today)]
    count = select(func.count()).select_from(Certificate).join(User, User.id == Certificate.user_id)
    total = session.scalar(count.where(*conditions)) or 0
    page = (
        select(Certificate, User)
        .join(User, User.id == Certificate.user_id)
        .where(*conditions)
        .options(selectinload(Certificate.files), joinedload(User.unit))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return Page([(row[0], row[1]) for row in session.execute(page)], total)


def certificate_seen_by(session: Session, actor: User, certificate_id: int) -> Certificate | None:
    """A certificate of somebody the actor looks after, with its files; else None."""
    return session.scalars(
        select(Certificate)
        .join(User, User.id == Certificate.user_id)
        .where(Certificate.id == certificate_id, seen_by(actor))
        .options(selectinload(Certificate.files))
    ).one_or_none()


def ids_wanted(wanted: Wanted, *, actor: User, today: date) -> Select[int]:
    """The ids of all that match, in the order of the list, as a statement."""
    return (
        select(Certificate.id)
        .join(User, User.id == Certificate.user_id)
        .where(seen_by(actor), *_conditions(wanted, today))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )


def courses_with_certificates(session: Session) -> Sequence[tuple[int, str]]:
    """Course id and newest certified title, by title: the choices of a filter."""
    latest = select(func.max(Certificate.version_id)).group_by(Certificate.course_id)
    rows = session.execute(
        select(CourseVersion.course_id, CourseVersion.title)
        .where(CourseVersion.id.in_(latest))
        .order_by(CourseVersion.title)
    )
    return [(row.course_id, row.title) for row in rows]


def seen_by(actor: User) -> ColumnElement[bool]:
    """Condition on User: the actor looks after this person (the actor's grants must be loaded)."""
    paths = subtree_paths(actor)
    return User.id.is_not(None) if paths is None else _unit_in(User.unit_id.expression, paths)


def _unit_in(column: ColumnElement[int | None], paths: Sequence[str]) -> ColumnElement[bool]:
    return column.in_(select(OrgUnit.id).where(subtree(*paths))) if paths else false()


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    text = wanted.text.strip()
    if text:
        code = rules.parse_code(text)
        like = text.lower()
        conditions.append(
            or_(
                func.lower(Certificate.number).contains(like, autoescape=True),
                Certificate.code == (code or ""),
                func.lower(User.name).contains(like, autoescape=True),
                User.nip == "".join(text.split()),
            )
        )
    if wanted.unit_path:
        column = Certificate.unit_id if wanted.at_issue else User.unit_id
        conditions.append(_unit_in(column.expression, (wanted.unit_path,)))
    if wanted.course_id is not None:
        conditions.append(Certificate.course_id == wanted.course_id)
    if wanted.first is not None:
        conditions.append(Certificate.issued_on >= wanted.first)
    if wanted.last is not None:
        conditions.append(Certificate.issued_on <= wanted.last)
    if wanted.state is not None:
        conditions.append(in_state(wanted.state, today))
    return conditions


def in_state(state: State, today: date) -> ColumnElement[bool]:
    """Condition on Certificate: it is in this state on the day; the order of `rules.state`."""
    revoked = Certificate.revoked_at.is_not(None)
    replaced = Certificate.replaced_at.is_not(None)
    expired = func.coalesce(Certificate.valid_until < today, false())
    waiting = Certificate.needs_signature & Certificate.signed_at.is_(None)
    return {
        State.REVOKED: revoked,
        State.REPLACED: ~revoked & replaced,
        State.EXPIRED: ~revoked & ~replaced & expired,
        State.AWAITING_SIGNATURE: ~revoked & ~replaced & ~expired & waiting,
        State.VALID: ~revoked & ~replaced & ~expired & ~waiting,
    }[state]
