"""One more accepted answer in the text of a short question or of a gap; nothing else changes."""

from __future__ import annotations

import re

from lms.content.header import split
from lms.content.lines import cut
from lms.content.problems import Report
from lms.content.questions.attributes import read_attributes
from lms.content.questions.cloze import GAP
from lms.content.questions.short import normal
from lms.content.quiz import question_headings, read_questions
from lms.content.vocabulary import ATTRIBUTES

_ACCEPTED = re.compile(r"[-*+] =[ ]")


def accept_variant(text: str, question_id: str, variant: str) -> str:
    """The text of a quiz or bank in which the question accepts the variant, too.

    A short question gets a line more. Of a text with gaps `question_id` is "id:gap", and the gap takes the
    variant. Raises LookupError when the text has no such question or gap, or when it has the answer already.
    """
    plain = " ".join(variant.split())
    question_id, _, gap = question_id.partition(":")
    if gap:
        return _in_gap(text, question_id, gap, plain)
    header = split(text, Report())
    if header is None or not plain:
        raise LookupError(question_id)
    found = next((item for item in read_questions(header, Report()) if item.id == question_id), None)
    if found is None or found.kind != "short":
        raise LookupError(question_id)
    if any(
        normal(item.text, found.case_sensitive) == normal(plain, found.case_sensitive)
        for item in found.answers
    ):
        raise LookupError(plain)
    lines = text.split("\n")
    start, end = _place(text, question_id)
    first = next((at for at in range(start, end) if _ACCEPTED.match(lines[at])), None)
    if first is None:
        raise LookupError(question_id)
    after = first + 1
    while after < end and lines[after].startswith(" ") and lines[after].strip():
        after += 1
    return "\n".join([*lines[:after], f"- = {plain}", *lines[after:]])


def _in_gap(text: str, question_id: str, gap: str, plain: str) -> str:
    """The text with the variant in a gap, read back to be sure that it is one answer more and no other."""
    before = _answers(text, question_id, gap)
    start, end = _place(text, question_id)
    header = split(text, Report())
    number = int(gap.removeprefix("g")) if gap.removeprefix("g").isdecimal() else 0
    if header is None or not plain or not number:
        raise LookupError(gap)
    found = [
        (at + header.body_line - 1, hit.end(1))
        for at, prose in cut(header.body).prose()
        if start <= at + header.body_line - 1 < end
        for hit in GAP.finditer(prose)
    ]
    if number > len(found):
        raise LookupError(gap)
    lines = text.split("\n")
    at, place = found[number - 1]
    lines[at] = f"{lines[at][:place].rstrip()} | {plain}{lines[at][place:]}"
    written = "\n".join(lines)
    if _answers(written, question_id, gap) != [*before, plain]:
        raise LookupError(plain)
    return written


def _answers(text: str, question_id: str, gap: str) -> list[str]:
    """The words that a gap accepts. Raises LookupError for one that is not typed into, or none."""
    report, header = Report(), split(text, Report())
    questions = read_questions(header, report) if header else []
    found = next((item for item in questions if item.id == question_id), None)
    part = next((item for item in found.gaps if item.key == gap), None) if found else None
    if report.failed or part is None or not part.answers or any(item.form != "text" for item in part.answers):
        raise LookupError(gap)
    return [item.text for item in part.answers]


def _place(text: str, question_id: str) -> tuple[int, int]:
    """The first line of a question and the one after its last, from 0."""
    header = split(text, Report())
    assert header is not None
    source = cut(header.body)
    marks = question_headings(source, header.body_line, Report())
    ends = [*(at for at, _, _ in marks[1:]), len(source.lines)]
    offset = header.body_line - 1
    for (at, _level, words), end in zip(marks, ends, strict=True):
        if read_attributes(words, at + 1, ATTRIBUTES, Report()).id == question_id:
            return at + offset, end + offset
    raise LookupError(question_id)
