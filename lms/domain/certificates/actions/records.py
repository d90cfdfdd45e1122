"""From rows to the frozen record: what the person, the course and the office are at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from lms import files
from lms.clock import local_date
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import ancestors
from lms.domain.catalog.models import CourseVersion
from lms.domain.certificates import pdf
from lms.domain.certificates.snapshot import Holder, Issuer, Kind, Studied, Training
from lms.domain.enrollments.models import Enrollment
from lms.domain.partners.models import Partner
from lms.domain.settings.rules import Policy, minutes_per_jp

MODE = "e-learning"
_EXAMS = frozenset({"quiz", "exam"})


@dataclass(frozen=True)
class Office:
    """What issuing needs besides the rows.

    `files` is the file store, `competencies` the name of each competency by its code.
    """

    policy: Policy
    public_url: str
    files: Path
    competencies: Mapping[str, str]


def version_of(session: Session, enrollment: Enrollment) -> CourseVersion:
    return session.scalars(
        select(CourseVersion)
        .where(CourseVersion.id == enrollment.version_id)
        .options(
            joinedload(CourseVersion.course),
            selectinload(CourseVersion.pieces),
            selectinload(CourseVersion.claims),
        )
        .execution_options(populate_existing=True)
    ).one()


def person_of(session: Session, user_id: int) -> User:
    return session.scalars(
        select(User)
        .where(User.id == user_id)
        .options(joinedload(User.unit), joinedload(User.position))
        .execution_options(populate_existing=True)
    ).one()


def holder_of(session: Session, user: User) -> Holder:
    above = ancestors(session, user.unit) if user.unit else []
    return Holder(
        name=user.name,
        nip=user.nip or "",
        rank=user.rank or "",
        position=user.position.name if user.position else "",
        unit=user.unit.name if user.unit else "",
        agency=above[1].name if len(above) > 1 else "",  # below the government itself
        sample=user.is_demo,
    )


def training_of(
    enrollment: Enrollment, version: CourseVersion, office: Office, score: float | None
) -> Training:
    completed_on = enrollment.completed_on or date.min
    started_on = local_date(enrollment.started_at or enrollment.enrolled_at)
    header: dict[str, Any] = version.header
    return Training(
        title=version.title,
        code=version.course.slug,
        version=version.number,
        jp=version.jp,
        minutes_per_jp=minutes_per_jp(office.policy, completed_on.year),
        mode=MODE,
        started_on=min(started_on, completed_on),
        completed_on=completed_on,
        modules=tuple(
            (piece.title, piece.minutes)
            for piece in version.pieces
            if piece.kind == "module" or (piece.module_key is None and piece.use in _EXAMS)
        ),
        competencies=tuple(
            Studied(code=claim.code, title=office.competencies.get(claim.code, ""), level=claim.level)
            for claim in sorted(version.claims, key=lambda claim: claim.code)
        ),
        legal_basis=tuple(header.get("legal_basis") or ()),
        score=score,
    )


def partner_of(session: Session, version: CourseVersion) -> str:
    """The name of the institution that organises the course, as it is called today; empty: the office."""
    partner = session.get(Partner, version.partner_id) if version.partner_id is not None else None
    return partner.name if partner else ""


def issuer_of(policy: Policy, emblem: str, partner: str = "") -> Issuer:
    return Issuer(
        government=policy.government,
        organiser=policy.organiser,
        place=policy.certificate_place,
        basis=policy.certificate_basis,
        signer_position=policy.signer_position,
        signer_name=policy.signer_name,
        signer_rank=policy.signer_rank,
        signer_nip=policy.signer_nip,
        kind=Kind.STTP if policy.certificate_kind == Kind.STTP else Kind.CERTIFICATE,
        emblem=emblem,
        partner=partner,
    )


def emblem_of(folder: Path, digest: str) -> bytes:
    """The emblem of the setting; without it, or when it cannot be printed, nothing (the drawn mark)."""
    if not digest:
        return b""
    try:
        data = files.path_of(folder, digest).read_bytes()
    except (OSError, ValueError):
        return b""
    return data if _prints(data) else b""


@lru_cache(maxsize=4)
def _prints(emblem: bytes) -> bool:
    return pdf.emblem_works(emblem)
