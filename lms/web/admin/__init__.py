"""The admin desk: users, units, positions, settings, activity log."""

from __future__ import annotations

from flask import Blueprint

from lms.domain.accounts.models import RoleName
from lms.web.access import desk_guard

admin = Blueprint("admin", __name__, url_prefix="/admin")
desk_guard(admin, (RoleName.ADMIN,))
