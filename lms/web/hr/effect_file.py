"""The report of a course as lines of a sheet: part, figure, value, how many people, by which rule."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from lms.domain.effects.models import UnitResult
from lms.domain.effects.queries import BehaviourSums
from lms.domain.reports.effect import CourseReport
from lms.domain.reports.spreadsheet import Cell, Column
from lms.web.effect_words import ITEMS, ROLES

HEADS = (
    Column("Bagian", 16), Column("Butir", 60), Column("Nilai", 14), Column("Satuan", 16), Column("n", 8),
    Column("Aturan", 70),
)  # fmt: skip
Line = list[Cell]


def lines_of(report: CourseReport, behaviour: BehaviourSums, results: Sequence[UnitResult]) -> list[Line]:
    """Return the lines in the order of the page; figures with too few answers have no value."""
    return [
        *_taking_part(report), *_reaction(report), *_learning(report), *_behaviour(behaviour),
        *_results(results), *_cost(report),
    ]  # fmt: skip


def _round(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)


def _taking_part(report: CourseReport) -> list[Line]:
    part = "Peserta"
    return [
        [part, _("Begun"), report.begun, "", report.begun, _("in the year")],
        [part, _("Completed"), report.completions, "", report.completions, _("in the year, WIB")],
        [part, _("Median time"), _round(report.median_days, 1), _("days"), report.completions,
         _("from begin to completion, %(count)s people", count=report.completions)],
        [part, _("JP"), report.jp, "JP", report.completions - report.waiting, _("credited")],
    ]  # fmt: skip


def _reaction(report: CourseReport) -> list[Line]:
    one = report.reaction
    rule = _("Means from 1 to 4 of %(count)s anonymous answers, shown from five on.", count=one.people)
    if not one.year:
        rule += " " + _("Of all years together: one year alone has too few answers to be told apart.")
    return [
        ["Reaksi", _("How the course is run"), _round(one.organisation), "1-4", one.people, rule],
        ["Reaksi", _("The trainer and the content"), _round(one.teaching), "1-4", one.people, rule],
    ]


def _learning(report: CourseReport) -> list[Line]:
    gain = report.gain
    if gain is None:
        rule = _("Fewer than five who completed in the year have handed in both a pre-test and an exam.")
        return [["Pembelajaran", _("Difference"), None, "", 0, rule]]
    interval = gain.interval
    return [
        ["Pembelajaran", _("Pre-test, mean"), gain.pre, "0-100", gain.people, ""],
        ["Pembelajaran", _("Exam, mean"), gain.post, "0-100", gain.people, ""],
        ["Pembelajaran", _("Difference"), _round(gain.post - gain.pre, 1), "", gain.people,
         f"95 %: {interval[0]:.1f} - {interval[1]:.1f}".replace(".", ",") if interval
         else _("from ten people on")],
    ]  # fmt: skip


def _behaviour(found: BehaviourSums) -> list[Line]:
    rule = _(
        "Means from %(count)s answers of a group on; those who completed the course in the year."
        " Answers by links are in them.", count=5,
    )  # fmt: skip
    return [
        ["Perilaku", f"{ITEMS[item]} ({word})", _round(found.groups[role].mean(item)), "1-5",
         found.groups[role].items.get(item, (0, 0))[0], rule]
        for item in ITEMS for role, word in ROLES.items()
    ]  # fmt: skip


def _results(rows: Sequence[UnitResult]) -> list[Line]:
    lines: list[Line] = []
    for row in rows:
        for word, value, day in (
            (_("Before"), row.before_value, row.before_on), (_("After"), row.after_value, row.after_on),
        ):  # fmt: skip
            source = f"{row.source}; {day:%d/%m/%Y}" if day else row.source
            lines.append(["Hasil", f"{row.unit.name}: {row.name} ({word})", value, row.measure, None, source])
    return lines


def _cost(report: CourseReport) -> list[Line]:
    one = report.budget
    if one is None:
        return []
    rule = f"Perkiraan; {one.rates.since}, {one.rates.noted:%d/%m/%Y}: {one.rates.source}"
    return [
        ["Biaya", f"{word}: {name}", round(value), "Rp", cost.people, rule]
        for word, cost in ((_("This course"), one.course), (_("In a classroom"), one.classroom))
        for name, value in ((_("A person"), cost.per_person), (_("A JP of one person"), cost.per_jp))
    ]
