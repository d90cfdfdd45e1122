"""Numbers: strict in the source, tolerant but never guessing in what learners type."""

import re
from dataclasses import dataclass
from decimal import Decimal

from lms.content.questions.question import Unreadable

_SOURCE = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,10})?")
_TOLERANCE = re.compile(r"(.+?)\s*(?:±|\+-|\+/-)\s*([0-9.]+)\s*(%?)")
_RANGE = re.compile(r"(\S+?)\s*\.\.\s*(\S+)")
_COMMA = re.compile(r"[-+]?[0-9]{1,3}(?:\.?[0-9]{3})*,[0-9]+(?:\s*(?:±|\+-|\.\.).*)?")

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]+")
_BOTH = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)")


@dataclass(frozen=True)
class Range:
    """A number of the source with its tolerance: met between `low` and `high`, both included."""

    low: Decimal
    high: Decimal


def source_number(text: str) -> Decimal | None:
    """A number as sources write it: digits, a decimal point, no thousands mark."""
    plain = text.strip().replace("−", "-")
    return Decimal(plain) if _SOURCE.fullmatch(plain) else None


def source_range(text: str) -> Range | None:
    """A value, a value with tolerance (``± 0.5``, ``+- 0.5``, ``± 5%``) or a range (``19..21``)."""
    plain = text.strip()
    if found := _RANGE.fullmatch(plain):
        low, high = source_number(found[1]), source_number(found[2])
        return Range(low, high) if low is not None and high is not None and low <= high else None
    if found := _TOLERANCE.fullmatch(plain):
        value, width = source_number(found[1]), source_number(found[2])
        if value is None or width is None:
            return None
        if found[3]:
            width = abs(value) * width / 100
        return Range(value - width, value + width)
    value = source_number(plain)
    return None if value is None else Range(value, value)


def source_text(text: str) -> str:
    """A number of the source as the format writes it: ``25 ± 0.5``, ``19..21``; its digits stay."""
    plain = text.strip()
    if found := _RANGE.fullmatch(plain):
        return f"{found[1]}..{found[2]}"
    if found := _TOLERANCE.fullmatch(plain):
        return f"{found[1].strip()} ± {found[2]}{found[3]}"
    return plain


def comma_number(text: str) -> bool:
    """Whether a source text is a number with a decimal comma, which the source does not take."""
    return _COMMA.fullmatch(text.strip()) is not None


def like_thousands(text: str) -> bool:
    """Whether a source number looks as if its point were meant to group thousands (``1.000``)."""
    return any(
        re.fullmatch(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}", part) for part in re.split(r"[\s±]+|\.\.|\+-", text)
    )


def learner_number(text: str) -> Decimal:
    """What a learner typed: 3,5 and 3.5; 1.000 and 12.500 as thousands; 1.000,5. Raises Unreadable."""
    plain = " ".join(text.split()).replace("−", "-")
    sign = -1 if plain.startswith("-") else 1
    if plain[:1] in {"+", "-"}:
        plain = plain[1:]
    digits = _digits(plain) if len(plain) <= 40 else None
    if digits is None or source_number(digits) is None:
        raise Unreadable("number_unreadable")
    return sign * Decimal(digits)


def _digits(plain: str) -> str | None:
    """The number as a source would write it, or None when it may mean several things or none."""
    if re.fullmatch(r"[0-9]+", plain):
        return plain
    if _THOUSANDS.fullmatch(plain) and not plain.startswith("0"):
        return plain.replace(".", "")
    if found := _BOTH.fullmatch(plain):
        return f"{found[1].replace('.', '')}.{found[2]}"
    return plain.replace(",", ".") if _DECIMAL.fullmatch(plain) else None


def plain_text(value: Decimal) -> str:
    """The number in digits with a decimal point, without useless zeros: the form that is stored."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-0", "-"} else text


def spoken(text: str) -> str:
    """A stored number as Indonesian writes it: 1000.5 as 1.000,5."""
    sign = "-" if text.startswith("-") else ""
    whole, point, part = text.lstrip("-").partition(".")
    return f"{sign}{int(whole or '0'):,}".replace(",", ".") + (f",{part}" if point else "")


def range_text(low: Decimal, high: Decimal) -> str:
    """An accepted number as Indonesian writes it, with its range when there is one: 25 (24,5–25,5)."""
    first, last = spoken(plain_text(low)), spoken(plain_text(high))
    middle = spoken(plain_text((low + high) / Decimal(2)))
    return first if first == last else f"{middle} ({first}–{last})"
