"""What a form says, and from how many answers on results are shown."""

from __future__ import annotations

from datetime import UTC, datetime

from lms.domain.evaluations import rules


def test_a_form_keeps_marks_of_the_scale_and_comments_alone() -> None:
    fields = {"org-info": "4", "org-join": "5", "tea-clear": "", "tea-order": "1", "strange": "3",
              "text-good": "  Kasusnya\r\nnyata  ", "text-better": "   "}  # fmt: skip
    found = rules.read_form(fields)
    assert found.scores == {"org-info": 4, "tea-order": 1}
    assert found.comments == {"text-good": "Kasusnya\nnyata"}
    assert rules.read_form({"org-join": "0"}).blank and not found.blank


def test_the_form_is_offered_by_the_course_once_to_who_has_begun() -> None:
    begun = datetime(2026, 11, 1, tzinfo=UTC)
    assert rules.may_answer({"evaluation": "standar"}, begun, False)
    assert rules.may_answer({"evaluation": "standard"}, begun, False)
    assert not rules.may_answer({"evaluation": "tidak"}, begun, False)
    assert not rules.may_answer({"evaluation": "survei-akhir"}, begun, False)
    assert not rules.may_answer({"evaluation": "standar"}, None, False)
    assert not rules.may_answer({"evaluation": "standar"}, begun, True)


def test_the_month_is_that_of_wib() -> None:
    assert rules.month_of(datetime(2026, 11, 30, 16, 59, tzinfo=UTC)) == "2026-11"
    assert rules.month_of(datetime(2026, 11, 30, 17, 0, tzinfo=UTC)) == "2026-12"


def test_below_five_people_nothing_but_their_number_is_known() -> None:
    four = rules.results_of(4, {("org-info", 4): 4}, {"text-good": ["Baik"]})
    assert (four.people, four.shown, four.items, four.comments) == (4, False, {}, {})
    assert four.mean("organisation") is None


def test_means_and_items_that_too_few_answered() -> None:
    scores = {("org-info", 4): 3, ("org-info", 1): 2, ("org-join", 3): 5, ("org-help", 1): 4}
    found = rules.results_of(5, scores, {"text-good": ["Baik"]})
    items = {item.item: item for item in found.items["organisation"]}
    assert items["org-info"].marks == (2, 0, 0, 3) and items["org-info"].mean == 14 / 5
    assert items["org-help"].count == 4 and items["org-help"].mean is None
    assert found.mean("organisation") == (14 / 5 + 3) / 2
    assert found.mean("teaching") is None
    assert found.comments == {"text-good": ("Baik",), "text-better": ()}


def test_versions_are_told_apart_only_when_none_of_them_has_too_few() -> None:
    assert rules.separable({1: 5, 2: 9, 3: 0})
    assert not rules.separable({1: 5, 2: 9, 3: 2})
    assert not rules.separable({1: 12})
