"""The map of gaps: unit by competency, the people behind a figure, the quarters, each as a table."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.competencies.queries import Kept, dictionary
from lms.domain.reports.matching import MEASURES, MapLine, Tally, map_lines, quarter_ends, steps, whole_line
from lms.domain.reports.queries.gap_sums import SOURCES, GapsWanted, gap_cells, gap_trend
from lms.domain.reports.queries.gaps import count_behind, find_behind
from lms.domain.reports.spreadsheet import Cell, Column, xlsx
from lms.web.access import me
from lms.web.competency_words import KINDS
from lms.web.context import policy
from lms.web.hr.gap_map import (
    MEASURE_WORDS,
    SOURCE_WORDS,
    Chosen,
    drawn,
    figure,
    name_of,
    rounded,
    weakest,
)
from lms.web.hr.scope import unit_of, unit_options, visible_units
from lms.web.hr.standards import XLSX
from lms.web.listing import page_of

gaps = Blueprint("gaps", __name__, url_prefix="/gaps")

QUARTERS = 5  # before today
MOST_PEOPLE = 10_000
STATES = ("below", "met", "unknown")


@gaps.get("")
def index() -> str:
    """Show the map of the scope, or of a unit and those below it."""
    chosen = chosen_of()
    columns, lines, total = _map(chosen)
    rule = policy()
    bounds = steps(chosen.measure, rule.job_match_meets, rule.job_match_almost)
    rows = [drawn(chosen, line, columns, bounds) for line in ([*lines, total] if lines else [])]
    return render_template(
        "hr/gaps/index.html",
        columns=columns, rows=rows, total=total.total, chosen=chosen, bounds=bounds,
        worst=weakest(total, columns, chosen.measure),
        measures=MEASURE_WORDS, sources=SOURCE_WORDS, kinds=list(KINDS.items()), units=unit_options(),
    )  # fmt: skip


@gaps.post("/file")
def file() -> Response:
    """Send the map on screen as a workbook: the same rows and columns, figures as figures."""
    chosen = chosen_of()
    columns, lines, total = _map(chosen)
    with force_locale("id"):
        heads = [
            Column(_("Unit"), 40),
            *(Column(kept.entry.code, 9) for kept in columns),
            Column(_("All"), 9),
            Column(_("Required levels"), 14),
            Column(_("Assessed"), 12),
        ]
        notes = [
            f"{MEASURE_WORDS[chosen.measure]}; {SOURCE_WORDS[chosen.wanted.source]}",
            f"{chosen.wanted.on:%d/%m/%Y}",
            *(f"{kept.entry.code}: {kept.entry.name}" for kept in columns),
        ]
        rows: list[list[Cell]] = [
            [
                name_of(line), *(figure(line, kept, chosen.measure) for kept in columns),
                rounded(line.total.measure(chosen.measure), chosen.measure), line.total.required,
                line.total.assessed,
            ]
            for line in [*lines, total]
        ]  # fmt: skip
        return sent("peta-kesenjangan", _("Map of gaps"), heads, rows, notes)


@gaps.get("/people/<int:competency_id>")
def people(competency_id: int) -> str:
    """List the people behind a figure, the largest gap first."""
    chosen, kept, state = chosen_of(), _kept(competency_id), _state()
    session = db.session()
    page = page_of(request.args, count_behind(session, chosen.wanted, kept.id, actor=me(), state=state))
    found = find_behind(
        session, chosen.wanted, kept.id, actor=me(), state=state, limit=page.size, offset=page.offset
    )
    return render_template(
        "hr/gaps/people.html", chosen=chosen, kept=kept, state=state, page=page, people=found,
        sources=SOURCE_WORDS,
    )  # fmt: skip


@gaps.post("/people/<int:competency_id>/file")
def people_file(competency_id: int) -> Response:
    """Send the people on screen (all pages of them) as a workbook."""
    chosen, kept, state = chosen_of(), _kept(competency_id), _state()
    found = find_behind(db.session(), chosen.wanted, kept.id, actor=me(), state=state, limit=MOST_PEOPLE)
    with force_locale("id"):
        widths = {_("NIP"): 22, _("Name"): 36, _("Unit"): 36, _("Position"): 36, _("Required"): 10,
                  _("Competency level"): 10, _("Gap"): 14}  # fmt: skip
        heads = [Column(head, width) for head, width in widths.items()]
        rows: list[list[Cell]] = [
            [row.nip or "", row.name, row.unit or "", row.position or "", row.required, row.level, row.gap]
            for row in found
        ]
        notes = [f"{kept.entry.code} {kept.entry.name}", str(SOURCE_WORDS[chosen.wanted.source])]
        return sent(f"kesenjangan-{kept.entry.code}", _("Staff"), heads, rows, notes)


@gaps.get("/trend")
def trend() -> str:
    """Show the figures of the ends of quarters and of today, against the standard in force on each day."""
    chosen = chosen_of()
    return render_template(
        "hr/gaps/trend.html", chosen=chosen, points=_points(chosen), sources=SOURCE_WORDS,
        kinds=list(KINDS.items()), units=unit_options(),
    )  # fmt: skip


@gaps.post("/trend/file")
def trend_file() -> Response:
    """Send the quarters on screen as a workbook."""
    chosen = chosen_of()
    with force_locale("id"):
        words = (_("Day"), _("Required levels"), _("Percent assessed"), _("Percent that meet it"),
                 _("Mean gap"), _("JPM, percent"))  # fmt: skip
        rows: list[list[Cell]] = [
            [
                day, tally.required, rounded(tally.coverage, "share"), rounded(tally.share, "share"),
                rounded(tally.gap, "gap"), rounded(tally.match, "match"),
            ]
            for day, tally in _points(chosen)
        ]  # fmt: skip
        heads = [Column(word, 18) for word in words]
        return sent("kesenjangan-per-triwulan", _("Gaps over quarters"), heads, rows, [])


def _points(chosen: Chosen) -> list[tuple[date, Tally]]:
    days = quarter_ends(chosen.wanted.on, QUARTERS)
    found = gap_trend(db.session(), chosen.wanted, days, actor=me())
    return list(zip(days, found, strict=True))


def _map(chosen: Chosen) -> tuple[list[Kept], list[MapLine], MapLine]:
    session = db.session()
    cells = gap_cells(session, chosen.wanted, actor=me())
    total = whole_line(cells)
    columns = [kept for kept in dictionary(session, retired=False) if kept.id in total.cells]
    return columns, map_lines(visible_units(), cells, chosen.unit), total


def chosen_of() -> Chosen:
    """Return what the address or form asks for; a unit outside the scope is not found (404)."""
    args = request.values
    unit = unit_of(args.get("unit"))
    only = unit.id if unit is not None and args.get("only") else None
    wanted = GapsWanted(
        on=clock.local_date(clock.now()),
        unit_path=unit.path if unit else "",
        unit_id=only,
        kind=_one_of("kind", tuple(KINDS), ""),
        source=_one_of("source", SOURCES, SOURCES[0]),
    )
    return Chosen(wanted, unit, _one_of("measure", MEASURES, MEASURES[0]))


def _one_of(name: str, offered: tuple[str, ...], default: str) -> str:
    text = request.values.get(name, "")
    return text if text in offered else default


def _state() -> str:
    return _one_of("state", STATES, "")


def _kept(competency_id: int) -> Kept:
    found = next((one for one in dictionary(db.session()) if one.id == competency_id), None)
    return found or abort(404)


def sent(stem: str, title: str, heads: list[Column], rows: list[list[Cell]], notes: list[str]) -> Response:
    """Send a workbook and record that it was sent."""
    session, now = db.session(), clock.now()
    record(session, "gaps.exported", now=now, actor=me().id, count=len(rows))
    session.commit()
    response = Response(xlsx(title, heads, rows, notes), mimetype=XLSX)
    name = f"{stem}-{clock.local_date(now).isoformat()}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
