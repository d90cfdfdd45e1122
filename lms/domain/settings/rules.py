"""Policy of the office: typed values with defaults; what is unsure in the law is a setting here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Policy:
    """Settings in force. Field names are the keys of the `setting` table."""

    # Site
    site_name: str = "Gurindam"
    city: str = "Tanjungpinang"
    government: str = "Pemerintah Kota Tanjungpinang"
    organiser: str = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    organiser_short: str = "BKPSDM"
    help_contact: str = ""  # shown on sign-in and error pages
    emblem_sha256: str = ""  # PNG in the file store; empty: the drawn mark
    # Lesson hours
    minutes_per_jp: int = 45
    target_jp_pns: int = 20
    target_jp_cpns: int = 20
    target_jp_pppk: int = 20
    target_jp_pppk_paruh_waktu: int = 20
    target_jp_lainnya: int = 0
    jp_once_a_year: bool = True  # a course taken twice in a calendar year counts its JP once
    # Retakes
    retake_window_days: int = 90  # so long before a certificate expires its course may be taken again
    # Courses of the desk
    review_required: bool = False  # published only after somebody else approved exactly this text
    # Lessons
    read_share_percent: int = 30  # of a lesson's minutes before "Selesai, lanjut" counts; 0 switches it off
    # Notices
    notice_days: int = 90  # so long they are kept, read or not
    # Certificates
    certificate_kind: str = "sertifikat"  # sertifikat | sttp
    certificate_number: str = "{seq:03}/{unit}/{class}/{month_roman}/{year}"
    certificate_unit: str = "BKPSDM"
    certificate_class: str = "DIKLAT"
    certificate_basis: str = "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara"
    certificate_place: str = "Tanjungpinang"
    certificate_prints_score: bool = False
    certificate_needs_signature: bool = False
    signer_name: str = ""
    signer_nip: str = ""
    signer_rank: str = ""
    signer_position: str = ""
    # Columns of SIASN (course history): codes that differ between offices, so nothing is set
    siasn_training_kind: str = ""  # jenisDiklatId
    siasn_course_kind: str = ""  # jenisKursus
    siasn_certificate_kind: str = ""  # jenisKursusSertipikat
    siasn_agency: str = ""  # instansiId
    siasn_place: str = ""  # lokasiId
    # Accounts
    activation_days: int = 30
    # Competencies
    job_match_meets: int = 80  # JPM from here: memenuhi syarat
    job_match_almost: int = 68
    # Reminders
    reminders_on: bool = False  # the office looks at the next run first, then switches them on
    reminder_weekday: int = 1  # of the weekly digest; 1 is Monday
    reminder_time: str = "08.00"  # WIB, as all of these
    reminder_quiet_from: str = "17.00"
    reminder_quiet_until: str = "07.00"
    reminder_quiet_weekend: bool = True
    reminder_week_cap: int = 3  # messages to one person from Monday to Sunday
    reminder_urgent_days: int = 3  # before a due day; 0: no urgent reminders
    reminder_soon_days: int = 14  # what the digest calls near
    reminder_idle_days: int = 14  # a course begun and not opened for so long
    reminder_escalation: bool = False  # the superior is told of own staff that is late
    reminder_escalation_days: int = 7  # past the due day
    reminder_keep_days: int = 365  # so long the delivery log is kept


DEFAULTS = Policy()
KEYS = frozenset(field.name for field in fields(Policy))


def with_values(values: dict[str, Any]) -> Policy:
    """Return the defaults overlaid by stored values; unknown keys and wrong types are ignored."""
    known: dict[str, Any] = {}
    for key, value in values.items():
        if key in KEYS and type(value) is type(getattr(DEFAULTS, key)):
            known[key] = value
    return Policy(**known)


def target_jp(policy: Policy, employment: str) -> int:
    """Return the yearly target in JP for an employment status.

    Source: PP 11/2017 jo. PP 17/2020 (PNS at least 20 JP a year); PPPK: PP 49/2018 names 24 JP as the
    upper bound of a contract year, the target itself is the office's own setting.
    """
    value = getattr(policy, f"target_jp_{employment}", policy.target_jp_lainnya)
    return int(value)
