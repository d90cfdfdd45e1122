"""What a plan may hold, and which quarters are offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.plans.rules import Draft, draft_problem, quarter_of, quarters_from

TODAY = date(2026, 11, 24)
DRAFT = Draft(2026, 4, "coaching", "Coaching arsip", 2)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"title": ""}, "title.length"),
        ({"title": "x" * 201}, "title.length"),
        ({"form": "lain"}, "form.unknown"),
        ({"jp": -1}, "jp.range"),
        ({"jp": 201}, "jp.range"),
        ({"quarter": 0}, "quarter.unknown"),
        ({"year": 2028}, "quarter.unknown"),
        ({"quarter": 3}, "quarter.past"),
        ({"year": 2027, "quarter": 1}, None),
    ],
)
def test_what_an_activity_may_hold(change: dict[str, object], code: str | None) -> None:
    found = draft_problem(replace(DRAFT, **change), TODAY)  # type: ignore[arg-type]
    assert (found[1] if found else None) == code


def test_quarters_begin_with_this_one() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [1, 1, 2, 4]
    assert quarters_from(TODAY) == [(2026, 4), (2027, 1), (2027, 2), (2027, 3), (2027, 4)]
