"""The HR desk: staff, certificates, hours, exports, activation codes, approvals."""

from __future__ import annotations

from flask import Blueprint

from lms.domain.accounts.models import RoleName
from lms.web.access import desk_guard

hr = Blueprint("hr", __name__, url_prefix="/hr")
desk_guard(hr, (RoleName.HR, RoleName.BKPSDM))
