"""Find certificates: one's own, by public code, those of the people somebody looks after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import Person, own_records, subtree
from lms.domain.accounts.rules import subtree_paths
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
        .where(Certificate.user_id.in_(own_records(user_id)))
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
        .where(Certificate.id == certificate_id, Certificate.user_id.in_(own_records(user.id)))
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


def certificate_of_enrollment(session: Session, enrollment_id: int) -> Certificate | None:
    """The certificate of an enrolment that is not replaced, with its files."""
    return session.scalars(
        select(Certificate)
        .where(Certificate.enrollment_id == enrollment_id, Certificate.replaced_at.is_(None))
        .options(selectinload(Certificate.files))
    ).one_or_none()


def validity_of(session: Session, enrollment_ids: Collection[int]) -> dict[int, date | None]:
    """Return the last day of validity of the certificates of enrolments, by enrolment; one statement."""
    rows = session.execute(
        select(Certificate.enrollment_id, Certificate.valid_until).where(
            Certificate.enrollment_id.in_(enrollment_ids), Certificate.replaced_at.is_(None)
        )
    )
    return dict(rows.all())


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


def certificate_seen_by(session: Session, actor: User, certificate_id: int) -> Certificate | None:
    """A certificate of somebody the actor looks after, with its files; else None."""
    return session.scalars(
        select(Certificate)
        .join(User, User.id == Certificate.user_id)
        .where(Certificate.id == certificate_id, seen_by(actor))
        .options(selectinload(Certificate.files))
    ).one_or_none()


def seen_by(actor: User) -> ColumnElement[bool]:
    """Condition on User: the actor looks after this person (the actor's grants must be loaded)."""
    paths = subtree_paths(actor)
    return User.id.is_not(None) if paths is None else _unit_in(User.unit_id.expression, paths)


def _unit_in(column: ColumnElement[int | None], paths: Sequence[str]) -> ColumnElement[bool]:
    return column.in_(select(OrgUnit.id).where(subtree(*paths))) if paths else false()


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
