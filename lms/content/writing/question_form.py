"""A question as fields of a form, written back into its own lines: all else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lms.content.header import split
from lms.content.lines import cut
from lms.content.problems import Report
from lms.content.questions.attributes import read_attributes
from lms.content.questions.block import Answer, Block, read_block
from lms.content.questions.marks import keyword_of
from lms.content.questions.reading import read_question
from lms.content.quiz import question_headings
from lms.content.vocabulary import ATTRIBUTES

CHOICES = frozenset({"single", "multiple", "true_false"})
"""Kinds whose options are fields; the answers of other kinds are written as text."""

_QUOTE = re.compile(r"[ ]+>[ ]?(.*)")
_BRACES = re.compile(r"^(##[ ]+)(.*?)([ ]*\{[^{}]*\}[ ]*)?$")
_POINTS = re.compile(r"(?<=[{\s])(poin|points)=[^\s}]*")
_BOX = re.compile(r"^([-*+] \[)[ xX](\])")


@dataclass(frozen=True)
class OptionField:
    """An option: its lines in the file (first and last, from 1), text, whether it is right, its feedback."""

    first: int
    last: int
    text: str
    right: bool
    feedback: str
    fixed: bool = False


@dataclass(frozen=True)
class QuestionFields:
    """A question of a file: `line` of its heading; spans are first and last line, (0, 0) where there is none.

    `options` is empty when they cannot be fields: another kind, shares in percent, options of several lines.
    """

    line: int
    last: int
    id: str
    kind: str
    title: str
    points: str
    prompt: str
    prompt_span: tuple[int, int]
    explanation: str
    explanation_span: tuple[int, int]
    explanation_word: str
    options: tuple[OptionField, ...] = field(default=())


def question_fields(text: str) -> list[QuestionFields]:
    """The questions of a quiz or bank that can be read, in source order; those with errors are left out."""
    report = Report()
    header = split(text, report)
    if header is None:
        return []
    keyless = any(entry.value.strip() in {"evaluasi", "survey"} for entry in header.entries)
    source, raw, offset = cut(header.body), text.split("\n"), header.body_line
    marks = question_headings(source, offset, report)
    found: list[QuestionFields] = []
    for number, (at, level, words) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(source.lines)
        if level != 2:
            continue
        own = Report()
        head = read_attributes(words, at + offset, ATTRIBUTES, own)
        block = read_block(source, at + 1, end, head, keyless, own, offset)
        question = read_question(block, own)
        if question is not None and {one.code for one in own.errors()} <= {"question_id"}:
            found.append(_fields(block, question.kind, raw, at + offset, end + offset - 1))
    return found


def _fields(block: Block, kind: str, raw: Sequence[str], line: int, last: int) -> QuestionFields:
    prompt = (min(block.prompt_at), max(block.prompt_at)) if block.prompt_at else (0, 0)
    note = _explanation(raw, line, last)
    return QuestionFields(
        line=line, last=last, id=block.head.id, kind=kind, title=block.head.title,
        points=block.head.get("points"), prompt=_slice(raw, prompt), prompt_span=prompt,
        explanation=_note_text(raw, note), explanation_span=note,
        explanation_word=raw[note[0] - 1].partition(":")[0] if note[0] else "> Pembahasan",
        options=tuple(_options(block.answers, raw, last)) if kind in CHOICES else (),
    )  # fmt: skip


def _slice(raw: Sequence[str], span: tuple[int, int]) -> str:
    return "\n".join(raw[span[0] - 1 : span[1]]) if span[0] else ""


def _options(answers: Sequence[Answer], raw: Sequence[str], last: int) -> list[OptionField]:
    found: list[OptionField] = []
    for number, answer in enumerate(answers):
        until = answers[number + 1].line - 1 if number + 1 < len(answers) else last
        end = answer.line
        for at in range(answer.line + 1, until + 1):
            if raw[at - 1].startswith(" ") and raw[at - 1].strip():
                end = at
            elif raw[at - 1].strip():
                break
        quotes = [_QUOTE.fullmatch(one) for one in raw[answer.line : end]]
        if answer.mark not in {"right", "wrong"} or not all(quotes) or not _BOX.match(raw[answer.line - 1]):
            return []
        feedback = "\n".join(quote[1] for quote in quotes if quote)
        right = answer.mark == "right"
        found.append(OptionField(answer.line, end, answer.text, right, feedback, answer.fixed))
    return found


def _explanation(raw: Sequence[str], line: int, last: int) -> tuple[int, int]:
    for at in range(line + 1, last + 1):
        if raw[at - 1].startswith(">") and (keyword_of(raw[at - 1][1:]) or ("",))[0] == "explanation":
            end = at
            while end < last and raw[end].startswith(">") and not keyword_of(raw[end][1:]):
                end += 1
            return at, end
    return 0, 0


def _note_text(raw: Sequence[str], span: tuple[int, int]) -> str:
    if not span[0]:
        return ""
    lines = [line[1:].removeprefix(" ") for line in raw[span[0] - 1 : span[1]]]
    return "\n".join([lines[0].partition(":")[2].strip(), *lines[1:]])


@dataclass(frozen=True)
class Given:
    """What a form says of a question; `options`: (text, right, feedback), the old ones first."""

    title: str
    points: str
    prompt: str
    explanation: str
    options: tuple[tuple[str, bool, str], ...] = ()


def written_back(text: str, question: QuestionFields, given: Given) -> str:
    """The text with the fields of one question; only the lines of what changed are written anew."""
    raw = text.split("\n")
    changes = [*_notes(question, given), *_choices(raw, question, given), *_prompt(question, given)]
    for first, last, lines in sorted(changes, key=lambda change: change[0], reverse=True):
        raw[first - 1 : last] = lines
    raw[question.line - 1] = _heading(raw[question.line - 1], question, given)
    return "\n".join(raw)


Change = tuple[int, int, list[str]]
"""First line, last line (one less: lines are put before the first), and the lines in their place."""


def _heading(line: str, question: QuestionFields, given: Given) -> str:
    found = _BRACES.match(line.rstrip())
    if found is None:
        return line
    title, braces = " ".join(given.title.split()) or found[2], found[3] or ""
    points = given.points.strip()
    if points != question.points:
        if _POINTS.search(braces):
            new = _POINTS.sub(lambda old: f"{old[1]}={points}" if points else "", braces)
            braces = re.sub(r"\s+(?=\})|(?<=\{)\s+", "", re.sub(r"(?<=\S)\s{2,}", " ", new))
        elif points:
            braces = f"{braces.rstrip()[:-1]} poin={points}}}" if braces else f" {{poin={points}}}"
    if title == question.title and braces == (found[3] or ""):
        return line
    return f"{found[1]}{title}{braces}"


def _prompt(question: QuestionFields, given: Given) -> Iterator[Change]:
    if given.prompt.strip() == question.prompt.strip():
        return
    first, last = question.prompt_span
    lines = given.prompt.strip("\n").split("\n")
    if first:
        yield first, last, lines
    else:
        yield question.line + 1, question.line, ["", *lines]


def _choices(raw: Sequence[str], question: QuestionFields, given: Given) -> Iterator[Change]:
    if not question.options:
        return
    for old, (text, right, feedback) in zip(question.options, given.options, strict=False):
        if not text.strip():
            yield old.first, old.last, []
        elif (text.strip(), feedback.strip()) != (old.text.strip(), old.feedback.strip()):
            yield old.first, old.last, _option(text, right, feedback, old.fixed)
        elif right != old.right:
            box = _BOX.sub(rf"\g<1>{'x' if right else ' '}\g<2>", raw[old.first - 1])
            yield old.first, old.first, [box]
    more = [one for one in given.options[len(question.options) :] if one[0].strip()]
    end = question.options[-1].last
    lines = [line for text, right, feedback in more for line in _option(text, right, feedback, False)]
    if lines:
        yield end + 1, end, lines


def _option(text: str, right: bool, feedback: str, fixed: bool) -> list[str]:
    first = f"- [{'x' if right else ' '}] {' '.join(text.split())}{' {tetap}' if fixed else ''}"
    return [first, *(f"  > {line}".rstrip() for line in feedback.strip().split("\n") if feedback.strip())]


def _notes(question: QuestionFields, given: Given) -> Iterator[Change]:
    new = given.explanation.strip()
    if new == question.explanation.strip():
        return
    first, last = question.explanation_span
    begun, *more = new.split("\n")
    lines = [f"{question.explanation_word}: {begun}", *(f"> {line}".rstrip() for line in more)] if new else []
    if first:
        yield first, last, lines
    elif lines:
        end = max((option.last for option in question.options), default=question.last)
        yield end + 1, end, ["", *lines]


def given_of(form: Mapping[str, str], count: int) -> Given:
    """What a form says: `option-N`, `right-N`, `feedback-N` for N from 0; line ends of browsers become LF."""
    plain = {name: value.replace("\r\n", "\n") for name, value in form.items()}
    options = tuple(
        (plain.get(f"option-{at}", ""), f"right-{at}" in plain, plain.get(f"feedback-{at}", ""))
        for at in range(count)
    )
    return Given(
        plain.get("title", ""),
        plain.get("points", ""),
        plain.get("prompt", ""),
        plain.get("explanation", ""),
        options,
    )
