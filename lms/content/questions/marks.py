"""The signs of a question's source: what marks an answer line, a pair, a step, a note."""

from __future__ import annotations

import re

from lms.content.lines import without_code
from lms.content.vocabulary import NOTES

ANSWER = re.compile(
    r"[-*+] (?:\[(?P<box>[ xX]|-?\d{1,3}(?:\.\d{1,5})?%)\]|\((?P<radio>[ xX])\)"
    r"|(?P<sign>!=|=(?P<share>\d{1,3}(?:\.\d{1,5})?%)?|~))(?:[ ]+(?P<text>.*))?"
)
NEARLY = re.compile(
    r"[ ]{0,3}[-*+]?[ ]*(?:\[[ ]*[xX]?[ ]*\]|\([ ]*[xX]?[ ]*\)|\[\s*-?[\d.,]+\s*%?\s*\])(?!\()"
)
ITEM = re.compile(r"(?:[-*+]|\d+[.)])[ ]+")
_PAIR = re.compile(r"[-*+][ ]+(?:(?P<left>\S.*?)[ ]+)?->(?:[ ]+.*)?")
STEP = re.compile(r"(?P<number>\d{1,3})[.)][ ]+(?P<text>.*)")
_NOTE = re.compile(r"\*{0,2}(\w+)\*{0,2}[ ]*:\*{0,2}(?:[ ]+(.*)|$)")
FIXED = re.compile(r"^(.*?)[ ]*\{(tetap|fixed)\}[ ]*$", re.S)


def mark_of(found: re.Match[str]) -> tuple[str, str]:
    """The name of the mark of an answer line, and its share in percent or ""."""
    if (box := found["box"]) is not None:
        if box.endswith("%"):
            return "weight", box[:-1]
        return ("wrong" if box == " " else "right"), ""
    if (radio := found["radio"]) is not None:
        return ("radio_wrong" if radio == " " else "radio"), ""
    names = {"!": "not", "=": "equal", "~": "pattern"}
    return names[found["sign"][0]], (found["share"] or "").rstrip("%")


def pair_of(line: str) -> tuple[str, str] | None:
    """Both sides of ``- left -> right``; an arrow in inline code is none."""
    plain = without_code(line, "x")
    found = _PAIR.fullmatch(plain) if "->" in plain else None
    if found is None:
        return None
    at = plain.index("->", found.end("left") if found["left"] else 0)
    return (found["left"] and line[found.start("left") : found.end("left")]) or "", line[at + 2 :].strip()


def keyword_of(line: str) -> tuple[str, str] | None:
    """The kind of a note and its first words, when a line of a quotation begins one."""
    found = _NOTE.match(line.strip())
    kind = NOTES.get(found[1].casefold()) if found else None
    return (kind, found[2] or "") if found and kind else None
