"""Questions with several fields as pages print them: pairs, steps, blanks. No key is in what a page gets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from lms.content.html import plain_words
from lms.content.questions import Part, Question, cloze, is_whole, parts_of
from lms.content.questions.gaps import filled, given_to, unread
from lms.content.questions.numbers import source_number, spoken
from lms.content.questions.question import Gap
from lms.domain.quizzes.rules import Marked, Reveal
from lms.i18n.problems import unreadable_text
from lms.web.course_pages import CourseText

PROGRESS: dict[str, LazyString] = {
    "matching": _l("{n} of {total} paired"),
    "ordering": _l("{n} of {total} numbered"),
    "cloze": _l("{n} of {total} filled in"),
}
"""How far a question is filled in, for the page and for its script."""
_TAG_OR_GAP = re.compile(r"""<[A-Za-z/!](?:[^"'>]|"[^"]*"|'[^']*')*>|⟦([0-9]{1,3})⟧""")


@dataclass(frozen=True)
class Choice:
    """The HTML of something to choose, as it stands when it is not chosen and when it is."""

    plain: Markup
    chosen: Markup


@dataclass(frozen=True)
class Field:
    """A gap on the paper: the name of its field, what stands beside it, what was answered.

    `words` is the label without marks; `options` the lines of its list, empty where something is typed;
    `bad` the attribute of a field that could not be read, or nothing; `numeric`: a number is typed into it.
    """

    key: str
    name: str
    label: Markup
    words: str
    value: str
    options: Markup
    bad: Markup
    numeric: bool


@dataclass(frozen=True)
class Piece:
    """A stretch of a prompt and the field that follows it."""

    html: Markup
    field: Field | None = None


@dataclass(frozen=True)
class GapLine:
    """A gap of a result; `state` is right, wrong or "" (not said); `correct` is empty when not shown.

    `said` is the state in words.
    """

    label: Markup
    given: Markup
    state: str
    said: str
    correct: Markup


class Labels(Protocol):
    """What stands at the gaps of a question, rendered: labels, the same in words, choices, by key."""

    labels: dict[str, Markup]
    words: dict[str, str]
    items: dict[str, Choice]


NONE, BAD = Markup(), Markup(' aria-invalid="true"')


def gap_fields(question: Question, order: Sequence[str], answer: Any, at: Labels) -> tuple[Field, ...]:
    """Return the fields of a question, its options or steps in the order of the paper.

    Steps that are all numbered already stand in the order of their numbers.
    """
    if not question.gaps:
        return ()
    given = given_to(question, answer)
    bad = {part.gap.key for part in parts_of(question, answer) if part.problem}
    return tuple(
        Field(
            gap.key,
            field_name(question, gap),
            at.labels[gap.key],
            at.words[gap.key],
            _typed(gap, given.get(gap.key)),
            _options(gap, order, given.get(gap.key), at),
            BAD if gap.key in bad else NONE,
            cloze.is_number(gap),
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


def pieces(question: Question, prompt: Markup, fields: Sequence[Field]) -> tuple[Piece, ...]:
    """Return the prompt cut at its gaps, each with its field; a whole one for kinds without gaps inside.

    A gap whose place was lost when the text was rendered stands at the end: it can be filled in all the same.
    """
    if question.kind != "cloze":
        return (Piece(prompt),)
    left = dict(enumerate(fields, 1))
    cut = [Piece(html, left.pop(number, None)) for html, number in _cut(prompt)]
    return (*cut, *(Piece(Markup(), field) for field in left.values()))


def _cut(html: Markup) -> Iterator[tuple[Markup, int]]:
    """The HTML of a prompt cut at its gaps: what stands before each, and its number; 0 after the last."""
    end = 0
    for found in _TAG_OR_GAP.finditer(html):
        if found[1]:
            yield html[end : found.start()], int(found[1])
            end = found.end()
    yield html[end:], 0


def plain_prompt(question: Question, prompt: Markup) -> Markup:
    """Return the prompt with numbers in round brackets where its gaps are."""
    if question.kind != "cloze":
        return prompt
    return Markup().join(
        html + Markup("<b>(%d)</b>") % number if number else html for html, number in _cut(prompt)
    )


def gap_echo(question: Question, answer: Any) -> str:
    """Return how the numbers of a text with gaps were read; "" when there is none."""
    if question.kind != "cloze":
        return ""
    return "; ".join(
        _("blank %(number)s: %(value)s", number=number, value=part.given)
        for number, part in enumerate(parts_of(question, answer), 1)
        if cloze.is_number(part.gap) and part.right is not None
    )


def _typed(gap: Gap, value: Any) -> str:
    text = unread(value)
    if text is not None:
        return text
    if isinstance(value, str) and cloze.is_number(gap):
        return spoken(value) if source_number(value) is not None else ""
    return "" if value is None else str(value)


def label(question: Question, gap: Gap, text: CourseText) -> Markup:
    """Return what stands beside the field of a gap."""
    if question.kind == "cloze":
        number = question.gaps.index(gap) + 1
        return escape(_("Blank %(number)s of %(total)s", number=number, total=len(question.gaps)))
    return text.inline(gap.text, question.digest, f"{question.id}-{gap.key}")


def _options(gap: Gap, order: Sequence[str], chosen: Any, at: Labels) -> Markup:
    own = {option.key for option in gap.options}
    return in_order(at.items, [key for key in order if key in own], [chosen]) if own else NONE


def in_order(choices: Mapping[str, Choice], order: Sequence[str], chosen: Collection[Any]) -> Markup:
    """Return what there is to choose in the order of the paper; keys without a choice are passed over."""
    return NONE.join(
        [choices[key].chosen if key in chosen else choices[key].plain for key in order if key in choices]
    )


def plain_text(markdown: str, question: Question, text: CourseText) -> str:
    """Return a text without marks, as the line of a list can hold it."""
    return plain_words(text.inline(markdown, question.digest, question.id))


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
    if part is None:
        return ""
    words = unreadable_text(part.problem, given=part.given, last=len(question.gaps))
    if question.kind != "cloze":
        return words
    number = question.gaps.index(part.gap) + 1
    return str(_("Blank %(number)s: %(problem)s", number=number, problem=words))


def bad_names(question: Question, answer: Any) -> list[str]:
    """Return the names of the fields that could not be read."""
    return [field_name(question, part.gap) for part in parts_of(question, answer) if part.problem]


def gap_lines(
    question: Question, answer: Any, mark: Marked, reveal: Reveal, text: CourseText
) -> tuple[GapLine, ...]:
    """Return the gaps of a result, with as much as may be shown."""
    return tuple(
        _line(question, part, mark, reveal, text) for part in _lines_in_order(question, answer, reveal)
    )


def _line(question: Question, part: Part, mark: Marked, reveal: Reveal, text: CourseText) -> GapLine:
    state = _state(question, part, mark, reveal)
    shown = reveal.keys and part.right is not True
    return GapLine(
        label(question, part.gap, text),
        _words(part, part.given, question, text),
        state,
        _said(question, part, state),
        _words(part, part.correct, question, text) if shown else Markup(),
    )


def _said(question: Question, part: Part, state: str) -> str:
    if not part.given:
        return str(_("Not answered"))
    if part.problem == "place_twice":
        return str(_("(used more than once, not counted)"))
    if part.problem:
        return str(_("(could not be read)"))
    if state == "wrong" and question.kind == "ordering" and part.given == part.correct:
        return str(_("(not directly after the step before it)"))
    words = {"right": _("(your answer, right)"), "wrong": _("(your answer, wrong)")}
    return str(words.get(state, _("(your answer)")))


def _lines_in_order(question: Question, answer: Any, reveal: Reveal) -> list[Part]:
    """The parts; steps by the number they were given, since their own order is the key."""
    found = list(parts_of(question, answer))
    if question.kind == "ordering":
        if not reveal.keys:
            found.sort(key=lambda part: part.gap.key)
        found.sort(key=lambda part: int(part.given) if part.right is not None else len(found) + 1)
    return found


def _words(part: Part, words: str, question: Question, text: CourseText) -> Markup:
    if question.kind == "ordering" and words and part.problem != "place_range":
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
