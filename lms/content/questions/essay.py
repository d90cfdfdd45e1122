"""An essay: free text that a person marks by the levels of a rubric.

The highest level earns all points and the others in proportion: with levels 4, 2 and 0, level 2 earns half.
In a survey an essay has no rubric; nothing is marked there.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lms.content.problems import Report
from lms.content.questions.block import Block, draft
from lms.content.questions.question import BLANK, Level, Mark, Question, Random, Unreadable, mark

__all__ = [
    "EXTRA", "MAX_LETTERS", "clean", "count_words", "fits", "fraction_of", "grade", "parse", "read",
    "right_answer", "show", "shuffled",
]  # fmt: skip

EXTRA = frozenset({"words"})
MAX_LETTERS = 20_000
MAX_WORDS = 3_000
MAX_LEVELS = 10

_LEVEL = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)[ ]*=[ ]*(\S.*)")
_UNIT = re.compile(r"\d+(?:[.,]\d+)?[ ]*[^\W\d_]+[ ]*=")
_LINE = re.compile(r"\n+[ ]*(?:[-*+][ ]+)?(?=\d[^=\n]*=)")
_WORDS = re.compile(r"(\d{1,5})?\.\.(\d{1,5})?")
_LETTERS = {"\n", "\t"}


def fits(block: Block) -> bool:
    """Never by its lines: an essay is always named (``tipe=esai``)."""
    return False


def parse(block: Block, report: Report) -> Question | None:
    """Build the question: a rubric of at least two levels, and how many words are asked for."""
    for answer in block.answers:
        report.error(answer.line, "essay_answers")
    levels = _rubric(block, report)
    notes = tuple(note for note in block.notes if note[0] != "rubric")
    low, high = _words(block, report)
    question = draft(replace(block, notes=notes), "essay", report, EXTRA)
    return replace(question, rubric=levels, min_words=low, max_words=high)


def _rubric(block: Block, report: Report) -> tuple[Level, ...]:
    """The levels, the highest first; in the source semicolons or lines of their own separate them."""
    line = block.head.line
    text = "\n".join(text for kind, text in block.notes if kind == "rubric")
    if block.keyless:
        if text:
            report.error(line, "survey_key")
        return ()
    if not text:
        report.error(line, "rubric_missing")
        return ()
    levels: list[Level] = []
    flawed = False
    for part in _LINE.sub(";", f"\n{text}").split(";"):
        written = " ".join(part.split())
        found = _LEVEL.fullmatch(written)
        if found:
            value = Decimal(found[1])
            if any(level.value == value for level in levels):
                report.error(line, "rubric_twice", value=found[1])
            levels.append(Level(value, found[2].rstrip(".")))
        elif written:
            flawed = True
            report.error(line, "rubric_unit" if _UNIT.match(written) else "rubric_level", text=written)
    if flawed:
        return ()
    if len(levels) < 2:
        report.error(line, "rubric_few")
    elif len(levels) > MAX_LEVELS:
        report.error(line, "rubric_many", limit=MAX_LEVELS)
    elif not any(level.value for level in levels):
        report.error(line, "rubric_zero")
    elif all(level.value for level in levels):
        report.warn(line, "rubric_no_zero")
    return tuple(sorted(levels, key=lambda level: level.value, reverse=True))


def _words(block: Block, report: Report) -> tuple[int, int]:
    """The least and the most words that are asked for; 0 where nothing is."""
    raw = block.head.get("words")
    if not raw:
        return 0, 0
    found = _WORDS.fullmatch(raw)
    low, high = (int(found[1] or 0), int(found[2] or 0)) if found else (0, 0)
    if not (low or high) or (high and low > high) or max(low, high) > MAX_WORDS:
        report.error(block.head.line, "words_value", value=raw, limit=MAX_WORDS)
        return 0, 0
    return low, high


def clean(text: str) -> str:
    """The text as it is kept: NFC, lines end with LF, no NUL and no other control character, trimmed.

    Characters that turn the direction of writing are dropped too; they only serve to deceive.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        letter
        for letter in lines
        if letter in _LETTERS or unicodedata.category(letter) not in {"Cc", "Cs"} and not _turns(letter)
    )
    return "".join(kept).strip()


def _turns(letter: str) -> bool:
    return "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069"


def count_words(text: str) -> int:
    """How many words a text has: runs between white space that hold at least one letter or digit.

    "anak-anak" and "dan/atau" are one word, "Rp1.000" is one, a dash that stands alone is none. The
    script of the page (essay.js) counts by the same rule.
    """
    return sum(any(letter.isalnum() for letter in run) for run in text.split())


def read(question: Question, values: Mapping[str, Sequence[str]]) -> str | None:
    """The text as it is kept (`clean`), None for no text. Raises Unreadable when it is far too long."""
    text = clean(next(iter(values.get("", ())), ""))
    if len(text) > MAX_LETTERS:
        raise Unreadable("essay_long")
    return text or None


def grade(question: Question, answer: object) -> Mark:
    """Blank at once; else pending until a person marks it. In a survey everything is right."""
    if not isinstance(answer, str) or not answer.strip():
        return BLANK
    return Mark(0.0, "pending") if question.keyed else mark(1.0)


def fraction_of(question: Question, value: Decimal) -> float:
    """The share of the points that a level earns. Raises KeyError for a value the rubric does not have."""
    if all(level.value != value for level in question.rubric):
        raise KeyError(value)
    return float(value / question.rubric[0].value)


def show(question: Question, answer: object) -> str:
    """The text with its line breaks. It is plain text, not Markdown."""
    return answer if isinstance(answer, str) else ""


def right_answer(question: Question) -> str:
    """None: many texts may be right."""
    return ""


def shuffled(question: Question, rng: Random) -> list[str]:
    """Nothing to shuffle."""
    return []
