"""Tables of the desk as workbooks: what stands on the screen, all pages of it, figures as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import PeopleFilter, find_people, user_for
from lms.domain.assignments.queries import assignments_for
from lms.domain.audit.actions import record
from lms.domain.audit.queries import reasons_of
from lms.domain.enrollments.queries import enrollments_of, hours_from
from lms.domain.outside.queries import find_trainings, trainings_of
from lms.domain.plans.queries import find_items
from lms.domain.reports.queries import StaffWanted, jp_years, staff_totals
from lms.domain.reports.rules import Totals, UnitTotals, by_unit, whole
from lms.domain.reports.spreadsheet import Cell, Column
from lms.domain.settings.rules import target_jp
from lms.web.access import me
from lms.web.context import policy
from lms.web.hr.filters import year_of
from lms.web.hr.outside import SHOWN
from lms.web.hr.plans import wanted_from
from lms.web.hr.scope import figures_of, unit_of, visible_units
from lms.web.hr.staff_forms import LEAVING
from lms.web.outside_words import FORMS
from lms.web.outside_words import STATES as OUTSIDE_STATES
from lms.web.plan_words import STATES as PLAN_STATES
from lms.web.tables_sent import send_table

tables = Blueprint("tables", __name__)
MOST = 20_000
RECAPS = ("units", "years")


@tables.post("/hours/file/<kind>")
def hours(kind: str) -> Response:
    """Send the recap by unit: of the year on screen, or of every year ("years"), with the sum of each."""
    if kind not in RECAPS:
        abort(404)
    session, unit = db.session(), unit_of(request.form.get("unit"))
    known = jp_years(session, clock.local_date(clock.now()))
    years = known if kind == "years" else [year_of(request.form, known)]
    wanted = StaffWanted(unit_path=unit.path if unit else "")
    with force_locale("id"):
        widths = {
            _("Unit"): 40, _("Year"): 8, _("Staff"): 10, _("JP recorded"): 12, _("JP a person"): 12,
            _("Target reached"): 12, _("Below target"): 12, _("JP lacking"): 12, _("Waiting"): 12,
        }  # fmt: skip
        rows: list[list[Cell]] = []
        for year in years:
            sums = staff_totals(session, wanted, actor=me(), when=figures_of(year))
            lines = by_unit(visible_units(), sums, unit)
            peopled = [line for line in lines if line.totals.people]
            rows += [_recap(_line_name(line), year, line.totals) for line in peopled]
            rows.append(_recap(_("Total"), year, whole(lines)))
        notes = [unit.name if unit else _("the whole scope"), _("People stand in the unit of today.")]
        return _sent("rekap-jp-unit", _("JP recap"), widths, rows, notes)


def _recap(name: str, year: int, sums: Totals) -> list[Cell]:
    return [
        name, year, sums.people, sums.jp, round(sums.average, 1), sums.met, sums.lacking, sums.lacking_jp,
        sums.waiting,
    ]  # fmt: skip


def _line_name(line: UnitTotals) -> str:
    if line.unit is None:
        return str(_("Without an open unit"))
    return str(_("%(unit)s, its own staff only", unit=line.unit.name)) if line.direct else line.unit.name


@tables.post("/staff/<int:user_id>/file")
def person(user_id: int) -> Response:
    """Send the JP ledger of a person, every year of it."""
    session, today = db.session(), clock.local_date(clock.now())
    user = user_for(session, me(), user_id) or abort(404)
    courses, elsewhere = enrollments_of(session, user.id), trainings_of(session, user.id)
    years = {item.jp_year for item in courses} | {item.jp_year for item in elsewhere} | {today.year}
    rule, rows, notes = policy(), [], [f"{user.name}, {user.nip or ''}"]
    with force_locale("id"):
        for year in sorted((year for year in years if year), reverse=True):
            target = target_jp(rule, user.employment, year)
            ledger = hours_from(courses, year, target, elsewhere, once=rule.jp_once_a_year)
            rows += [
                [
                    year, entry.day, entry.title, entry.organiser, entry.jp,
                    0 if entry.jp is not None or entry.again else entry.expected_jp,
                ]
                for entry in ledger.entries
            ]  # fmt: skip
            notes.append(_("%(year)s: %(jp)s of %(target)s JP", year=year, jp=ledger.credited, target=target))
        widths = {
            _("Year"): 8, _("Completed"): 12, _("Training"): 50, _("Organiser"): 36, _("JP recorded"): 12,
            _("Waiting"): 12,
        }  # fmt: skip
        return _sent("rekap-jp-pegawai", _("JP ledger"), widths, rows, notes, ("user", user.id))


@tables.post("/staff/left/file")
def left() -> Response:
    """Send the people whose accounts are closed."""
    session = db.session()
    wanted = PeopleFilter(text=request.form.get("q", "")[:100].strip(), state="closed")
    people = find_people(session, wanted, actor=me(), limit=MOST)
    reasons = reasons_of(session, "user.closed", "user", [user.id for user in people])
    with force_locale("id"):
        widths = {_("NIP"): 22, _("Name"): 36, _("Unit"): 36, _("Position"): 36, _("Closed"): 12,
                  _("Reason"): 24}  # fmt: skip
        rows: list[list[Cell]] = [
            [
                user.nip or "", user.name, user.unit.name if user.unit else "",
                user.position.name if user.position else "",
                clock.local_date(user.closed_at) if user.closed_at else None,
                str(LEAVING.get(reasons.get(user.id, ""), "")),
            ]
            for user in people
        ]  # fmt: skip
        return _sent("pegawai-berhenti", _("People who left"), widths, rows)


@tables.post("/outside/file")
def outside() -> Response:
    """Send the trainings elsewhere of one state."""
    state = request.form.get("state", SHOWN[0])
    if state not in SHOWN:
        abort(404)
    with force_locale("id"):
        widths = {
            _("NIP"): 22, _("Name"): 36, _("Unit"): 36, _("Training"): 50, _("Form"): 24, _("Organiser"): 36,
            _("Number"): 24, _("Begun"): 12, _("Completed"): 12, _("JP reported"): 12, _("JP recorded"): 12,
            _("State"): 22, _("Note for the person"): 40,
        }  # fmt: skip
        rows: list[list[Cell]] = [
            [
                *_whose(item.user), item.title,
                str(FORMS[item.form]), item.organiser, item.number, item.started_on, item.ended_on, item.jp,
                item.credited_jp if item.state == "verified" else 0, str(OUTSIDE_STATES[item.state].word),
                item.note,
            ]
            for item in find_trainings(db.session(), me(), state, limit=MOST)
        ]  # fmt: skip
        return _sent("pelatihan-di-luar", _("Training elsewhere"), widths, rows)


@tables.post("/plans/file")
def plans() -> Response:
    """Send the activities of development plans on screen."""
    wanted, _unit = wanted_from(request.form)
    with force_locale("id"):
        widths = {
            _("NIP"): 22, _("Name"): 36, _("Unit"): 36, _("Activity"): 50, _("Form"): 24, _("Year"): 8,
            _("Quarter of the year"): 10, _("JP"): 8, _("State"): 16,
        }  # fmt: skip
        rows: list[list[Cell]] = [
            [
                *_whose(item.user), item.title,
                str(FORMS[item.form]), item.year, item.quarter, item.jp, str(PLAN_STATES[item.state].word),
            ]
            for item in find_items(db.session(), wanted, actor=me(), limit=MOST)
        ]  # fmt: skip
        return _sent("rencana-pengembangan", _("Development plans"), widths, rows)


@tables.post("/assignments/file")
def assignments() -> Response:
    """Send the assignments that are open (or closed), with their counts."""
    closed = request.form.get("state") == "closed"
    today = clock.local_date(clock.now())
    with force_locale("id"):
        widths = {
            _("Course"): 50, _("Letter of assignment"): 30, _("Complete by"): 12, _("Assigned people"): 12,
            _("Completed"): 12, _("Late"): 12, _("Exempt"): 12,
        }  # fmt: skip
        rows: list[list[Cell]] = [
            [
                row.title, row.assignment.letter_number, row.assignment.due_on, row.counts.asked,
                row.counts.done, row.counts.late, row.counts.exempt,
            ]
            for row in assignments_for(db.session(), me(), today, closed=closed, limit=MOST)
        ]  # fmt: skip
        return _sent("penugasan", _("Assignments"), widths, rows)


def _whose(user: User) -> list[Cell]:
    return [user.nip or "", user.name, user.unit.name if user.unit else ""]


def _sent(
    stem: str, title: str, widths: Mapping[str, int], rows: Sequence[Sequence[Cell]],
    notes: Sequence[str] = (), subject: tuple[str, int] | None = None,
) -> Response:  # fmt: skip
    """Send the workbook and record that it was sent."""
    heads = [Column(head, width) for head, width in widths.items()]
    day = f"{clock.local_date(clock.now()):%d/%m/%Y}"
    response = send_table("xlsx", stem, title, heads, rows, [*notes, day])
    session = db.session()
    record(
        session,
        "table.exported",
        now=clock.now(),
        actor=me().id,
        subject=subject,
        table=stem,
        count=len(rows),
    )
    session.commit()
    return response
