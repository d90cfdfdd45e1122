"""An essay on a paper and on a result: how long it is to be, how it was marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from lms.content.questions import Level, Question
from lms.content.questions.essay import count_words
from lms.domain.quizzes.models import Grading
from lms.domain.quizzes.rules import Reveal


@dataclass(frozen=True)
class EssayField:
    """What stands around the field of an essay, whatever is written in it; `asked` may be empty."""

    asked: str
    low: int
    high: int


@dataclass(frozen=True)
class EssayShown:
    """An essay of a result. `levels` are those that may be shown; `given` is the one that was chosen."""

    text: str
    words: int
    levels: tuple[Level, ...]
    given: Level | None
    top: Level
    comment: str


def essay_field(question: Question) -> EssayField | None:
    """Return what stands around the field; None for other kinds."""
    if question.kind != "essay":
        return None
    low, high = question.min_words, question.max_words
    return EssayField(asked_text(low, high), low, high)


def length_text(question: Question, answer: Any) -> str:
    """Return how many words an essay has, and that it is shorter or longer than asked for."""
    words = words_of(answer)
    return length_note(question, answer) or str(ngettext("%(num)s word", "%(num)s words", words))


def words_of(answer: Any) -> int:
    """Return how many words a stored answer has."""
    return count_words(answer) if isinstance(answer, str) else 0


def asked_text(low: int, high: int) -> str:
    """Return how many words are asked for, as a sentence; "" when it does not matter."""
    if low and high:
        return str(_("Write %(low)s to %(high)s words.", low=low, high=high))
    if low:
        return str(ngettext("Write at least %(num)s word.", "Write at least %(num)s words.", low))
    return str(ngettext("Write at most %(num)s word.", "Write at most %(num)s words.", high)) if high else ""


def length_note(question: Question, answer: Any) -> str:
    """Return that an essay is shorter or longer than asked for; "" for one that fits, or for none."""
    words = words_of(answer)
    if words and words < question.min_words:
        return str(_("%(words)s words; at least %(low)s are asked for.", words=words, low=question.min_words))
    if question.max_words and words > question.max_words:
        return str(
            _("%(words)s words; at most %(high)s are asked for.", words=words, high=question.max_words)
        )
    return ""


def essay_shown(question: Question, answer: Any, row: Grading | None, reveal: Reveal) -> EssayShown | None:
    """Return an essay with its mark, as far as it may be seen; None for other kinds and for no text."""
    if question.kind != "essay" or not question.rubric or not isinstance(answer, str):
        return None
    given = level_of(question, row)
    levels = question.rubric if reveal.keys else (given,) if given else ()
    comment = row.comment if row and reveal.feedback else ""
    return EssayShown(answer, words_of(answer), levels, given, question.rubric[0], comment)


def level_of(question: Question, row: Grading | None) -> Level | None:
    """Return the level that a mark names; None for no mark by a person."""
    if row is None or row.level is None:
        return None
    return next((level for level in question.rubric if float(level.value) == row.level), None)
