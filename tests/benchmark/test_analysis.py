"""Item analysis of 5,000 people and 40 questions, in plain Python; `make bench` prints the figure."""

from __future__ import annotations

import random
import time
from statistics import median

import pytest

from lms.domain.analysis.rules import Item, analyse
from tests.benchmark.meter import no_collector

PEOPLE, QUESTIONS, AIM = 5000, 40, 1.0
SLACK = 3.0
"""The run fails only beyond the aim times this: a busy machine must not."""


def test_a_large_quiz(capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(3)
    strength = [rng.gauss(0.7, 0.15) for _ in range(PEOPLE)]
    items = [Item(1.0, [float(rng.random() < one) for one in strength]) for _ in range(QUESTIONS)]
    spent = []
    with no_collector():
        for _ in range(3):
            begin = time.process_time()
            assert len(analyse(items).items) == QUESTIONS
            spent.append(time.process_time() - begin)
    with capsys.disabled():
        print(f"\nAnalisis butir, {PEOPLE} orang x {QUESTIONS} soal: {median(spent):.2f} s CPU.")
    assert median(spent) <= SLACK * AIM
