"""Answer lines, gaps and notes of a question in canonical form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lms.content.formatting.words import fixed_word, note_word
from lms.content.lines import Lines, without_code
from lms.content.questions.block import Answer
from lms.content.questions.numbers import plain_text, source_text
from lms.content.questions.question import Level

RUBRIC_LINE = 110
"""A rubric longer than this has a line for each level."""

_GAP = re.compile(r"\[\[(.*?)\]\]")
_BLOCK = re.compile(r"(?:[-*+][ ]|\d+[.)][ ]|#{1,6}[ ]|>|\||`{3}|~{3}|\$\$)")
_SIGNS = {"right": "[x]", "radio": "[x]", "wrong": "[ ]", "radio_wrong": "[ ]", "not": "!=", "pattern": "~"}


def answer_lines(answer: Answer, number: int, kind: str, english: bool) -> list[str]:
    """An answer with its feedback; `number` is its place among the answers of the question."""
    start = f"{number}. " if answer.mark == "step" else "- "
    space = " " * len(start)
    text = source_text(answer.text) if kind == "numeric" else answer.text
    first, *rest = text.split("\n")
    lines = [f"{start}{_sign(answer)}{first}", *(f"{space}{line}" if line else "" for line in rest)]
    if answer.fixed:
        last = lines[-1].rstrip()
        lines[-1] = f"{last} {fixed_word(english)}" if last else f"{space}{fixed_word(english)}"
    quoted = answer.feedback.split("\n") if answer.feedback else []
    return [*lines, *(f"{space}> {line}" if line else f"{space}>" for line in quoted)]


def _sign(answer: Answer) -> str:
    if answer.mark == "step":
        return ""
    if answer.mark in {"pair", "extra"}:
        return f"{answer.left} -> ".lstrip(" ")
    if answer.mark == "weight":
        return f"[{_share(answer.share)}%] "
    if answer.mark == "equal":
        return f"={_share(answer.share)}% " if answer.share else "= "
    return f"{_SIGNS[answer.mark]} "


def _share(text: str) -> str:
    return re.sub(r"(\.\d*?)0+$", r"\1", text).rstrip(".")


def note_lines(kind: str, text: str, english: bool) -> list[str]:
    """A note; what begins with a list, a table or code stands on lines of its own."""
    lines = text.split("\n")
    word = note_word(kind, english)
    own = _BLOCK.match(lines[0]) is not None
    first = [f"{word}:", *lines] if own else [f"{word}: {lines[0]}", *lines[1:]]
    return [f"> {line}" if line else ">" for line in first]


def rubric_lines(levels: Sequence[Level], english: bool) -> list[str]:
    """The levels of a rubric, the highest first."""
    word = note_word("rubric", english)
    texts = [f"{plain_text(level.value)} = {level.text}" for level in levels]
    line = f"> {word}: {'; '.join(texts)}"
    return [line] if len(line) <= RUBRIC_LINE else [f"> {word}:", *(f"> - {text}" for text in texts)]


def gapped(lines: Sequence[str], source: Lines, start: int) -> list[str]:
    """Lines of a prompt (those of `source` from `start`) with their gaps in canonical form."""
    return [
        line if source.code[at] or line != source.lines[at] else _gaps(line)
        for at, line in enumerate(lines, start)
    ]


def _gaps(line: str) -> str:
    kept, end = "", 0
    for found in _GAP.finditer(without_code(line)):
        kept += f"{line[end : found.start()]}[[{_gap(line[found.start(1) : found.end(1)])}]]"
        end = found.end()
    return kept + line[end:]


def _gap(text: str) -> str:
    """Choices with blanks around the bar, typed variants without, a number as the format writes it."""
    if text.strip().startswith("="):
        return f"={source_text(text.strip()[1:])}"
    texts = [part.strip() for part in text.split("|")]
    if any(part.startswith("*") for part in texts):
        return " | ".join(f"*{part[1:].strip()}" if part.startswith("*") else part for part in texts)
    return "|".join(texts)
