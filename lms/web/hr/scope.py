"""Whose staff the person at the desk looks after, read once a request, and in words."""

from __future__ import annotations

from flask import abort, g
from flask_babel import gettext as _
from flask_babel import ngettext

from lms import clock
from lms.db import db
from lms.domain.accounts.models import OrgUnit, RoleName
from lms.domain.accounts.queries import UnitRow, units_for
from lms.domain.accounts.rules import subtree_paths
from lms.domain.reports.queries import Year
from lms.domain.reports.rules import Root, Scope, scope_of
from lms.web.access import has_role, is_signed_in, me, person
from lms.web.context import policy

DESK = (RoleName.HR, RoleName.BKPSDM)
"""Who may come to this desk."""
INDENT = "\u2003"  # an em space for each step down the tree


def visible_units() -> list[UnitRow]:
    """Return the open units of the scope in reading order."""
    if "hr_units" not in g:
        g.hr_units = units_for(db.session(), me())
    return g.hr_units  # type: ignore[no-any-return]


def scope() -> Scope:
    """Return the scope of the signed-in person."""
    return scope_of(visible_units(), everywhere=subtree_paths(me()) is None)


def scope_words() -> str:
    """Return the scope in words: "Your scope: Kecamatan Bukit Bestari and 5 units below it"."""
    mine = scope()
    if mine.everywhere:
        return str(_("Your scope: the whole of %(government)s.", government=policy().government))
    if not mine.roots:
        return str(_("Your scope holds no open unit. Ask the system admin."))
    return str(_("Your scope: %(units)s.", units="; ".join(_root(root) for root in mine.roots)))


def _root(root: Root) -> str:
    if not root.below:
        return root.unit.name
    words = ngettext(
        "%(unit)s and the %(num)s unit below it", "%(unit)s and the %(num)s units below it", root.below,
        unit=root.unit.name,
    )  # fmt: skip
    return str(words)


def unit_of(text: str | None) -> OrgUnit | None:
    """Return the unit chosen in a filter, None for none; one outside the scope is not found (404)."""
    if not text:
        return None
    found = next((row.unit for row in visible_units() if str(row.unit.id) == text), None)
    return found or abort(404)


def unit_options() -> list[tuple[str, str]]:
    """Return the units of the scope for a list, the tree shown by indents."""
    return [(str(row.unit.id), INDENT * row.depth + row.unit.name) for row in visible_units()]


def is_at_desk() -> bool:
    """Say whether somebody is signed in who may come to this desk; holds before the guard has asked."""
    return is_signed_in() and has_role(person(), *DESK)


def is_bkpsdm() -> bool:
    """Say whether somebody is signed in who acts for the personnel agency of the city."""
    return is_signed_in() and has_role(person(), RoleName.BKPSDM)


def figures_of(year: int | None = None) -> Year:
    """Return what the JP figures of a year (by default this one, WIB) depend on."""
    now = clock.now()
    return Year(year or clock.local_date(now).year, policy(), now)
