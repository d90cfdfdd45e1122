"""Whole questions of a file: one more, a copy, another place, or gone; all other lines stay."""

from __future__ import annotations

from lms.content.header import split
from lms.content.lesson_checks import check_blocks
from lms.content.lines import cut
from lms.content.problems import Report
from lms.content.writing.question_form.heading import with_heading_id
from lms.content.writing.question_form.model import QuestionFields
from lms.content.writing.question_form.reading import places, question_fields
from lms.content.writing.snippets import QUESTIONS


def added(text: str, kind: str, new: str, check: str, after: QuestionFields | None) -> str:
    """The text with an example of a kind under the id `new`, behind a question or at the end.

    In a lesson it stands in the check of that question, else in the last one, else in a new one of the id
    `check` at the end.
    """
    lines = QUESTIONS[kind].replace("{#id-soal", f"{{#{new}").rstrip("\n").split("\n")
    raw = text.rstrip("\n").split("\n")
    if after is not None:
        raw[after.last : after.last] = ["", *lines]
        return "\n".join([*raw, ""])
    header = split(text, Report())
    if header is not None and header.kind() == "lesson":
        blocks = check_blocks(cut(header.body), 0, Report())
        if blocks and cut(header.body).lines[blocks[-1][1]].startswith(":::"):
            end = blocks[-1][1] + header.body_line - 1
            raw[end:end] = [*lines, ""]
            return "\n".join([*raw, ""])
        lines = [f"::: kuis {{#{check}}}", "", *lines, "", ":::"]
    return "\n".join([*raw, "", *lines, ""])


def copied(text: str, question: QuestionFields, new: str) -> str:
    """The text with the same question once more under another id, behind it."""
    raw = text.split("\n")
    own = raw[question.line - 1 : question.last]
    raw[question.last : question.last] = ["", with_heading_id(own[0], new), *own[1:]]
    return "\n".join(raw)


def removed(text: str, question: QuestionFields) -> str:
    """The text without the question; comments around it stay."""
    raw = text.split("\n")
    end = question.last
    while end < len(raw) and not raw[end].strip():
        end += 1
    del raw[question.line - 1 : end]
    return "\n".join(raw)


def moved(text: str, question: QuestionFields, up: bool) -> str:
    """The text with the question before the one above it, or behind the one below; at an end it stays."""
    lines = [place.line for place in places(text)]
    fields = {one.line: one for one in question_fields(text)}
    at = lines.index(question.line) + (-1 if up else 1)
    other = fields.get(lines[at]) if 0 <= at < len(lines) else None
    if other is None:
        return text
    first, second = (other, question) if up else (question, other)
    raw = text.split("\n")
    parts = (
        raw[first.line - 1 : first.last],
        raw[first.last : second.line - 1],
        raw[second.line - 1 : second.last],
    )
    if any(line.startswith(("# ", ":::")) for line in parts[1]):
        return text
    raw[first.line - 1 : second.last] = [*parts[2], *parts[1], *parts[0]]
    return "\n".join(raw)
