"""A course and its completed enrolments, as rows."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import files
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course, CourseVersion, Piece, VersionClaim
from lms.domain.certificates.actions import issue
from lms.domain.certificates.models import Certificate, CertificateFile
from lms.domain.enrollments.models import Enrollment
from lms.domain.settings.rules import Policy

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
URL = "https://gurindam.example"
POLICY = Policy(
    certificate_number="{seq}/{unit}/{class}/{month_roman}/{year}",
    signer_name="Dra. Hj. Encik Maryamah Contoh, M.M.",
    signer_nip="196801011992032001",
    signer_rank="Pembina Utama Muda, IV/c",
    signer_position="Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
)


def make_course(
    session: Session, slug: str = "pelayanan", valid_months: int | None = None, due_days: int | None = None,
    asked: tuple[str, ...] = (),
) -> CourseVersion:  # fmt: skip
    """A published course of 6 JP in two modules, with a final exam and a pre-test; `asked` come before it."""
    course = Course(slug=slug, created_at=NOW)
    session.add(course)
    session.flush()
    version = CourseVersion(
        course_id=course.id,
        number=3,
        digest="d" * 60 + slug[:4],
        published_at=NOW,
        title="Manajemen Pelayanan Publik",
        jp=6,
        minutes=280,
        valid_months=valid_months,
        due_days=due_days,
        header={"legal_basis": ["UU 25/2009"], "prerequisites": list(asked)},
    )
    session.add(version)
    session.flush()
    course.live_version_id = version.id
    rows = [
        ("quiz", "prates", "Prates", None, 10, "pretest"),
        ("module", "asas", "Asas pelayanan", None, 120, None),
        ("lesson", "asas-1", "Dua belas asas", "asas", 120, None),
        ("module", "loket", "Di depan loket", None, 120, None),
        ("quiz", "ujian", "Ujian akhir", None, 40, "exam"),
    ]
    for position, (kind, key, title, module, minutes, use) in enumerate(rows):
        session.add(
            Piece(
                version_id=version.id,
                position=position,
                kind=kind,
                key=key,
                title=title,
                path=f"{key}.md",
                digest="0" * 64,
                module_key=module,
                minutes=minutes,
                use=use,
            )
        )
    session.add(VersionClaim(version_id=version.id, code="M.5", level=2))
    session.commit()
    return version


def complete(session: Session, user: User, version: CourseVersion, cycle: int = 1) -> Enrollment:
    """An enrolment that was completed on 20 November 2026 and whose hours count."""
    enrollment = Enrollment(
        user_id=user.id,
        course_id=version.course_id,
        version_id=version.id,
        cycle=cycle,
        enrolled_at=datetime(2026, 11, 1, 3, 0, tzinfo=UTC),
        started_at=datetime(2026, 11, 1, 18, 0, tzinfo=UTC),  # 2 November in WIB
        completed_at=datetime(2026, 11, 20, 3, 0, tzinfo=UTC),
        completed_on=date(2026, 11, 20),
        jp_year=2026,
        credited_jp=6,
    )
    session.add(enrollment)
    session.commit()
    return enrollment


def certify(
    session: Session, enrollment: Enrollment, folder: Path, *, now: datetime = NOW, policy: Policy = POLICY
) -> Certificate:
    """Issue and commit."""
    made = issue(
        session,
        enrollment,
        now=now,
        policy=policy,
        public_url=URL,
        files=folder,
        competencies={"M.5": "Pelayanan publik"},
    )
    session.commit()
    return made


def stored(session: Session, certificate: Certificate, folder: Path) -> list[tuple[str, bytes]]:
    """Kind and bytes of each file, in order."""
    rows = session.scalars(
        select(CertificateFile)
        .where(CertificateFile.certificate_id == certificate.id)
        .order_by(CertificateFile.id)
    )
    return [(row.kind, files.path_of(folder, row.sha256).read_bytes()) for row in rows]


def in_app(app: Flask, call: Callable[[int], int]) -> Callable[[int], int]:
    """The call as another thread of the application makes it."""

    def run(argument: int) -> int:
        with app.app_context():
            return call(argument)

    return run
