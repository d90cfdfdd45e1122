"""Needs analysis (AKPK) of a year: from the person over the unit to the city, with what is planned."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _

from lms import clock
from lms.db import db
from lms.domain.reports.queries.gap_sums import GapsWanted
from lms.domain.reports.queries.needs import NeedSum, find_needs, need_sums
from lms.domain.reports.rules import unit_spans
from lms.domain.reports.spreadsheet import Cell, Column
from lms.web.access import me
from lms.web.competency_words import KINDS
from lms.web.hr.gap_map import Chosen, span_name
from lms.web.hr.gaps import chosen_of, sent
from lms.web.hr.scope import unit_options, visible_units
from lms.web.listing import page_of
from lms.web.outside_words import FORMS
from lms.web.plan_words import STATES

needs = Blueprint("needs", __name__, url_prefix="/needs")
MOST = 20_000


@needs.get("")
def index() -> str:
    """Show the sums by unit and the gaps person by person."""
    session, chosen = db.session(), chosen_of()
    lines, total = _lines(chosen)
    page = page_of(request.args, total.gaps)
    return render_template(
        "hr/needs/index.html",
        chosen=chosen, lines=lines, total=total, page=page, year=_year(), kinds=list(KINDS.items()),
        rows=find_needs(session, chosen.wanted, _year(), actor=me(), limit=page.size, offset=page.offset),
        units=unit_options(), forms=FORMS, states=STATES,
    )  # fmt: skip


@needs.post("/file/<kind>")
def file(kind: str) -> Response:
    """Send the sums by unit, or all gaps person by person, as a workbook."""
    chosen = chosen_of()
    with force_locale("id"):
        title = _("Needs analysis %(year)s", year=_year())
        if kind == "units":
            lines, total = _lines(chosen)
            heads = [Column(_("Unit"), 40), *(Column(head, 16) for head in _sum_heads())]
            rows = [_sum_row(name, sums) for name, _key, sums in lines] + [_sum_row(_("All together"), total)]
            return sent("akpk-unit", title, heads, rows, [])
        heads, rows = _need_table(chosen.wanted)
        return sent("akpk-pegawai", title, heads, rows, [])


def _sum_heads() -> list[str]:
    return [
        _("People with a gap"), _("Competency gaps"), _("Levels missing"), _("Gaps with a plan"),
        _("JP planned"), _("Gaps done"),
    ]  # fmt: skip


def _sum_row(name: str, sums: NeedSum) -> list[Cell]:
    return [name, sums.people, sums.gaps, sums.lacking, sums.planned, sums.jp, sums.done]


def _need_table(wanted: GapsWanted) -> tuple[list[Column], list[list[Cell]]]:
    widths = {
        _("NIP"): 22, _("Name"): 36, _("Unit"): 36, _("Position"): 36, _("Code"): 8, _("Competency"): 30,
        _("Required"): 10, _("Assessed"): 10, _("Gap"): 12, _("Form"): 24, _("Activity"): 40,
        _("Quarter of the year"): 10, _("JP"): 8, _("State"): 16,
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row.nip or "", row.name, row.unit or "", row.position or "", row.code, row.competency,
            row.required, row.level, row.gap, str(FORMS[row.form]) if row.form else "", row.title or "",
            row.quarter, row.jp, str(STATES[row.state].word) if row.state else "",
        ]
        for row in find_needs(db.session(), wanted, _year(), actor=me(), limit=MOST)
    ]  # fmt: skip
    return [Column(head, width) for head, width in widths.items()], rows


def _lines(chosen: Chosen) -> tuple[list[tuple[str, int | None, NeedSum]], NeedSum]:
    """Name, id of the unit to go deeper (None: no deeper) and sums of each line, and the sum of all."""
    sums = need_sums(db.session(), chosen.wanted, _year(), actor=me())
    lines = [
        (
            span_name(span),
            span.unit.id if span.unit and not span.direct else None,
            sum((sums[key] for key in span.ids if key in sums), NeedSum()),
        )
        for span in unit_spans(visible_units(), sums, chosen.unit)
    ]
    return [line for line in lines if line[2].gaps], sum(sums.values(), NeedSum())


def _year() -> int:
    return clock.local_date(clock.now()).year
