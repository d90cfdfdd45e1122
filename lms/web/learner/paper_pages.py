"""A paper and its result as pages print them: what a template gets holds no key that may not be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.content.questions import Question, Unreadable, kind_of
from lms.domain.catalog.models import CourseVersion
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.rules import Marked, Reveal
from lms.i18n.problems import unreadable_text
from lms.web.course_pages import CourseText, live_text
from lms.web.learner.paper_forms import stamp
from lms.web.learner.quiz_words import question_note, saved_text

ECHOED = frozenset({"numeric"})
"""Kinds whose answer is read back in words, since it can be read in more than one way."""


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
    hints: tuple[Markup, ...]
    choices: tuple[Choice, ...]
    text: str
    unit: str
    flagged: bool
    answered: bool
    saved: str
    seen: str
    echo: str
    problem: str


@dataclass(frozen=True)
class Line:
    """An option or typed answer of a result; `state` is right, partial, wrong or "" (not said)."""

    html: Markup
    state: str
    own: bool


@dataclass(frozen=True)
class Judged:
    """A question of a result, with as much as may be shown; `verdict` is a key of `VERDICTS`."""

    number: int
    key: str
    prompt: Markup
    verdict: str
    points: float
    max_points: float
    lines: tuple[Line, ...]
    remarks: tuple[Markup, ...]
    hints: tuple[Markup, ...]
    explanation: Markup
    reason: str


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
        page.append(
            _asked(question, number, title, entry["options"], stored.get(question.id), text, quiz.use)
        )
    return page


def _asked(
    question: Question, number: int, group: str, order: Sequence[str], row: Response | None, text: CourseText,
    use: str,
) -> Asked:  # fmt: skip
    answer = row.answer if row else None
    saved_at = row.saved_at if row else None
    return Asked(
        number=number,
        key=question.id,
        kind=question.kind,
        group=group,
        note=question_note(question),
        prompt=text.block(question.prompt, question.digest, question.id),
        hints=_blocks(question.hints if use == "practice" else (), question, text, "h"),
        choices=_choices(question, order, answer, text),
        text=typed_text(question, answer),
        unit=question.unit,
        flagged=bool(row and row.flagged),
        answered=not rules.is_blank(answer) and rules.unread_text(answer) is None,
        saved=saved_text(None if rules.is_blank(answer) else saved_at),
        seen=stamp(saved_at),
        echo=echo_of(question, answer),
        problem=problem_of(question, answer),
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
    return "" if question.options else kind_of(question).show(replace(question, unit=""), answer)


def echo_of(question: Question, answer: Any) -> str:
    """Return how a stored answer was read, for kinds where that is not plain."""
    return kind_of(question).show(question, answer) if question.kind in ECHOED else ""


def problem_of(question: Question, answer: Any) -> str:
    """Return what is wrong with a stored answer that could not be read, in words; else ""."""
    unread = rules.unread_text(answer)
    if unread is None:
        return ""
    try:
        kind_of(question).read(question, {"": [unread]})
    except Unreadable as error:
        return unreadable_text(error.code)
    return ""


def judged(
    quiz: Quiz,
    attempt: Attempt,
    answers: Mapping[str, Any],
    marks: Mapping[str, Marked],
    gradings: Mapping[str, Grading],
    reveal: Reveal,
    text: CourseText,
) -> list[Judged]:
    """Return the questions of a closed attempt; none when not even the verdicts may be shown."""
    if not reveal.verdicts:
        return []
    questions = {question.id: question for question in quiz.questions()}
    page = []
    for number, entry in enumerate(rules.paper_of(attempt.paper)["questions"], 1):
        question, mark = questions[entry["id"]], marks[entry["id"]]
        row = gradings.get(question.id)
        page.append(_judged(question, number, answers.get(question.id), mark, row, reveal, text))
    return page


def _judged(
    question: Question, number: int, answer: Any, mark: Marked, row: Grading | None, reveal: Reveal,
    text: CourseText,
) -> Judged:  # fmt: skip
    remarks: list[str] = []
    if reveal.feedback:
        remarks += kind_of(question).grade(question, answer).remarks
        remarks.append(question.feedback_for(mark.verdict))
    unread = rules.unread_text(answer) is not None
    helpful = reveal.feedback and mark.verdict != "right"
    return Judged(
        number=number,
        key=question.id,
        prompt=text.block(question.prompt, question.digest, question.id),
        verdict="unreadable" if mark.verdict == "blank" and unread else mark.verdict,
        points=mark.points,
        max_points=mark.max_points,
        lines=_option_lines(question, answer, mark, reveal, text) if question.options
        else _typed_lines(question, answer, mark, reveal),
        remarks=_blocks(remarks, question, text, "r"),
        hints=_blocks(question.hints if helpful else (), question, text, "h"),
        explanation=text.block(question.explanation, question.digest, f"{question.id}-e")
        if reveal.explanation and question.explanation else Markup(),
        reason=row.reason if row and row.graded_by is not None else "",
    )  # fmt: skip


def _option_lines(
    question: Question, answer: Any, mark: Marked, reveal: Reveal, text: CourseText
) -> tuple[Line, ...]:
    chosen = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, list) else set()
    lines = []
    for option in question.options:
        own, earns = option.key in chosen, option.weight > 0
        if not own and not (reveal.keys and earns):
            continue
        worth = "right" if option.right else "partial" if earns else "wrong"
        state = worth if reveal.keys else _whole_state(mark, len(chosen))
        lines.append(
            Line(text.inline(option.text, question.digest, f"{question.id}-{option.key}"), state, own)
        )
    return tuple(lines)


def _whole_state(mark: Marked, chosen: int) -> str:
    """What may be said of each chosen option while the key is hidden: only what the verdict says anyway."""
    if mark.verdict == "right":
        return "right"
    return "wrong" if mark.verdict == "wrong" and chosen == 1 else ""


def _typed_lines(question: Question, answer: Any, mark: Marked, reveal: Reveal) -> tuple[Line, ...]:
    lines = []
    given = rules.unread_text(answer) or kind_of(question).show(question, answer)
    if given:
        state = {"right": "right", "wrong": "wrong"}.get(mark.verdict, "")
        lines.append(Line(escape(given), state, True))
    if reveal.keys and mark.verdict != "right":
        lines.append(Line(escape(kind_of(question).right_answer(question)), "right", False))
    return tuple(lines)


def _blocks(texts: Sequence[str], question: Question, text: CourseText, part: str) -> tuple[Markup, ...]:
    return tuple(
        text.block(markdown, question.digest, f"{question.id}-{part}{number}")
        for number, markdown in enumerate(texts)
        if markdown
    )
