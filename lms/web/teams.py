"""The team of a course or a shared bank, as its owner and the admin change it: one form, its answers."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from lms import clock
from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import holders_matching
from lms.domain.catalog.actions import LastOwner, remove_member, set_member
from lms.domain.catalog.models import Course, SharedBank
from lms.domain.catalog.rules import ROLES_NEEDED
from lms.domain.partners.models import Partner
from lms.domain.partners.queries import partners_by_id
from lms.web.access import me
from lms.web.labels import MEMBER_ROLES
from lms.web.refusals import undo

FOUND_MAX = 10
"""People that one search offers to choose from."""


class TeamForm(FlaskForm):
    """Whom to take into the team, and as what; `person` is asked when several match."""

    who = StringField(
        _l("Name, NIP or e-mail"),
        [InputRequired(_l("Write a name, NIP or e-mail.")), Length(max=100, message=_l("This is too long."))],
        description=_l("A trainer; for a reviewer the role of course reviewer is enough."),
    )  # fmt: skip
    role = SelectField(
        _l("Works as"),
        choices=[SelectChoice(code, MEMBER_ROLES[code]) for code in ("author", "reviewer", "owner")],
    )
    person = RadioField(_l("Several people match. Whom do you mean?"), choices=[], validate_choice=False)


def add_to_team(place: Course | SharedBank, form: TeamForm) -> bool:
    """Take the person of the form into the team and commit; else the form says what is missing."""
    if not form.validate():
        return False
    session, role = db.session(), str(form.role.data)
    found = holders_matching(session, str(form.who.data), ROLES_NEEDED[role], limit=FOUND_MAX)
    if role == "reviewer" or isinstance(place, SharedBank):
        found = [one for one in found if one.partner_id is None]
    partners = partners_by_id(session, {one.partner_id for one in found if one.partner_id is not None})
    chosen = found if len(found) == 1 else [one for one in found if str(one.id) == form.person.data]
    if not chosen:
        _ask(form, found, partners)
        return False
    try:
        changed = set_member(session, place, chosen[0], role, by=me().id, now=clock.now())
    except LastOwner:
        undo()
        form.role.errors = [_last_owner(place)]
        return False
    session.commit()
    words = {"name": chosen[0].name, "role": MEMBER_ROLES[role]}
    if changed:
        flash(_("%(name)s is in the team now: %(role)s.", **words), "ok")
    else:
        flash(_("%(name)s is in the team already: %(role)s.", **words), "info")
    return True


def _ask(form: TeamForm, found: list[User], partners: Mapping[int, Partner]) -> None:
    if not found:
        form.who.errors = [_("Nobody with the role for this work matches. An admin gives that role.")]
        return
    form.person.choices = [
        (str(one.id), ", ".join(part for part in (one.name, _from(one, partners)) if part)) for one in found
    ]
    form.person.errors = [_("Choose one of these people, or write more of the name.")]


def _from(user: User, partners: Mapping[int, Partner]) -> str:
    if user.partner_id is not None:
        return partners[user.partner_id].name
    return user.unit.name if user.unit else ""


def take_from_team(place: Course | SharedBank, user: User) -> None:
    """Take a person out of the team and commit; the last owner stays."""
    session = db.session()
    try:
        done = remove_member(session, place, user, by=me().id, now=clock.now())
    except LastOwner:
        undo()
        flash(_last_owner(place), "danger")
        return
    session.commit()
    if done:
        flash(_("%(name)s is no longer in the team.", name=user.name), "ok")


def _last_owner(place: Course | SharedBank) -> str:
    if isinstance(place, Course):
        return str(_("A course keeps an owner. Make somebody else owner first."))
    return str(_("A bank keeps an owner. Make somebody else owner first."))
