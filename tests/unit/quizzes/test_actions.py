"""Starting, saving, closing: what is written, what is refused, what a second call changes (nothing)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms.domain.enrollments.models import Enrollment
from lms.domain.quizzes import actions
from lms.domain.quizzes.actions import Given
from lms.domain.quizzes.models import Attempt, Grading, Response
from lms.domain.quizzes.queries import (
    answers_of,
    attempts_of,
    closed_results,
    results_of,
)
from lms.domain.quizzes.rules import Refusal
from tests.attempts import MINUTE, answer, opened, start
from tests.cast import NOW, Cast
from tests.courses import RIGHT, enroll_in


def test_starting_twice_gives_the_same_attempt(session: Session, enrollment: Enrollment) -> None:
    first, second = start(session, enrollment), start(session, enrollment, after=MINUTE)
    assert first.created and not second.created
    assert first.attempt is second.attempt
    assert second.permit.refusal is Refusal.OPEN


def test_start_begins_the_enrolment(session: Session, enrollment: Enrollment) -> None:
    start(session, enrollment)
    assert (enrollment.started_at, enrollment.last_piece) == (NOW, "kuis-loket")


def test_paper_is_frozen_with_its_conditions(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment, "ujian-loket")
    session.commit()
    assert attempt.deadline_at == NOW + 30 * MINUTE
    assert attempt.max_points == attempt.paper["max_points"] == 5.0
    assert attempt.paper["pass_mark"] == 60


def test_attempts_are_counted_and_end(session: Session, enrollment: Enrollment) -> None:
    for number in (1, 2, 3):
        attempt = opened(session, enrollment)
        assert attempt.number == number
        actions.close(session, attempt, now=NOW)
    refused = start(session, enrollment)
    assert refused.attempt is None
    assert refused.permit.refusal is Refusal.USED_UP


def test_number_is_unique_in_the_database(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment)
    actions.close(session, attempt, now=NOW)
    session.commit()
    copy = Attempt(
        enrollment_id=enrollment.id,
        version_id=enrollment.version_id,
        quiz_key="kuis-loket",
        number=1,
        started_at=NOW,
    )
    session.add(copy)
    with pytest.raises(DatabaseError):
        session.commit()
    session.rollback()


def test_answer_is_kept_and_replaced(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment)
    assert actions.save_response(session, attempt, Given("k-01", "o1"), now=NOW).saved_at == NOW
    assert (
        actions.save_response(session, attempt, Given("k-01", "o2", True), now=NOW + MINUTE).refusal is None
    )
    actions.save_response(session, attempt, Given("k-02", ["o1"]), now=NOW)
    actions.save_response(session, attempt, Given("k-02", None), now=NOW)
    session.commit()
    assert answers_of(session, attempt.id) == {"k-01": "o2", "k-02": None}
    row = session.get_one(Response, (attempt.id, "k-01"), populate_existing=True)
    assert (row.flagged, row.saved_at) == (True, NOW + MINUTE)


@pytest.mark.parametrize(
    ("key", "refusal"), [("k-01", None), ("u-01", Refusal.UNKNOWN), ("' OR 1", Refusal.UNKNOWN)]
)
def test_only_questions_of_the_paper(
    session: Session, enrollment: Enrollment, key: str, refusal: Refusal | None
) -> None:
    attempt = opened(session, enrollment)
    assert actions.save_response(session, attempt, Given(key, "o1"), now=NOW).refusal is refusal


def test_later_answer_of_another_device_is_not_overwritten(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment)
    seen = actions.save_response(session, attempt, Given("k-01", "o1"), now=NOW).revision
    actions.save_response(session, attempt, Given("k-01", "o2"), now=NOW + MINUTE)  # the other device
    old = Given("k-01", "o3", checked=True, seen=seen)
    refused = actions.save_response(session, attempt, old, now=NOW + 2 * MINUTE)
    assert (refused.refusal, refused.saved_at) == (Refusal.NEWER, NOW + MINUTE)
    assert answers_of(session, attempt.id) == {"k-01": "o2"}
    all_at_once = actions.save_many(session, attempt, [old, Given("k-06", "o1")], now=NOW + 2 * MINUTE)
    assert all_at_once.newer == ("k-01",)
    assert answers_of(session, attempt.id) == {"k-01": "o2", "k-06": "o1"}


def test_answers_of_one_second_and_a_clock_set_back(session: Session, enrollment: Enrollment) -> None:
    """Revisions decide, not clocks: the server's own may be set back, and a second holds many answers."""
    attempt = opened(session, enrollment)

    def send(answer: str, seen: int, now: datetime = NOW) -> actions.Saved:
        return actions.save_response(
            session, attempt, Given("k-01", answer, checked=True, seen=seen), now=now
        )

    assert [send("o1", 0).revision, send("o2", 1).revision, send("o3", 2).revision] == [1, 2, 3]
    assert send("o2", 1).refusal is Refusal.NEWER  # came twice, the second time late
    assert send("o3", 2).revision == 3  # came twice: saved once
    assert send("o1", 3, NOW - timedelta(hours=2)).revision == 4
    assert send("o2", 3, NOW + MINUTE).refusal is Refusal.NEWER
    assert answers_of(session, attempt.id) == {"k-01": "o1"}


def test_own_answer_whose_receipt_was_lost_may_be_changed(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment)
    actions.save_response(session, attempt, Given("k-01", "o1", checked=True), now=NOW)
    again = Given("k-01", "o1", checked=True)  # sent again, since nothing was heard
    assert actions.save_response(session, attempt, again, now=NOW + MINUTE).refusal is None
    changed = Given("k-01", "o3", checked=True, earlier=("o1",))
    assert actions.save_response(session, attempt, changed, now=NOW + 2 * MINUTE).refusal is None
    assert answers_of(session, attempt.id) == {"k-01": "o3"}


def sent(texts: Sequence[str], *, sender: str = "a1") -> list[Given]:
    """What one browser sends for k-01 while it hears nothing, as queue.js makes it."""
    found = []
    for step, text in enumerate(texts, 1):
        before = tuple(dict.fromkeys(one for one in texts[: step - 1] if one != text))
        found.append(Given("k-01", text, checked=True, earlier=before, sender=sender, step=step))
    return found


@pytest.mark.parametrize("texts", [("o1", "o2", "o1"), ("o1", "o2", "o3"), ("o1", "o2", "o1", "o2")])
def test_last_answer_stays_in_whatever_order_they_arrive(
    session: Session, enrollment: Enrollment, texts: tuple[str, ...]
) -> None:
    attempt = opened(session, enrollment)
    for order in permutations(sent(texts)):
        with session.begin_nested() as trial:
            for given in (*order, *order):
                actions.save_response(session, attempt, given, now=NOW)
            assert answers_of(session, attempt.id) == {"k-01": texts[-1]}, order
            trial.rollback()


def test_late_answer_of_a_form_or_another_browser_takes_nothing_back(
    session: Session, enrollment: Enrollment
) -> None:
    attempt = opened(session, enrollment)
    actions.save_response(session, attempt, Given("k-01", "o1", checked=True, sender="a1", step=1), now=NOW)
    late = Given("k-01", "o2", checked=True, seen=1, sender="a1", step=2)
    back = Given("k-01", "o1", checked=True, seen=1, earlier=("o2",), sender="a1", step=3)
    assert actions.save_many(session, attempt, [back], now=NOW) == actions.SavedAll()
    for forced in (late, replace(late, checked=False)):
        assert actions.save_response(session, attempt, forced, now=NOW).refusal is Refusal.NEWER
        assert actions.save_many(session, attempt, [forced], now=NOW).newer == ("k-01",)
    other = Given("k-01", "o3", checked=True, seen=2, sender="b2", step=1)
    assert actions.save_response(session, attempt, other, now=NOW).refusal is None
    theirs = Given("k-01", "o2", checked=True, seen=1, earlier=("o3",), sender="a1", step=4)
    assert actions.save_response(session, attempt, theirs, now=NOW).refusal is Refusal.NEWER
    assert answers_of(session, attempt.id) == {"k-01": "o3"}


def test_form_keeps_the_time_of_what_did_not_change(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment)
    answer(session, attempt, {"k-01": "o1", "k-06": None})
    answer(session, attempt, {"k-01": "o1", "k-06": "o2", "weg": "o1"}, after=MINUTE)
    rows = session.execute(
        select(Response.question_key, Response.saved_at).order_by(Response.question_key)
    ).all()
    assert [tuple(row) for row in rows] == [("k-01", NOW), ("k-06", NOW + MINUTE)]


def test_closing_grades_once(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment)
    answer(session, attempt, {**RIGHT, "k-02": ["o1"]})
    actions.close(session, attempt, now=NOW + MINUTE)
    session.commit()
    actions.close(session, attempt, now=NOW + 5 * MINUTE)
    session.commit()
    assert (attempt.points, attempt.max_points, attempt.passed) == (10.0, 11.0, True)
    assert (attempt.submitted_at, attempt.closed_by) == (NOW + MINUTE, "learner")
    assert session.scalar(select(func.count(Grading.id))) == 10


@pytest.mark.parametrize("verb", ["one", "many"])
def test_closed_attempt_takes_no_answer(session: Session, enrollment: Enrollment, verb: str) -> None:
    attempt = opened(session, enrollment)
    actions.close(session, attempt, now=NOW)
    given = Given("k-01", "o2")
    if verb == "one":
        assert actions.save_response(session, attempt, given, now=NOW).refusal is Refusal.CLOSED
    else:
        assert actions.save_many(session, attempt, [given], now=NOW).refusal is Refusal.CLOSED
    session.commit()
    session.add(Response(attempt_id=attempt.id, question_key="k-01", answer="o2", saved_at=NOW))
    with pytest.raises(DatabaseError):  # the trigger says the same
        session.commit()
    session.rollback()


def test_after_the_deadline_only_what_was_saved_counts(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment, "ujian-loket")
    last = 30 * MINUTE - timedelta(seconds=1)
    assert actions.save_response(session, attempt, Given("u-04", "15"), now=NOW + last).refusal is None
    late = actions.save_response(session, attempt, Given("u-04", "1"), now=NOW + 30 * MINUTE)
    assert late.refusal is Refusal.LATE
    actions.close(session, attempt, now=NOW + 90 * MINUTE)
    assert (attempt.submitted_at, attempt.closed_by) == (NOW + 30 * MINUTE, "deadline")
    assert (attempt.points, attempt.passed) == (3.0, True)


def test_time_is_added_once(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment, "ujian-loket")
    assert actions.extend(session, attempt, now=NOW + MINUTE) == 15
    assert actions.extend(session, attempt, now=NOW + MINUTE) == 0
    assert attempt.deadline_at == NOW + 45 * MINUTE
    assert actions.save_response(session, attempt, Given("u-04", "15"), now=NOW + 44 * MINUTE).refusal is None


def test_no_time_is_added_when_it_is_over(session: Session, enrollment: Enrollment) -> None:
    attempt = opened(session, enrollment, "ujian-loket")
    assert actions.extend(session, attempt, now=NOW + 30 * MINUTE) == 0


def test_sweeper_closes_what_is_overdue_as_of_its_deadline(
    session: Session, enrollment: Enrollment, cast: Cast
) -> None:
    other = enroll_in(session, cast.colleague, now=NOW)
    overdue = opened(session, enrollment, "ujian-loket")
    running = opened(session, other, "ujian-loket", after=10 * MINUTE)
    untimed = opened(session, enrollment)
    now = NOW + 31 * MINUTE
    before = closed_results(session, attempts_of(session, enrollment.id, "ujian-loket"), now)
    assert [item.submitted_at for item in before] == [NOW + 30 * MINUTE]  # shown closed, not closed yet
    assert overdue.submitted_at is None
    assert list(actions.close_overdue(session, now=now)) == [overdue]
    assert overdue.submitted_at == NOW + 30 * MINUTE
    assert running.submitted_at is None and untimed.submitted_at is None
    assert list(actions.close_overdue(session, now=now)) == []
    assert results_of(session, [overdue]) == before


def test_waiting_time_counts_from_the_end_of_the_last_attempt(
    session: Session, enrollment: Enrollment
) -> None:
    opened(session, enrollment, "ujian-loket")
    early = start(session, enrollment, "ujian-loket", after=89 * MINUTE)
    assert early.permit.refusal is Refusal.WAIT
    assert early.permit.wait_until == NOW + 90 * MINUTE
    assert start(session, enrollment, "ujian-loket", after=90 * MINUTE).created
