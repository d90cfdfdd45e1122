"""Drawing a paper: which questions, in which order, frozen at the start of an attempt.

The paper holds ids, digests, points and the order of options, and the conditions under which the
attempt is taken. It never holds a key, a weight or a feedback.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

from lms.content.course import Pool, Quiz
from lms.content.questions import Question, kind_of


class PaperQuestion(TypedDict):
    """One question of a paper; `options` is the order to show them in, `pool` the number of its group."""

    id: str
    digest: str
    points: float
    pool: int
    options: list[str]


class Paper(TypedDict):
    """The frozen paper of an attempt. `minutes` is the time limit, None without one."""

    questions: list[PaperQuestion]
    max_points: float
    pass_mark: int
    counts: str
    use: str
    minutes: int | None


def draw(quiz: Quiz, rng: random.Random) -> Paper:
    """Draw a paper: `take` questions of each group, shuffled inside the group when the quiz says so.

    Groups keep their order. Without shuffling the drawn questions stand in source order.
    """
    questions = [
        _entry(question, number, rng)
        for number, pool in enumerate(quiz.pools)
        for question in _drawn(pool, quiz.shuffle, rng)
    ]
    return Paper(
        questions=questions,
        max_points=sum(question["points"] for question in questions),
        pass_mark=quiz.pass_mark,
        counts=quiz.counts,
        use=quiz.use,
        minutes=quiz.minutes_limit,
    )


def paper_of(stored: Mapping[str, Any]) -> Paper:
    """Return a stored paper under its type."""
    return cast(Paper, stored)


def keys_of(paper: Paper) -> list[str]:
    """Return the ids of the questions in the order of the paper."""
    return [question["id"] for question in paper["questions"]]


def _drawn(pool: Pool, shuffle: bool, rng: random.Random) -> Sequence[Question]:
    places = sorted(rng.sample(range(len(pool.questions)), pool.drawn))
    if shuffle:
        rng.shuffle(places)
    return [pool.questions[place] for place in places]


def _entry(question: Question, pool: int, rng: random.Random) -> PaperQuestion:
    return PaperQuestion(
        id=question.id,
        digest=question.digest,
        points=question.points,
        pool=pool,
        options=kind_of(question).shuffled(question, rng),
    )
