"""The admin desk: people, units, positions, settings, activity log."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.domain.accounts.models import RoleName
from lms.web.access import desk_guard
from lms.web.admin.audit import audit
from lms.web.admin.authors import authors
from lms.web.admin.courses import courses
from lms.web.admin.hours_rules import hours
from lms.web.admin.positions import positions
from lms.web.admin.rates import rates
from lms.web.admin.roles import roles
from lms.web.admin.settings import settings
from lms.web.admin.units import units
from lms.web.admin.users import users
from lms.web.announcements import announcements
from lms.web.labels import MEMBER_ROLES
from lms.web.partners import partners

admin = Blueprint("admin", __name__, url_prefix="/admin")
desk_guard(admin, (RoleName.ADMIN,))
RESOURCES = (
    users, roles, units, positions, courses, partners, authors, announcements, settings, hours, rates,
    audit,
)  # fmt: skip
for resource in RESOURCES:
    admin.register_blueprint(resource)


@admin.context_processor
def _desk() -> dict[str, object]:
    return {
        "desk_name": _("Admin desk"),
        "member_roles": MEMBER_ROLES,
        "side": [
            ("admin.users.index", _("People")),
            ("admin.units.index", _("Units")),
            ("admin.positions.index", _("Positions")),
            ("admin.courses.index", _("Courses")),
            ("admin.partners.index", _("Partner institutions")),
            ("admin.announcements.index", _("Announcements")),
            ("admin.settings.index", _("Settings")),
            ("admin.audit.index", _("Activity log")),
        ],
    }


@admin.get("")
def index() -> Response:
    """Lead to the first page of the desk."""
    return redirect(url_for("admin.users.index"), 303)
