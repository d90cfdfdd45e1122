"""Policy of the office: typed values with defaults; what is unsure in the law is a setting here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
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
    # Lesson hours; these hold for the years before the first of `hours_rules`
    hours_rules: list[dict[str, Any]] = field(default_factory=list)  # one a year of change; see hours_rule
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
    external_may_begin: bool = False  # external authors may begin courses on their own
    # Lessons
    read_share_percent: int = 30  # of a lesson's minutes before "Selesai, lanjut" counts; 0 switches it off
    inquiries_flag: int = 3  # so many open questions at one place flag its lesson; 0 switches it off
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
    # Effect of courses
    classroom_rates: list[dict[str, Any]] = field(default_factory=list)  # see settings.rates
    followup_months: int = 3  # after a completion: proposed when a course is followed up
    followup_link_days: int = 14  # so long a link for somebody without an account is good
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


HOURS_FIELDS = (
    "minutes_per_jp", "target_jp_pns", "target_jp_cpns", "target_jp_pppk", "target_jp_pppk_paruh_waktu",
    "target_jp_lainnya",
)  # fmt: skip
"""What a rule of lesson hours says, in the order of the form."""


@dataclass(frozen=True)
class HoursRule:
    """Minutes of one JP and yearly targets, from 1 January (WIB) of a year on; `since` None: from the first.

    `source` is the letter or regulation the office named. `caps` bounds the JP that count of trainings
    elsewhere in a calendar year, by their form (outside.rules.FORMS); a form that is not in it has no bound.
    """

    since: int | None
    values: Mapping[str, int]
    source: str = ""
    caps: Mapping[str, int] = field(default_factory=dict)


def hours_rules(policy: Policy) -> list[HoursRule]:
    """Return all rules of lesson hours, the oldest first."""
    first = HoursRule(None, {name: getattr(policy, name) for name in HOURS_FIELDS})
    dated = sorted(policy.hours_rules, key=lambda one: int(one["since"]))
    return [first] + [
        HoursRule(
            one["since"],
            {name: one[name] for name in HOURS_FIELDS},
            one.get("source", ""),
            one.get("caps", {}),
        )
        for one in dated
    ]


def hours_rule(policy: Policy, year: int) -> HoursRule:
    """Return the rule that holds in a calendar year (WIB): the newest that began in it or earlier."""
    return [one for one in hours_rules(policy) if one.since is None or one.since <= year][-1]


def with_hours_rule(
    policy: Policy,
    since: int,
    values: Mapping[str, int],
    source: str,
    *,
    this_year: int,
    caps: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """Return `hours_rules` with a rule from a year on, in place of one that begins in the same year.

    Raises ValueError for a year before this one: what was counted under an older rule keeps it.
    """
    if since < this_year:
        raise ValueError("a past year keeps its rule")
    kept = [one for one in policy.hours_rules if one["since"] != since]
    added = {"since": since, **{name: values[name] for name in HOURS_FIELDS}, "source": source}
    if caps:
        added["caps"] = dict(caps)
    return sorted([*kept, added], key=lambda one: int(one["since"]))


def minutes_per_jp(policy: Policy, year: int) -> int:
    """Return the minutes of one JP in a calendar year (WIB)."""
    return hours_rule(policy, year).values["minutes_per_jp"]


def target_jp(policy: Policy, employment: str, year: int) -> int:
    """Return the target in JP of a calendar year (WIB) for an employment status.

    Source: PP 11/2017 jo. PP 17/2020 (PNS at least 20 JP a year); PPPK: PP 49/2018 names 24 JP as the
    upper bound of a contract year, the target itself is the office's own setting.
    """
    values = hours_rule(policy, year).values
    return values.get(f"target_jp_{employment}", values["target_jp_lainnya"])
