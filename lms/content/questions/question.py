"""A question as read from its source, whatever its kind, and what grading says of an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from lms.content.claims import Claim

Verdict = Literal["right", "partial", "wrong", "blank", "pending"]
"""`pending`: only a person can mark it, and nobody has yet."""


class Unreadable(ValueError):
    """An answer that cannot be read; `code` says why (its words: lms/i18n/problems.py)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Option:
    """A choice. `weight` is its share of the points (may be negative); `fixed` stays last."""

    key: str
    text: str
    weight: float
    right: bool
    feedback: str
    fixed: bool


@dataclass(frozen=True)
class Accepted:
    """An answer that a typed one is compared with. `fraction` 0 names a wrong answer.

    `form` is text, pattern, or number; a number is met between `low` and `high`, both included.
    """

    text: str
    fraction: float
    feedback: str
    form: str = "text"
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)


@dataclass(frozen=True)
class Gap:
    """A part of a question with an answer of its own, such as an item that is to be paired.

    `key` says nothing of the answer. `text` is what stands beside the field (Markdown); `right` is the key
    of the right one of `options`, which have no weight here; `answers` are those that are typed.
    """

    key: str
    text: str = ""
    options: tuple[Option, ...] = ()
    right: str = ""
    answers: tuple[Accepted, ...] = ()
    feedback: str = ""


@dataclass(frozen=True)
class Part:
    """The answer to one gap as it is judged.

    `given` is what was answered, Markdown unless `typed`; `right` is None when nothing was. `problem` is the
    code of why it could not be taken (words: lms/i18n/problems.py), `correct` the right answer.
    """

    gap: Gap
    given: str
    right: bool | None
    correct: str
    typed: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Level:
    """A level of a rubric: the highest earns all points, the others in proportion."""

    value: Decimal
    text: str


@dataclass(frozen=True)
class Question:
    """One question. `digest` changes when any line of its source does.

    `difficulty` is what the author expects: easy, medium, hard, or "" where nothing is said.
    """

    id: str
    kind: str
    title: str
    prompt: str
    points: float
    tags: tuple[str, ...]
    competency: Claim | None
    legal_basis: str
    shuffle: bool
    hints: tuple[str, ...]
    explanation: str
    feedback_right: str
    feedback_partial: str
    feedback_wrong: str
    scoring: str
    digest: str
    path: str
    line: int
    options: tuple[Option, ...] = ()
    answers: tuple[Accepted, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unit: str = ""
    case_sensitive: bool = False
    rubric: tuple[Level, ...] = ()
    min_words: int = 0
    max_words: int = 0
    difficulty: str = ""

    def option(self, key: object) -> Option | None:
        """The option of that key."""
        return next((option for option in self.options if option.key == key), None)

    @property
    def keyed(self) -> bool:
        """Whether any answer is right; a survey's questions have no key."""
        return (
            bool(self.gaps)
            or bool(self.rubric)
            or any(option.weight > 0 for option in self.options)
            or any(item.fraction > 0 for item in self.answers)
        )

    @property
    def minutes(self) -> int:
        """About how long an answer takes: one minute, an essay by its words (20 a minute), at least five."""
        return max(5, -(-(self.min_words or self.max_words) // 20)) if self.kind == "essay" else 1

    def feedback_for(self, verdict: Verdict) -> str:
        """The author's message (Markdown) for that verdict; empty when there is none."""
        messages = {
            "right": self.feedback_right,
            "partial": self.feedback_partial,
            "wrong": self.feedback_wrong,
        }
        return messages.get(verdict, "")

    def texts(self) -> Iterator[str]:
        """Every Markdown text of the question, to look for links and assets."""
        yield self.prompt
        yield from self.hints
        yield from (self.explanation, self.feedback_right, self.feedback_partial, self.feedback_wrong)
        for option in self.options:
            yield from (option.text, option.feedback)
        yield from (item.feedback for item in self.answers)
        for gap in self.gaps:
            yield from (gap.text, gap.feedback)
        options = [option for gap in self.gaps for option in gap.options]
        yield from dict.fromkeys(text for option in options for text in (option.text, option.feedback))


@dataclass(frozen=True)
class Mark:
    """What grading says: a share of the points, a verdict, and the feedback of what was answered."""

    fraction: float
    verdict: Verdict
    remarks: tuple[str, ...] = ()


BLANK = Mark(0.0, "blank")


def mark(fraction: float, remarks: tuple[str, ...] = ()) -> Mark:
    """A Mark with the verdict that follows from the share, which is kept within 0 and 1."""
    share = min(1.0, max(0.0, fraction))
    verdict: Verdict = "right" if share > 0.99999 else "partial" if share > 0.00001 else "wrong"
    exact = 1.0 if verdict == "right" else 0.0 if verdict == "wrong" else share
    return Mark(exact, verdict, tuple(text for text in remarks if text))


class Random(Protocol):
    """What shuffling needs of a random generator; `random.Random` fits."""

    def shuffle(self, x: list[str], /) -> None:
        """Shuffle a list in place."""
