"""One value of a front matter changed in place: comments, order and all other lines stay as they are."""

from __future__ import annotations

import re

from lms.content.vocabulary import KEY_ALIASES, KINDS

_COMMENT = re.compile(r"[ ]+#(?:[ ].*)?$")


def with_value(data: bytes, name: str, value: str) -> bytes:
    """The text with the value of a key (by its English name) replaced; unchanged when it has no such key.

    A comment behind an id stays; a title runs to the end of its line.
    """
    words = {key.word for keys in KINDS.values() for key in keys if key.name == name} | {name}
    words |= {alias for alias, known in KEY_ALIASES.items() if known == name}
    lines = data.decode().split("\n")
    for at, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            break
        word, colon, rest = line.partition(":")
        if colon and word.strip().casefold() in words:
            comment = _COMMENT.search(rest) if name == "id" else None
            lines[at] = f"{word}: {value}{comment[0] if comment else ''}"
            break
    return "\n".join(lines).encode()
