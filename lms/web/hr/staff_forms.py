"""The form of a person's data, and who may change whose."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from lms.db import db
from lms.domain.accounts.actions import Person
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import named_superior, positions
from lms.domain.accounts.rules import may_reset_password
from lms.web.access import me
from lms.web.admin.forms import number_of, position_choices, rank_choices, unit_choices
from lms.web.hr.scope import visible_units
from lms.web.labels import EMPLOYMENT

LEAVING: dict[str, LazyString] = {
    "retired": _l("Pensioned"),
    "moved": _l("Moved to another institution"),
    "ended": _l("Contract ended"),
    "resigned": _l("Resigned or dismissed"),
    "died": _l("Died"),
}
"""Why an account is closed; the code stands in the log."""


class StaffForm(FlaskForm):
    """What the personnel office knows of a person; the e-mail address is the person's and the admin's."""

    name = StringField(
        _l("Name with titles"), [InputRequired(_l("Write the name.")), Length(max=400)],
        description=_l("As in the decree, for example Dra. Hj. Aminah, M.M."),
    )  # fmt: skip
    nip = StringField(
        _l("NIP"), [Length(max=60)], description=_l("A changed number keeps the old one in the history.")
    )
    employment = SelectField(_l("Employment"), choices=[SelectChoice(k, v) for k, v in EMPLOYMENT.items()])
    rank = SelectField(_l("Rank"), validate_choice=False)
    unit_id = SelectField(_l("Unit"))
    position_id = SelectField(_l("Position"), validate_choice=False)
    since = DateField(
        _l("In this place since (TMT)"), [Optional()],
        description=_l("Only when unit or position change; empty: from today."),
    )  # fmt: skip
    superior = StringField(
        _l("NIP of the direct superior"), [Length(max=60)],
        description=_l("Empty: the head of the unit. The superior sees hours and profile of this person."),
    )  # fmt: skip

    def person(self, user: User) -> Person:
        """Return what was typed; the e-mail address stays."""
        return Person(
            name=self.name.data or "",
            nip=self.nip.data,
            email=user.email,
            employment=self.employment.data,
            rank=self.rank.data or None,
            unit_id=number_of(self.unit_id.data),
            position_id=number_of(self.position_id.data),
        )


def form_of(user: User) -> StaffForm:
    """Return the form with the data of a person and the lists to choose from."""
    superior = named_superior(db.session(), user.id)
    form = StaffForm(obj=user, superior=superior.nip or superior.email if superior else "")
    form.rank.choices = rank_choices(user.rank)
    form.unit_id.choices = unit_choices(visible_units(), user.unit)[1:]
    form.position_id.choices = position_choices(positions(db.session()), user.position)
    return form


def may_change(user: User) -> bool:
    """Nobody changes the own record or that of a mightier account."""
    return user.id != me().id and may_reset_password(me(), user)


def may_edit(user: User) -> bool:
    """Say whether the data may be changed: those of an open account."""
    return user.closed_at is None and may_change(user)
