"""Wrong short answers that are close to an accepted one: for a person to judge, never to mark by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lms.content.questions.question import Question
from lms.content.questions.short import grade, normal

_SHORTEST = 4
_LONG = 9
_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[^\w]+")
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(\D{1,20})?")


def distance(first: str, second: str, most: int) -> int:
    """The Damerau-Levenshtein distance (optimal string alignment): one change is a letter more, less, other,
    or two neighbours exchanged. Beyond `most` some larger number."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        earlier, before, row = before, row, [at]
        for place, other in enumerate(second, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != other))
            swapped = at > 1 and place > 1 and letter == second[place - 2] and first[at - 2] == other
            row.append(min(cost, earlier[place - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def typed_parts(question: Question) -> Iterator[tuple[str, Question]]:
    """What words are typed into, as short questions: a short one itself, and gaps of a text with gaps.

    Each with its name, the id of the question or "id:gap", as the field of a paper has it.
    """
    if question.kind == "short":
        yield question.id, question
    for gap in question.gaps if question.kind == "cloze" else ():
        if gap.answers and all(item.form == "text" for item in gap.answers):
            yield f"{question.id}:{gap.key}", replace(question, kind="short", gaps=(), answers=gap.answers)


def near_miss(question: Question, text: str) -> tuple[str, str] | None:
    """How an answer misses an accepted one, and which: signs, unit or spelling; None when it is far off.

    Digits must be equal: another year or number is another answer.
    """
    given = normal(text)
    named = any(normal(item.text) == given for item in question.answers)
    if named or grade(question, text).verdict != "wrong":
        return None  # right by a pattern, or a wrong answer that the author named
    for key in _accepted(question):
        known = normal(key)
        if _SIGNS.sub("", given) == _SIGNS.sub("", known):
            return "signs", key
        if _same_amount(given, known):
            return "unit", key
    for key in _accepted(question):
        known = normal(key)
        most = 0 if len(known) < _SHORTEST else 1 if len(known) < _LONG else 2
        if _DIGITS.findall(given) == _DIGITS.findall(known) and distance(given, known, most) <= most:
            return "spelling", key
    return None


def _accepted(question: Question) -> Iterable[str]:
    return (item.text for item in question.answers if item.form == "text" and item.fraction > 0.99999)


def _same_amount(given: str, known: str) -> bool:
    """Whether both are the same number, one of them with a unit and the other without."""
    first, second = _AMOUNT.fullmatch(given), _AMOUNT.fullmatch(known)
    if not first or not second or first[1].replace(",", ".") != second[1].replace(",", "."):
        return False
    return bool(first[2]) != bool(second[2])
