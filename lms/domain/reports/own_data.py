"""Everything the database holds about one person, for that person (UU 27/2022: access and a copy).

Secrets (passwords, codes, tokens) and other people's ids are left out; the frozen paper of an attempt,
which holds keys, too. The evaluation form has no person and so cannot be found; of a follow-up a person gets
the answers he or she gave, not what others were promised to be read by the personnel office alone.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, or_, select
from sqlalchemy.orm import Session

from lms import files as store
from lms.domain.accounts.models import (
    ActivationCode,
    FormerNip,
    LoginSession,
    MergedRecord,
    OrgUnit,
    Placement,
    Position,
    RoleGrant,
    Superior,
    User,
)
from lms.domain.assignments.models import AssignmentException, AssignmentPerson
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.models import Course, CourseMember, CourseVersion, SharedBankMember
from lms.domain.certificates.models import Certificate, CertificateFile
from lms.domain.certificates.queries import certificates_of, file_name, newest_file
from lms.domain.competencies.models import Competency, Evidence, Rating
from lms.domain.corrections.models import CorrectionRequest
from lms.domain.effects.models import Followup, FollowupAnswer, FollowupLink
from lms.domain.enrollments.models import Enrollment, VersionMove
from lms.domain.evaluations.models import EvaluationGiven
from lms.domain.imports.models import StaffImportRow
from lms.domain.inquiries.models import Inquiry
from lms.domain.notices.models import Notice
from lms.domain.obligations.models import ObligationExemption
from lms.domain.outside.models import OutsideTraining
from lms.domain.plans.models import PlanItem
from lms.domain.programmes.models import ProgrammeMember
from lms.domain.progress.models import CheckAnswer, LessonProgress, SupplementPart
from lms.domain.quizzes.models import Allowance, Attempt, Grading, Response
from lms.domain.reminders.models import ReminderChoice, ReminderMessage

SECRET = frozenset({"password_hash", "token_hash", "code_hash", "nonce_hash", "paper"})
Condition = Callable[[int], ColumnElement[bool]]


@dataclass(frozen=True)
class Part:
    """A table of which some rows are about a person, under the name it has in the file."""

    name: str
    table: Table
    own: Condition


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


def _of_person(name: str, model: type[Any], column: str = "user_id") -> Part:
    table = _table(model)
    return Part(name, table, lambda user_id: table.c[column] == user_id)


def _enrollments(user_id: int) -> Any:
    return select(Enrollment.id).where(Enrollment.user_id == user_id)


def _of_enrollment(name: str, model: type[Any]) -> Part:
    table = _table(model)
    return Part(name, table, lambda user_id: table.c.enrollment_id.in_(_enrollments(user_id)))


def _of_attempt(name: str, model: type[Any]) -> Part:
    table = _table(model)
    return Part(
        name, table,
        lambda user_id: table.c.attempt_id.in_(
            select(Attempt.id).where(Attempt.enrollment_id.in_(_enrollments(user_id)))
        ),
    )  # fmt: skip


def _certificate_files(user_id: int) -> ColumnElement[bool]:
    return CertificateFile.certificate_id.in_(select(Certificate.id).where(Certificate.user_id == user_id))


def _followup_links(user_id: int) -> ColumnElement[bool]:
    own = select(Followup.id).where(Followup.enrollment_id.in_(_enrollments(user_id)))
    return FollowupLink.followup_id.in_(own)


def _about(user_id: int) -> ColumnElement[bool]:
    """Acts of the person and acts of others on the person's account."""
    about = (AuditEntry.subject_kind == "user") & (AuditEntry.subject_id == str(user_id))
    return (AuditEntry.actor_id == user_id) | about


PARTS: tuple[Part, ...] = (
    _of_person("akun", User, "id"),
    _of_person("nip_terdahulu", FormerNip),
    _of_person("penempatan", Placement),
    _of_person("atasan", Superior),
    _of_person("catatan_digabung", MergedRecord, "into_id"),
    _of_person("peran", RoleGrant),
    _of_person("perangkat", LoginSession),
    _of_person("perubahan_dari_impor", StaffImportRow),
    _of_person("kode_aktivasi", ActivationCode),
    _of_person("permintaan_perbaikan", CorrectionRequest),
    _of_person("pemberitahuan", Notice),
    _of_person("pertanyaan_di_materi", Inquiry, "asker_id"),
    _of_person("tim_pelatihan", CourseMember),
    _of_person("tim_bank_soal", SharedBankMember),
    _of_person("keikutsertaan", Enrollment),
    _of_enrollment("pindah_versi", VersionMove),
    _of_enrollment("tambahan", SupplementPart),
    _of_enrollment("materi", LessonProgress),
    _of_enrollment("jawaban_di_materi", CheckAnswer),
    _of_enrollment("kelonggaran_kuis", Allowance),
    _of_enrollment("percobaan_kuis", Attempt),
    _of_attempt("jawaban_kuis", Response),
    _of_attempt("penilaian_jawaban", Grading),
    _of_enrollment("evaluasi_sudah_diisi", EvaluationGiven),
    _of_enrollment("tindak_lanjut", Followup),
    Part("tautan_tindak_lanjut", _table(FollowupLink), _followup_links),
    _of_person("jawaban_tindak_lanjut", FollowupAnswer, "by_id"),
    _of_person("pelatihan_lain", OutsideTraining),
    _of_person("penugasan", AssignmentPerson),
    _of_person("kelonggaran_penugasan", AssignmentException),
    _of_person("pengecualian_berkala", ObligationExemption),
    _of_person("jalur_pembelajaran", ProgrammeMember),
    _of_person("sertifikat", Certificate),
    Part("berkas_sertifikat", _table(CertificateFile), _certificate_files),
    _of_person("penilaian_kompetensi", Rating),
    _of_person("bukti_belajar", Evidence),
    _of_person("rencana_pengembangan", PlanItem),
    _of_person("pilihan_pengingat", ReminderChoice),
    _of_person("pengingat", ReminderMessage),
    Part("log_aktivitas", _table(AuditEntry), _about),
)
NAMES: tuple[tuple[str, type[Any], str], ...] = (
    ("unit", OrgUnit, "name"), ("jabatan", Position, "name"), ("kompetensi", Competency, "name"),
)  # fmt: skip
"""Tables of names that ids in the parts point to: only the names that occur are given."""


def own_data(session: Session, user_id: int) -> dict[str, Any]:
    """Return the rows about a person by part, with the names that ids in them stand for."""
    found: dict[str, Any] = {part.name: _rows(session, part, user_id) for part in PARTS}
    used: dict[str, set[int]] = {"unit": set(), "jabatan": set(), "kompetensi": set(), "pelatihan": set()}
    columns = {"unit_id": "unit", "position_id": "jabatan", "competency_id": "kompetensi",
               "course_id": "pelatihan"}  # fmt: skip
    for rows in list(found.values()):
        for row in rows:
            for column, name in columns.items():
                if row.get(column) is not None:
                    used[name].add(row[column])
    names: dict[str, dict[str, str]] = {
        name: {
            str(key): text
            for key, text in session.execute(
                select(model.id, getattr(model, column)).where(model.id.in_(used[name]))
            )
        }
        for name, model, column in NAMES
    }
    titles = (
        select(Course.id, CourseVersion.title)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .where(Course.id.in_(used["pelatihan"]))
    )
    names["pelatihan"] = {str(key): title for key, title in session.execute(titles)}
    return {**found, "nama": names}


def _rows(session: Session, part: Part, user_id: int) -> list[dict[str, Any]]:
    others = {
        column.name for column in part.table.columns
        if column.name not in {"user_id", "actor_id"}
        and any(key.column.table.name == "user" for key in column.foreign_keys)
    }  # fmt: skip
    kept = [column for column in part.table.columns if column.name not in SECRET | others]
    statement = select(*kept).where(part.own(user_id)).order_by(*part.table.primary_key.columns)
    rows = [dict(row._mapping) for row in session.execute(statement)]
    for row in rows:
        if row.get("actor_id") not in {None, user_id}:
            row["actor_id"] = "orang lain"
    return rows


def own_archive(session: Session, user_id: int, files: Path, *, now: datetime, readme: str) -> bytes:
    """Return a ZIP of `readme`, data.json and the PDFs of all the person's certificates.

    `files` is the file store. A PDF the store lacks is named in data.json under "berkas_hilang".
    """
    data = own_data(session, user_id)
    missing: list[str] = []
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for certificate in certificates_of(session, user_id):
            name = f"{certificate.id}_{file_name(certificate)}"
            try:
                archive.writestr(
                    f"sertifikat/{name}", store.path_of(files, newest_file(certificate).sha256).read_bytes()
                )
            except FileNotFoundError:
                missing.append(name)
        whole = {"dibuat": now, "berkas_hilang": missing, **data}
        archive.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=1, default=_plain))
        archive.writestr("BACA-SAYA.txt", readme)
    return target.getvalue()


def looks_at(session: Session, user_id: int, limit: int) -> list[tuple[AuditEntry, str | None]]:
    """Return what others did with a person's account, data and certificates, views too, newest first."""
    certificates = select(cast(Certificate.id, String)).where(Certificate.user_id == user_id)
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            or_(
                (AuditEntry.subject_kind == "user") & (AuditEntry.subject_id == str(user_id)),
                (AuditEntry.subject_kind == "certificate") & AuditEntry.subject_id.in_(certificates),
            ),
            AuditEntry.actor_id != user_id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
