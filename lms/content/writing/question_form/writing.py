"""Fields written into the lines they come from, and what is wrong with what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from lms.content.formatting.answers import answer_lines, note_lines, rubric_lines
from lms.content.problems import Problem
from lms.content.questions.block import Answer
from lms.content.questions.numbers import source_number
from lms.content.questions.question import Level
from lms.content.writing.question_form.heading import changed_heading
from lms.content.writing.question_form.model import CHOICES, Given, QuestionFields, Row
from lms.content.writing.question_form.reading import fields_of, places

Change = tuple[int, int, list[str]]
"""First line, last line (one less: lines are put before the first), and the lines in their place."""
_HEADING_FIELDS = {
    "points_value": "points", "value_claim": "competency", "words_value": "words_min",
    "value_choice": "difficulty",
}  # fmt: skip


def written_back(text: str, question: QuestionFields, given: Given, english: bool = False) -> str:
    """The text with the fields of one question; only the lines of what changed are written anew.

    Where the new answers alone would make it another kind (words in place of a number), its heading names
    the kind; only options become a kind of their own by what is ticked.
    """
    raw = text.split("\n")
    changes = [*_notes(question, given, english), *_rows(raw, question, given, english)]
    changes += _prompt(question, given)
    for first, last, lines in sorted(changes, key=lambda change: change[:2], reverse=True):
        raw[first - 1 : last] = lines
    head = raw[question.line - 1]
    raw[question.line - 1] = head = changed_heading(head, question.values, given.values, english)
    new = "\n".join(raw)
    if question.kind in CHOICES or new == text or _kind_at(new, question.line) == question.kind:
        return new
    raw[question.line - 1] = changed_heading(head, {}, {"type": question.kind}, english)
    return "\n".join(raw)


def _kind_at(text: str, line: int) -> str:
    place = next((one for one in places(text) if one.line == line), None)
    return place.question.kind if place and place.question else ""


def _prompt(question: QuestionFields, given: Given) -> Iterator[Change]:
    if given.prompt.strip() == question.prompt.strip():
        return
    first, last = question.prompt_span
    lines = given.prompt.strip("\n").split("\n")
    if first:
        yield first, last, lines
    else:
        yield question.line + 1, question.line, ["", *lines]


def _notes(question: QuestionFields, given: Given, english: bool) -> Iterator[Change]:
    new: list[str] = []
    for kind, text in given.notes.items():
        old, plain = question.notes.get(kind), text.strip()
        if plain == (old.text if old else ""):
            continue
        lines = note_lines(kind, plain, english) if plain else []
        if old:
            yield old.first, old.last, lines
        elif lines:
            new += ["", *lines]
    if new:
        yield question.last + 1, question.last, new


def _rows(raw: Sequence[str], question: QuestionFields, given: Given, english: bool) -> Iterator[Change]:
    old, new = question.rows, [row for row in given.rows if filled(row)]
    if not old or [row.said() for row in old] == [row.said() for row in new]:
        return
    if question.kind == "essay":
        levels = sorted(
            (Level(source_number(row.left) or Decimal(0), " ".join(row.text.split())) for row in new),
            key=lambda level: level.value, reverse=True,
        )  # fmt: skip
        yield *question.rubric, rubric_lines(levels, english) if levels else []
        return
    lines = [_lines(raw, question, row, at, english) for at, row in enumerate(new, 1)]
    kept = [row.was for row in new if row.was >= 0]
    slots: list[list[str]] = [[] for _ in old]
    in_place = kept == sorted(set(kept))
    here = 0
    for at, (row, own) in enumerate(zip(new, lines, strict=True)):
        here = (row.was if row.was >= 0 else here) if in_place else min(at, len(old) - 1)
        slots[here] += own
    for one, slot in zip(old, slots, strict=True):
        if slot != list(raw[one.first - 1 : one.last]):
            yield one.first, one.last, slot


def filled(row: Row) -> bool:
    """Whether a row says anything."""
    return bool(row.text.strip() or row.left.strip() or row.feedback.strip())


def _lines(raw: Sequence[str], question: QuestionFields, row: Row, number: int, english: bool) -> list[str]:
    old = question.rows or ()
    ones = row.sign == "step" and all(raw[one.first - 1].startswith("1") for one in old)
    if row.was >= 0 and row.said() == old[row.was].said():
        lines = list(raw[old[row.was].first - 1 : old[row.was].last])
        if row.sign == "step" and not ones:
            lines[0] = re.sub(r"^\d+", str(number), lines[0])
        return lines
    radio = row.sign.startswith("radio")
    sign = {"radio": "right", "radio_wrong": "wrong"}.get(row.sign, row.sign)
    one_line = question.kind not in {"single", "multiple", "true_false", "ordering"}
    text = " ".join(row.text.split()) if one_line else row.text.replace("\r", "").strip()
    answer = Answer(0, sign, row.share, text, row.feedback.strip(), row.fixed, " ".join(row.left.split()))
    lines = answer_lines(answer, 1 if ones else number, question.kind, english)
    return [lines[0].replace("[", "(", 1).replace("]", ")", 1), *lines[1:]] if radio else lines


def flaws_of(text: str, before: str, question: QuestionFields, given: Given) -> list[tuple[str, Problem]]:
    """What is wrong with the question as it was written into `text`: field ("" for the whole) and problem.

    What would be read as something else than it was typed (a heading in the prompt, a mark in an answer) is
    a flaw of its field, too.
    """
    found = places(text)
    place = next((one for one in found if one.line == question.line), None)
    if place is None or len(found) != len(places(before)):
        return [("prompt", Problem("", 0, "form_heading"))]
    spans = [(span.start + place.offset, span.end + place.offset) for span in place.block.spans
             if span.kind == "answer"]  # fmt: skip
    at_rows = [at for at, row in enumerate(given.rows) if filled(row)]
    flaws = list(_no_numbers(question, given))
    if flaws:
        return flaws
    for one in place.problems:
        if one.severity != "error" or one.code == "question_id":
            continue
        of_prompt = one.line in place.block.prompt_at or one.code in {"prompt_empty", "cloze_none"}
        name = "prompt" if of_prompt else ""
        for at, (start, end) in enumerate(spans):
            if start <= one.line < end and at < len(at_rows):
                name = f"text-{at_rows[at]}"
        flaws.append((_HEADING_FIELDS.get(one.code, name), one))
    return flaws or _misread(text, place.line, given)


def _no_numbers(question: QuestionFields, given: Given) -> Iterator[tuple[str, Problem]]:
    """Values of levels and shares that are none: where they are written they would be something else."""
    for at, row in enumerate(given.rows):
        name, text = ("left", row.left) if question.kind == "essay" else ("share", row.share or "100")
        if filled(row) and source_number(text) is None:
            yield f"{name}-{at}", Problem("", 0, "number_source", {"value": text})


def _misread(text: str, line: int, given: Given) -> list[tuple[str, Problem]]:
    place = next(one for one in places(text) if one.line == line)
    if not place.readable:
        return [("", Problem("", 0, "form_misread"))]
    read = fields_of(place, text.split("\n"))
    if read.prompt.strip() != given.prompt.strip():
        return [("prompt", Problem("", 0, "form_misread"))]
    for kind, typed in given.notes.items():
        if (read.notes[kind].text if kind in read.notes else "") != typed.strip():
            return [(kind, Problem("", 0, "form_misread"))]
    new = [(at, row) for at, row in enumerate(given.rows) if filled(row)]
    for (at, row), again in zip(new, read.rows or (), strict=False):
        if _plain(again) != _plain(row) and read.kind != "essay":
            return [(f"text-{at}", Problem("", 0, "form_misread"))]
    if read.rows is not None and given.rows and len(read.rows) != len(new):
        return [("", Problem("", 0, "form_misread"))]
    return []


def _plain(row: Row) -> tuple[object, ...]:
    said = replace(row, text=" ".join(row.text.split()), left=" ".join(row.left.split()), share="").said()
    return ("fixed" if row.fixed else "", *said[1:-1])
