"""Words for the codes of the competencies, and for what is refused in a form or a file."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.accounts.actions import Refused
from lms.domain.competencies.rules.tables import RowProblem

KINDS: dict[str, LazyString] = {
    "managerial": _l("Managerial"),
    "sociocultural": _l("Sociocultural"),
    "technical": _l("Technical"),
}
LEVEL_NAMES: dict[int, LazyString] = {
    1: _l("Understands, in development"),
    2: _l("Basic"),
    3: _l("Intermediate"),
    4: _l("Advanced"),
    5: _l("Expert"),
}
"""Names of the five levels of PermenPANRB 38/2017."""
FIELDS: dict[str, LazyString] = {
    "new": _l("New competency"),
    "code": _l("Code"),
    "kind": _l("Kind"),
    "name": _l("Name"),
    "description": _l("Description"),
    "source": _l("Legal basis"),
    "levels": _l("Levels"),
    "unit": _l("Unit"),
    "retired_on": _l("Not in force since"),
    "guid": _l("Identifier"),
}
PROBLEMS: dict[str, LazyString] = {
    "competency.code": _l("A code has letters, digits and dots, at most 24 characters, such as M.5 or T.12."),
    "competency.kind": _l("Choose a kind: managerial, sociocultural or technical."),
    "competency.name": _l("Write a name of 1 to 120 characters."),
    "competency.description": _l("A description has at most 500 characters."),
    "competency.source": _l("A legal basis has at most 200 characters."),
    "competency.levels": _l("The description of a level has at most 500 characters."),
    "competency.unit_kind": _l("Only a technical competency belongs to a unit."),
    "competency.unit": _l("There is no unit with this code."),
    "competency.guid": _l("The identifier is no UUID. Leave it empty for a new competency."),
    "competency.code_taken": _l("Another competency has this code already."),
    "row.twice": _l("This stands twice in the file; the first row counts."),
    "row.position": _l("No position has this code."),
    "row.level": _l("A level is a whole number from 0 to 5."),
    "row.nip": _l("Nobody in your scope has this NIP."),
    "row.day": _l("This is no day. Write it as 24/11/2026."),
    "rating.own": _l("Nobody enters the own assessment. Ask a colleague."),
    "rating.method": _l("Write how it was assessed, with at most 120 characters."),
    "rating.assessor": _l("The assessor has at most 200 characters."),
    "rating.future": _l("An assessment cannot lie in the future."),
    "rating.old": _l("Assessments before 2000 are not kept."),
    "rating.until": _l("It cannot end before the day of the assessment."),
    "column.unknown": _l("No competency has this code; the column is left out."),
    "file.column": _l("This column is missing. The template shows all of them."),
    "case.json": _l("This is no JSON file."),
    "case.package": _l("This is no CASE package: a part is missing or has another shape."),
    "case.item": _l("An item has no identifier, code or statement."),
    "case.type": _l("Items of this type are not known here."),
    "case.level": _l("A level stands under no competency, or its number is not 1 to 5."),
}


def kind_label(code: str) -> str:
    """Return the word for a kind of competency."""
    return str(KINDS.get(code, code))


def level_name(level: int) -> str:
    """Return "3 Menengah"; 0 is no level yet."""
    word = LEVEL_NAMES[level] if level in LEVEL_NAMES else _("not yet at level 1")
    return f"{level} {word}"


def refused_text(error: Refused) -> str:
    """Return what a refusal says."""
    return str(PROBLEMS[error.code])


def problem_text(problem: RowProblem) -> str:
    """Return what is wrong with a row, with the value it is about."""
    text = str(PROBLEMS[problem.code])
    return f"{problem.value}: {text}" if problem.value else text
