"""What the learners of a course have reached."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request
from flask_babel import lazy_gettext as _l

from lms.db import db
from lms.domain.catalog.models import Piece
from lms.domain.catalog.queries import pieces
from lms.domain.enrollments.rules import EnrollmentState
from lms.domain.progress.queries import progress_of_all
from lms.domain.quizzes.queries import attempt_of_receipt
from lms.domain.quizzes.rules import parse_receipt
from lms.domain.reports.courses import (
    RESULT_SORTS,
    ResultFilter,
    count_results,
    health_of,
    quiz_figures,
)
from lms.domain.reports.courses import results as result_rows
from lms.domain.reports.gains import CourseGain, course_gain
from lms.web.external import is_external
from lms.web.listing import order_of, page_of
from lms.web.receipts import FoundReceipt, found_receipt
from lms.web.trainer.own import course_page, own_course

results = Blueprint("results", __name__, url_prefix="/courses/<slug>/results")

STATES = {
    "": _l("All learners"),
    EnrollmentState.NOT_STARTED.value: _l("Not begun"),
    EnrollmentState.IN_PROGRESS.value: _l("In progress"),
    EnrollmentState.COMPLETED.value: _l("Completed"),
}


@results.get("")
def index(slug: str) -> str:
    """List the learners of a course with progress, attempts and best score of one quiz.

    A reviewer and an external author see the figures of the quizzes alone: judging a text needs no names.
    """
    own, session = own_course(slug), db.session()
    named = own.may_write and not is_external()
    course = own.course
    live_id = course.live_version_id
    quizzes = [row for row in pieces(session, live_id) if row.kind == "quiz"] if live_id is not None else []
    keys = {quiz.key: quiz.title for quiz in quizzes}
    last = next((quiz.key for quiz in reversed(quizzes) if quiz.required), next(iter(keys), ""))
    asked = request.args.get("quiz", "")
    state = request.args.get("state", "")
    text = request.args.get("q", "")[:100].replace("\0", " ")
    receipt = parse_receipt(text) is not None and named
    wanted = ResultFilter(
        text="" if receipt else text,
        state=state if state in STATES else "",
        quiz_key=asked if asked in keys else last,
    )
    page = page_of(request.args, count_results(session, course.id, wanted) if named else 0)
    order = order_of(request.args, RESULT_SORTS, "name")
    rows = []
    if named:
        rows = result_rows(
            session, course.id, wanted, sort=order.column, descending=order.descending, offset=page.offset,
            limit=page.size,
        )  # fmt: skip
    return course_page(
        "trainer/results/index.html",
        own,
        "results",
        named=named,
        rows=rows,
        progress=progress_of_all(session, [row.enrollment for row in rows]),
        page=page,
        order=order,
        wanted=wanted,
        quiz_title=keys.get(wanted.quiz_key, ""),
        quizzes=[("" if key == last else key, title) for key, title in keys.items()],
        figures=quiz_figures(session, course.id, quizzes),
        gain=gain_between(course.id, quizzes),
        receipt_asked=receipt,
        found=_receipt(course.id, text) if receipt else None,
        health=health_of(session, [course.id])[course.id],
        states=list(STATES.items()),
        filtered=bool(wanted.text or wanted.state),
    )


def _receipt(course_id: int, text: str) -> FoundReceipt | None:
    """Return what a receipt of this course belongs to; None when it is none."""
    attempt = attempt_of_receipt(db.session(), text)
    return found_receipt(attempt) if attempt and attempt.enrollment.course_id == course_id else None


def gain_between(course_id: int, quizzes: Sequence[Piece]) -> CourseGain | None:
    """Return the gain between the first pre-test and the last exam; None when there are not both."""
    pre = next((quiz.key for quiz in quizzes if quiz.use == "pretest"), None)
    post = next((quiz.key for quiz in reversed(quizzes) if quiz.use == "exam"), None)
    return course_gain(db.session(), course_id, pre, post) if pre and post else None
