"""NIP of PNS, NI of PPPK and e-mail addresses: read what people type, doubt what cannot be true.

Layout of the 18 digits: birth YYYYMMDD; PNS: appointment YYYYMM; PPPK: year YYYY, 2, count of contracts 1-9;
then sex 1 or 2 and a serial of three digits. Numbers that look wrong are warned about, not refused: the
personnel office has the last word.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

NIP_LENGTH = 18
EMAIL_MAX = 254
MINIMUM_AGE = 17  # years at appointment
_SEPARATORS = re.compile(r"[\s.'’‘`\u200b\ufeff-]+")
_EMAIL = re.compile(r"[^@\s\"<>(),;:\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")


class InvalidNip(ValueError):
    """The text is no NIP; `code` is "nip.characters" or "nip.length", `count` the digits found."""

    def __init__(self, code: str, count: int) -> None:
        super().__init__(code)
        self.code, self.count = code, count


class InvalidEmail(ValueError):
    """The text is no e-mail address."""


def squeezed(text: str) -> str:
    """Return a name or title with runs of blanks made one and the ends cut; letters stay as typed (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def normalise_nip(text: str) -> str:
    """Return the 18 digits of a NIP typed with blanks, dots, hyphens or apostrophes.

    Raises InvalidNip for anything but 18 digits.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not digits.isascii() or not digits.isdigit():
        raise InvalidNip("nip.characters" if digits else "nip.length", sum(c.isdigit() for c in digits))
    if len(digits) != NIP_LENGTH:
        raise InvalidNip("nip.length", len(digits))
    return digits


def looks_like_nip(text: str) -> bool:
    """Say whether the text reads as a NIP (of the right length)."""
    try:
        normalise_nip(text)
    except InvalidNip:
        return False
    return True


def nip_birth_date(nip: str) -> date | None:
    """Return the birth date that a normalised NIP carries, None if there is no such day."""
    try:
        return date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return None


def nip_warnings(nip: str, today: date) -> tuple[str, ...]:
    """Return codes of what is doubtful in a normalised NIP: birth, age, appointment, sex, serial."""
    found = []
    birth = nip_birth_date(nip)
    year, middle = int(nip[8:12]), int(nip[12:14])
    if birth is None or birth > today or birth.year < 1900:
        found.append("nip.birth")
    elif year - birth.year < MINIMUM_AGE:
        found.append("nip.age")
    if not (1 <= middle <= 12 or 21 <= middle <= 29) or year > today.year + 1:
        found.append("nip.appointment")
    if nip[14] not in "12":
        found.append("nip.sex")
    if nip[15:] == "000":
        found.append("nip.serial")
    return tuple(found)


def group_nip(nip: str) -> str:
    """Return a normalised NIP as printed: "19860926 201505 1 001"."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def mask_nip(nip: str) -> str:
    """Return a NIP with only its last three digits; the others tell birth date and sex."""
    return group_nip("•" * (NIP_LENGTH - 3) + nip[-3:])


def normalise_email(text: str) -> str:
    """Return an address in lower case without blanks around it.

    Raises InvalidEmail when it cannot be one or is longer than 254 characters (RFC 5321).
    """
    address = unicodedata.normalize("NFKC", text).strip().lower()
    if len(address) > EMAIL_MAX or not _EMAIL.fullmatch(address) or ".." in address:
        raise InvalidEmail(text)
    return address
