"""When people are reminded: one group of the policy, at the admin desk and at that of the agency."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired

from lms.domain.reminders.rules import time_of
from lms.domain.reminders.rules.times import NoTime
from lms.web.admin.policy_fields import PolicyForm, whole_field

DAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"),
        _l("Sunday"))  # fmt: skip


def _time(_form: PolicyForm, field: Field) -> None:
    try:
        field.data = f"{time_of(field.data or ''):%H.%M}"
    except NoTime as error:
        raise ValidationError(_("Write a time such as 08.00.")) from error


def _hour(label: LazyString, hint: LazyString | str = "") -> StringField:
    return StringField(label, [InputRequired(_l("Write a time such as 08.00.")), _time], description=hint)


def _weekday(value: object) -> int:
    text = str(value)
    return int(text) if text in set("1234567") else 0


class RemindersForm(PolicyForm):
    """The weekly digest, quiet hours, how often, urgent reminders, superiors, the log."""

    reminders_on = BooleanField(
        _l("Send reminders"),
        description=_l("Look at the next run first. What lies in the past is not made up for."),
    )
    reminder_weekday = SelectField(
        _l("Day of the weekly digest"), [AnyOf(range(1, 8), _l("Choose a day from the list."))],
        coerce=_weekday, validate_choice=False,
        choices=[SelectChoice(number, label) for number, label in enumerate(DAYS, 1)],
    )  # fmt: skip
    reminder_time = _hour(_l("Time of the digest and of urgent reminders (WIB)"))
    reminder_quiet_from = _hour(
        _l("Quiet from (WIB)"), _l("What falls into quiet hours goes out at the next open hour.")
    )
    reminder_quiet_until = _hour(_l("Quiet until (WIB)"), _l("The same time twice: no quiet hours."))
    reminder_quiet_weekend = BooleanField(_l("Saturdays and Sundays are quiet"))
    reminder_week_cap = whole_field(
        _l("Most messages to one person a week"), 1, 14, _l("Digest, urgent reminders and those of staff.")
    )
    reminder_urgent_days = whole_field(
        _l("Urgent reminder so many days before a due day"), 0, 30, _l("0 switches it off.")
    )
    reminder_soon_days = whole_field(_l("The digest names due days of the next (days)"), 1, 90)
    reminder_idle_days = whole_field(
        _l("The digest names courses that were begun and not opened for (days)"), 1, 365
    )
    reminder_escalation = BooleanField(
        _l("Tell superiors of their own staff that is late"),
        description=_l("Once a week: names, courses and days late, nothing else."),
    )
    reminder_escalation_days = whole_field(_l("From so many days past the due day"), 1, 365)
    reminder_keep_days = whole_field(_l("The delivery log is kept for (days)"), 30, 3650)
