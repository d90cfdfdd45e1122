"""The team of a course: its members read it, its owners change it."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.catalog.queries import Membership, members
from lms.web.access import me
from lms.web.teams import TeamForm, add_to_team, take_from_team
from lms.web.trainer.own import course_page, own_course

team = Blueprint("team", __name__, url_prefix="/courses/<slug>/team")


@team.get("")
def index(slug: str) -> str:
    """Show who works on the course and what each may do."""
    return _page(own_course(slug), TeamForm())


@team.post("")
def add(slug: str) -> Response | tuple[str, int]:
    """Take somebody into the team, or give a member another part."""
    own, form = _owned(slug), TeamForm()
    if not add_to_team(own.course, form):
        return _page(_owned(slug), form), 422
    return redirect(url_for("trainer.team.index", slug=slug), 303)


@team.post("/<int:user_id>/removal")
def remove(slug: str, user_id: int) -> Response:
    """Take somebody out of the team."""
    own, user = _owned(slug), db.session.get(User, user_id)
    if user is None:
        abort(404)
    take_from_team(own.course, user)
    stays = any(one.user_id == me().id for one in members(db.session(), own.course.id))
    target = url_for("trainer.team.index", slug=slug) if stays else url_for("trainer.courses.index")
    return redirect(target, 303)


def _owned(slug: str) -> Membership:
    own = own_course(slug)
    if own.role != "owner":
        abort(403)
    return own


def _page(own: Membership, form: TeamForm) -> str:
    people = members(db.session(), own.course.id)
    return course_page("trainer/team/index.html", own, "team", form=form, people=people, own_id=me().id)
