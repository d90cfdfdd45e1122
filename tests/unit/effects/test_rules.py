"""Rules of follow-ups and indicators, with figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lms.domain.effects.rules import (
    Answers,
    LinkState,
    PlanLine,
    ResultDraft,
    answers_problem,
    change_of,
    link_problem,
    means_for_learner,
    months_later,
    plan_problem,
    read_answers,
    result_problem,
)

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DONE = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 24), 3, date(2027, 2, 24)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 24, date(2028, 1, 31)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


def test_a_plan_has_lines_with_a_text_and_a_day_after_the_completion() -> None:
    good = PlanLine("Menyusun SOP", date(2026, 12, 1))
    assert plan_problem([good], DONE) is None
    assert plan_problem([], DONE) == (0, "plan.empty")
    assert plan_problem([good, PlanLine("", good.by)], DONE) == (1, "plan.text")
    assert plan_problem([PlanLine("x" * 201, good.by)], DONE) == (0, "plan.text")
    assert plan_problem([good, good, PlanLine("a", date(2026, 8, 30))], DONE) == (2, "plan.day")
    assert plan_problem([PlanLine("a", date(2028, 8, 31))], DONE) is None
    assert plan_problem([PlanLine("a", date(2028, 9, 1))], DONE) == (0, "plan.day")


def test_answers_take_marks_of_the_scale_alone() -> None:
    fields = {"applies": "5", "improves": "6", "alone": "", "shares": "x", "comment": " a\r\nb "}
    given = read_answers(fields, ["rules", "none", "time"])
    assert given == Answers({"applies": 5}, ("time", "rules"), "a\nb")
    assert answers_problem(given) is None
    assert answers_problem(Answers({})) == ("applies", "marks.none")
    assert answers_problem(Answers({"alone": 1}, (), "x" * 1001)) == ("comment", "comment.long")


def test_a_link_ends_by_use_by_hand_by_time_and_with_the_superior() -> None:
    good = LinkState(NOW + timedelta(seconds=1), False, False, False, 7, 7, True)
    assert link_problem(good, NOW) == ""
    assert link_problem(good, NOW + timedelta(seconds=1)) == "expired"
    assert link_problem(replace(good, used=True, revoked=True), NOW) == "used"
    assert link_problem(replace(good, answered=True), NOW) == "used"
    assert link_problem(replace(good, revoked=True), NOW) == "revoked"
    for superior in (8, None):
        assert link_problem(replace(good, superior_id=superior), NOW) == "changed"
        assert link_problem(replace(good, superior_id=superior, of_superior=False, for_id=None), NOW) == ""


def test_the_learner_sees_means_of_two_or_nothing() -> None:
    superior, colleague = {"applies": 4, "improves": 2, "alone": 5}, {"applies": 5, "alone": 3, "shares": 1}
    both = {"superior": superior, "colleague": colleague, "self": {"applies": 1}}
    assert means_for_learner(both) == {"applies": 4.5, "alone": 4.0}
    assert means_for_learner({"superior": superior, "self": {"applies": 1}}) is None
    assert means_for_learner({}) is None


def test_an_indicator_has_its_days_in_order() -> None:
    draft = ResultDraft("Waktu layanan", "menit", True, 30, date(2026, 6, 1), "Buku tamu")
    today = NOW.date()
    assert result_problem(draft, today) is None
    assert result_problem(replace(draft, before_on=date(2026, 11, 25)), today) == (
        "before_on", "result.future",
    )  # fmt: skip
    assert result_problem(replace(draft, after_value=2), today) == ("after_on", "result.half")
    assert result_problem(replace(draft, after_on=today), today) == ("after_value", "result.half")
    after = replace(draft, after_value=20, after_on=date(2026, 6, 1))
    assert result_problem(after, today) == ("after_on", "result.order")
    assert result_problem(replace(after, after_on=today), today) is None
    assert change_of(30, 20, True) == "better" and change_of(30, 20, False) == "worse"
    assert change_of(30, 30, True) == "same" and change_of(30, None, True) == ""
