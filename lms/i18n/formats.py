"""Dates, times, numbers and NIP as an Indonesian office writes them (WIB, 1.234,5)."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime

from flask_babel import ngettext

from lms.clock import WIB
from lms.i18n.locale import current_locale

_MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
           "September", "Oktober", "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
}  # fmt: skip
_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def _day(value: Date | datetime) -> Date:
    return value.astimezone(WIB).date() if isinstance(value, datetime) else value


def date(value: Date | datetime | None) -> str:
    """Return "24 November 2026"; an instant is taken in WIB, None gives ""."""
    if value is None:
        return ""
    day = _day(value)
    return f"{day.day} {_MONTHS[current_locale()][day.month - 1]} {day.year}"


def weekday_date(value: Date | datetime | None) -> str:
    """Return "Selasa, 24 November 2026"."""
    if value is None:
        return ""
    return f"{_DAYS[current_locale()][_day(value).weekday()]}, {date(value)}"


def short_date(value: Date | datetime | None) -> str:
    """Return "24/11/2026"."""
    return f"{_day(value):%d/%m/%Y}" if value is not None else ""


def clock(value: datetime | None) -> str:
    """Return the time of day in WIB as "14.30"."""
    return f"{value.astimezone(WIB):%H.%M}" if value is not None else ""


def date_clock(value: datetime | None) -> str:
    """Return "24 November 2026, pukul 14.30 WIB"."""
    if value is None:
        return ""
    at = "pukul " if current_locale() == "id" else ""
    return f"{date(value)}, {at}{clock(value)} WIB"


def number(value: float | int | None, digits: int = 1) -> str:
    """Return 1234.5 as "1.234,5" (English: "1,234.5"); whole numbers without decimals."""
    if value is None:
        return ""
    text = f"{value:,.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    if current_locale() == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    return text


def nip(value: str | None) -> str:
    """Return a NIP in groups, "19860926 201505 1 001"; other text as it is."""
    if value and len(value) == 18 and value.isdigit():
        return f"{value[:8]} {value[8:14]} {value[14]} {value[15:]}"
    return value or ""


def kilobytes(size: int) -> str:
    """Return a size in bytes as "38 KB" (at least 1) or "1,2 MB"."""
    if size >= 1_000_000:
        return f"{number(size / 1_000_000)} MB"
    return f"{number(max(1, round(size / 1000)), 0)} KB"


def duration(minutes: int) -> str:
    """Return minutes as "45 menit", "2 jam" or "2 jam 15 menit"."""
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%(num)s hour", "%(num)s hours", hours)] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", rest))
    return " ".join(parts)
