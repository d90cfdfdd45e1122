"""What an import says: kinds, fields, results, and why a row or a file is refused."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.accounts.actions import Refused
from lms.domain.imports.rules import Problem, Unreadable
from lms.web.certificate_labels import Label
from lms.web.person_warnings import DOUBTS
from lms.web.refusals import refusal_text, words

KINDS: dict[str, LazyString] = {
    "people": _l("Staff"),
    "units": _l("Units"),
    "positions": _l("Positions"),
}
RESULTS: dict[str, Label] = {
    "refused": Label(_l("Refused"), "danger", "cross"),
    "new": Label(_l("New"), "info", "play"),
    "changed": Label(_l("Changed"), "warn", "edit"),
    "same": Label(_l("Unchanged"), "quiet", "pause"),
}
FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "title_before": _l("Titles before the name"),
    "title_after": _l("Titles after the name"),
    "nip": _l("NIP"),
    "old_nip": _l("Former NIP"),
    "email": _l("E-mail"),
    "employment": _l("Employment"),
    "rank": _l("Rank"),
    "unit_code": _l("Code of the unit"),
    "unit": _l("Unit"),
    "position_code": _l("Code of the position"),
    "position": _l("Position"),
    "since": _l("In this place since (TMT)"),
    "superior": _l("NIP of the direct superior"),
    "code": _l("Code"),
    "parent": _l("Code of the unit above"),
    "head": _l("NIP of the head"),
    "rank_class": _l("Class"),
    "unit_id": _l("Unit"),
    "position_id": _l("Position"),
    "superior_id": _l("Direct superior"),
    "parent_id": _l("Stands under"),
    "head_id": _l("Head of the unit"),
}
_FILES: dict[str, LazyString] = {
    "file.empty": _l("The file holds no rows."),
    "file.large": _l("The file is larger than %(limit)s MB. Leave out columns and pictures, or split it."),
    "file.old": _l("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without one."),
    "file.kind": _l("This is neither an Excel workbook (.xlsx) nor a CSV. Save the table as .xlsx."),
    "file.text": _l("The text of this file cannot be read. Save it in Excel as “CSV UTF-8” or as .xlsx."),
    "file.csv": _l("The CSV is damaged, perhaps by a quotation mark. Save it as .xlsx and try again."),
    "file.workbook": _l("The workbook is damaged. Open it in Excel, save it anew, and try again."),
    "file.bomb": _l("This workbook would unpack to far more than a table of people. It was not opened."),
    "file.rows": _l(
        "The sheet has more than %(limit)s rows. Split it, and delete what lies below the table."
    ),
    "list.column": _l("No column of this file holds NIPs. Give the column the heading NIP."),
    "file.columns": _l("The sheet has more than %(limit)s columns. Delete what lies beside the table."),
}
_ROWS: dict[str, LazyString] = {
    "nip.rounded": _l(
        "Excel turned the NIP into a number and its last digits are lost. Set the column to Text and paste"
        " the NIP again from the source."
    ),
    "nip.birth": _l("The first eight digits are no possible birth date. Compare it with the decree."),
    "nip.missing": _l("The row has no NIP."),
    "nip.twice": _l("Row %(row)s has the same NIP but other data. One of them is wrong."),
    "nip.was_former": _l("Somebody had this NIP before a new one was given. Use the new one."),
    "email.twice": _l("Row %(row)s has the same e-mail address."),
    "email.held": _l("Somebody else has this e-mail address."),
    "row.repeated": _l("Row %(row)s says the same; this one was skipped."),
    "employment.leaver": _l(
        "This person has left. Close the account on the page of the person; a file never closes one."
    ),
    "employment.unreadable": _l("This status is not known; the recorded one stays."),
    "employment.guessed": _l("No status in the file; it was taken from the NIP."),
    "rank.unlisted": _l("This rank is in no list; it is taken as written."),
    "day.unreadable": _l("This is no date. Write 31/12/2026."),
    "day.order": _l("The month would be larger than 12. Write the day first: 31/12/2026."),
    "day.none": _l("There is no such day."),
    "day.future": _l("This day is yet to come. Import it when the time has come."),
    "unit.unknown_code": _l("No unit has this code."),
    "unit.unknown": _l("No unit has this name."),
    "unit.ambiguous": _l("This name can mean more than one unit, or only nearly fits. Answer above."),
    "unit.closed": _l("This unit is closed."),
    "unit.scope": _l("This unit lies outside your scope. BKPSDM moves people between scopes."),
    "unit.missing": _l("A new person needs a unit: its code or its name."),
    "position.unknown_code": _l("No position has this code."),
    "position.unknown": _l("No position has this name. Answer above, or let BKPSDM add it first."),
    "position.ambiguous": _l("This name can mean more than one position, or only nearly fits. Answer above."),
    "position.closed": _l("This position is no longer used."),
    "person.scope": _l("This person belongs to a unit outside your scope. BKPSDM moves people."),
    "person.unknown": _l("Nobody on record has this NIP. Import the person first, or correct the NIP."),
    "person.closed": _l("The account of this person is closed. Open it again first if the person is back."),
    "person.elsewhere": _l(
        "Nobody in your scope has this NIP. Correct the number; BKPSDM assigns people of other units."
    ),
    "person.mighty": _l(
        "You may not change these data: your own account, one with wider rights, or an external author."
    ),
    "person.namesake_elsewhere": _l(
        "Somebody of this name and birth date is recorded outside your scope. Ask BKPSDM."
    ),
    "person.renumbered": _l("Somebody of this name and birth date has another NIP. Answer above."),
    "superior.self": _l("The direct superior is the person; it was left out."),
    "superior.unknown": _l("Nobody has the NIP of this superior; it was left out."),
    "code.missing": _l("The row has no code."),
    "code.twice": _l("Row %(row)s has the same code."),
    "parent.unknown": _l("No unit has this code, neither here nor in the file."),
    "parent.cycle": _l("A unit cannot stand under itself or under one of its own units."),
    "head.unknown": _l("Nobody has the NIP of this head; it was left out."),
    "class.unreadable": _l("This class is not known. Write for example Ahli Muda, Pelaksana or III.a."),
    "name.beside": _l("Another unit in the same place has this name."),
}
_REFUSALS: dict[str, LazyString] = {
    "import.stale": _l("People or units have changed since this trial. Look at it again, then save."),
    "import.nothing": _l("There is nothing to save."),
    "import.applied": _l("This file was saved already."),
    "mapping.unknown": _l("Choose the fields again."),
}


def file_text(error: Unreadable) -> str:
    """Return why a file cannot be read."""
    text = str(_FILES[error.code])
    return text % {"limit": error.limit} if "%(" in text else text


def problem_text(problem: Problem) -> str:
    """Return why a row is refused, or what is doubtful in it."""
    known = _ROWS.get(problem.code) or DOUBTS.get(problem.code)
    if known is None:
        return words(problem.code, **problem.params)
    text: str = str(known)
    return text % dict(problem.params) if "%(" in text else text


def refusal(error: Refused) -> str:
    """Return what a refusal says on these pages."""
    if error.code == "mapping.twice":
        label = FIELDS[str(error.params["field_name"])]
        return str(_("Two columns are given as %(field)s. Keep one.", field=label))
    if error.code == "mapping.missing":
        names = error.params["fields"]
        fields = ", ".join(str(FIELDS[name]) for name in names) if isinstance(names, list) else ""
        return str(_("Say which column holds: %(fields)s.", fields=fields))
    known = _REFUSALS.get(error.code)
    return str(known) if known is not None else refusal_text(error)
