"""The kinds of question, one module each; adding a module to KINDS adds a kind.

Each module has `EXTRA` (attributes it takes), `fits(block)`, `parse(block, report)`,
`read(question, values)`, `grade(question, answer)`, `show(question, answer)`, `right_answer(question)`
and `shuffled(question, rng)`. The order matters: the first that fits a question's answer lines is its kind.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from lms.content.problems import Report
from lms.content.questions import (
    cloze,
    essay,
    matching,
    multiple,
    numeric,
    ordering,
    short,
    single,
    true_false,
)
from lms.content.questions.block import Block
from lms.content.questions.question import (
    Accepted,
    Level,
    Mark,
    Option,
    Part,
    Question,
    Random,
    Unreadable,
    Verdict,
    mark,
)

__all__ = [
    "GAPPED",
    "KINDS",
    "Accepted",
    "Gapped",
    "Kind",
    "Level",
    "Mark",
    "Option",
    "Part",
    "Question",
    "Random",
    "Unreadable",
    "Verdict",
    "is_whole",
    "kind_of",
    "mark",
    "parts_of",
]


class Kind(Protocol):
    """What a module of a kind offers."""

    EXTRA: frozenset[str]

    def fits(self, block: Block, /) -> bool: ...

    def parse(self, block: Block, report: Report, /) -> Question | None: ...

    def read(self, question: Question, values: Mapping[str, Sequence[str]], /) -> object: ...

    def grade(self, question: Question, answer: object, /) -> Mark: ...

    def show(self, question: Question, answer: object, /) -> str: ...

    def right_answer(self, question: Question, /) -> str: ...

    def shuffled(self, question: Question, rng: Random, /) -> list[str]: ...


KINDS: dict[str, Kind] = {
    "true_false": true_false,
    "single": single,
    "multiple": multiple,
    "numeric": numeric,
    "short": short,
    "matching": matching,
    "ordering": ordering,
    "essay": essay,
    "cloze": cloze,
}


class Gapped(Protocol):
    """What a module of a kind with gaps offers besides."""

    def parts(self, question: Question, answer: object, /) -> tuple[Part, ...]: ...


GAPPED: dict[str, Gapped] = {"matching": matching, "ordering": ordering, "cloze": cloze}


def kind_of(question: Question) -> Kind:
    """The module of a question's kind."""
    return KINDS[question.kind]


def parts_of(question: Question, answer: object) -> tuple[Part, ...]:
    """What was answered to each gap; empty for kinds without gaps."""
    kind = GAPPED.get(question.kind)
    return kind.parts(question, answer) if kind else ()


def is_whole(question: Question, answer: object) -> bool:
    """Whether every gap of the question has an answer that can be read; true for kinds without gaps."""
    return all(part.right is not None and not part.problem for part in parts_of(question, answer))
