"""What a corrected key does to marks that were given: who rises, who falls, what is left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lms.content.questions import Accepted, Question
from lms.domain.quizzes.rules.grades import EPSILON, Marked, Result, counting, has_passed


@dataclass(frozen=True)
class Change:
    """An attempt whose mark for the question becomes another; `before` is its points until now."""

    attempt_id: int
    before: float
    mark: Marked

    @property
    def raised(self) -> bool:
        """Whether the mark rises."""
        return self.mark.points > self.before


@dataclass(frozen=True)
class Effect:
    """What a corrected key does to one enrolment: the changed marks; passed before, passed after."""

    enrollment_id: int
    attempts: int  # handed in with the question in their paper
    changes: tuple[Change, ...]
    passed_before: bool
    passed_after: bool
    incomparable: int = 0  # attempts that were shown other options

    @property
    def rises(self) -> bool:
        """Whether the person passes now and did not before."""
        return self.passed_after and not self.passed_before

    @property
    def falls(self) -> bool:
        """Whether the person would no longer have passed."""
        return self.passed_before and not self.passed_after

    def wanted(self, lower: bool) -> tuple[Change, ...]:
        """Return the marks to append: none for who would fall, unless the owner wants that too (`lower`)."""
        return () if self.falls and not lower else self.changes


def comparable(old: Question, new: Question) -> bool:
    """Tell whether an answer to the old question means the same under the new one.

    The kind and everything that stands to choose from must be equal; prompt, feedback and key may differ.
    """
    return _choices(old) == _choices(new)


def _choices(question: Question) -> tuple[object, ...]:
    options = [(option.key, option.text) for option in question.options]
    gaps = [(gap.key, gap.text, [(one.key, one.text) for one in gap.options]) for gap in question.gaps]
    return question.kind, options, gaps


def same_key(old: Question, new: Question) -> bool:
    """Tell whether two states of a question mark every answer alike."""
    return _key(old) == _key(new)


def _key(question: Question) -> tuple[object, ...]:
    options = [(option.key, option.text, option.weight) for option in question.options]
    gaps = [(gap.key, gap.right, _typed(gap.answers)) for gap in question.gaps]
    return question.kind, question.scoring, question.case_sensitive, options, _typed(question.answers), gaps


def _typed(answers: Sequence[Accepted]) -> list[tuple[object, ...]]:
    return [(one.text, one.fraction, one.form, one.low, one.high) for one in answers]


def changed(result: Result, change: Change | None, pass_mark: int) -> Result:
    """Return the result of an attempt with its mark changed."""
    if change is None:
        return result
    points = round(result.points - change.before + change.mark.points, 6)
    return replace(result, points=points, passed=has_passed(points, result.max_points, pass_mark))


def differs(before: float, mark: Marked) -> bool:
    """Tell whether a mark gives other points than before."""
    return abs(before - mark.points) > EPSILON


def has_taken(results: Iterable[Result], counts: str) -> bool:
    """Tell whether the attempt that counts is passed."""
    taken = counting(results, counts)
    return taken is not None and taken.passed


@dataclass(frozen=True)
class Impact:
    """What a corrected key does to a course, in numbers; `falling` are the enrolments that would fall."""

    attempts: int = 0
    changed: int = 0
    raised: int = 0
    rising: int = 0
    falling: tuple[int, ...] = ()
    incomparable: int = 0

    @property
    def lowered(self) -> int:
        """Attempts whose mark sinks."""
        return self.changed - self.raised

    def with_effects(self, effects: Sequence[Effect]) -> Impact:
        """Return the sums with more enrolments."""
        return Impact(
            attempts=self.attempts + sum(one.attempts for one in effects),
            changed=self.changed + sum(len(one.changes) for one in effects),
            raised=self.raised + sum(change.raised for one in effects for change in one.changes),
            rising=self.rising + sum(one.rises for one in effects),
            falling=(*self.falling, *(one.enrollment_id for one in effects if one.falls)),
            incomparable=self.incomparable + sum(one.incomparable for one in effects),
        )


def effect(
    enrollment_id: int, tries: Mapping[int, tuple[Result, int]], changes: Sequence[Change], counts: str, *,
    attempts: int, incomparable: int,
) -> Effect:  # fmt: skip
    """Return what changes do to an enrolment; `tries`: {attempt id: (its result, its pass mark)}."""
    by_attempt = {change.attempt_id: change for change in changes}
    after = [changed(result, by_attempt.get(key), mark) for key, (result, mark) in tries.items()]
    return Effect(
        enrollment_id, attempts, tuple(changes),
        has_taken([result for result, _mark in tries.values()], counts),
        has_taken(after, counts), incomparable,
    )  # fmt: skip
