"""Issue a certificate, or the next revision of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.catalog.models import CourseVersion
from lms.domain.certificates import pdf, rules
from lms.domain.certificates import snapshot as frozen
from lms.domain.certificates.actions.counters import next_serial
from lms.domain.certificates.actions.marking import append, checked_reason, locked
from lms.domain.certificates.actions.records import (
    Office,
    emblem_of,
    holder_of,
    issuer_of,
    partner_of,
    person_of,
    training_of,
    version_of,
)
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.snapshot import Entry
from lms.domain.enrollments.models import Enrollment
from lms.domain.settings.rules import DEFAULTS, Policy


@dataclass(frozen=True)
class _Terms:
    """What differs between a first certificate and its replacement."""

    score: float | None
    valid_until: date | None
    revision: int = 1
    replaces_id: int | None = None


def issue(
    session: Session,
    enrollment: Enrollment,
    *,
    now: datetime,
    policy: Policy,
    public_url: str,
    files: Path,
    competencies: Mapping[str, str] | None = None,
    score: float | None = None,
) -> Certificate:
    """Issue the certificate of a completed enrolment, or return the one that exists.

    The enrolment must be completed and its JP credited (ValueError). `files` is the file store,
    `competencies` the name of each competency by code; `score` (0 to 100) is printed where the
    policy says so. An existing certificate is returned whatever became of it: a new one after a
    revocation needs `replace`.
    """
    session.execute(select(Enrollment.id).where(Enrollment.id == enrollment.id).with_for_update())
    existing = session.scalars(
        select(Certificate).where(
            Certificate.user_id == enrollment.user_id,
            Certificate.course_id == enrollment.course_id,
            Certificate.cycle == enrollment.cycle,
            Certificate.replaced_at.is_(None),
        )
    ).one_or_none()
    if existing is not None:
        return existing
    version = version_of(session, enrollment)
    terms = _Terms(
        score=score if policy.certificate_prints_score else None,
        valid_until=rules.valid_until(local_date(now), version.valid_months),
    )
    office = Office(policy, public_url, files, competencies or {})
    made = _make(session, enrollment, version, office, terms, now)
    record(session, "certificate.issued", now=now, actor=None, subject=("certificate", made.id))
    session.flush()
    return made


def replace(
    session: Session,
    certificate: Certificate,
    *,
    by: User,
    reason: str,
    now: datetime,
    policy: Policy,
    public_url: str,
    files: Path,
    competencies: Mapping[str, str] | None = None,
) -> Certificate:
    """Issue the next revision with today's staff data, a new code and number; the old one points to it.

    Validity ends when the old one's does. Raises Refused "certificate.replaced" (there is a newer
    one already), "certificate.own" (nobody certifies themselves) or "certificate.reason".
    """
    old = locked(session, certificate)
    if old.replaced_at is not None:
        raise Refused("certificate.replaced")
    if by.id == old.user_id:
        raise Refused("certificate.own")
    why = checked_reason(reason)
    enrollment = session.get_one(Enrollment, old.enrollment_id)
    old.replaced_at = now
    session.flush()
    printed = str(old.snapshot.get("score") or "")
    terms = _Terms(
        score=float(printed.replace(",", ".")) if printed else None,
        valid_until=old.valid_until,
        revision=old.revision + 1,
        replaces_id=old.id,
    )
    office = Office(policy, public_url, files, competencies or {})
    made = _make(session, enrollment, version_of(session, enrollment), office, terms, now)
    subject = ("certificate", old.id)
    record(session, "certificate.replaced", now=now, actor=by.id, subject=subject, reason=why, by=made.id)
    session.flush()
    return made


def _make(
    session: Session,
    enrollment: Enrollment,
    version: CourseVersion,
    office: Office,
    terms: _Terms,
    now: datetime,
) -> Certificate:
    """All that can be known beforehand, then serial, PDF and rows while the counter is locked."""
    if enrollment.completed_on is None or enrollment.credited_jp is None:
        raise ValueError("not completed, or its hours are not credited")
    user = person_of(session, enrollment.user_id)
    emblem = emblem_of(office.files, office.policy.emblem_sha256)
    holder = holder_of(session, user)
    training = training_of(enrollment, version, office, terms.score)
    issuer = issuer_of(office.policy, pdf.emblem_digest(emblem), partner_of(session, version))
    code, day = rules.new_code(), local_date(now)
    serial = next_serial(session, day.year)
    codes = {"unit": office.policy.certificate_unit, "class": office.policy.certificate_class}
    number = rules.number(_template(office.policy), serial, day, codes)
    entry = Entry(
        number=number, code=code, public_url=office.public_url, issued_at=now, valid_until=terms.valid_until
    )
    record_ = frozen.build(holder, training, issuer, entry)
    data = pdf.render(record_, emblem=emblem)
    row = Certificate(
        user_id=user.id,
        course_id=enrollment.course_id,
        enrollment_id=enrollment.id,
        version_id=version.id,
        unit_id=user.unit_id,
        cycle=enrollment.cycle,
        revision=terms.revision,
        code=code,
        number=number,
        year=day.year,
        serial=serial,
        issued_at=now,
        issued_on=day,
        valid_until=terms.valid_until,
        template_version=frozen.TEMPLATE_VERSION,
        snapshot=record_,
        needs_signature=office.policy.certificate_needs_signature,
        replaces_id=terms.replaces_id,
    )
    session.add(row)
    session.flush()
    append(session, row, "original", data, office.files, now)
    return row


def _template(policy: Policy) -> str:
    """The number template of the policy; a faulty one must not keep anybody from completing."""
    faulty = rules.number_problem(policy.certificate_number) is not None
    return DEFAULTS.certificate_number if faulty else policy.certificate_number
