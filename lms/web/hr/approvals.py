"""BKPSDM approves the lesson hours (JP) of courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from lms import clock
from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.accounts.queries import names_of
from lms.domain.catalog.models import Course, CourseMember, CourseVersion
from lms.domain.catalog.queries import hours_history, waiting_hours
from lms.domain.jobs.actions import enqueue
from lms.domain.progress.actions import OwnCourse, approve_hours
from lms.domain.reports.queries import course_with_live_version, waiting_by_course
from lms.web.access import me, require_role
from lms.web.context import minutes_now
from lms.web.refusals import undo

approvals = Blueprint("approvals", __name__, url_prefix="/approvals")
LONGEST_NOTE = 500


@approvals.before_request
def _only_bkpsdm() -> None:
    require_role(RoleName.BKPSDM)


class ApprovalForm(FlaskForm):
    """The hours that count, and why."""

    jp = IntegerField(
        _l("JP that the course counts"),
        [
            InputRequired(_l("Write a whole number from 0 to 200.")),
            NumberRange(0, 200, _l("Write a whole number from 0 to 200.")),
        ],
    )
    note = TextAreaField(
        _l("Note"), [Length(max=LONGEST_NOTE, message=_l("A note has at most 500 characters."))],
        description=_l("For example the number of the decree, or how the hours were reckoned."),
    )  # fmt: skip


@dataclass(frozen=True)
class Past:
    """An approval of the past."""

    jp: int
    at: datetime
    by: str
    note: str


@approvals.get("")
def index() -> str:
    """List courses whose claimed hours are not approved."""
    session = db.session()
    waiting = waiting_by_course(session)
    rows = waiting_hours(session)
    return render_template(
        "hr/approvals/index.html",
        rows=[(row, sum(waiting.get(row.course_id, {}).values())) for row in rows],
        people=sum(sum(waiting.get(row.course_id, {}).values()) for row in rows),
        minutes_per_jp=minutes_now(),
    )


@approvals.get("/<int:course_id>")
def show(course_id: int) -> str:
    """Show a claim against the minutes of the course, and ask for the hours."""
    course, version = _course(course_id)
    form = ApprovalForm(data={"jp": version.jp})
    return _page(course, version, form)


@approvals.post("/<int:course_id>")
def approve(course_id: int) -> str | Response | tuple[str, int]:
    """Approve the hours; waiting certificates are issued by a job."""
    session, now = db.session(), clock.now()
    session.execute(select(Course.id).where(Course.id == course_id).with_for_update())
    course, version = _course(course_id)
    form = ApprovalForm()
    if not form.validate():
        return _page(course, version, form), 422
    jp, note = int(form.jp.data), " ".join((form.note.data or "").split())
    newest = next(iter(hours_history(session, course_id)), None)
    if newest is not None and newest.jp == jp and newest.approved_by == me().id and newest.note == note:
        flash(_("These hours were approved already; nothing was changed."), "info")
        return redirect(url_for("hr.approvals.show", course_id=course_id), 303)
    try:
        approve_hours(session, course, jp, by=me(), now=now, note=note)
    except OwnCourse:
        undo()
        form.form_errors.append(_("You work on this course yourself. A colleague at BKPSDM must approve it."))
        return _page(*_course(course_id), form), 403
    waiting = waiting_by_course(session).get(course_id, {}).get(jp, 0)
    enqueue(session, "certify_waiting", {"course_id": course_id}, now=now, unique_key=f"certify:{course_id}")
    session.commit()
    flash(_approved(jp, waiting), "ok")
    return redirect(url_for("hr.approvals.show", course_id=course_id), 303)


def _approved(jp: int, waiting: int) -> str:
    if not waiting:
        return str(_("%(jp)s JP approved. No completion was waiting.", jp=jp))
    return str(ngettext(
        "%(jp)s JP approved. %(num)s completion that waited is being credited.",
        "%(jp)s JP approved. %(num)s completions that waited are being credited.", waiting, jp=jp,
    ))  # fmt: skip


def _page(course: Course, version: CourseVersion, form: ApprovalForm) -> str:
    session, rule = db.session(), minutes_now()
    past = hours_history(session, course.id)
    names = names_of(session, {row.approved_by for row in past if row.approved_by})
    waiting = waiting_by_course(session).get(course.id, {})
    others = [row for row in waiting_hours(session) if row.course_id != course.id] if past else []
    return render_template(
        "hr/approvals/show.html",
        course=course,
        version=version,
        form=form,
        minutes_per_jp=rule,
        reckoned=version.minutes / rule if rule else 0,
        past=[Past(row.jp, row.approved_at, names.get(row.approved_by or 0, ""), row.note) for row in past],
        waiting=waiting.get(version.jp, 0),
        waiting_other=sum(count for jp, count in waiting.items() if jp != version.jp),
        following=next(iter(others), None),
        others=len(others),
        own=session.get(CourseMember, (course.id, me().id)) is not None,
        sent=request.method == "POST",
    )


def _course(course_id: int) -> tuple[Course, CourseVersion]:
    return course_with_live_version(db.session(), course_id) or abort(404)
