"""Steps to put in order: each gets its number, 1 for the first.

Marked by pairs: of the steps that follow each other in the right order, how many follow each other
directly in the answer. (Moodle's ordering type calls this "relative to the next item, excluding last".)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from lms.content.paths import natural_key
from lms.content.problems import Report
from lms.content.questions.block import Block
from lms.content.questions.gaps import UNREADABLE, earned, fields, gapped, given_to, opaque, unread
from lms.content.questions.question import BLANK, Gap, Mark, Part, Question, Random, mark

__all__ = ["EXTRA", "fits", "grade", "parse", "parts", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"shuffle", "scoring"})
LONGEST = 40


def fits(block: Block) -> bool:
    """Numbered steps; they are answer lines only where the heading says tipe=urut."""
    return block.marks == {"step"}


def parse(block: Block, report: Report) -> Question | None:
    """Build the question: at least three steps (two could only be swapped), in the right order."""
    gaps: list[Gap] = []
    seen: dict[str, int] = {}
    for answer in block.answers:
        if answer.mark != "step":
            report.error(answer.line, "order_marks")
            continue
        if answer.fixed:
            report.error(answer.line, "order_fixed")
        plain = " ".join(answer.text.casefold().split())
        if plain in seen:
            report.error(answer.line, "option_twice", first=seen[plain])
        seen.setdefault(plain, answer.line)
        gaps.append(Gap(opaque(block.head.id, plain), answer.text, feedback=answer.feedback))
    _check_numbers(block, report)
    if len(gaps) < 3 and not block.flawed:
        report.error(block.head.line, "order_few")
    return gapped(block, "ordering", report, EXTRA, gaps)


def _check_numbers(block: Block, report: Report) -> None:
    """The written numbers count up from 1, or are all 1, as Markdown allows."""
    steps = [answer for answer in block.answers if answer.mark == "step"]
    if all(step.share == "1" for step in steps):
        return
    for number, step in enumerate(steps, 1):
        if int(step.share) != number:
            report.error(step.line, "order_numbers", number=step.share, expected=number)
            return


def read(question: Question, values: Mapping[str, Sequence[str]]) -> dict[str, Any] | None:
    """The number of each step: {step: number}; what is no number from 1 on stays as typed.

    Raises Unreadable for steps that the question does not have.
    """
    given = fields(question, values)
    return {key: _number(text, len(question.gaps)) for key, text in given.items()} or None


def _number(text: str, last: int) -> Any:
    plain = text.rstrip(".")
    if plain.isascii() and plain.isdigit() and len(plain) <= 3 and 1 <= int(plain) <= last:
        return int(plain)
    return {UNREADABLE: text[:LONGEST]}


def _places(question: Question, answer: object) -> dict[str, int]:
    """The numbers that can be counted with: whole, from 1 on, each used once."""
    numbers = {
        key: value
        for key, value in given_to(question, answer).items()
        if type(value) is int and 1 <= value <= len(question.gaps)
    }
    used = list(numbers.values())
    return {key: value for key, value in numbers.items() if used.count(value) == 1}


def parts(question: Question, answer: object) -> tuple[Part, ...]:
    """Each step with its number, in the right order; right when it directly follows the step before it."""
    given, places = given_to(question, answer), _places(question, answer)
    found: list[Part] = []
    before: int | None = 0
    for number, gap in enumerate(question.gaps, 1):
        place, value = places.get(gap.key), given.get(gap.key)
        text = unread(value) if unread(value) is not None else str(value) if type(value) is int else ""
        right = None if place is None else before is not None and place == before + 1
        problem = "" if not text or place is not None else _problem(value)
        found.append(Part(gap, text or "", right, str(number), typed=True, problem=problem))
        before = place
    return tuple(found)


def _problem(value: object) -> str:
    return "place_twice" if type(value) is int else "place_range"


def grade(question: Question, answer: object) -> Mark:
    """The share of neighbours that stand together; feedback of steps out of place."""
    if not given_to(question, answer):
        return BLANK
    places = _places(question, answer)
    pairs = list(pairwise(gap.key for gap in question.gaps))
    placed = [(first, second) for first, second in pairs if first in places and second in places]
    right = sum(places[second] == places[first] + 1 for first, second in placed)
    remarks = tuple(part.gap.feedback for part in parts(question, answer) if part.right is False)
    return mark(earned(question, right, len(placed) - right, len(pairs)), remarks)


def show(question: Question, answer: object) -> str:
    """The steps in the order they were put in, Markdown on one line."""
    places = _places(question, answer)
    steps = sorted((gap for gap in question.gaps if gap.key in places), key=lambda gap: places[gap.key])
    return "; ".join(" ".join(gap.text.split()) for gap in steps)


def right_answer(question: Question) -> str:
    """The steps in the right order, Markdown on one line."""
    return show(question, {gap.key: number for number, gap in enumerate(question.gaps, 1)})


def shuffled(question: Question, rng: Random) -> list[str]:
    """The steps in an order that is not the right one: by chance, or by alphabet for a firm order."""
    right = [gap.key for gap in question.gaps]
    if not question.shuffle:
        ordered = [gap.key for gap in sorted(question.gaps, key=lambda gap: natural_key(gap.text))]
        return ordered if ordered != right else right[::-1]
    keys = list(right)
    for _try in range(20):
        rng.shuffle(keys)
        if keys != right:
            return keys
    return right[::-1]
