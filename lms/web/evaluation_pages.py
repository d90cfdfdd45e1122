"""Results of evaluations as the trainers' desk and the HR desk show them, and as a file."""

from __future__ import annotations

from flask import Response, request
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from lms.domain.evaluations import rules
from lms.domain.evaluations.queries import people_by_version, results
from lms.domain.evaluations.rules import Results
from lms.domain.reports.spreadsheet import Cell, Column, csv_text, xlsx
from lms.web.evaluation_words import FORMS, ITEMS, SCALE

MOST_COMMENTS = 100
"""How many comments of an item a page shows; the file has all."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def result_values(session: Session, course_id: int) -> dict[str, object]:
    """Return what `trainer/evaluations/results.html` shows of a course; at most four statements."""
    people = people_by_version(session, course_id)
    version = _version(people)
    return {
        "found": results(session, course_id, people, version, MOST_COMMENTS + 1),
        "most_comments": MOST_COMMENTS,
        "versions": list(people) if rules.separable(people) else [],
        "version": version,
        "titles": FORMS,
        "items": ITEMS,
        "scale": SCALE,
        "enough": rules.ENOUGH,
        "highest": rules.HIGHEST,
    }


def result_file(session: Session, course_id: int, slug: str, title: str) -> Response | None:
    """Return the results as XLSX, or as CSV where the form asks so (`kind`); None below enough answers."""
    people = people_by_version(session, course_id)
    found = results(session, course_id, people, _version(people))
    if not found.shown:
        return None
    kind = "csv" if request.form.get("kind") == "csv" else "xlsx"
    with force_locale("id"):
        columns, rows = _columns(), _rows(found)
        if kind == "csv":
            body, mimetype = csv_text(columns, rows).encode("utf-8-sig"), "text/csv"
        else:
            notes = [title, _("%(count)s people answered, anonymously.", count=found.people)]
            body, mimetype = xlsx(_("Evaluation"), columns, rows, notes), _XLSX
    response = Response(body, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"evaluasi-{slug}.{kind}")
    return response


def _version(people: dict[int, int]) -> int | None:
    text = request.values.get("version", "")
    return int(text) if text in {str(number) for number in people} and rules.separable(people) else None


def _columns() -> list[Column]:
    marks = [Column(f"{mark} {word}", 14) for mark, word in SCALE.items()]
    return [
        Column(_("Part"), 28),
        Column(_("Item"), 70),
        Column(_("Answers"), 10),
        Column(_("Mean"), 10),
        *marks,
    ]


def _rows(found: Results) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for form, items in found.items.items():
        for item in items:
            mean = item.mean
            marks: list[Cell] = list(item.marks) if mean is not None else [None] * len(item.marks)
            mean_cell = round(mean, 2) if mean is not None else None
            rows.append([str(FORMS[form]), str(ITEMS[item.item]), item.count, mean_cell, *marks])
    for item_key, comments in found.comments.items():
        rows += [[str(ITEMS[item_key]), comment] + [None] * (2 + len(SCALE)) for comment in comments]
    return rows
