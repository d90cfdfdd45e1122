"""Forms of people, roles, units and positions; what the office demands is said by the domain's refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from lms.domain.accounts.actions import Person
from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.queries import UnitRow
from lms.domain.accounts.rules import GRADES_PPPK, RANKS_PNS
from lms.web.labels import EMPLOYMENT, POSITION_CLASSES, ROLES

INDENT = "\u2003"  # an em space for each step down the tree
FIRST = SelectChoice("", "—")
LONG = _l("This is too long.")


def _needed(message: LazyString, most: int) -> list[Any]:
    return [InputRequired(message), Length(max=most, message=LONG)]


def _listed(words: Mapping[str, LazyString]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in words.items()]


def number_of(text: str | None) -> int | None:
    """Return the id chosen in a list, None for the empty choice, 0 (nobody) for nonsense."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def unit_choices(rows: Iterable[UnitRow], kept: OrgUnit | None = None) -> list[SelectChoice]:
    """Return the open units as a tree for a list; `kept` stays choosable though it is closed."""
    choices = [FIRST]
    choices += [SelectChoice(str(row.unit.id), INDENT * row.depth + row.unit.name) for row in rows]
    if kept is not None and all(choice.value != str(kept.id) for choice in choices):
        choices.append(SelectChoice(str(kept.id), kept.name))
    return choices


def position_choices(positions: Iterable[Position], kept: Position | None = None) -> list[SelectChoice]:
    """Return the open positions for a list; `kept` stays choosable though it is closed."""
    choices = [FIRST, *(SelectChoice(str(position.id), position.name) for position in positions)]
    if kept is not None and all(choice.value != str(kept.id) for choice in choices):
        choices.append(SelectChoice(str(kept.id), kept.name))
    return choices


def rank_choices(kept: str | None) -> list[SelectChoice]:
    """Return ranks of PNS and grades of PPPK in two groups; another one that a person has stays."""
    choices = [FIRST]
    choices += [SelectChoice(rank, rank, optgroup=str(_l("PNS"))) for rank in RANKS_PNS]
    choices += [SelectChoice(grade, grade, optgroup=str(_l("PPPK"))) for grade in GRADES_PPPK]
    if kept and kept not in (*RANKS_PNS, *GRADES_PPPK):
        choices.append(SelectChoice(kept, kept, optgroup=str(_l("As recorded"))))
    return choices


class PersonForm(FlaskForm):
    """What HR data say about a person."""

    name = StringField(
        _l("Name with titles"), _needed(_l("Write the name."), 400),
        description=_l("As in the decree, for example Dra. Hj. Aminah, M.M."),
    )  # fmt: skip
    nip = StringField(
        _l("NIP"), [Length(max=60, message=LONG)],
        description=_l("18 digits; blanks and dots do not matter. PPPK: NI PPPK."),
    )  # fmt: skip
    email = StringField(
        _l("E-mail"), [Optional(), Length(max=300, message=LONG)],
        description=_l("Only where there is one; whoever has a NIP signs in with that."),
    )  # fmt: skip
    employment = SelectField(_l("Employment"), choices=_listed(EMPLOYMENT), validate_choice=False)
    rank = SelectField(_l("Rank"), validate_choice=False)
    unit_id = SelectField(_l("Unit"), validate_choice=False)
    position_id = SelectField(_l("Position"), validate_choice=False)

    def offer(self, units: list[UnitRow], positions: Iterable[Position], user: User | None = None) -> None:
        """Fill the lists; what the person has already stays choosable."""
        self.rank.choices = rank_choices(user.rank if user else None)
        self.unit_id.choices = unit_choices(units, user.unit if user else None)
        self.position_id.choices = position_choices(positions, user.position if user else None)

    def person(self) -> Person:
        """Return what was typed."""
        return Person(
            name=self.name.data or "",
            nip=self.nip.data,
            email=self.email.data,
            employment=self.employment.data,
            rank=self.rank.data or None,
            unit_id=number_of(self.unit_id.data),
            position_id=number_of(self.position_id.data),
        )


class RoleForm(FlaskForm):
    """A role to give."""

    role = SelectField(_l("Role"), choices=_listed(ROLES), validate_choice=False)
    unit_id = SelectField(
        _l("Unit (only for HR of a unit)"), validate_choice=False,
        description=_l("The role reaches this unit and all units below it."),
    )  # fmt: skip


class UnitForm(FlaskForm):
    """Code and name of a unit."""

    name = StringField(_l("Name of the unit"), _needed(_l("Write the name."), 400))
    code = StringField(
        _l("Code"), _needed(_l("Write the code."), 80),
        description=_l("The key for imports, unique in the whole city: names repeat, codes do not."),
    )  # fmt: skip


class NewUnitForm(UnitForm):
    """A unit and its place."""

    parent_id = SelectField(
        _l("Stands under"), validate_choice=False, description=_l("Leave it empty for a unit at the top.")
    )


class MoveUnitForm(FlaskForm):
    """Another place for a unit."""

    parent_id = SelectField(
        _l("Stands under"), validate_choice=False, description=_l("Leave it empty for a unit at the top.")
    )


class HeadForm(FlaskForm):
    """Who heads a unit."""

    head = StringField(
        _l("NIP or e-mail of the head"), [Length(max=300, message=LONG)],
        description=_l("Direct superior of the unit's people who have no other one. Empty: nobody."),
    )  # fmt: skip


class PositionForm(FlaskForm):
    """A position."""

    name = StringField(_l("Name of the position"), _needed(_l("Write the name."), 400))
    code = StringField(_l("Code"), _needed(_l("Write the code."), 80))
    rank_class = SelectField(
        _l("Class"), choices=_listed(POSITION_CLASSES), validate_choice=False,
        description=_l("The class sets the level of managerial and sociocultural competencies."),
    )  # fmt: skip
