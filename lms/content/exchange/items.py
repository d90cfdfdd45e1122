"""Between a foreign file and our questions: each question of the file with what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lms.content.problems import Problem, Report, shorten
from lms.content.questions.choice import WEIGHTS
from lms.content.questions.numbers import plain_text, source_number
from lms.content.questions.question import Accepted, Gap, Level, Option, Question

MAX_BYTES = 10_000_000
"""The largest file that is read."""
MAX_ITEMS = 1_000
"""The most questions of one file: as many as a bank may have."""
GAPPED = frozenset({"matching", "ordering", "cloze"})


class Unread(Exception):
    """A question or a file that cannot be taken: code and parameters (words: lms/i18n), line from 1 or 0."""

    def __init__(self, code: str, line: int = 0, **params: object) -> None:
        self.code, self.line, self.params = code, line, params
        super().__init__(code)

    def problem(self, line: int = 0) -> Problem:
        """The same as a problem; `line` where the exception knows none."""
        words = {name: shorten(str(value)) for name, value in self.params.items()}
        return Problem("", self.line or line, self.code, words)


@dataclass(frozen=True)
class Item:
    """A question of a foreign file. `question` is None when it is refused: an error says why.

    `source_id` is its name there, "" when it has none; warnings say what is kept differently.
    """

    line: int
    name: str
    question: Question | None
    problems: tuple[Problem, ...] = ()
    source_id: str = ""


@dataclass(frozen=True)
class Reading:
    """A foreign file as read: its questions, the pictures they show by path, what is wrong with the file."""

    items: tuple[Item, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def refused(code: str, line: int = 0, **params: object) -> Reading:
    """The reading of a file that cannot be taken at all."""
    return Reading((), problems=(Unread(code, line, **params).problem(),))


def too_many(count: int) -> Reading | None:
    """The refusal of a file with more questions than a bank may have, before they are read."""
    return refused("exchange_many", limit=MAX_ITEMS, count=count) if count > MAX_ITEMS else None


def bounded(items: Iterable[Item], files: Mapping[str, bytes] | None = None) -> Reading:
    """A reading with no more questions than a bank may have; a file without any says so."""
    found = tuple(items)
    if many := too_many(len(found)):
        return many
    return Reading(found, files or {}) if found else refused("exchange_empty")


def new(kind: str, prompt: str, **fields: Any) -> Question:
    """A question that is not written in our format yet; what is not given has the value of the format."""
    values: dict[str, Any] = {
        "id": "",
        "title": "",
        "points": 1.0,
        "tags": (),
        "competency": None,
        "legal_basis": "",
        "shuffle": True,
        "hints": (),
        "explanation": "",
        "feedback_right": "",
        "feedback_partial": "",
        "feedback_wrong": "",
        "scoring": usual_scoring(kind),
        "digest": "",
        "path": "",
        "line": 0,
    }
    return Question(kind=kind, prompt=prompt, **{**values, **fields})


def usual_scoring(kind: str) -> str:
    """The scoring of a kind where its heading names none."""
    return "partial" if kind in GAPPED else "exact"


def option(number: int, text: str, weight: float = 0.0, feedback: str = "") -> Option:
    """A choice; the number counts from 1."""
    return Option(f"o{number}", text, weight, weight > 0.99999, feedback, fixed=False)


def options(texts: Iterable[tuple[str, float, str]]) -> tuple[Option, ...]:
    """Choices of text, share and feedback."""
    return tuple(option(number, *parts) for number, parts in enumerate(texts, 1))


def number(value: Decimal, tolerance: Decimal, share: float, feedback: str) -> Accepted:
    """An accepted number as the format writes it."""
    low, high = value - tolerance, value + tolerance
    text = plain_text(value) + (f" ± {plain_text(tolerance)}" if tolerance else "")
    return Accepted(text, share, feedback, "number", low, high)


def span(low: Decimal, high: Decimal, share: float, feedback: str) -> Accepted:
    """An accepted range as the format writes it."""
    return Accepted(f"{plain_text(low)}..{plain_text(high)}", share, feedback, "number", low, high)


def middle(item: Accepted) -> tuple[Decimal, Decimal]:
    """The value in the middle of an accepted number, and how far an answer may be off."""
    return (item.low + item.high) / 2, (item.high - item.low) / 2


def decimal(text: str) -> Decimal:
    """A number of a foreign file, `1e3` and a comma too. Raises Unread."""
    plain = text.strip().replace(",", ".")
    found = source_number(plain)
    if found is None:
        try:
            found = source_number(plain_text(Decimal(plain)))
        except (ArithmeticError, ValueError):
            found = None
    if found is None:
        raise Unread("exchange_number", value=text)
    return found


def share(percent: str | float) -> float:
    """The share of a percentage, brought to the nearest of the list. Raises Unread when none is near."""
    try:
        value = float(percent)
    except ValueError:
        raise Unread("exchange_weight", value=percent) from None
    close = min(WEIGHTS, key=lambda known: abs(float(known) - abs(value)))
    if not abs(float(close) - abs(value)) < 0.05:
        raise Unread("exchange_weight", value=percent)
    return round(float(close) / 100 * (-1 if value < 0 else 1), 7)


def percent(value: float) -> str:
    """A share as the list of weights writes it, with its sign."""
    close = min(WEIGHTS, key=lambda known: abs(float(known) - abs(value) * 100))
    return f"-{close}" if value < 0 and close != "0" else close


def pairs(found: Iterable[tuple[str, str]], extra: Iterable[str]) -> tuple[Gap, ...]:
    """Gaps of left and right texts, with texts that fit nothing."""
    lines = list(found)
    texts = list(dict.fromkeys([*(right for _, right in lines), *extra]))
    known = {text: option(at, text) for at, text in enumerate(texts, 1)}
    own = tuple(known.values())
    return tuple(Gap(f"p{at}", left, own, known[right].key) for at, (left, right) in enumerate(lines, 1))


def extras(question: Question) -> list[Option]:
    """The texts of a matching question that fit nothing."""
    used = {gap.right for gap in question.gaps}
    return [item for item in question.gaps[0].options if item.key not in used] if question.gaps else []


def right_text(gap: Gap) -> str:
    """The text on the right of a pair."""
    return next(item.text for item in gap.options if item.key == gap.right)


def steps(texts: Iterable[str]) -> tuple[Gap, ...]:
    """Gaps of steps in the right order."""
    return tuple(Gap(f"s{at}", text) for at, text in enumerate(texts, 1))


DEFAULT_RUBRIC = (Level(Decimal(1), "memenuhi"), Level(Decimal(0), "belum memenuhi"))
"""Of an essay that comes without a rubric; the author is told."""


class Notes:
    """Collects what a reader says of one question: warnings, and the pictures that it shows."""

    def __init__(self) -> None:
        self.report = Report()
        self.files: dict[str, bytes] = {}
        self.gone: dict[str, None] = {}

    def say(self, code: str, line: int = 0, **params: object) -> None:
        """What is kept differently; once is enough."""
        known = {(item.code, tuple(item.params.values())) for item in self.report.items}
        if (code, tuple(params.values())) not in known:
            self.report.warn(line, code, **params)

    def lose(self, name: str) -> None:
        """Something of a text that is not taken over, by its name."""
        self.gone[name] = None

    def told(self, line: int = 0) -> tuple[Problem, ...]:
        """All of it, in order."""
        if self.gone:
            self.say("exchange_markup", line, names=", ".join(self.gone))
            self.gone = {}
        return tuple(self.report.items)


def first_words(*texts: str) -> str:
    """The first words that are not empty, short enough for a line of a list."""
    return next((shorten(text) for text in texts if text.strip()), "")


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or Windows-1252. Raises Unread: too large, no text."""
    if len(data) > MAX_BYTES:
        raise Unread("exchange_large", limit="10 MB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Unread("exchange_no_text")
    return text.replace("\r\n", "\n").replace("\r", "\n")
