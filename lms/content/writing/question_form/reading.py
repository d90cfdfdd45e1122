"""The questions of a quiz, a bank or the checks of a lesson as fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.content.header import Header, split
from lms.content.lesson_checks import check_blocks
from lms.content.lines import Lines, cut
from lms.content.problems import Problem, Report
from lms.content.questions.attributes import Attributes, read_attributes
from lms.content.questions.block import Block, read_block
from lms.content.questions.marks import keyword_of
from lms.content.questions.numbers import plain_text
from lms.content.questions.question import Question
from lms.content.questions.reading import read_question
from lms.content.quiz import question_headings
from lms.content.vocabulary import ATTRIBUTES, value_of
from lms.content.writing.question_form.model import NOTES, TABLES, Note, QuestionFields, Row


@dataclass(frozen=True)
class Place:
    """A heading with its question: lines of the file from 1, what was read, and what is wrong."""

    line: int
    block: Block
    question: Question | None
    problems: tuple[Problem, ...]
    source: Lines
    offset: int

    @property
    def readable(self) -> bool:
        """Whether a form can show it; a missing id is given when it is saved."""
        errors = {one.code for one in self.problems if one.severity == "error"}
        return self.question is not None and errors <= {"question_id"}


def places(text: str) -> list[Place]:
    """Every question of a file in source order, also those with errors."""
    report = Report()
    header = split(text, report)
    kind = header.kind() if header else None
    if header is None or kind not in {"lesson", "quiz", "bank"}:
        return []
    keyless = any(entry.value.strip() in {"evaluasi", "survey"} for entry in header.entries)
    source, offset = cut(header.body), header.body_line
    return [
        _place(source, at, end, words, offset, keyless)
        for at, end, words in _heads(header, source, kind == "lesson")
    ]


def _heads(header: Header, source: Lines, lesson: bool) -> Iterator[tuple[int, int, str]]:
    """First line (from 0, in the body), the one after the last, and words of each question."""
    marks = question_headings(source, header.body_line, Report())
    blocks = check_blocks(source, 0, Report()) if lesson else [(-1, len(source.lines), "")]
    for start, stop, _words in blocks:
        inside = [mark for mark in marks if start < mark[0] < stop]
        ends = [*(at for at, _, _ in inside[1:]), stop]
        yield from (
            (at, end, words) for (at, level, words), end in zip(inside, ends, strict=False) if level == 2
        )


def _place(source: Lines, at: int, end: int, words: str, offset: int, keyless: bool) -> Place:
    own = Report()
    head: Attributes = read_attributes(words, at + offset, ATTRIBUTES, own)
    block = read_block(source, at + 1, end, head, keyless, own, offset)
    question = read_question(block, own)
    return Place(at + offset, block, question, tuple(own.items), source, offset)


def question_fields(text: str) -> list[QuestionFields]:
    """The questions that can be read, in source order; those with errors are left out."""
    raw = text.split("\n")
    return [fields_of(place, raw) for place in places(text) if place.readable]


def fields_of(place: Place, raw: Sequence[str]) -> QuestionFields:
    """The fields of a question that can be read."""
    block, question = place.block, place.question
    assert question is not None
    prompt = (min(block.prompt_at), max(block.prompt_at)) if block.prompt_at else (0, 0)
    last = max([place.line, *(at for at in range(place.line + 1, block.last) if _line(place, at).strip())])
    notes = {
        kind: found
        for kind in NOTES
        if (found := _note(place, raw, kind)) and not prompt[0] <= found.first <= prompt[1]
    }
    rubric = _span(place, "rubric") or (0, 0)
    rows = _levels(question) if question.kind == "essay" else _rows(place, raw)
    return QuestionFields(
        line=place.line, last=last, id=block.head.id, kind=question.kind, values=_values(block),
        prompt="\n".join(raw[prompt[0] - 1 : prompt[1]]) if prompt[0] else "", prompt_span=prompt,
        notes=notes, rows=rows, rubric=rubric,
    )  # fmt: skip


def _line(place: Place, number: int) -> str:
    """A line of the file without comments."""
    return place.source.lines[number - place.offset]


def _values(block: Block) -> dict[str, str]:
    head = block.head
    values = {name: head.get(name) for name in ATTRIBUTES.values()}
    for name, table in TABLES.items():
        values[name] = value_of(values[name], table) or "" if values[name] else ""
    values["shuffle"] = "no" if values["shuffle"].casefold() in {"tidak", "no"} else ""
    return {"title": head.title, **values}


def _rows(place: Place, raw: Sequence[str]) -> tuple[Row, ...] | None:
    found: list[Row] = []
    for span in place.block.spans:
        if span.kind != "answer":
            continue
        end = span.end
        while not place.source.lines[end - 1].strip():
            end -= 1
        first, last = span.start + place.offset, end - 1 + place.offset
        if any(raw[at - 1] != _line(place, at) for at in range(first, last + 1)):
            return None
        one = place.block.answers[span.first]
        share = one.share if one.mark in {"weight", "equal"} else ""
        found.append(
            Row(one.mark, one.text, one.left, share, one.feedback, one.fixed, first, last, len(found))
        )
    return tuple(found)


def _levels(question: Question) -> tuple[Row, ...]:
    return tuple(
        Row("level", level.text, plain_text(level.value), was=at) for at, level in enumerate(question.rubric)
    )


def _span(place: Place, kind: str) -> tuple[int, int] | None:
    """First and last line of the only note of a kind; None when there is none, or more than one."""
    block, found = place.block, list[tuple[int, int]]()
    for span in block.spans:
        if span.kind != "note":
            continue
        begun = ""
        for at in range(span.start, span.end):
            word = None if place.source.code[at] else keyword_of(place.source.lines[at][1:])
            if word:
                begun = word[0]
                if begun == kind:
                    found.append((at + place.offset, at + place.offset))
            elif begun == kind:
                found[-1] = (found[-1][0], at + place.offset)
    return found[0] if len(found) == 1 else None


def _note(place: Place, raw: Sequence[str], kind: str) -> Note | None:
    span = _span(place, kind)
    if span is None:
        return None
    lines = [raw[at - 1] for at in range(span[0], span[1] + 1)]
    if any(raw[at - 1] != _line(place, at) for at in range(span[0], span[1] + 1)):
        return None
    first = keyword_of(lines[0][1:])
    rest = [line[1:].removeprefix(" ") for line in lines[1:]]
    return Note("\n".join([first[1] if first else "", *rest]).strip(), *span)
