"""Questions inside a lesson: ``::: kuis {#cek-1}`` ... ``:::``, answered at once and never scored."""

import hashlib
import re
from dataclasses import dataclass, replace

from lms.content.course import Check
from lms.content.lines import Lines
from lms.content.problems import Report
from lms.content.questions.attributes import Attributes, read_attributes
from lms.content.questions.block import read_block
from lms.content.questions.question import Question
from lms.content.questions.reading import read_question
from lms.content.quiz import question_headings
from lms.content.vocabulary import ATTRIBUTES, TYPES, value_of

MAX_CHECKED = 50
"""Questions that the checks of one lesson may have together."""

_OPEN = re.compile(r":{3,}[ ]*(?:kuis|quiz)(?![\w-])[ ]*(.*)$", re.I)
_CLOSE = re.compile(r":{3,}[ ]*$")
MARK = re.compile(r"cekdisini[0-9]+z[0-9a-f]{8}")
"""What stands in the text of a lesson where a check belongs."""


@dataclass(frozen=True)
class Found:
    """The checks of a lesson, its text with a mark in place of each, and its lines without them.

    `opened` tells whether any block was begun, also one with errors.
    """

    checks: tuple[Check, ...]
    body: str
    outside: Lines
    opened: bool


def read_checks(body: str, source: Lines, offset: int, report: Report) -> Found:
    """Read the blocks of questions; `source` is the body cut, `offset` turns an index into a file line."""
    blocks = check_blocks(source, offset, report)
    stamp = hashlib.sha256(body.encode()).hexdigest()[:8]
    checks: list[Check] = []
    inside: set[int] = set()
    raw = body.split("\n")
    for number, (start, end, words) in enumerate(blocks):
        head = read_attributes(words, start + offset, {}, report)
        if not head.id:
            report.error(start + offset, "check_id")
        closed = _CLOSE.fullmatch(source.lines[end]) is not None
        questions = _questions(source, start + 1, end if closed else end + 1, offset, report)
        mark = f"cekdisini{number}z{stamp}"
        checks.append(Check(head.id, head.title, questions, start + offset, mark))
        if not questions and not report.failed_lines(start + offset, end + offset):
            report.error(start + offset, "check_empty")
        inside |= set(range(start, end + 1))
        raw[start : end + 1] = ["", mark, *[""] * (end - start)][: end - start + 1]
    if sum(len(check.questions) for check in checks) > MAX_CHECKED:
        report.error(blocks[0][0] + offset, "questions_many", limit=MAX_CHECKED)
    lines = tuple("" if at in inside else line for at, line in enumerate(source.lines))
    return Found(tuple(checks), "\n".join(raw), replace(source, lines=lines), bool(blocks))


def check_blocks(source: Lines, offset: int, report: Report) -> list[tuple[int, int, str]]:
    """First line (from 0), last line and words of the opening of each block; one that is open is reported."""
    found: list[tuple[int, int, str]] = []
    begun: tuple[int, str] | None = None
    foreign = False
    for at, line in enumerate(source.lines):
        if source.code[at] or not line.startswith(":::"):
            continue
        opening = _OPEN.fullmatch(line.rstrip())
        if opening:
            if begun is not None:
                report.error(begun[0] + offset, "check_open")
                found.append((begun[0], at - 1, begun[1]))
            begun = (at, opening[1])
        elif _CLOSE.fullmatch(line):
            if begun is not None:
                found.append((begun[0], at, begun[1]))
            elif not foreign:
                report.error(at + offset, "check_close")
            begun, foreign = None, False
        else:
            foreign = True  # the block of another program: reported with the prose
    if begun is not None:
        report.error(begun[0] + offset, "check_open")
        found.append((begun[0], len(source.lines) - 1, begun[1]))
    return found


def _questions(source: Lines, start: int, end: int, offset: int, report: Report) -> tuple[Question, ...]:
    part = Lines(source.lines[:end], source.code[:end], None, None)
    blank = ("",) * start
    marks = question_headings(replace(part, lines=blank + part.lines[start:]), offset, report)
    first = marks[0][0] if marks else end
    for at in range(start, first):
        if source.lines[at].strip():
            report.error(at + offset, "check_text", text=source.lines[at])
            break
    found: list[Question] = []
    for number, (at, level, words) in enumerate(marks):
        until = marks[number + 1][0] if number + 1 < len(marks) else end
        if level == 1:
            report.error(at + offset, "check_group")
            continue
        head = read_attributes(words, at + offset, ATTRIBUTES, report)
        question = _question(source, at, until, head, report, offset)
        if question is not None:
            found.append(question)
    return tuple(found)


def _question(
    source: Lines, at: int, until: int, head: Attributes, report: Report, offset: int
) -> Question | None:
    if value_of(head.get("type", "-"), TYPES) == "essay":
        report.error(head.line, "check_essay")
        return None
    return read_question(read_block(source, at + 1, until, head, False, report, offset), report)
