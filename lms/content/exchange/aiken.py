"""Aiken: a prompt, choices under letters, and a line ``ANSWER: B``. One right choice, and nothing besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lms.content.exchange import items
from lms.content.exchange.choices import choice
from lms.content.exchange.items import Item, Reading, Unread, first_words
from lms.content.exchange.losses import Loss, losses_of
from lms.content.exchange.text import from_plain, one_line, to_plain
from lms.content.questions.question import Question

KINDS = frozenset({"true_false", "single"})
KEEPS = frozenset({"truth_words"})
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_OPTION = re.compile(r"([A-Za-z])([.)]\s+|[.)])(\S.*)")
_FIRST = re.compile(r"[Aa](?:[.)]\s|\))")
_DOUBLE = re.compile(r"[A-Za-z]{1,2}[.)]\s")
_SEVERAL = re.compile(r"[A-Za-z]\s*(?:[,;&/+]|dan\b|and\b)")
_ANSWER = re.compile(r"(?:ANSWER|JAWABAN|KUNCI)\s*:\s*(.*)", re.I)


def losses(question: Question) -> tuple[Loss, ...]:
    """What Aiken cannot hold of a question."""
    if len(question.options) > len(LETTERS):
        return (Loss(question.id, "whole_many"),)
    return losses_of(question, KINDS, KEEPS)


def write(questions: Sequence[Question], assets: Mapping[str, bytes]) -> bytes:
    """The questions as one text; those that are lost as a whole are left out."""
    written = (_written(item) for item in questions if not any(loss.whole for loss in losses(item)))
    return ("\n\n".join(written) + "\n").encode()


def _written(question: Question) -> str:
    texts = [one_line(to_plain(item.text)) for item in question.options]
    lines = [f"{LETTERS[at]}. {text}" for at, text in enumerate(texts)]
    right = next(at for at, item in enumerate(question.options) if item.right)
    return "\n".join([one_line(to_plain(question.prompt)), *lines, f"ANSWER: {LETTERS[right]}"])


def read(data: bytes) -> Reading:
    """The questions of an Aiken text; each is refused or taken by itself."""
    try:
        text = items.decoded(data)
    except Unread as error:
        return Reading((), problems=(error.problem(),))
    return items.bounded(_item(part) for part in _parts(text))


@dataclass
class _Part:
    """One question as it is collected; `tail`: lines below the last option, which may belong to it."""

    line: int
    prompt: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    wrong: Unread | None = None

    def letter(self) -> str:
        """The letter of the next option; "" after Z."""
        return LETTERS[len(self.options)] if len(self.options) < len(LETTERS) else ""

    def settle(self) -> None:
        """Lines below an option belong to it after all."""
        if self.tail:
            self.options[-1] = " ".join([self.options[-1], *self.tail])
            self.tail = []

    def add(self, number: int, line: str) -> None:
        """A line that is no answer."""
        found = _OPTION.fullmatch(line)
        if found and found[1].upper() == self.letter() and (found[2] != "." or self.options):
            self.settle()
            self.options.append(found[3])
        elif not self.options:
            self.prompt.append(line)
        elif (found and found[2] != ".") or (not self.letter() and _DOUBLE.match(line)):
            wanted = self.letter() or "ANSWER"
            self.wrong = self.wrong or Unread("exchange_aiken_letter", number, wanted=wanted, text=line)
        else:
            self.tail.append(line)


def _parts(text: str) -> Iterator[_Part]:
    """The questions; one ends below its answer, or where the letters begin anew."""
    part: _Part | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line:
            continue
        answer = _ANSWER.fullmatch(line)
        if part is not None and part.answers and not answer:
            yield part
            part = None
        elif part is not None and part.options and not part.answers and _FIRST.match(line):
            yield part
            part = _Part(number - len(part.tail), part.tail)
        part = part or _Part(number)
        if answer:
            part.settle()
            part.answers.append(answer[1].strip())
        else:
            part.add(number, line)
    if part is not None:
        yield part


def _item(part: _Part) -> Item:
    name = first_words(*part.prompt, *part.options, *(f"ANSWER: {answer}" for answer in part.answers))
    try:
        question = _question(part)
    except Unread as error:
        return Item(part.line, name, None, (error.problem(part.line),))
    return Item(part.line, name, question)


def _question(part: _Part) -> Question:
    if part.wrong:
        raise part.wrong
    if not part.answers:
        raise Unread("exchange_aiken_open")
    if not part.prompt or len(part.options) < 2:
        raise Unread("exchange_aiken_options")
    if len(part.answers) > 1:
        raise Unread("exchange_two_right", count=len(part.answers))
    [answer] = part.answers
    if not re.fullmatch(r"[A-Za-z][.)]?", answer):
        count = len(re.findall(r"[A-Za-z]", answer))
        raise Unread("exchange_two_right" if _SEVERAL.match(answer) else "exchange_no_right", count=count)
    if LETTERS.index(answer[0].upper()) >= len(part.options):
        raise Unread("exchange_key", value=answer)
    right = LETTERS.index(answer[0].upper())
    parts = [(from_plain(text), float(at == right), "") for at, text in enumerate(part.options)]
    return choice(from_plain("\n".join(part.prompt)), parts, single=True)
