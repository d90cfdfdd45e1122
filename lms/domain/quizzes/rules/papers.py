"""Drawing a paper: which questions, in which order, frozen at the start of an attempt.

The paper holds ids, digests, points and the order of options, and the conditions under which the
attempt is taken. It never holds a key, a weight or a feedback.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
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


def draw(quiz: Quiz, rng: random.Random, seen: Collection[str] = ()) -> Paper:
    """Draw a paper: `take` questions of each group, shuffled inside the group when the quiz says so.

    Pinned ones are always among them; of the others those that the person has not `seen` (ids) come first.
    Groups keep their order. Without shuffling the drawn questions stand in source order.
    """
    questions = [
        _entry(question, number, rng)
        for number, pool in enumerate(quiz.pools)
        for question in _drawn(pool, quiz.shuffle, rng, seen)
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


def seen_in(papers: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the ids of the questions that stand in earlier papers."""
    return frozenset(key for stored in papers for key in keys_of(paper_of(stored)))


def _drawn(pool: Pool, shuffle: bool, rng: random.Random, seen: Collection[str]) -> Sequence[Question]:
    pinned = [place for place, item in enumerate(pool.questions) if item.id in pool.pinned]
    others = [place for place, item in enumerate(pool.questions) if item.id not in pool.pinned]
    fresh = [place for place in others if pool.questions[place].id not in seen]
    known = [place for place in others if pool.questions[place].id in seen]
    wanted = max(0, pool.drawn - len(pinned))
    new = rng.sample(fresh, min(wanted, len(fresh)))
    places = sorted([*pinned, *new, *rng.sample(known, wanted - len(new))])
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
