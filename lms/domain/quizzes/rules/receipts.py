"""The receipt of a handed-in attempt: a short number that its stored answers give again at any time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I L O U
LETTERS = 8
"""Forty bits: nobody guesses them, and a changed answer gives others."""
_MISREAD = str.maketrans("OIL", "011")


def receipt(
    attempt_id: int, quiz_key: str, submitted_at: datetime, answers: Sequence[tuple[str, Any, datetime]]
) -> str:
    """Return the receipt of an attempt: its number and check letters, such as "1042-7KQM-2XWD".

    The letters are the head of the SHA-256 over number, quiz, moment of submission and every stored answer
    (question id, answer, moment of saving), so that any of them that was changed later shows.
    """
    kept = [[key, answer, _moment(saved_at)] for key, answer, saved_at in answers]
    held = [attempt_id, quiz_key, _moment(submitted_at), *sorted(kept, key=lambda one: str(one[0]))]
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    value = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    letters = "".join(ALPHABET[value >> (5 * place) & 31] for place in range(LETTERS))
    return f"{attempt_id}-{letters[:4]}-{letters[4:]}"


def parse_receipt(text: str) -> tuple[int, str] | None:
    """Return the number of the attempt and the receipt as it was given out; None for any other text.

    Blanks and hyphens may be left out or doubled, I and L are read as 1, O as 0.
    """
    plain = re.sub(r"[\s-]+", "", text).upper().translate(_MISREAD)
    number, letters = plain[:-LETTERS], plain[-LETTERS:]
    if not re.fullmatch(r"[1-9][0-9]{0,8}", number) or any(letter not in ALPHABET for letter in letters):
        return None
    return int(number), f"{number}-{letters[:4]}-{letters[4:]}"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()
