"""What a form knows of a question: its fields, and the lines in the file that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.content.vocabulary import CASE, DIFFICULTY, SCORING

CHOICES = frozenset({"single", "multiple", "true_false"})
TYPED = frozenset({"numeric", "short"})
ATTRIBUTES_OF: Mapping[str, tuple[str, ...]] = {
    "single": ("shuffle",),
    "multiple": ("scoring", "shuffle"),
    "true_false": (),
    "numeric": ("unit",),
    "short": ("case",),
    "matching": ("scoring", "shuffle"),
    "ordering": ("scoring", "shuffle"),
    "cloze": ("scoring", "case", "shuffle"),
    "essay": ("words",),
}
"""Attributes of a heading that a kind has besides the common ones."""
TABLES: Mapping[str, Mapping[str, str]] = {"difficulty": DIFFICULTY, "scoring": SCORING, "case": CASE}
"""Attributes whose value is one of a few words."""
COMMON = ("points", "competency", "difficulty", "legal", "tag")
NOTES = ("explanation", "hint", "right", "partial", "wrong")


@dataclass(frozen=True)
class Row:
    """An answer: its `sign` as `Answer.mark` has it (or `level`), and its first and last line (from 1).

    `left` is the left side of a pair, or the value of a level; `was` the place it had when it was read, -1
    for a new one.
    """

    sign: str
    text: str
    left: str = ""
    share: str = ""
    feedback: str = ""
    fixed: bool = False
    first: int = 0
    last: int = 0
    was: int = -1

    def said(self) -> tuple[object, ...]:
        """What it says, without where it stands."""
        texts = (self.text, self.left, self.share, self.feedback)
        plain = ("\n".join(map(str.rstrip, one.strip().split("\n"))) for one in texts)
        return (self.sign, *plain, self.fixed)


@dataclass(frozen=True)
class Note:
    """The text of a note and its first and last line."""

    text: str
    first: int
    last: int


@dataclass(frozen=True)
class QuestionFields:
    """A question of a file: `line` of its heading, `last` its last line with a word.

    `values` are its title and attributes, `rows` its answers; these are None when they cannot be fields
    because a comment stands inside one. `rubric` is the span of the levels of an essay.
    """

    line: int
    last: int
    id: str
    kind: str
    values: Mapping[str, str]
    prompt: str
    prompt_span: tuple[int, int]
    notes: Mapping[str, Note]
    rows: tuple[Row, ...] | None = ()
    rubric: tuple[int, int] = (0, 0)

    @property
    def title(self) -> str:
        """The words of its heading."""
        return self.values["title"]


@dataclass(frozen=True)
class Given:
    """What a form says of a question; rows without a word are left out when it is written."""

    values: Mapping[str, str]
    prompt: str
    notes: Mapping[str, str]
    rows: tuple[Row, ...] = field(default=())
