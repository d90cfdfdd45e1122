"""The trainer's desk: courses, drafts, publishing, results."""

from __future__ import annotations

from flask import Blueprint

from lms.domain.accounts.models import RoleName
from lms.web.access import desk_guard

trainer = Blueprint("trainer", __name__, url_prefix="/trainer")
desk_guard(trainer, (RoleName.TRAINER, RoleName.REVIEWER))
