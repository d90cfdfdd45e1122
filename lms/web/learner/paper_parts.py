"""What of a question on a page is the same for everybody who sees it: made once, kept, filled for each.

A `Ready` is a question of one version in the language of one reader. It gives the templates a `Printed`:
the question with a slot (`web/fragments.py`) wherever something is one person's own - number, order of the
options, answer, when it was saved. The page of a paper only fills these slots. No key is in either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flask import get_template_attribute
from markupsafe import Markup

from lms.cache import Cache
from lms.content.html import plain_words
from lms.content.questions import Option, Question
from lms.i18n.locale import current_locale
from lms.web.course_pages import CourseText
from lms.web.fragments import slot
from lms.web.learner import gap_pages
from lms.web.learner.essay_pages import EssayField, essay_field
from lms.web.learner.gap_pages import Choice, Field, Piece
from lms.web.learner.quiz_words import question_note

_ready: Cache[tuple[str, ...], Ready] = Cache(2048)


@dataclass(frozen=True)
class State:
    """What decides how a question is printed, of all that is one person's own; few of these exist."""

    answered: bool
    flagged: bool
    problem: bool
    echo: bool
    fields: tuple[tuple[bool, bool], ...]
    """Of each field: whether a number is typed into it, and whether there are texts to choose from."""


@dataclass(frozen=True, eq=False)
class Printed:
    """A question as the templates get it, with slots for what is one person's own (`Asked.own`).

    There is one for each state of a `Ready`, so fragments tell them apart by identity.
    """

    key: str
    kind: str
    note: str
    hints: tuple[Markup, ...]
    pattern: str
    unit: str
    pieces: tuple[Piece, ...]
    fields: tuple[Field, ...]
    essay: EssayField | None
    answered: bool
    flagged: bool
    problem: str
    echo: str
    number: str = slot("number")
    choices: Markup = slot("choices")
    text: str = slot("text")
    saved: str = slot("saved")
    seen: str = slot("seen")
    progress: str = slot("progress")
    length: str = slot("length")
    """How many words an essay has."""


class Ready:
    """A question of one version in one language: everything of it that no answer changes."""

    def __init__(self, question: Question, text: CourseText, use: str) -> None:
        self.question, self._printed = question, dict[State, Printed]()
        self.note = question_note(question)
        self.html = text.block(question.prompt, question.digest, question.id)
        self.prompt = gap_pages.plain_prompt(question, self.html)
        self.hints = blocks(question.hints if use == "practice" else (), question, text, "h")
        self.without_unit = replace(question, unit="")
        self.choices = {
            option.key: _choice(
                "choice",
                question,
                option,
                text.inline(option.text, question.digest, f"{question.id}-{option.key}"),
            )
            for option in question.options
        }
        self.labels = {gap.key: gap_pages.label(question, gap, text) for gap in question.gaps}
        self.words = {key: plain_words(html) for key, html in self.labels.items()}
        self.items = {
            option.key: _choice("item", question, option, gap_pages.plain_text(option.text, question, text))
            for gap in question.gaps
            for option in gap.options
        }
        self.pattern = gap_pages.progress_pattern(question)

    @cached_property
    def essay(self) -> EssayField | None:
        """How long an essay is to be; None for other kinds."""
        return essay_field(self.question)

    def printed(self, state: State) -> Printed:
        """Return the question for the templates as it stands in that state."""
        found = self._printed.get(state)
        return found or self._printed.setdefault(state, self._print(state))

    def _print(self, state: State) -> Printed:
        fields = tuple(_field(at, *field) for at, field in enumerate(state.fields))
        return Printed(
            key=self.question.id,
            kind=self.question.kind,
            note=self.note,
            hints=self.hints,
            pattern=self.pattern,
            unit=self.question.unit,
            pieces=gap_pages.pieces(self.question, self.html, fields),
            fields=fields,
            essay=self.essay,
            answered=state.answered,
            flagged=state.flagged,
            problem=slot("problem") if state.problem else "",
            echo=slot("echo") if state.echo else "",
        )


def ready(question: Question, text: CourseText, use: str) -> Ready:
    """Return what of a question is the same for all, from memory when it was made before.

    The place of a text names its version, so the key holds all that can change: text, files, language.
    """
    key = (text.slug, text.place, text.language, current_locale(), use, question.id, question.digest)
    return _ready.get(key, lambda: Ready(question, text, use))


def _choice(macro: str, question: Question, option: Option, words: Markup | str) -> Choice:
    """An option as a macro of macros/questions.html draws it, not chosen and chosen."""
    drawn = get_template_attribute("macros/questions.html", macro)
    return Choice(*(drawn(question, option.key, words, chosen) for chosen in (False, True)))


def _field(at: int, numeric: bool, listed: bool) -> Field:
    """The slots of a field; what `Asked.own` gives them has the same names."""
    return Field(
        key=slot(f"key{at}"),
        name=slot(f"name{at}"),
        label=slot(f"label{at}"),
        words=slot(f"words{at}"),
        value=slot(f"value{at}"),
        options=slot(f"options{at}") if listed else gap_pages.NONE,
        bad=slot(f"bad{at}"),
        numeric=numeric,
    )


def blocks(texts: Sequence[str], question: Question, text: CourseText, part: str) -> tuple[Markup, ...]:
    """Return those of the texts that say anything as HTML; `part` keeps their ids apart."""
    return tuple(
        text.block(markdown, question.digest, f"{question.id}-{part}{number}")
        for number, markdown in enumerate(texts)
        if markdown
    )
