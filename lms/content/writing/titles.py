"""One value of a front matter changed in place: comments, order and all other lines stay as they are."""

from __future__ import annotations

import re
from datetime import date

from lms.content.freshness import review_day
from lms.content.vocabulary import KEY_ALIASES, KINDS

_COMMENT = re.compile(r"[ ]+#(?:[ ].*)?$")


def with_value(data: bytes, name: str, value: str) -> bytes:
    """The text with the value of a key (by its English name) replaced; unchanged when it has no such key.

    A comment behind an id or a day stays; a title runs to the end of its line.
    """
    words = {key.word for keys in KINDS.values() for key in keys if key.name == name} | {name}
    words |= {alias for alias, known in KEY_ALIASES.items() if known == name}
    lines = data.decode(errors="surrogateescape").split("\n")
    for at, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            break
        word, colon, rest = line.partition(":")
        if colon and word.strip().casefold() in words:
            comment = _COMMENT.search(rest) if name in {"id", "review_by"} else None
            lines[at] = f"{word}: {value}{comment[0] if comment else ''}"
            break
    return "\n".join(lines).encode(errors="surrogateescape")


def with_review_day(data: bytes, day: date) -> bytes:
    """The text with the day before which it is looked at again: a new line at the end of its front matter."""
    changed = with_value(data, "review_by", day.isoformat())
    if review_day(data) is not None or changed != data:
        return changed
    lines = data.decode(errors="surrogateescape").split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is not None:
        lines.insert(end, f"tinjau_sebelum: {day.isoformat()}")
    return "\n".join(lines).encode(errors="surrogateescape")
