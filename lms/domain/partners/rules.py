"""The key of an institution, and what is known of it in one form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

KEY_MAX = 40
MOST = {"name": 160, "short_name": 40, "address": 300, "contact": 120, "phone": 40, "web": 200}
"""Characters of each field."""
_KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class Entry:
    """What the office knows of an institution, as typed; an empty `key` is made from the short name."""

    name: str
    short_name: str
    kind: str
    key: str = ""
    address: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    web: str = ""


def is_key(text: str) -> bool:
    """Say whether a text can be the key by which courses name an institution."""
    return _KEY.fullmatch(text) is not None


def key_from(short_name: str) -> str:
    """Return a key for a short name: "UCB" -> "ucb"; empty when nothing of it can stand in a key."""
    plain = unicodedata.normalize("NFKD", short_name).encode("ascii", "ignore").decode().casefold()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:KEY_MAX].rstrip("-")
    return made if is_key(made) else ""
