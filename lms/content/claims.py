"""A competency at a level, written ``M.1:2``: what a course or a question claims to teach or to test."""

import re
from dataclasses import dataclass

_CLAIM = re.compile(r"([A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*):([1-5])")


@dataclass(frozen=True)
class Claim:
    """A competency code and a level from 1 to 5 (PermenPANRB 38/2017)."""

    code: str
    level: int


def read_claim(text: str) -> Claim | None:
    """The claim, or None when it is not of the form CODE:level with a level from 1 to 5."""
    found = _CLAIM.fullmatch(text.strip())
    return Claim(found[1], int(found[2])) if found else None
