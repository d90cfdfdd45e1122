"""Courses as the admin sees them: where each is written, and by whom; its text is the trainers' own."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import all_courses, count_courses, course_by_slug, draft_titles, members
from lms.web.listing import page_of
from lms.web.teams import TeamForm, add_to_team, take_from_team

courses = Blueprint("courses", __name__, url_prefix="/courses")


@courses.get("")
def index() -> str:
    """List all courses, published or not, with the size of their teams."""
    session = db.session()
    page = page_of(request.args, count_courses(session))
    rows = all_courses(session, offset=page.offset, limit=page.size)
    drafts = draft_titles(session, [row.id for row in rows if row.title is None])
    return render_template("admin/courses/index.html", rows=rows, page=page, drafts=drafts)


@courses.get("/<slug>/team")
def team(slug: str) -> str:
    """Show the team of a course."""
    return _page(_course(slug), TeamForm())


@courses.post("/<slug>/team")
def add(slug: str) -> Response | tuple[str, int]:
    """Take somebody into the team, or give a member another part."""
    course, form = _course(slug), TeamForm()
    if not add_to_team(course, form):
        return _page(_course(slug), form), 422
    return redirect(url_for("admin.courses.team", slug=slug), 303)


@courses.post("/<slug>/team/<int:user_id>/removal")
def remove(slug: str, user_id: int) -> Response:
    """Take somebody out of the team."""
    course, user = _course(slug), db.session.get(User, user_id)
    if user is None:
        abort(404)
    take_from_team(course, user)
    return redirect(url_for("admin.courses.team", slug=slug), 303)


def _course(slug: str) -> Course:
    course = course_by_slug(db.session(), slug)
    if course is None:
        abort(404)
    return course


def _page(course: Course, form: TeamForm) -> str:
    session, live = db.session(), course.live_version
    title = live.title if live else draft_titles(session, [course.id]).get(course.id, course.slug)
    return render_template(
        "admin/courses/team.html", course=course, title=title, form=form, people=members(session, course.id),
        side_endpoint="admin.courses.index",
    )  # fmt: skip
