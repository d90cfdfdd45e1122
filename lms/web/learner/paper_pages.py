"""A paper as pages print it: what a template gets holds no key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.content.questions import Question, Unreadable, is_whole, kind_of
from lms.domain.catalog.models import CourseVersion
from lms.domain.quizzes import actions, rules
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import ShownAttempt
from lms.i18n import formats
from lms.i18n.problems import unreadable_text
from lms.web.course_pages import CourseText, live_text
from lms.web.fragments import Own
from lms.web.learner import gap_pages
from lms.web.learner.essay_pages import length_note, length_text
from lms.web.learner.gap_pages import gap_echo, in_order
from lms.web.learner.paper_parts import Printed, Ready, State, ready
from lms.web.learner.quiz_words import saved_text

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


class Asked:
    """A question on the paper of one person, with the saved answer; made for one page."""

    def __init__(self, kept: Ready, number: int, group: str, order: Sequence[str], row: Saved | None) -> None:
        self.ready, self.number, self.group, self.order = kept, number, group, order
        self.question = kept.question
        self.key, self.kind = self.question.id, self.question.kind
        self.answer = row.answer if row else None
        self.saved_at = row.saved_at if row else None
        self.flagged = bool(row and row.flagged)
        self.seen = str(row.revision) if row else ""
        self.answered = rules.is_answered(self.question, self.answer)
        self.problem = "" if self.answered else problem_of(self.question, self.answer)
        self.fields = gap_pages.gap_fields(self.question, order, self.answer, kept)

    @property
    def prompt(self) -> Markup:
        """The text of the question, numbers where its gaps are."""
        return self.ready.prompt

    @property
    def hints(self) -> tuple[Markup, ...]:
        """Hints, one after the other."""
        return self.ready.hints

    @property
    def is_essay(self) -> bool:
        """Whether a person marks the answer."""
        return self.ready.essay is not None

    @property
    def length_note(self) -> str:
        """That an essay is shorter or longer than asked for; else ""."""
        return length_note(self.question, self.answer) if self.is_essay else ""

    @property
    def progress(self) -> str:
        """Return "2 of 4 paired"; "" for kinds with one answer."""
        return gap_pages.progress(self.question, self.answer) if self.fields else ""

    @property
    def target(self) -> str:
        """The id of the field to look at when something cannot be read."""
        first = next((field for field in self.fields if field.bad), None)
        return f"f-{self.number}-{first.key}" if first else f"f-{self.number}"

    @cached_property
    def echo(self) -> str:
        """How the answer was read, for kinds where that is not plain."""
        return echo_of(self.question, self.answer)

    @property
    def printed(self) -> Printed:
        """The question for the templates, with slots that `own` fills."""
        fields = tuple((field.numeric, bool(field.options)) for field in self.fields)
        return self.ready.printed(
            State(self.answered, self.flagged, bool(self.problem), bool(self.echo), fields)
        )

    def own(self, check: str = "") -> Own:
        """Return what fills the slots of `printed`; `check` is where its button leads, on a paper."""
        saved_at = None if rules.is_blank(self.answer) else self.saved_at
        whole = self.answered or is_whole(self.question, self.answer)
        found: dict[str, object] = {
            "number": str(self.number), "seen": self.seen, "saved": saved_text(saved_at, whole),
            "problem": self.problem, "echo": self.echo, "check": check,
        }  # fmt: skip
        if self.ready.choices:
            chosen = self.answer if isinstance(self.answer, list) else [self.answer]
            found["choices"] = in_order(self.ready.choices, self.order, chosen)
        else:
            found["text"] = typed_text(self.ready.without_unit, self.answer)
        if self.is_essay:
            found["length"] = length_text(self.question, self.answer)
        if self.fields:
            found["progress"] = self.progress
        for at, field in enumerate(self.fields):
            found |= {
                f"key{at}": field.key, f"name{at}": field.name, f"label{at}": field.label,
                f"words{at}": field.words, f"value{at}": field.value, f"bad{at}": field.bad,
                f"options{at}": field.options,
            }  # fmt: skip
        return Own(found)


def text_of(session: Session, attempt: Attempt) -> CourseText:
    """Return the renderer for the version that the attempt was started with."""
    enrollment = attempt.enrollment
    version = enrollment.version
    if version.id != attempt.version_id:
        version = session.get_one(CourseVersion, attempt.version_id)
    return live_text(session, version, enrollment.course.slug)


def asked(quiz: Quiz, attempt: ShownAttempt, stored: Mapping[str, Saved], text: CourseText) -> list[Asked]:
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
    return Asked(ready(question, text, use), number, group, order, row)


def typed_text(question: Question, answer: Any) -> str:
    """Return a stored answer as it stands in its field; the unit stands beside it, so `question` has none."""
    unread = rules.unread_text(answer)
    if unread is not None:
        return unread
    if answer is None or question.options or question.gaps:
        return ""
    return kind_of(question).show(question, answer)


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
