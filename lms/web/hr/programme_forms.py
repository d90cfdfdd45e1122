"""Forms of learning paths: the beginning, the draft with its steps, the order that puts people on one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.domain.accounts.rules import squeezed
from lms.domain.programmes.actions import Writing
from lms.domain.programmes.rules import MOST_COURSES, Step
from lms.web.admin.forms import unit_choices
from lms.web.hr.scope import visible_units
from lms.web.labels import POSITION_CLASSES

TITLE = [DataRequired(_l("Write the title.")), Length(max=200, message=_l("At most 200 characters."))]


class NewProgramme(FlaskForm):
    """Title and unit of a new path."""

    title = StringField(_l("Title of the path"), TITLE, filters=[lambda text: squeezed(text or "")])
    unit = SelectField(
        _l("Unit, with all below it"), validate_choice=False,
        description=_l("The path is offered to its people. The unit cannot be changed later."),
    )  # fmt: skip

    def fill(self) -> None:
        """Give the list its choices."""
        self.unit.choices = unit_choices(visible_units())

    def unit_id(self) -> int | None:
        """Return the unit; None, with errors at the fields, when the form cannot be stored."""
        self.fill()
        valid = self.validate()
        if (self.unit.data or "") not in {str(row.unit.id) for row in visible_units()}:
            self.unit.errors, valid = [_("Choose an open unit from the list.")], False
        return int(self.unit.data) if valid else None


class DraftForm(FlaskForm):
    """What a draft says beside its steps."""

    title = StringField(_l("Title of the path"), [TITLE[1]], filters=[lambda text: squeezed(text or "")])
    purpose = TextAreaField(
        _l("Purpose"), [Length(max=2000, message=_l("At most 2,000 characters."))],
        description=_l("What somebody can do afterwards, in a few sentences."),
    )  # fmt: skip
    audience = SelectMultipleField(
        _l("Meant for these kinds of position"), widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(), validate_choice=False,
        choices=[SelectChoice(key, word) for key, word in POSITION_CLASSES.items()],
        description=_l("Nothing ticked: everybody in the unit. Assigned people see it in any case."),
    )  # fmt: skip
    ordered = BooleanField(_l("The steps are done in order: each opens when the one before it is done"))
    counts_from = DateField(
        _l("Completions count since"), [Optional()],
        description=_l("Empty: every completion of these courses counts, whenever it was."),
    )  # fmt: skip
    change_note = TextAreaField(
        _l("Why this edition"), [Length(max=500, message=_l("At most 500 characters."))],
        description=_l("People on the path read it beside what changes."),
    )  # fmt: skip

    def writing(self, steps: tuple[Step, ...]) -> Writing:
        """Return what was typed, with these steps."""
        return Writing(
            self.title.data or "", (self.purpose.data or "").strip(),
            tuple(key for key in self.audience.data or () if key in POSITION_CLASSES),
            bool(self.ordered.data), self.counts_from.data, (self.change_note.data or "").strip(), steps,
        )  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """The steps of a form after the button that was pressed, and what went wrong ("", or a sentence)."""

    steps: tuple[Step, ...]
    error: str = ""
    at: int | None = None  # place of the step to show, from 1


def steps_of(form: MultiDict[str, str], known: Mapping[str, int]) -> Typed:
    """Read the steps of a draft and do what the button `act` says.

    A step i (from 0) has the fields key-i, choose-i, course-i (slugs) and add-i; the acts are save, open,
    add-step, up-i, down-i, drop-i and out-i-slug. `known` are the published courses and those of the draft:
    {slug: id}.
    """
    steps = _once([_step(form, place, known) for place in range(MOST_COURSES) if f"key-{place}" in form])
    taken = {course for step in steps for course in step.courses}
    error, at = "", None
    fresh = [(f"add-{place}", place) for place in range(len(steps))] + [("add", len(steps))]
    for name, place in fresh:
        course = known.get(form.get(name, ""))
        if course is None:
            continue
        if course in taken or len(taken) >= MOST_COURSES:
            error = (
                _("A course stands once in a path.") if course in taken
                else _("At most %(most)s courses.", most=MOST_COURSES)
            )  # fmt: skip
            continue
        taken.add(course)
        at = place + 1
        if place == len(steps):
            steps.append(Step(0, 1, (course,)))
        else:
            old = steps[place]
            steps[place] = Step(old.key, old.choose, (*old.courses, course))
    done, moved_to = _acted(steps, form.get("act", ""), known)
    return Typed(tuple(step for step in done if step.courses), error, moved_to or at)


def _once(steps: Sequence[Step]) -> list[Step]:
    """The steps with each key and each course where it stands first, and no more courses than a path has."""
    keys: set[int] = {0}
    taken: set[int] = set()
    found = []
    for step in steps:
        courses = [course for course in step.courses if course not in taken][: MOST_COURSES - len(taken)]
        taken.update(courses)
        found.append(Step(0 if step.key in keys else step.key, step.choose, tuple(courses)))
        keys.add(step.key)
    return found


def _step(form: MultiDict[str, str], place: int, known: Mapping[str, int]) -> Step:
    slugs = dict.fromkeys(form.getlist(f"course-{place}"))
    courses = tuple(known[slug] for slug in slugs if slug in known)
    choose = min(max(1, _number(form.get(f"choose-{place}"), 1)), MOST_COURSES)
    return Step(_number(form.get(f"key-{place}"), 0), choose, courses)


def _number(text: str | None, other: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else other


def _acted(steps: Sequence[Step], act: str, known: Mapping[str, int]) -> tuple[list[Step], int | None]:
    word, _dash, rest = act.partition("-")
    text, _dash, slug = rest.partition("-")
    place, found = _number(text, MOST_COURSES), list(steps)
    if place >= len(found):
        return found, None
    if word == "drop":
        del found[place]
        return found, min(place + 1, len(found)) or None
    if word == "out":
        old = found[place]
        left = tuple(course for course in old.courses if course != known.get(slug))
        if not left:
            del found[place]
            return found, min(place + 1, len(found)) or None
        found[place] = Step(old.key, min(old.choose, len(left)), left)
    other = place - 1 if word == "up" else place + 1 if word == "down" else place
    if 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
        return found, other + 1
    return found, place + 1
