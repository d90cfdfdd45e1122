"""Answers as a form sends them.

Fields of a question `ID`: `q-ID` (repeated by checkboxes; `q-ID:part` where a kind has several fields),
`flag-ID`, `seen-ID` (the revision of the answer that the page knew; empty: there was none), `was-ID`
(earlier bodies of the same sender of which it heard nothing) and `step-ID` (which browser sends, and its
how manieth: "1f9c.17"). A whole form names the questions it carries in `q`, so that a field which is
missing never erases an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from lms.content.course import Quiz
from lms.content.questions import Question, Unreadable, kind_of
from lms.domain.quizzes.actions import Given
from lms.domain.quizzes.rules import UNREADABLE, Paper

Form = MultiDict[str, str]
LONGEST_KEPT = 100_000
_STEP = re.compile(r"([0-9a-f]{1,36})\.([0-9]{1,9})")
TYPED = "number_unreadable", "answer_long", "essay_long"
"""Codes of answers that were typed: they are kept as text. Others that cannot be read are not taken."""


@dataclass(frozen=True)
class Read:
    """An answer as read; `problem` is the code of what is wrong, `given` None when it is not taken."""

    given: Given | None
    problem: str = ""


def read_question(question: Question, form: Form) -> Read:
    """Return what the form says to one question."""
    answer, problem = _answer(question, form)
    if problem and problem not in TYPED:
        return Read(None, problem)
    seen, (sender, step) = form.get(f"seen-{question.id}"), _step(form.get(f"step-{question.id}", ""))
    return Read(
        Given(
            question.id,
            answer,
            flagged=bool(form.get(f"flag-{question.id}")),
            checked=seen is not None,
            seen=_revision(seen or ""),
            earlier=tuple(_earlier(question, form)),
            sender=sender,
            step=step,
        ),
        problem,
    )


def read_form(quiz: Quiz, paper: Paper, form: Form) -> list[Given]:
    """Return the answers to those questions of the paper that the form names in `q`."""
    named = set(form.getlist("q")) & {entry["id"] for entry in paper["questions"]}
    read = [read_question(question, form) for question in quiz.questions() if question.id in named]
    return [item.given for item in read if item.given is not None]


def _answer(question: Question, form: Form) -> tuple[Any, str]:
    values = _values(question.id, form)
    try:
        return kind_of(question).read(question, values), ""
    except Unreadable as error:
        return {UNREADABLE: values.get("", [""])[0][:LONGEST_KEPT]}, error.code


def _values(question_id: str, form: Form) -> Mapping[str, list[str]]:
    name = f"q-{question_id}"
    values = {key[len(name) + 1 :]: form.getlist(key) for key in form if key.startswith(f"{name}:")}
    if name in form:
        values[""] = form.getlist(name)
    return values


def _earlier(question: Question, form: Form) -> Iterable[Any]:
    for body in form.getlist(f"was-{question.id}")[:5]:
        yield _answer(question, MultiDict(parse_qsl(body[:LONGEST_KEPT], keep_blank_values=True)))[0]


def _step(text: str) -> tuple[str, int]:
    """Return which browser sends and its step; ("", 0), which is nobody's, for what is no step."""
    found = _STEP.fullmatch(text)
    return (found[1], int(found[2])) if found else ("", 0)


def _revision(text: str) -> int:
    """Return 0 for none and -1, which no answer has, for what is no number of a revision."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1
