"""What is worth a look at a question, in the order of importance. Thresholds suit quizzes after a lesson:
a question that nearly everybody answers is no fault there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lms.domain.analysis.rules.choices import Choice
from lms.domain.analysis.rules.items import ItemFigures

INDICATIVE, ALL, MANY = 10, 30, 60
"""From so many first attempts on: shares with their interval; every figure; what needs many people."""
FEW_FOR_KEY = 5
"""Fewer who all missed the key are chance."""
GAIN, KNOWN = 0.10, 0.85


class Shown(StrEnum):
    """How much may be told of so many people."""

    COUNTS = "counts"
    INDICATIVE = "indicative"
    ALL = "all"


class FlagCode(StrEnum):
    """Reasons to look at a question."""

    KEY_UNCHOSEN = "key_unchosen"
    KEY_WRONG = "key_wrong"
    KEY_AGAINST = "key_against"
    TWO_RIGHT = "two_right"
    DEAD_OPTION = "dead_option"
    NO_DIFFERENCE = "no_difference"
    TOO_HARD = "too_hard"
    KNOWN_BEFORE = "known_before"
    TOO_QUICK = "too_quick"
    SKIPPED = "skipped"
    SLOW = "slow"
    WEIGHT = "weight"


SEVERE = frozenset({FlagCode.KEY_UNCHOSEN, FlagCode.KEY_WRONG, FlagCode.KEY_AGAINST})


@dataclass(frozen=True)
class Flag:
    """A reason and what its sentence needs: figures by name, texts of answers."""

    code: FlagCode
    values: dict[str, float | int | str] = field(default_factory=dict)

    @property
    def severe(self) -> bool:
        """Whether the key itself is in doubt."""
        return self.code in SEVERE


@dataclass(frozen=True)
class Look:
    """What is known of one question. Seconds are medians, None where too few were measured.

    `before` is the share right (0 to 1) of the same question in the pre-test; `pretest`: this is one, and
    nothing was taught yet. `dead`: its answers are
    options, which somebody should choose.
    """

    figures: ItemFigures
    choices: Sequence[Choice] = ()
    dead: bool = False
    several: bool = False
    blank: int = 0
    seconds: float | None = None
    quiz_seconds: float | None = None
    reading: float = 0.0
    before: float | None = None
    pretest: bool = False


def shown_of(count: int) -> Shown:
    """Return how much may be told of so many first attempts."""
    return Shown.ALL if count >= ALL else Shown.INDICATIVE if count >= INDICATIVE else Shown.COUNTS


def flags_of(look: Look) -> list[Flag]:
    """Return the flags of a question, the gravest first; what few people cannot tell is left out."""
    shown = shown_of(look.figures.count)
    found = _unchosen(look)
    if shown is not Shown.COUNTS and not found:
        found = _key(look)
    if shown is Shown.ALL:
        found += [*_options(look), *_difficulty(look), *_way(look), *_weight(look)]
    return found


def _unchosen(look: Look) -> list[Flag]:
    keys = [choice for choice in look.choices if choice.offer.right]
    if not keys or look.figures.count < FEW_FOR_KEY or any(choice.count for choice in keys):
        return []
    return [Flag(FlagCode.KEY_UNCHOSEN, {"people": look.figures.count, "key": keys[0].offer.text})]


def _key(look: Look) -> list[Flag]:
    key = _key_of(look)
    better = [
        choice
        for choice in look.choices
        if choice.offer.wrong and key and choice.count > key[1] and (choice.mean or 0) > key[2]
    ]
    if key and better:
        other = max(better, key=lambda choice: choice.count)
        return [
            Flag(
                FlagCode.KEY_WRONG,
                {
                    "wrong": other.offer.text, "wrong_people": other.count, "wrong_mean": other.mean or 0,
                    "key": key[0], "key_people": key[1], "key_mean": key[2],
                },
            )
        ]  # fmt: skip
    value, interval = look.figures.discrimination, look.figures.discrimination_interval
    if value is not None and value <= -10 and interval is not None and interval[1] < 0:
        return [Flag(FlagCode.KEY_AGAINST, {"discrimination": value})]
    return []


def _key_of(look: Look) -> tuple[str, int, float] | None:
    """Text of the key, its people, their mean total; of several keys at once the one most chose."""
    keys = [choice for choice in look.choices if choice.offer.right and choice.mean is not None]
    if not keys:
        return None
    first = max(keys, key=lambda choice: choice.count)
    if look.several:
        return first.offer.text, first.count, first.mean or 0
    people = sum(choice.count for choice in keys)
    return first.offer.text, people, sum(choice.count * (choice.mean or 0) for choice in keys) / people


def _options(look: Look) -> list[Flag]:
    found = [
        Flag(FlagCode.TWO_RIGHT, {"option": choice.offer.text, "top": 100 * choice.top})
        for choice in look.choices
        if choice.offer.wrong and (choice.correlation or 0) > 0 and choice.top >= 0.25
    ]
    if look.dead and look.figures.count >= MANY:
        found += [
            Flag(FlagCode.DEAD_OPTION, {"option": choice.offer.text, "people": choice.count})
            for choice in look.choices
            if choice.share < 0.03 and not choice.offer.right
        ]
    return found


def _difficulty(look: Look) -> list[Flag]:
    figures, found = look.figures, []
    facility, efficiency = figures.facility or 0.0, figures.efficiency
    if 20 <= facility <= 85 and efficiency is not None and efficiency < 15:
        found.append(Flag(FlagCode.NO_DIFFERENCE, {"efficiency": efficiency}))
    if look.pretest:
        return found
    limit = max(30.0, (figures.random or 0.0) + 10)
    if facility < limit:
        found.append(Flag(FlagCode.TOO_HARD, {"facility": facility, "limit": limit}))
    before = look.before
    if before is not None and before > KNOWN and facility / 100 - before < GAIN:
        found.append(Flag(FlagCode.KNOWN_BEFORE, {"before": 100 * before, "after": facility}))
    elif facility >= 97 and look.seconds is not None and look.seconds < look.reading / 3:
        found.append(Flag(FlagCode.TOO_QUICK, {"seconds": look.seconds, "reading": look.reading}))
    return found


def _way(look: Look) -> list[Flag]:
    found, count = [], look.figures.count
    if look.blank > 0.15 * count:
        found.append(Flag(FlagCode.SKIPPED, {"people": look.blank, "share": 100 * look.blank / count}))
    if look.seconds is not None and look.quiz_seconds is not None and look.seconds > 2 * look.quiz_seconds:
        found.append(Flag(FlagCode.SLOW, {"seconds": look.seconds, "quiz_seconds": look.quiz_seconds}))
    return found


def _weight(look: Look) -> list[Flag]:
    intended, effective = look.figures.intended, look.figures.effective
    if look.figures.count < MANY or not intended or effective is None:
        return []
    if 0.5 <= effective / intended <= 2:
        return []
    return [Flag(FlagCode.WEIGHT, {"intended": intended, "effective": effective})]
