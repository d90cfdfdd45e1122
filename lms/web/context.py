"""What every template knows: the site's names, the desks of the person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, request
from flask_babel import gettext as _

from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.accounts.queries import Person
from lms.domain.settings.queries import policy as read_policy
from lms.domain.settings.rules import Policy
from lms.web.access import has_role, is_signed_in, person


@dataclass(frozen=True)
class Desk:
    """A desk in the menu of the person."""

    endpoint: str
    label: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Site:
    """Names on every page."""

    name: str
    city: str
    government: str
    organiser: str
    help_contact: str
    demo: bool


def policy() -> Policy:
    """Return the policy in force, read once a request."""
    if "policy" not in g:
        g.policy = read_policy(db.session())
    return g.policy  # type: ignore[no-any-return]


def init_context(app: Flask) -> None:
    """Give templates `site()`, `desks()` and the person; nothing is read until a template asks."""
    app.jinja_env.globals.update(site=_site, desks=_desks, person=_reader)


def _site() -> Site:
    now = policy()
    return Site(now.site_name, now.city, now.government, now.organiser, now.help_contact,
                bool(current_app.config["DEMO"]))  # fmt: skip


def _reader() -> Person | None:
    return person() if is_signed_in() else None


def _desks() -> list[Desk]:
    """The desks of the signed-in person, learning first."""
    user = _reader()
    if user is None:
        return []
    here = request.blueprint.split(".")[0] if request.blueprint else ""
    desks = [Desk("home.show", _("Learning"), "home", here not in {"trainer", "hr", "admin"})]
    if has_role(user, RoleName.TRAINER, RoleName.REVIEWER):
        desks.append(Desk("trainer.courses.index", _("Trainer's desk"), "edit", here == "trainer"))
    if has_role(user, RoleName.HR, RoleName.BKPSDM):
        desks.append(Desk("hr.overview.show", _("HR desk"), "users", here == "hr"))
    if has_role(user, RoleName.ADMIN):
        desks.append(Desk("admin.users.index", _("Admin desk"), "lock", here == "admin"))
    return desks
