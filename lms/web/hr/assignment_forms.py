"""The form of an assignment: the course, whom it touches, until when, by which letter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from lms.domain.accounts.models import User
from lms.domain.accounts.queries import positions, staff_for
from lms.domain.accounts.rules import InvalidNip, normalise_nip, squeezed
from lms.domain.assignments.actions import Order
from lms.domain.assignments.queries import asked_already, done_since, touched
from lms.domain.assignments.rules import Rule
from lms.domain.catalog.queries import live_titles
from lms.web.admin.forms import FIRST, number_of, position_choices, unit_choices
from lms.web.hr.scope import visible_units
from lms.web.labels import EMPLOYMENT

MOST_NAMED = 2_000


class AssignmentForm(FlaskForm):
    """An order as HR types it."""

    course = SelectField(_l("Course"), [InputRequired(_l("Choose a course."))], validate_choice=False)
    unit = SelectField(_l("Unit, with all below it"), validate_choice=False)
    position = SelectField(_l("Position"), validate_choice=False)
    employment = SelectMultipleField(
        _l("Employment"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        choices=[SelectChoice(key, word) for key, word in EMPLOYMENT.items()], validate_choice=False,
    )  # fmt: skip
    people = TextAreaField(
        _l("NIPs, one a line"), [Length(max=60_000)],
        description=_l("For people who are named one by one, also beside a unit."),
    )  # fmt: skip
    due_on = DateField(_l("To be completed by"), [InputRequired(_l("Write the day."))])
    counts_from = DateField(
        _l("Completions count since"), [InputRequired(_l("Write the day."))],
        description=_l("Who completed the course on this day or later has nothing to do."),
    )  # fmt: skip
    letter_number = StringField(_l("Number of the letter of assignment"), [Length(max=100)],
                                filters=[lambda text: squeezed(text or "")])  # fmt: skip
    letter_on = StringField(_l("Day of the letter"))
    note = TextAreaField(_l("Note for the people"), [Length(max=500)])
    follows = BooleanField(_l("Also for people who come into this unit or position later"))
    newcomer_days = IntegerField(
        _l("Days that they have at least"),
        [NumberRange(1, 366, _l("Write a number from 1 to 366."))],
    )  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """Whom an order touches: all, of these done already, of these asked already by another order."""

    people: tuple[int, ...]
    done: int
    asked: int
    names: Sequence[tuple[str, str | None]]

    @property
    def seen(self) -> str:
        """What tells one list of people from another."""
        return hashlib.sha256(repr(self.people).encode()).hexdigest()[:16]


def fill(session: Session, form: AssignmentForm) -> None:
    """Give the lists their choices."""
    titles = sorted(live_titles(session).items(), key=lambda pair: pair[1].casefold())
    form.course.choices = [FIRST, *(SelectChoice(slug, title) for slug, title in titles)]
    form.unit.choices = unit_choices(visible_units())
    form.position.choices = position_choices(positions(session))


def letter_day(form: AssignmentForm) -> date | None:
    """Return the day of the letter, None when empty. ValueError for nonsense."""
    text = (form.letter_on.data or "").strip()
    return date.fromisoformat(text) if text else None


def rule_from(session: Session, form: AssignmentForm, actor: User) -> Rule | None:
    """Return whom the form names; None, with errors at the fields, when it cannot be read."""
    units = {str(row.unit.id) for row in visible_units()}
    unit = form.unit.data or ""
    if unit and unit not in units:
        form.unit.errors = [_("Choose an open unit from the list.")]
        return None
    words = [word for word in re.split(r"[\n,;]+", form.people.data or "") if word.strip()]
    named, unknown = _named(session, words[: MOST_NAMED + 1], actor)
    if unknown or len(words) > MOST_NAMED:
        form.people.errors = [
            _("Not found in your scope: %(list)s", list=", ".join(unknown[:10]))
            if unknown else _("At most %(most)s NIPs.", most=MOST_NAMED)
        ]  # fmt: skip
        return None
    position = number_of(form.position.data)
    rule = Rule(
        units=(int(unit),) if unit else (),
        positions=(position,) if position else (),
        employment=tuple(key for key in form.employment.data or () if key in EMPLOYMENT),
        people=named,
    )
    if not rule.by_trait and not rule.people:
        form.unit.errors = [_("Say whom it touches: a unit, a position, an employment status, or NIPs.")]
        return None
    return rule


def _named(session: Session, words: Sequence[str], actor: User) -> tuple[tuple[int, ...], list[str]]:
    nips: dict[str, str] = {}
    unknown: list[str] = []
    for word in words:
        try:
            nips[normalise_nip(word)] = word.strip()
        except InvalidNip:
            unknown.append(word.strip()[:30])
    found: dict[str, int] = {}
    if nips:
        people = staff_for(actor).where(User.nip.in_(nips)).with_only_columns(User.nip, User.id)
        found = {str(row[0]): row[1] for row in session.execute(people)}
    unknown += [typed for nip, typed in nips.items() if nip not in found]
    return tuple(sorted(found.values())), unknown


def preview_of(session: Session, order: Order, actor: User) -> Preview:
    """Return whom an order touches today."""
    people = touched(session, order.rule, staff_for(actor))
    names = session.execute(
        select(User.name, User.nip).where(User.id.in_(people[:2000])).order_by(User.name, User.id).limit(30)
    )
    return Preview(
        tuple(people),
        len(done_since(session, order.course_id, people, order.counts_from)),
        len(asked_already(session, order.course_id, people)),
        [(row.name, row.nip) for row in names],
    )
