"""What every template knows: the site's names, the desks of the person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import Flask, current_app, g
from flask_babel import gettext as _

from lms.clock import local_date, now
from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.accounts.queries import Person
from lms.domain.settings.queries import policy as read_policy
from lms.domain.settings.rules import Policy, minutes_per_jp
from lms.web.access import is_signed_in, person


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


def minutes_now() -> int:
    """Return the minutes of one JP by the rule of this year (WIB)."""
    return minutes_per_jp(policy(), local_date(now()).year)


def init_context(app: Flask) -> None:
    """Give templates `site()`, `desks(...)` and the person; nothing is read until a template asks."""
    app.jinja_env.globals.update(site=_site, desks=desks_of, person=_reader)


def _site() -> Site:
    now = policy()
    return Site(now.site_name, now.city, now.government, now.organiser, now.help_contact,
                bool(current_app.config["DEMO"]))  # fmt: skip


def _reader() -> Person | None:
    return person() if is_signed_in() else None


def desks_of(roles: Collection[str], blueprint: str, external: bool = False) -> list[Desk]:
    """Return the desks of a person with these roles, learning first; one is the desk of the page.

    An external author does not learn here.
    """
    here = blueprint.split(".")[0]
    desks = [Desk("home.show", _("Learning"), "home", here not in {"trainer", "hr", "admin"})]
    desks = [] if external else desks
    if not {RoleName.TRAINER, RoleName.REVIEWER}.isdisjoint(roles):
        desks.append(Desk("trainer.courses.index", _("Trainer's desk"), "edit", here == "trainer"))
    if not {RoleName.HR, RoleName.BKPSDM}.isdisjoint(roles):
        desks.append(Desk("hr.overview.show", _("HR desk"), "users", here == "hr"))
    if RoleName.ADMIN in roles:
        desks.append(Desk("admin.users.index", _("Admin desk"), "lock", here == "admin"))
    return desks
