"""To whom a message goes, by which channel, or why not; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of one person in a run; the first five are written to."""

    EMAIL = "email"
    APP_CHOSEN = "app_chosen"
    APP_NO_EMAIL = "app_no_email"
    APP_REFUSED = "app_refused"  # the mail server refused the address for good
    APP_NO_SERVER = "app_no_server"  # this site has no mail server
    CAP = "cap"
    OFF = "off"
    TOLD = "told"  # was told of all of it within the days that count as urgent
    NOTHING = "nothing"


WRITTEN = frozenset(
    {Outcome.EMAIL, Outcome.APP_CHOSEN, Outcome.APP_NO_EMAIL, Outcome.APP_REFUSED, Outcome.APP_NO_SERVER}
)


@dataclass(frozen=True)
class Reader:
    """What decides about the channel of a person."""

    email: str | None
    weekly: bool = True
    by_email: bool = True
    refused_address: str | None = None


def channel(reader: Reader, *, server: bool) -> Outcome:
    """Return by which channel a person is reached, with the reason; `server`: mails can be sent at all."""
    if not reader.by_email:
        return Outcome.APP_CHOSEN
    if reader.email is None:
        return Outcome.APP_NO_EMAIL
    if reader.email == reader.refused_address:
        return Outcome.APP_REFUSED
    return Outcome.EMAIL if server else Outcome.APP_NO_SERVER


def outcome(
    kind: str, reader: Reader, *, lines: int, told: bool, sent: int, cap: int, server: bool
) -> Outcome:
    """Return what becomes of a person: `lines` to tell, whether all were `told`, `sent` of `cap` this week.

    Only the weekly digest can be switched off.
    """
    if not lines:
        return Outcome.NOTHING
    if kind == "weekly" and not reader.weekly:
        return Outcome.OFF
    if kind == "urgent" and told:
        return Outcome.TOLD
    if sent >= cap:
        return Outcome.CAP
    return channel(reader, server=server)


class InvalidPhone(ValueError):
    """The text is no phone number."""


_PHONE_MARKS = re.compile(r"[\s().-]+")


def normalise_phone(text: str) -> str:
    """Return the digits of a mobile number with country code: "0812-3456-7890" is "6281234567890".

    Raises InvalidPhone.
    """
    digits = _PHONE_MARKS.sub("", text)
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("0"):
        digits = "62" + digits[1:]
    if not re.fullmatch(r"[1-9]\d{8,14}", digits, re.ASCII):
        raise InvalidPhone(text)
    return digits
