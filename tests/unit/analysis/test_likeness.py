"""Answers that are alike beyond chance are named, and nothing else."""

from __future__ import annotations

import random

import pytest

from lms.domain.analysis.rules.likeness import alike, is_too_quick

QUESTIONS = [f"k-{place:02}" for place in range(20)]


def answers_of(rng: random.Random, wrong: int) -> dict[str, str]:
    return {question: rng.choice("abc") for question in rng.sample(QUESTIONS, wrong)}


def office(people: int = 60) -> list[dict[str, str]]:
    rng = random.Random(5)
    return [answers_of(rng, 12) for _ in range(people)]


def test_two_who_copied_are_named_and_chance_is_not() -> None:
    wrong = office()
    assert alike(["u"] * 60, wrong) == []
    copied = [*wrong[:-1], dict(wrong[0])]
    (pair,) = alike(["u"] * 60, copied)
    assert (pair.first, pair.second, pair.alike, pair.both) == (0, 59, 12, 12)
    assert 3 < pair.expected < 5
    assert pair.chance < 1e-4
    apart = ["u"] * 59 + ["v"]
    assert alike(apart, copied) == []
    assert alike([None] * 60, copied) == []


def test_mistakes_that_everybody_makes_name_nobody() -> None:
    wrong = [dict.fromkeys(QUESTIONS, "a") for _ in range(40)]
    assert alike(["u"] * 40, wrong) == []


def test_three_alike_are_too_few_and_rare_ones_count() -> None:
    alone = [dict.fromkeys(QUESTIONS[:count], "rare") for count in (3, 3)]
    others: list[dict[str, str]] = [{} for _ in range(5)]
    assert alike([1, 1, 2, 2, 3, 3, 4], alone + others) == []
    many = [dict.fromkeys(QUESTIONS, "rare") for _ in range(2)]
    (pair,) = alike([1, 1, 2, 2, 3, 3, 4], many + others)
    assert pair.chance == pytest.approx(0.5**20)


def test_too_quick() -> None:
    assert is_too_quick(59, 180, 0.8)
    assert not is_too_quick(60, 180, 1.0)
    assert not is_too_quick(10, 180, 0.79)
