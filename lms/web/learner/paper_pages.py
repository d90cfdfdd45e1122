"""A paper as pages print it: what a template gets holds no key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Protocol, cast

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.content.questions import Question, Unreadable, is_whole, kind_of
from lms.domain.catalog.models import CourseVersion
from lms.domain.quizzes import actions, rules
from lms.domain.quizzes.models import Attempt, Response
from lms.i18n import formats
from lms.i18n.problems import unreadable_text
from lms.web.course_pages import CourseText, live_text
from lms.web.fragments import slot
from lms.web.learner import gap_pages
from lms.web.learner.essay_pages import EssayField, essay_field
from lms.web.learner.gap_pages import Field, Piece, gap_echo
from lms.web.learner.quiz_words import question_note, saved_text

ECHOED = frozenset({"numeric"})
"""Kinds whose answer is read back in words, since it can be read in more than one way."""


class Saved(Protocol):
    """What a page needs of a saved answer."""

    @property
    def answer(self) -> Any: ...
    @property
    def saved_at(self) -> datetime: ...
    @property
    def flagged(self) -> bool: ...
    @property
    def revision(self) -> int: ...


@dataclass(frozen=True)
class Choice:
    """An option to choose."""

    key: str
    html: Markup
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """A question on the paper with the saved answer."""

    number: int
    key: str
    kind: str
    group: str
    note: str
    prompt: Markup
    pieces: tuple[Piece, ...]
    hints: tuple[Markup, ...]
    choices: tuple[Choice, ...]
    fields: tuple[Field, ...]
    progress: str
    pattern: str
    text: str
    unit: str
    flagged: bool
    answered: bool
    saved: str
    seen: str
    echo: str
    problem: str
    essay: EssayField | None

    @property
    def target(self) -> str:
        """The id of the field to look at when something cannot be read."""
        first = next((field for field in self.fields if field.bad), None)
        return f"f-{self.number}-{first.key}" if first else f"f-{self.number}"

    @property
    def plain(self) -> bool:
        """Tell whether nothing but the choice or the typed text is the person's own: such ones are kept."""
        return not self.fields and self.essay is None

    @cached_property
    def shared(self) -> Asked:
        """The question with slots for what is the person's own; `own` fills them."""
        return replace(
            self,
            number=cast(int, slot("number")),
            text=slot("text") if self.text else "",
            saved=slot("saved"),
            seen=slot("seen"),
            echo=slot("echo") if self.echo else "",
            choices=tuple(_slots(at, choice.chosen) for at, choice in enumerate(self.choices)),
        )

    @property
    def own(self) -> dict[str, object]:
        """What fills the slots of `shared`: number, order of the options, answer, when it was saved."""
        found: dict[str, object] = {
            "number": self.number, "text": self.text, "saved": self.saved, "seen": self.seen,
            "echo": self.echo,
        }  # fmt: skip
        for at, choice in enumerate(self.choices):
            found[f"key{at}"], found[f"html{at}"] = choice.key, choice.html
        return found


@cache
def _slots(at: int, chosen: bool) -> Choice:
    return Choice(slot(f"key{at}"), slot(f"html{at}"), chosen)


def text_of(session: Session, attempt: Attempt) -> CourseText:
    """Return the renderer for the version that the attempt was started with."""
    enrollment = attempt.enrollment
    version = enrollment.version
    if version.id != attempt.version_id:
        version = session.get_one(CourseVersion, attempt.version_id)
    return live_text(session, version, enrollment.course.slug)


def asked(quiz: Quiz, attempt: Attempt, stored: Mapping[str, Response], text: CourseText) -> list[Asked]:
    """Return the questions of an open attempt in the order of its paper."""
    questions = {question.id: question for question in quiz.questions()}
    page: list[Asked] = []
    group = -1
    for number, entry in enumerate(rules.paper_of(attempt.paper)["questions"], 1):
        title = quiz.pools[entry["pool"]].title if entry["pool"] != group else ""
        group = entry["pool"]
        question = questions[entry["id"]]
        page.append(ask(question, number, title, entry["options"], stored.get(question.id), text, quiz.use))
    return page


def ask(
    question: Question, number: int, group: str, order: Sequence[str], row: Saved | None, text: CourseText,
    use: str,
) -> Asked:  # fmt: skip
    """Return a question with the saved answer; hints come along in practice only."""
    answer = row.answer if row else None
    saved_at = row.saved_at if row else None
    prompt = text.block(question.prompt, question.digest, question.id)
    fields = gap_pages.gap_fields(question, order, answer, text)
    return Asked(
        number=number,
        key=question.id,
        kind=question.kind,
        group=group,
        note=question_note(question),
        prompt=gap_pages.plain_prompt(question, prompt),
        pieces=gap_pages.pieces(question, prompt, fields),
        hints=blocks(question.hints if use == "practice" else (), question, text, "h"),
        choices=_choices(question, order, answer, text),
        fields=fields,
        progress=gap_pages.progress(question, answer),
        pattern=gap_pages.progress_pattern(question),
        text=typed_text(question, answer),
        unit=question.unit,
        flagged=bool(row and row.flagged),
        answered=rules.is_answered(question, answer),
        saved=saved_text(None if rules.is_blank(answer) else saved_at, is_whole(question, answer)),
        seen=str(row.revision) if row else "",
        echo=echo_of(question, answer),
        problem=problem_of(question, answer),
        essay=essay_field(question, answer),
    )


def _choices(question: Question, order: Sequence[str], answer: Any, text: CourseText) -> tuple[Choice, ...]:
    chosen = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, list) else set()
    options = {option.key: option for option in question.options}
    return tuple(
        Choice(key, text.inline(options[key].text, question.digest, f"{question.id}-{key}"), key in chosen)
        for key in order
        if key in options
    )


def typed_text(question: Question, answer: Any) -> str:
    """Return a stored answer as it stands in its field (the unit stands beside it)."""
    unread = rules.unread_text(answer)
    if unread is not None:
        return unread
    return (
        ""
        if question.options or question.gaps
        else kind_of(question).show(replace(question, unit=""), answer)
    )


def echo_of(question: Question, answer: Any) -> str:
    """Return how a stored answer was read, for kinds where that is not plain."""
    return kind_of(question).show(question, answer) if question.kind in ECHOED else gap_echo(question, answer)


def receipt(
    question: Question, answer: Any, saved: actions.Saved, deadline_at: datetime | None
) -> dict[str, object]:
    """Return what the script hears of an answer that was saved: when, how it was read, what is wrong.

    `end` is when the time ends (seconds; None without a limit): it may have been moved meanwhile.
    """
    saved_at = saved.saved_at
    echo, whole = echo_of(question, answer), rules.is_blank(answer) or is_whole(question, answer)
    return {
        "saved_at": formats.clock(saved_at),
        "message": saved_text(saved_at, whole),
        "seen": str(saved.revision),
        "end": int(deadline_at.timestamp()) if deadline_at else None,
        "whole": whole,
        "echo": _("Read as: %(answer)s", answer=echo) if echo else "",
        "problem": problem_of(question, answer),
        "bad": gap_pages.bad_names(question, answer),
    }


def problem_of(question: Question, answer: Any) -> str:
    """Return what is wrong with a stored answer that could not be read, in words; else ""."""
    unread = rules.unread_text(answer)
    if unread is None:
        return gap_pages.gap_problem(question, answer)
    try:
        kind_of(question).read(question, {"": [unread]})
    except Unreadable as error:
        return unreadable_text(error.code)
    return ""


def blocks(texts: Sequence[str], question: Question, text: CourseText, part: str) -> tuple[Markup, ...]:
    """Return those of the texts that say anything as HTML; `part` keeps their ids apart."""
    return tuple(
        text.block(markdown, question.digest, f"{question.id}-{part}{number}")
        for number, markdown in enumerate(texts)
        if markdown
    )
