"""A result as pages print it: what a template gets holds no more than may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from lms.content.course import Quiz
from lms.content.questions import Question, kind_of
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt, Grading
from lms.domain.quizzes.queries import SavedAnswer, ShownAttempt
from lms.domain.quizzes.rules import Marked, Reveal
from lms.web.course_pages import CourseText
from lms.web.learner.essay_pages import EssayShown, essay_shown
from lms.web.learner.gap_pages import GapLine, gap_lines, plain_prompt
from lms.web.learner.paper_parts import blocks


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
    gaps: tuple[GapLine, ...]
    remarks: tuple[Markup, ...]
    hints: tuple[Markup, ...]
    explanation: Markup
    legal_basis: str
    reason: str
    essay: EssayShown | None


def judged(
    quiz: Quiz,
    attempt: Attempt,
    answers: Mapping[str, Any],
    marks: Mapping[str, Marked],
    gradings: Mapping[str, Grading],
    reveal: Reveal,
    text: CourseText,
    corrected: Mapping[str, Question],
) -> list[Judged]:
    """Return the questions of a closed attempt; none when not even the verdicts may be shown.

    Those of `corrected` count by a later key and are shown with it.
    """
    if not reveal.verdicts:
        return []
    questions = {**{question.id: question for question in quiz.questions()}, **corrected}
    page = []
    for number, entry in enumerate(rules.paper_of(attempt.paper)["questions"], 1):
        question = questions[entry["id"]]
        mark = marks.get(question.id) or Marked(question.id, 0.0, 0.0, entry["points"], "pending")
        row = gradings.get(question.id)
        page.append(judge(question, number, answers.get(question.id), mark, row, reveal, text))
    return page


def checked(
    quiz: Quiz, attempt: ShownAttempt, stored: Mapping[str, SavedAnswer], text: CourseText
) -> dict[str, Judged]:
    """Return those questions of an open attempt whose answers were checked, with everything of them."""
    found = {}
    questions = {question.id: question for question in quiz.questions()}
    for number, entry in enumerate(rules.paper_of(attempt.paper)["questions"], 1):
        row, question = stored.get(entry["id"]), questions[entry["id"]]
        if row is None or row.checked_at is None:
            continue
        mark = rules.marked(question, row.answer, entry["points"])
        found[question.id] = judge(question, number, row.answer, mark, None, rules.WHOLE, text)
    return found


def judge(
    question: Question, number: int, answer: Any, mark: Marked, row: Grading | None, reveal: Reveal,
    text: CourseText,
) -> Judged:  # fmt: skip
    """Return a question with its mark and as much as may be shown."""
    remarks: list[str] = []
    if reveal.feedback:
        remarks += kind_of(question).grade(question, answer).remarks
        remarks.append(question.feedback_for(mark.verdict))
    unread = rules.unread_text(answer) is not None
    helpful = reveal.feedback and mark.verdict not in {"right", "pending"}
    essay = essay_shown(question, answer, row, reveal)
    return Judged(
        number=number,
        key=question.id,
        prompt=plain_prompt(question, text.block(question.prompt, question.digest, question.id)),
        verdict="unreadable" if mark.verdict == "blank" and unread else mark.verdict,
        points=mark.points,
        max_points=mark.max_points,
        lines=() if essay else _lines(question, answer, mark, reveal, text),
        gaps=gap_lines(question, answer, mark, reveal, text),
        remarks=blocks(remarks, question, text, "r"),
        hints=blocks(question.hints if helpful else (), question, text, "h"),
        explanation=text.block(question.explanation, question.digest, f"{question.id}-e")
        if reveal.explanation and question.explanation else Markup(),
        legal_basis=question.legal_basis if reveal.explanation else "",
        reason=row.reason if row and row.graded_by is not None else "",
        essay=essay,
    )  # fmt: skip


def _lines(
    question: Question, answer: Any, mark: Marked, reveal: Reveal, text: CourseText
) -> tuple[Line, ...]:
    if question.gaps:
        return ()
    if question.options:
        return _option_lines(question, answer, mark, reveal, text)
    return _typed_lines(question, answer, mark, reveal)


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
    right = kind_of(question).right_answer(question)
    if reveal.keys and right and mark.verdict != "right":
        lines.append(Line(escape(right), "right", False))
    return tuple(lines)
