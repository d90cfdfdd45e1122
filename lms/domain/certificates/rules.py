"""Pure rules of certificates: the public code, the office number, the state and the NIP."""

import re
import secrets
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from lms.domain.certificates.words import month_roman

# ---- the code of the public check ----

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I L O U
CODE_SYMBOLS = 12  # 60 random bits
_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\u00ad\u200b\u2010-\u2015\u2212-]+")


def check_symbol(symbols: str) -> str:
    """The Luhn mod 32 check symbol of a row of base32 symbols."""
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        addend = ALPHABET.index(symbol) * (1 if place % 2 else 2)
        total += addend // 32 + addend % 32
    return ALPHABET[-total % 32]


def new_code() -> str:
    """A new random code of 13 symbols, the last one being the check symbol."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(CODE_SYMBOLS))
    return symbols + check_symbol(symbols)


def print_code(code: str) -> str:
    """The code as paper shows it: XXXX-XXXX-XXXX-X."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def parse_code(text: str) -> str | None:
    """The 13 symbols that a person typed or scanned, or None when they were mistyped.

    Letters may be small, spaces and hyphens may stand anywhere, O is read as 0, I and L as 1.
    None means a wrong length, a symbol outside the alphabet or a check symbol that does not fit:
    no code was ever issued like that, so no database needs to be asked.
    """
    if len(text) > 64:
        return None
    code = _SEPARATORS.sub("", text).upper().translate(_MISREAD)
    if len(code) != CODE_SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in code):
        return None
    return code if check_symbol(code[:-1]) == code[-1] else None


# ---- the office number ----

NUMBER_FIELDS = ("seq", "month_roman", "month", "year", "unit", "class")
MAX_TEMPLATE = 80
MAX_NUMBER = 60
_FIELD = re.compile(r"\{([a-z_]*)(?::0?([1-6]))?\}")
_PLAIN = re.compile(r"[A-Za-z0-9 ./_-]*")


def number(template: str, serial: int, day: date, codes: Mapping[str, str] | None = None) -> str:
    """The office number of the `serial`-th certificate of the year of `day`.

    `{seq}` is the serial, `{seq:04}` the same with zeros up to four digits, `{month_roman}`,
    `{month}` (two digits) and `{year}` come from `day`; `codes` gives `unit` and `class`.
    The template must have passed `number_problem`.
    """
    values = {
        "seq": str(serial),
        "month_roman": month_roman(day.month),
        "month": f"{day.month:02d}",
        "year": str(day.year),
        **{name: value for name, value in (codes or {}).items() if name in NUMBER_FIELDS[4:]},
    }

    def fill(match: re.Match[str]) -> str:
        return values.get(match[1], "").rjust(int(match[2] or 0), "0")

    return _FIELD.sub(fill, template)


def number_problem(template: str, codes: Mapping[str, str] | None = None) -> str | None:
    """The code of what is wrong with a number template, or None.

    A good template holds the serial and the year exactly once, and the serial stands between
    separators, so that two certificates never get the same number.
    """
    if len(template) > MAX_TEMPLATE:
        return "number-too-long"
    fields = [(match[1], match[2]) for match in _FIELD.finditer(template)]
    names = [name for name, _ in fields]
    plain = _FIELD.sub("\n", template)
    if "{" in plain or "}" in plain:
        return "number-brace"
    if any(name not in NUMBER_FIELDS for name in names):
        return "number-unknown-field"
    if any(width and name != "seq" for name, width in fields):
        return "number-width"
    if names.count("seq") != 1:
        return "number-needs-seq"
    if names.count("year") != 1:
        return "number-needs-year"
    if not _PLAIN.fullmatch(plain.replace("\n", "")) or template != template.strip():
        return "number-characters"
    if re.search(r"[\d}]\{seq|\{seq(:\d+)?\}[\d{]", template):
        return "number-seq-touches"
    if len(number(template, 999_999, date(2000, 8, 31), codes)) > MAX_NUMBER:
        return "number-too-long"
    return None


# ---- the state, derived and never stored ----


class State(StrEnum):
    """What a certificate is worth today."""

    REVOKED = "revoked"
    REPLACED = "replaced"
    EXPIRED = "expired"
    AWAITING_SIGNATURE = "awaiting_signature"
    VALID = "valid"


def state(
    *,
    revoked_at: datetime | None,
    replaced_at: datetime | None,
    valid_until: date | None,
    signed_at: datetime | None,
    signature_required: bool,
    today: date,
) -> State:
    """The state on the day `today` (WIB); the first that applies wins, in this order.

    `valid_until` is the last day of validity.
    """
    if revoked_at is not None:
        return State.REVOKED
    if replaced_at is not None:
        return State.REPLACED
    if valid_until is not None and today > valid_until:
        return State.EXPIRED
    if signature_required and signed_at is None:
        return State.AWAITING_SIGNATURE
    return State.VALID


def valid_until(issued_on: date, months: int | None) -> date | None:
    """The last day of a validity of `months` from the day of issue; None lasts for good.

    A day that the last month lacks becomes that month's last day.
    """
    if not months:
        return None
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    return date(year, month + 1, min(issued_on.day, monthrange(year, month + 1)[1]))


# ---- the NIP ----

_PNS_GROUPS = (8, 6, 1, 3)
_PPPK_GROUPS = (8, 4, 2, 1, 3)


def is_pppk_nip(nip: str) -> bool:
    """Whether digits 13 and 14 are those of a contract (21 to 29) instead of a month."""
    return len(nip) == 18 and "21" <= nip[12:14] <= "29"


def group_nip(nip: str) -> str:
    """The NIP as offices print it: 19860926 201505 1 001; anything but 18 digits is left alone."""
    if not re.fullmatch(r"[0-9]{18}", nip):
        return nip
    groups, start = [], 0
    for length in _PPPK_GROUPS if is_pppk_nip(nip) else _PNS_GROUPS:
        groups.append(nip[start : start + length])
        start += length
    return " ".join(groups)


def mask_nip(nip: str) -> str:
    """The NIP with all but its last three digits hidden: the rest tells birth date and sex."""
    digits = re.sub(r"\s", "", nip)
    if len(digits) <= 3:
        return "•" * len(digits)
    return "•" * (len(digits) - 3) + digits[-3:]


def same_nip(typed: str, printed: str) -> bool:
    """Whether a typed NIP is the printed one; spaces, dots and hyphens do not count."""
    mine, theirs = (re.sub(r"[\s.\-]", "", value) for value in (typed, printed))
    return theirs != "" and secrets.compare_digest(mine.encode(), theirs.encode())


# ---- hours per module ----


def share_jp(jp: int, minutes: Sequence[int]) -> list[int]:
    """The whole hours of a course shared over its modules by their minutes; sums to `jp` exactly.

    Largest remainder; of equal remainders the earlier module wins. Without any minutes all
    modules weigh the same.
    """
    if not minutes:
        return []
    weights = list(minutes) if sum(minutes) else [1] * len(minutes)
    total = sum(weights)
    shares = [jp * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(jp * weights[i] % total), i))
    for i in by_remainder[: jp - sum(shares)]:
        shares[i] += 1
    return shares


# ---- the name of an exported file ----

MAX_FILE_NAME = 120
_FOLD = str.maketrans({"ʼ": "", "’": "", "'": "", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "đ": "d"})


def file_part(text: str) -> str:
    """Text reduced to A-Z a-z 0-9 and single hyphens, letters keeping their base form."""
    folded = unicodedata.normalize("NFKD", text.translate(_FOLD)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", folded).strip("-")


def siasn_name(*, nip: str, number: str) -> str:
    """`NIP_Nomor.pdf`, the name that the upload of a history to SIASN asks for."""
    return f"{file_part(nip).replace('-', '') or 'tanpa-nip'}_{file_part(number)}.pdf"


def export_name(*, nip: str, name: str, course: str, number: str) -> str:
    """`NIP_Nama_Pelatihan_Nomor.pdf`, at most 120 bytes; only name and course are cut.

    The number is unique, so two people of one name never share a file name.
    """
    nip_part, number_part = file_part(nip).replace("-", ""), file_part(number)
    room = MAX_FILE_NAME - len("___.pdf") - len(nip_part) - len(number_part)
    name_part, course_part = file_part(name), file_part(course)
    for_course = max(room - len(name_part), room // 2)
    course_part = course_part[: max(for_course, 0)].strip("-")
    name_part = name_part[: max(room - len(course_part), 0)].strip("-")
    parts = [part for part in (nip_part or "tanpa-nip", name_part, course_part, number_part) if part]
    return "_".join(parts)[: MAX_FILE_NAME - 4] + ".pdf"
