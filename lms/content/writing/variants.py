"""One more accepted answer in the text of a short question: a line of its own, nothing else changes."""

from __future__ import annotations

import re

from lms.content.header import split
from lms.content.lines import cut
from lms.content.problems import Report
from lms.content.questions.attributes import read_attributes
from lms.content.questions.short import normal
from lms.content.quiz import question_headings, read_questions
from lms.content.vocabulary import ATTRIBUTES

_ACCEPTED = re.compile(r"[-*+] =[ ]")


def accept_variant(text: str, question_id: str, variant: str) -> str:
    """The text of a quiz or bank in which the question accepts the variant, too.

    Raises LookupError when the text has no such short question, or when it has the answer already.
    """
    plain = " ".join(variant.split())
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
