"""Gap, state and job person match, worked out by hand."""

from datetime import date

import pytest

from lms.domain.competencies.rules import Assessed, Line, Shown, job_match, valid

DAY = date(2026, 3, 1)


def line(required: int | None, assessed: int | None, *learnt: int) -> Line:
    return Line(
        "M.1", "Integritas", "managerial", required,
        Assessed(assessed, DAY, "AC", None) if assessed is not None else None,
        tuple(Shown(level, DAY, None, "Kursus", "kursus") for level in learnt),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("required", "assessed", "learnt", "gap", "state"),
    [
        (3, 3, (), 0, "met"),
        (3, 5, (), 0, "met"),
        (3, 1, (), -2, "gap"),
        (3, 1, (2,), -2, "gap"),
        (3, 1, (2, 3), -2, "learning_closes"),
        (3, None, (5,), None, "not_assessed"),
        (None, 4, (), None, "not_required"),
        (0, 4, (), 0, "not_required"),
    ],
)
def test_gap_and_state(
    required: int | None, assessed: int | None, learnt: tuple[int, ...], gap: int | None, state: str
) -> None:
    found = line(required, assessed, *learnt)
    assert (found.gap, found.state) == (gap, state)


def test_learning_never_raises_the_assessed_level() -> None:
    found = line(3, 1, 5)
    assert found.assessed is not None
    assert (found.assessed.level, found.learnt, found.gap) == (1, 5, -2)


def test_job_match_by_hand() -> None:
    # required 3, 2, 4; assessed 2, 3, none: (2 + 2) / (3 + 2) = 80 %, two of three assessed
    match = job_match([line(3, 2), line(2, 3), line(4, None), line(None, 5)])
    assert match.percent == pytest.approx(80.0)
    assert (match.assessed, match.required) == (2, 3)


def test_job_match_without_an_assessment_is_unknown_not_zero() -> None:
    assert job_match([line(3, None)]).percent is None
    assert job_match([]).percent is None


def test_validity_includes_the_last_day() -> None:
    assert valid(None, DAY)
    assert valid(DAY, DAY)
    assert not valid(date(2026, 2, 28), DAY)
