"""Forms of competency development, and what a report must hold; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CLASSICAL = (
    "kepemimpinan", "manajerial", "teknis", "fungsional", "sosial_kultural", "seminar", "lokakarya",
    "kursus", "penataran", "bimtek", "sosialisasi",
)  # fmt: skip
OTHER = (
    "coaching", "mentoring", "e_learning", "jarak_jauh", "detasering", "outbound", "patok_banding",
    "pertukaran", "belajar_mandiri", "komunitas_belajar", "bimbingan_kerja", "magang",
)  # fmt: skip
FORMS = CLASSICAL + OTHER
"""Forms named for PNS by PerLAN 10/2018: in a classroom, and elsewhere."""
MOST_JP = 200
YEARS_BACK = 2


@dataclass(frozen=True)
class Report:
    """What a person reports of a training; days are calendar days."""

    form: str
    title: str
    organiser: str
    started_on: date
    ended_on: date
    jp: int
    number: str = ""


def problem(report: Report, today: date) -> tuple[str, str] | None:
    """Return (field, code) of the first thing wrong with a report, None when it may be sent.

    The last day must be past and in this year or the two before; later reports are no proof of a year.
    """
    if report.form not in FORMS:
        return "form", "form.unknown"
    if report.ended_on < report.started_on:
        return "ended_on", "days.order"
    if report.ended_on > today:
        return "ended_on", "days.future"
    if report.ended_on.year < today.year - YEARS_BACK:
        return "ended_on", "days.old"
    if not 1 <= report.jp <= MOST_JP:
        return "jp", "jp.range"
    return None
