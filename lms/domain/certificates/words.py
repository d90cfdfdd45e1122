"""Indonesian words for what a certificate prints: numbers, months, dates and periods.

A certificate is an Indonesian document in every locale of the screen, and month names come from
this table and not from the operating system.
"""

from datetime import date

UNITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def number_words(n: int) -> str:
    """`n` in Indonesian words, 0 to 9999; ValueError outside."""
    if not 0 <= n <= 9999:
        raise ValueError(f"no words for {n}")
    if n < 12:
        return UNITS[n]
    if n < 20:
        return f"{UNITS[n - 10]} belas"
    if n < 100:
        return _with_rest(f"{UNITS[n // 10]} puluh", n % 10)
    if n < 1000:
        head = "seratus" if n < 200 else f"{UNITS[n // 100]} ratus"
        return _with_rest(head, n % 100)
    head = "seribu" if n < 2000 else f"{UNITS[n // 1000]} ribu"
    return _with_rest(head, n % 1000)


def _with_rest(head: str, rest: int) -> str:
    return f"{head} {number_words(rest)}" if rest else head


def decimal(value: float) -> str:
    """A score as Indonesian papers print it, with at most two decimals: 87,5."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def month_roman(month: int) -> str:
    """The month 1 to 12 as office numbers write it: XI."""
    return ROMAN_MONTHS[month - 1]


def long_date(day: date) -> str:
    """The date as letters print it: 2 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period(first: date, last: date) -> str:
    """The days of a training: "tanggal 2 sampai 20 November 2026", saying nothing twice."""
    if last < first:
        raise ValueError("a period ends before it begins")
    end = long_date(last)
    if first == last:
        return f"tanggal {end}"
    if first.year != last.year:
        return f"tanggal {long_date(first)} sampai {end}"
    if first.month != last.month:
        return f"tanggal {first.day} {MONTHS[first.month - 1]} sampai {end}"
    return f"tanggal {first.day} sampai {end}"
