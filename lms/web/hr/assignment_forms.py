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
from flask_wtf.file import FileField
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms import clock
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import positions, staff_for
from lms.domain.accounts.rules import InvalidNip, normalise_nip, squeezed
from lms.domain.assignments.actions import Order
from lms.domain.assignments.queries import asked_already, done_since, touched
from lms.domain.assignments.rules import Rule, due_since
from lms.domain.catalog.queries import live_titles
from lms.domain.competencies.queries import dictionary
from lms.domain.reports.queries.gaps import lacking
from lms.web.admin.forms import FIRST, number_of, position_choices, unit_choices
from lms.web.hr.scope import visible_units
from lms.web.labels import EMPLOYMENT

MOST_NAMED = 2_000
FIXED, RELATIVE = "fixed", "relative"


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
    file = FileField(
        _l("A list as a file, Excel (.xlsx) or CSV"),
        description=_l("One person a row, with a column NIP; other columns are passed over."),
    )  # fmt: skip
    gap = SelectField(
        _l("Gap in a competency"), validate_choice=False,
        description=_l("Those whose assessed level is below the one that their position requires today."),
    )  # fmt: skip
    gap_unknown = BooleanField(_l("Also those who need it and have not been assessed"))
    due = RadioField(
        _l("To be completed"), [Optional()], default=FIXED, validate_choice=False,
        choices=[SelectChoice(FIXED, _l("by a day, the same for all")),
                 SelectChoice(RELATIVE, _l("so many days after the person is assigned or comes in"))],
    )  # fmt: skip
    due_on = DateField(_l("To be completed by"), [Optional()])
    due_days = IntegerField(_l("Days after being assigned"), [Optional()])
    counts_from = DateField(
        _l("Completions count since"), [InputRequired(_l("Write the day."))],
        description=_l("Who completed the course on this day or later has nothing to do."),
    )  # fmt: skip
    letter_number = StringField(_l("Number of the letter of assignment"), [Length(max=100)],
                                filters=[lambda text: squeezed(text or "")])  # fmt: skip
    letter_on = StringField(_l("Day of the letter"))
    note = TextAreaField(_l("Note for the people"), [Length(max=500)])
    follows = BooleanField(_l("Also for people who come to match unit, position, status or gap later"))
    newcomer_days = IntegerField(
        _l("Days that they have at least"),
        [NumberRange(1, 366, _l("Write a number from 1 to 366."))],
        description=_l("For a fixed day. With days after being assigned, newcomers have those."),
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
    for field in (form.due, form.due_on, form.due_days):
        field.flags.optional = False  # one of the two is asked for
    known = dictionary(session, retired=False)
    form.gap.choices = [
        SelectChoice("", str(_("no gap asked for"))),
        *(SelectChoice(str(one.id), f"{one.entry.code} {one.entry.name}") for one in known),
    ]


def letter_day(form: AssignmentForm) -> date | None:
    """Return the day of the letter, None when empty. ValueError for nonsense."""
    text = (form.letter_on.data or "").strip()
    return date.fromisoformat(text) if text else None


def due_from(form: AssignmentForm, today: date) -> tuple[date, int | None] | None:
    """Return the day of those assigned today, and the days when each has its own; None with errors."""
    if form.due.data == RELATIVE:
        days = form.due_days.data
        if days is None or not 1 <= days <= 366:
            form.due_days.errors = [_("Write a number from 1 to 366.")]
            return None
        return due_since(days, today), days
    day: date | None = form.due_on.data
    if day is None or day < today:
        words = _("This day is over.") if day else _("Write the day.")
        form.due_on.errors = form.due_on.errors or [words]
        return None
    return day, None


def rule_from(session: Session, form: AssignmentForm, actor: User, listed: Sequence[int] = ()) -> Rule | None:
    """Return whom the form names, `listed` by a file among them; None, with errors at the fields, when it
    cannot be read.
    """
    units = {str(row.unit.id) for row in visible_units()}
    unit, gap = form.unit.data or "", form.gap.data or ""
    if unit and unit not in units:
        form.unit.errors = [_("Choose an open unit from the list.")]
        return None
    if gap and gap not in {choice.value for choice in form.gap.choices}:
        form.gap.errors = [_("Choose a competency from the list.")]
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
        people=tuple(sorted({*named, *listed})),
        gap=int(gap) if gap else None,
        gap_unknown=bool(gap and form.gap_unknown.data),
    )
    if not rule.by_trait and not rule.people:
        form.unit.errors = [
            _("Say whom it touches: a unit, a position, an employment status, a gap, NIPs or a list.")
        ]
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
    people = people_of_rule(session, order.rule, actor)
    return Preview(
        tuple(people),
        len(done_since(session, order.course_id, people, order.counts_from)),
        len(asked_already(session, order.course_id, people)),
        first_names(session, people),
    )


def people_of_rule(session: Session, rule: Rule, actor: User) -> list[int]:
    """Return the ids of the actor's people that a rule touches today."""
    return touched(session, rule, staff_for(actor), _lacking(rule, actor))


def first_names(session: Session, people: Sequence[int]) -> list[tuple[str, str | None]]:
    """Return name and NIP of the first thirty of them."""
    names = session.execute(
        select(User.name, User.nip).where(User.id.in_(people[:2000])).order_by(User.name, User.id).limit(30)
    )
    return [(row.name, row.nip) for row in names]


def _lacking(rule: Rule, actor: User) -> Select[int] | None:
    return lacking(actor, rule, clock.local_date(clock.now())) if rule.gap else None
