"""The questions of a quiz, a bank or a check: each is read, written anew, read again and compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.content.formatting.answers import answer_lines, gapped, note_lines, rubric_lines
from lms.content.formatting.headings import heading
from lms.content.formatting.meaning import meaning
from lms.content.formatting.prose import tidied, trimmed
from lms.content.lines import Lines, cut
from lms.content.problems import Report
from lms.content.questions.attributes import read_attributes
from lms.content.questions.block import Block, Span, read_block
from lms.content.questions.question import Question
from lms.content.questions.reading import read_question
from lms.content.quiz import question_headings
from lms.content.vocabulary import ATTRIBUTES


@dataclass(frozen=True)
class _Read:
    """A question as read alone, with its source."""

    source: Lines
    block: Block
    question: Question


@dataclass(frozen=True)
class _Part:
    """Lines that belong together: head, prompt, answer, note or comment."""

    kind: str
    lines: list[str]


def written_questions(text: str, keyless: bool, english: bool) -> str:
    """The text with its groups and questions in canonical form; what has an error stays as written."""
    source, raw = cut(text), text.split("\n")
    marks = question_headings(source, 0, Report())
    if not marks:
        return text
    parts = [trimmed(raw[: marks[0][0]])]
    for number, (at, level, _) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(raw)
        if level == 2:
            parts.append(_question(raw[at:end], keyless, english))
        else:
            head = heading(raw[at], source.lines[at], True, english)
            rest = trimmed(raw[at + 1 : end])
            parts.append([head, "", *rest] if rest else [head])
    return "\n\n".join("\n".join([*part[:-1], tidied(part[-1])]) for part in parts if part)


def _question(raw: list[str], keyless: bool, english: bool) -> list[str]:
    plain = trimmed(raw)
    before = _read(plain, keyless)
    if before is None:
        return plain
    lines = _joined(_parts(before, plain, english))
    after = _read(lines, keyless)
    same = after is not None and meaning(after.question) == meaning(before.question)
    return lines if same else plain


def _read(raw: list[str], keyless: bool) -> _Read | None:
    """The question of these lines; None where reading finds an error."""
    report = Report()
    source = cut("\n".join(raw))
    marks = question_headings(source, 1, report)
    if [mark[:2] for mark in marks] != [(0, 2)]:
        return None
    head = read_attributes(marks[0][2], 1, ATTRIBUTES, report)
    block = read_block(source, 1, len(raw), head, keyless, report, 1)
    question = read_question(block, report)
    return None if question is None or report.failed else _Read(source, block, question)


def _parts(read: _Read, raw: list[str], english: bool) -> Iterable[_Part]:
    source = read.source
    yield _Part("head", [heading(raw[0], source.lines[0], False, english)])
    for span in _merged(read.block.spans):
        end = span.end
        while span.kind != "other" and not source.lines[end - 1].strip():
            end -= 1
        yield from _written(read, span, raw[span.start : end], english)
        yield from _comment(raw[end : span.end])


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Lines of the prompt that follow each other are one part."""
    found: list[Span] = []
    for span in spans:
        if span.kind == "other" and found and found[-1].kind == "other":
            found[-1] = Span("other", found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _written(read: _Read, span: Span, lines: list[str], english: bool) -> Iterable[_Part]:
    """The parts of a span; where a comment stands inside an answer or a note, its lines stay."""
    source, block = read.source, read.block
    if span.kind == "other":
        if any(source.lines[at].strip() for at in range(span.start, span.end)):
            cloze = read.question.kind == "cloze"
            yield _Part("prompt", trimmed(gapped(lines, source, span.start) if cloze else lines))
        else:
            yield from _comment(lines)
    elif tuple(lines) != source.lines[span.start : span.start + len(lines)]:
        yield _Part(span.kind, lines)
    elif span.kind == "answer":
        place = span.first + 1
        yield _Part("answer", answer_lines(block.answers[span.first], place, read.question.kind, english))
    else:
        rubric = next((at for at, (kind, _) in enumerate(block.notes) if kind == "rubric"), None)
        for at in range(span.first, span.last):
            kind, text = block.notes[at]
            if kind != "rubric":
                yield _Part("note", note_lines(kind, text, english))
            elif at == rubric:
                yield _Part("note", rubric_lines(read.question.rubric, english))


def _comment(lines: list[str]) -> Iterable[_Part]:
    """What stands in lines that are empty but for comments."""
    if part := trimmed(lines):
        yield _Part("comment", part)


def _joined(parts: Iterable[_Part]) -> list[str]:
    lines: list[str] = []
    before: _Part | None = None
    for part in parts:
        tight = before is not None and part.kind == before.kind == "answer"
        if before is not None and not tight:
            lines[-1] = tidied(lines[-1])
            lines += [""]
        lines += part.lines
        before = part
    return lines
