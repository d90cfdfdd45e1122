"""Aiken: a prompt, choices under letters, and a line ``ANSWER: B``. One right choice, and nothing besides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lms.content.exchange import items
from lms.content.exchange.choices import choice
from lms.content.exchange.items import Item, Reading, Unread, first_words
from lms.content.exchange.losses import Loss, losses_of
from lms.content.exchange.text import from_plain, one_line, to_plain
from lms.content.questions.question import Question

KINDS = frozenset({"true_false", "single"})
KEEPS = frozenset({"truth_words"})
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_OPTION = re.compile(r"([A-Za-z])[.)]\s+(\S.*)")
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
    found: list[Item] = []
    lines: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        start = start if lines else number
        lines.append(line.strip())
        if answer := _ANSWER.fullmatch(line.strip()):
            found.append(_item(start, lines[:-1], answer[1].strip()))
            lines = []
    if lines:
        found.append(
            Item(start, first_words(lines[0]), None, (Unread("exchange_aiken_open").problem(start),))
        )
    return items.bounded(found)


def _item(line: int, lines: Sequence[str], answer: str) -> Item:
    prompt, options = list[str](), list[str]()
    name = first_words(*lines)
    for text in lines:
        found = _OPTION.fullmatch(text)
        if found and found[1].upper() == LETTERS[len(options) % 26]:
            options.append(found[2])
        elif options:
            options[-1] += f" {text}"
        else:
            prompt.append(text)
    try:
        if not prompt or len(options) < 2:
            raise Unread("exchange_aiken_options")
        if not re.fullmatch(r"[A-Za-z]", answer):
            raise Unread(
                "exchange_two_right" if re.match(r"[A-Za-z]\s*[,;&]", answer) else "exchange_no_right",
                count=len(re.findall(r"[A-Za-z]", answer)),
            )
        if LETTERS.index(answer.upper()) >= len(options):
            raise Unread("exchange_key", value=answer)
        right = LETTERS.index(answer.upper())
        parts = [(from_plain(text), float(at == right), "") for at, text in enumerate(options)]
        question = choice(from_plain("\n".join(prompt)), parts, single=True)
    except Unread as error:
        return Item(line, name, None, (error.problem(line),))
    return Item(line, name, question)
