"""A question from a few lines of source, and its mark for what a form sends."""

from __future__ import annotations

from collections.abc import Mapping

from lms.content.parse import parse_quiz
from lms.content.questions import Mark, Question, kind_of

HEAD = "---\njenis: kuis\nid: k\njudul: Kuis\n---\n"


def make(source: str, attributes: str = "", prompt: str = "Tanya?\n\n") -> Question:
    """The question with these answer lines; `attributes` go to its heading."""
    quiz = parse_quiz(f"{HEAD}## Judul {{#s1 {attributes}}}\n\n{prompt}{source}\n", "kuis.md")
    return next(quiz.questions())


def read(question: Question, form: Mapping[str, str]) -> object:
    """The answer that is stored when the fields of a form hold that."""
    return kind_of(question).read(question, {key: [text] for key, text in form.items()})


def grade(question: Question, form: Mapping[str, str]) -> Mark:
    """The mark for what the fields of a form hold."""
    return kind_of(question).grade(question, read(question, form))
