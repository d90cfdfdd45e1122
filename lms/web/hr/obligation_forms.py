"""The form of training that comes round again."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import (
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

from lms.domain.accounts.queries import positions
from lms.domain.accounts.rules import squeezed
from lms.domain.catalog.queries import course_by_slug, live_titles
from lms.domain.obligations.actions import Grounds, Order
from lms.domain.obligations.rules import Terms
from lms.domain.outside.proofs import MOST_BYTES, BadProof, proof_of
from lms.web.admin.forms import FIRST, number_of, position_choices, unit_choices
from lms.web.hr.scope import visible_units
from lms.web.labels import EMPLOYMENT
from lms.web.outside_words import problem_text
from lms.web.refusals import undo

DAYS = NumberRange(1, 366, _l("Write a number from 1 to 366."))


CYCLE, UNTIL = "cycle", "until"


class ExemptionForm(FlaskForm):
    """Whom nothing is asked of for a time, with reason and document; `whole` names a unit."""

    whole = SelectField(_l("Everybody of the unit, with all below it"), validate_choice=False)
    term = RadioField(
        _l("Exempt for how long"), default=CYCLE, validate_choice=False,
        choices=[SelectChoice(CYCLE, _l("for this cycle: asked again when the next one opens")),
                 SelectChoice(UNTIL, _l("until a day"))],
    )  # fmt: skip
    until = DateField(_l("Exempt until"), [Optional()])
    reason = StringField(_l("Reason"), [Length(max=300)], filters=[lambda text: squeezed(text or "")])
    document = StringField(
        _l("Document"), [Length(max=100)], filters=[lambda text: squeezed(text or "")],
        description=_l("For example the number of a leave permit or a medical letter."),
    )  # fmt: skip
    proof = FileField(_l("File of the document"), description=_l("PDF up to 2 MB, or a photograph"))

    def grounds(self, today: date) -> Grounds | None:
        """Return what the form says; None, with errors at the fields, when it cannot be stored."""
        self.validate()
        if not self.reason.data:
            self.reason.errors = [_("Write the reason.")]
        until = self.until.data if self.term.data == UNTIL else None
        if self.term.data == UNTIL and (until is None or until < today):
            self.until.errors = [_("Write a day that is not over.")]
        proof, sent = None, self.proof.data
        if sent and sent.filename:
            try:
                proof = proof_of(sent.stream.read(MOST_BYTES + 1))
            except BadProof as error:
                undo()
                self.proof.errors = [problem_text(error.code)]
        return None if self.errors else Grounds(self.reason.data, until, self.document.data or "", proof)


class ObligationForm(FlaskForm):
    """A rule as HR types it."""

    course = SelectField(_l("Course"), [InputRequired(_l("Choose a course."))], validate_choice=False)
    unit = SelectField(_l("Unit, with all below it"), validate_choice=False)
    position = SelectField(_l("Position"), validate_choice=False)
    employment = SelectMultipleField(
        _l("Employment"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        choices=[SelectChoice(key, word) for key, word in EMPLOYMENT.items()], validate_choice=False,
        description=_l("Nothing ticked: everybody."),
    )  # fmt: skip
    rhythm = RadioField(
        _l("To be done again"),
        choices=[SelectChoice("months", _l("after some months, counted from the day of completion")),
                 SelectChoice("year", _l("once in each calendar year"))],
    )  # fmt: skip
    months = IntegerField(
        _l("Months"), [Optional(), NumberRange(1, 120, _l("Write a number from 1 to 120."))],
        description=_l("For example 12 or 36."),
    )  # fmt: skip
    window_days = IntegerField(
        _l("May be done again so many days before the end"),
        [InputRequired(_l("Write a number from 0 to 366.")),
         NumberRange(0, 366, _l("Write a number from 0 to 366."))],
        description=_l("From this day on the person is asked, and sees a button to take the course again."),
    )  # fmt: skip
    starts_on = DateField(_l("The rule holds from"), [InputRequired(_l("Write the day."))])
    first_due_on = DateField(
        _l("First time by"), [Optional()],
        description=_l("For those who are there on that day. Empty: the days below count for everybody."),
    )  # fmt: skip
    first_days = IntegerField(
        _l("Days for those who come later"), [InputRequired(_l("Write a number from 1 to 366.")), DAYS],
        description=_l("Counted from the day they came into the unit or position."),
    )  # fmt: skip
    basis = StringField(_l("Basis"), [Length(max=200)], filters=[lambda text: squeezed(text or "")],
                        description=_l("For example the number of a circular or decree."))  # fmt: skip
    note = TextAreaField(_l("Note for the people"), [Length(max=500)])

    def fill(self, session: Session) -> None:
        """Give the lists their choices."""
        titles = sorted(live_titles(session).items(), key=lambda pair: pair[1].casefold())
        self.course.choices = [FIRST, *(SelectChoice(slug, title) for slug, title in titles)]
        self.unit.choices = unit_choices(visible_units())
        self.position.choices = position_choices(positions(session))

    def order(self, session: Session, today: date) -> Order | None:
        """Return the rule; None, with errors at the fields, when it cannot be stored."""
        self.fill(session)
        valid = self.validate()
        course = course_by_slug(session, self.course.data or "")
        if course is None or course.live_version_id is None:
            self.course.errors, valid = [_("Choose a course.")], False
        if (self.unit.data or "") not in {str(row.unit.id) for row in visible_units()}:
            self.unit.errors, valid = [_("Choose an open unit from the list.")], False
        if (self.position.data or "") not in {str(choice.value) for choice in self.position.choices}:
            self.position.errors, valid = [_("Choose an open position from the list.")], False
        if self.rhythm.data == "months" and self.months.data is None:
            self.months.errors, valid = [*self.months.errors, _("Write a number from 1 to 120.")], False
        start, first = self.starts_on.data, self.first_due_on.data
        if start and not date(today.year - 5, 1, 1) <= start <= date(today.year + 5, 12, 31):
            self.starts_on.errors, valid = [_("Write a day within five years.")], False
        if start and first and first < start:
            self.first_due_on.errors, valid = [_("This day lies before the rule holds.")], False
        if not valid or course is None or start is None:
            return None
        months = self.months.data if self.rhythm.data == "months" else None
        terms = Terms(start, months, int(self.window_days.data or 0), first, int(self.first_days.data))
        statuses = tuple(key for key in self.employment.data or () if key in EMPLOYMENT)
        return Order(
            course.id, int(self.unit.data), terms, number_of(self.position.data), statuses,
            self.basis.data or "", (self.note.data or "").strip(),
        )  # fmt: skip
