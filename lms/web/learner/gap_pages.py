"""Questions with several fields as pages print them: pairs, steps, blanks. No key is in what a page gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from lms.content.questions import Part, Question, is_whole, parts_of
from lms.content.questions.gaps import filled, given_to, unread
from lms.content.questions.question import Gap
from lms.domain.quizzes.rules import Marked, Reveal
from lms.i18n.problems import unreadable_text
from lms.web.course_pages import CourseText

PROGRESS: dict[str, LazyString] = {
    "matching": _l("{n} of {total} paired"),
    "ordering": _l("{n} of {total} numbered"),
}
"""How far a question is filled in, for the page and for its script."""


@dataclass(frozen=True)
class Item:
    """A text to choose in a list, without marks."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A gap on the paper: the name of its field, what stands beside it, what was answered."""

    key: str
    name: str
    label: Markup
    value: str
    items: tuple[Item, ...]
    bad: bool


@dataclass(frozen=True)
class GapLine:
    """A gap of a result; `state` is right, wrong or "" (not said); `correct` is empty when not shown."""

    label: Markup
    given: Markup
    state: str
    correct: Markup


def gap_fields(question: Question, order: Sequence[str], answer: Any, text: CourseText) -> tuple[Field, ...]:
    """Return the fields of a question, its options or steps in the order of the paper.

    Steps that are all numbered already stand in the order of their numbers.
    """
    given = given_to(question, answer)
    bad = {part.gap.key for part in parts_of(question, answer) if part.problem}
    return tuple(
        Field(
            gap.key,
            field_name(question, gap),
            _label(question, gap, text),
            _typed(given.get(gap.key)),
            _items(question, gap, order, given.get(gap.key), text),
            gap.key in bad,
        )
        for gap in _in_order(question, order, answer)
    )


def _in_order(question: Question, order: Sequence[str], answer: Any) -> list[Gap]:
    if question.kind != "ordering":
        return list(question.gaps)
    given, gaps = given_to(question, answer), {gap.key: gap for gap in question.gaps}
    keys = [key for key in order if key in gaps]
    if is_whole(question, answer):
        keys.sort(key=lambda key: int(given[key]))
    return [gaps[key] for key in keys]


def field_name(question: Question, gap: Gap) -> str:
    """Return the name of the field of a gap."""
    return f"q-{question.id}:{gap.key}"


def _typed(value: Any) -> str:
    text = unread(value)
    return str(value) if text is None and value is not None else text or ""


def _label(question: Question, gap: Gap, text: CourseText) -> Markup:
    return text.inline(gap.text, question.digest, f"{question.id}-{gap.key}")


def _items(
    question: Question, gap: Gap, order: Sequence[str], chosen: Any, text: CourseText
) -> tuple[Item, ...]:
    options = {option.key: option for option in gap.options}
    return tuple(
        Item(key, plain_text(options[key].text, question, text), key == chosen)
        for key in order
        if key in options
    )


def plain_text(markdown: str, question: Question, text: CourseText) -> str:
    """Return a text without marks, as the line of a list can hold it."""
    return text.inline(markdown, question.digest, question.id).striptags()


def progress_pattern(question: Question) -> str:
    """Return "{n} of {total} paired" for the script; "" for kinds with one answer."""
    return str(PROGRESS.get(question.kind, ""))


def progress(question: Question, answer: Any) -> str:
    """Return "2 of 4 paired"; "" for kinds with one answer."""
    done, total = filled(question, answer)
    return progress_pattern(question).replace("{n}", str(done)).replace("{total}", str(total))


def gap_problem(question: Question, answer: Any) -> str:
    """Return what is wrong with the first gap that could not be read, in words; else ""."""
    part = next((part for part in parts_of(question, answer) if part.problem), None)
    return "" if part is None else unreadable_text(part.problem, given=part.given, last=len(question.gaps))


def bad_names(question: Question, answer: Any) -> list[str]:
    """Return the names of the fields that could not be read."""
    return [field_name(question, part.gap) for part in parts_of(question, answer) if part.problem]


def gap_lines(
    question: Question, answer: Any, mark: Marked, reveal: Reveal, text: CourseText
) -> tuple[GapLine, ...]:
    """Return the gaps of a result, with as much as may be shown."""
    return tuple(
        GapLine(
            _label(question, part.gap, text),
            _words(part, part.given, question, text),
            _state(question, part, mark, reveal),
            _words(part, part.correct, question, text)
            if reveal.keys and part.right is not True
            else Markup(),
        )
        for part in _lines_in_order(question, answer, reveal)
    )


def _lines_in_order(question: Question, answer: Any, reveal: Reveal) -> list[Part]:
    """The parts; steps by the number they were given, since their own order is the key."""
    found = list(parts_of(question, answer))
    if question.kind == "ordering":
        if not reveal.keys:
            found.sort(key=lambda part: part.gap.key)
        found.sort(key=lambda part: int(part.given) if part.right is not None else len(found) + 1)
    return found


def _words(part: Part, words: str, question: Question, text: CourseText) -> Markup:
    if question.kind == "ordering" and words and not part.problem:
        return escape(_("number %(number)s", number=words))
    if part.typed:
        return escape(words)
    return text.inline(words, question.digest, f"{question.id}-{part.gap.key}-w") if words else Markup()


def _state(question: Question, part: Part, mark: Marked, reveal: Reveal) -> str:
    """What may be said of one gap: while the key is hidden only what the verdict says anyway."""
    if part.right is None:
        return ""
    if reveal.keys or mark.verdict == "right":
        return "right" if part.right else "wrong"
    alone = question.scoring == "partial" and question.kind != "ordering"
    return "wrong" if mark.verdict == "wrong" and alone else ""
