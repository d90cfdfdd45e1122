"""Answers that are alike beyond chance, and papers handed in faster than they can be read.

Neither proves anything: people of one office learn from each other, and one may have read the questions
before. The rules only say when chance is a poor explanation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

FEWEST_ALIKE = 4
"""Fewer wrong answers in common are no reason to look."""
MOST_IN_UNIT = 100
"""In a larger unit people hardly sit side by side: it is not compared."""
FALSE_ALARMS = 0.01
"""Among all pairs of a quiz that never saw each other's answers, so many would be named by chance."""
QUICK_SHARE, QUICK_RIGHT = 1 / 3, 0.8
"""A paper counts as too quick below this share of its reading time, when so much of it is right."""


@dataclass(frozen=True)
class Pair:
    """Two people by their places: `alike` of the `both` questions that both have wrong, got the same answer.

    `expected` is how many of them would be by chance, `chance` (0 to 1) how likely so many are.
    """

    first: int
    second: int
    alike: int
    both: int
    expected: float
    chance: float


def alike(units: Sequence[Hashable | None], wrong: Sequence[Mapping[str, str]]) -> list[Pair]:
    """Return pairs of one unit with more identical wrong answers than chance gives, the least likely first.

    `wrong` holds each person's wrong answers by question, of questions with several possible ones. That two
    who err at a question err alike has the chance with which any two wrong answers of the others are the
    same, drawn towards one half where these are few; questions are taken as independent. A pair is named
    when the chance of at least so many, times the number of pairs compared, is below 1 in 100.
    Source of the method: Bellezza, F. S. and Bellezza, S. F. (1989), Detection of cheating on
    multiple-choice tests by using error-similarity analysis, Teaching of Psychology 16(3), 151-155.
    """
    counts = _counts(wrong)
    sets = [frozenset(one.items()) for one in wrong]
    found, compared = [], 0
    for people in _by_unit(units):
        for first, second in combinations(people, 2):
            compared += 1
            if len(sets[first] & sets[second]) >= FEWEST_ALIKE:
                found.append(_pair(first, second, wrong, counts))
    return sorted(
        (pair for pair in found if pair.chance * compared < FALSE_ALARMS), key=lambda pair: pair.chance
    )


def is_too_quick(seconds: float, reading: float, right: float) -> bool:
    """Tell whether a paper with that share right (0 to 1) came in faster than it can be read."""
    return seconds < QUICK_SHARE * reading and right >= QUICK_RIGHT


def _by_unit(units: Sequence[Hashable | None]) -> list[list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        if unit is not None:
            groups[unit].append(place)
    return [people for people in groups.values() if len(people) <= MOST_IN_UNIT]


def _counts(wrong: Sequence[Mapping[str, str]]) -> dict[str, Counter[str]]:
    """By question, how many gave each wrong answer."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in wrong:
        for question, answer in one.items():
            counts[question][answer] += 1
    return counts


def _pair(
    first: int, second: int, wrong: Sequence[Mapping[str, str]], counts: Mapping[str, Counter[str]]
) -> Pair:
    one, two = wrong[first], wrong[second]
    both = sorted(one.keys() & two.keys())
    matches = sum(one[question] == two[question] for question in both)
    chances = [_chance(counts[question], one[question], two[question]) for question in both]
    return Pair(first, second, matches, len(both), sum(chances), _at_least(matches, chances))


def _chance(counts: Counter[str], one: str, two: str) -> float:
    """How likely two wrong answers are the same, by those of everybody but the two."""
    others = counts.copy()
    others.subtract((one, two))
    return (sum(count * count for count in others.values()) + 1) / (others.total() ** 2 + 2)


def _at_least(wanted: int, chances: Sequence[float]) -> float:
    """The chance of at least so many successes of independent trials with these chances."""
    by_count = [1.0]
    for chance in chances:
        longer = [value * (1 - chance) for value in by_count] + [0.0]
        for count, value in enumerate(by_count):
            longer[count + 1] += value * chance
        by_count = longer
    return sum(by_count[wanted:])
