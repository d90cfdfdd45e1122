"""All questions a person works on or may draw from: searched, counted, with where and how they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from lms import clock
from lms.clock import local_date
from lms.content.page import slug as slug_of
from lms.db import db
from lms.domain.accounts.models import RoleName, User
from lms.domain.audit.actions import record
from lms.domain.catalog.actions import BankTooLarge, ChangedMeanwhile, PublishedElsewhere, write_questions
from lms.domain.catalog.queries import (
    BankFilter,
    BankPlace,
    BankRow,
    Facets,
    OwnCourse,
    bank_facets,
    bank_places,
    bank_question,
    bank_rows,
    bank_scope,
    copy_of,
    course_for,
    courses_for_trainer,
    find_in_bank,
    read_words,
    rows_with,
)
from lms.domain.catalog.rules import WRITERS
from lms.domain.reports.questions import Answered, answered
from lms.domain.reports.spreadsheet import Cell, Column
from lms.i18n.formats import number
from lms.i18n.problems import problem_message
from lms.web.access import has_role, me, person
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.tables_sent import send_table
from lms.web.trainer.forms import CopyForm
from lms.web.trainer.question_words import DIFFICULTIES, QUESTION_KINDS
from lms.web.trainer.weakest import weak_pairs

bank = Blueprint("bank", __name__, url_prefix="/questions")
NAME = _l("Write a name of letters and digits, such as loket.")
USED = {"yes": _l("Used in a quiz"), "no": _l("In no quiz")}
STATES = {"published": _l("Published"), "draft": _l("Draft"), "archived": _l("Archived")}
WEAK = {"yes": _l("Flagged by the analysis"), "no": _l("Not flagged")}
MOST, MOST_ROWS = 300, 20_000
"""Values of a filter that are offered; rows of a download."""


def _wanted(session: Session, user: User, places: Sequence[BankPlace]) -> BankFilter:
    """Return what the address asks for; nonsense asks for nothing."""

    def typed(name: str) -> str:
        return request.args.get(name, "")[:60].replace("\0", " ").strip()

    def one_of(name: str, known: Collection[str]) -> str:
        return value if (value := typed(name)) in known else ""

    pairs = weak_pairs(session, courses_for_trainer(session, user), clock.now())
    return BankFilter(
        text=typed("q"), kind=one_of("kind", QUESTION_KINDS), tag=typed("tag"),
        competency=typed("competency"), difficulty=one_of("difficulty", DIFFICULTIES),
        used=one_of("used", USED), course=typed("course"), state=one_of("state", STATES),
        weak=one_of("weak", WEAK), weak_ids=frozenset(rows_with(session, pairs, places)),
        used_banks=frozenset(one.bank_id for one in places),
    )  # fmt: skip


@bank.get("")
def index() -> str:
    """List the questions that match, with how many each filter would show."""
    session, user = db.session(), me()
    places, scope = bank_places(session, user.id), bank_scope(session, user.id)
    wanted = _wanted(session, user, places)
    wanted = read_words(session, scope, wanted)
    facets = bank_facets(session, scope, wanted)
    titles = {one.slug: one.title for one in (*scope.courses.values(), *scope.banks.values())}
    page = page_of(request.args, facets.total)
    found = find_in_bank(session, scope, wanted, limit=page.size, offset=page.offset)
    rows = bank_rows(session, found)
    courses = courses_for_trainer(session, user)
    return render_template(
        "trainer/questions/bank.html", rows=rows, page=page, figures=_figures(session, rows, places),
        weak=wanted.weak_ids, kinds=QUESTION_KINDS, difficulties=DIFFICULTIES, states=STATES,
        options=_options(facets, wanted, titles), filtered=bool(request.args),
        uses=Counter(one.bank_id for one in places), may_copy=any(map(_writable, courses)),
        may_share=has_role(person(), RoleName.TRAINER),
    )  # fmt: skip


def _options(
    facets: Facets, wanted: BankFilter, titles: Mapping[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """The values of each filter with their counts; one that is chosen stays, even with none."""
    words: dict[str, tuple[Mapping[str, object], str]] = {
        "course": (titles, _("All my courses and banks")), "kind": (QUESTION_KINDS, _("All kinds")),
        "competency": ({}, _("Any")), "difficulty": (DIFFICULTIES, _("Any")), "tag": ({}, _("Any")),
        "state": (STATES, _("Any state")), "used": (USED, _("Used or not")), "weak": (WEAK, _("Any")),
    }  # fmt: skip
    found: dict[str, list[tuple[str, str]]] = {}
    for name, (labels, any_of) in words.items():
        counts = facets.counts[name]
        chosen = getattr(wanted, name)
        shown = {value for value in counts if value} | ({chosen} if chosen else set())
        order = sorted(shown, key=lambda value: str(labels.get(value, value)).casefold())[:MOST]
        if chosen and chosen not in order:
            order.append(chosen)
        found[name] = [
            (value, f"{labels.get(value, value) if value else any_of} ({number(counts.get(value, 0))})")
            for value in ["", *order]
        ]
    return found


def _figures(session: Session, rows: Sequence[BankRow], places: Sequence[BankPlace]) -> dict[int, Answered]:
    """How questions did, by id of their row; those of a bank in all courses that draw from it."""
    own = {(row.course_id, row.key) for row in rows if row.course_id is not None}
    quizzes = {key for row in rows for key in row.quizzes}
    found = dict(answered(session, own, quizzes))
    courses = {
        row.id: [one.course_id for one in places if one.bank_id == row.bank_id] for row in rows if row.bank_id
    }
    drawn = {(course, row.key) for row in rows for course in courses.get(row.id, ())}
    shared = answered(session, drawn, None)
    figures = {
        row.id: found[pair] for row in rows if row.course_id and (pair := (row.course_id, row.key)) in found
    }
    for row in rows:
        parts = [shared[pair] for course in courses.get(row.id, ()) if (pair := (course, row.key)) in shared]
        count = sum(part.count for part in parts)
        if count:
            mean = sum(part.facility * part.count for part in parts) / count
            figures[row.id] = Answered(count, mean)
    return figures


@bank.post("/export")
def export() -> Response:
    """Send the questions that the address asks for as a table, without their keys; it is logged."""
    session, user = db.session(), me()
    places, scope = bank_places(session, user.id), bank_scope(session, user.id)
    wanted = _wanted(session, user, places)
    rows = bank_rows(session, find_in_bank(session, scope, wanted, limit=MOST_ROWS))
    figures = _figures(session, rows, places)
    heads = [
        Column(_("Id"), 24), Column(_("Title"), 36), Column(_("Question"), 60), Column(_("Kind"), 20),
        Column(_("Where it is"), 36), Column(_("File"), 30), Column(_("Line"), 8), Column(_("State"), 14),
        Column(_("Competency"), 14), Column(_("Difficulty"), 12), Column(_("Tag"), 24),
        Column(_("Points"), 8),
        Column(_("Used in"), 24), Column(_("Answers"), 10), Column(_("Right (%)"), 10), Column(_("Weak"), 8),
    ]  # fmt: skip
    lines: list[list[Cell]] = []
    for row in rows:
        figure = figures.get(row.id)
        lines.append([
            row.key, row.title, row.prompt, str(QUESTION_KINDS[row.kind]), row.course, row.path, row.line,
            str(STATES[row.state]), row.competency, str(DIFFICULTIES.get(row.difficulty, "")),
            ", ".join(row.tags), row.points, ", ".join(row.quizzes), figure.count if figure else 0,
            round(figure.facility * 100, 1) if figure else None,
            _("yes") if row.id in wanted.weak_ids else "",
        ])  # fmt: skip
    notes = [_("%(count)s questions", count=len(rows))]
    response = send_table(
        request.form.get("format", ""), "bank-soal", _("Question bank"), heads, lines, notes
    )
    record(session, "bank.listed", now=clock.now(), actor=user.id, subject=("user", user.id), count=len(rows))
    session.commit()
    return response


def _writable(course: OwnCourse) -> bool:
    return course.role in WRITERS and course.home == "desk"


def _question(question_id: int) -> BankRow:
    row = bank_question(db.session(), me().id, question_id)
    if row is None:
        abort(404)
    return row


def _form(row: BankRow) -> CopyForm:
    form = CopyForm()
    courses = courses_for_trainer(db.session(), me())
    form.course.choices = [
        (one.slug, one.title or one.slug) for one in courses if _writable(one) and one.slug != row.slug
    ]
    return form


@bank.get("/<int:question_id>/copy")
def copy(question_id: int) -> str:
    """Show a question with its key, and ask where it is copied to."""
    row = _question(question_id)
    return _copy(row, _form(row))


def _copy(row: BankRow, form: CopyForm) -> str:
    found = copy_of(db.session(), row)
    if found is None:
        abort(404)
    return render_template(
        "trainer/questions/copy.html", row=row, form=form, kinds=QUESTION_KINDS, source=found.source
    )


@bank.post("/<int:question_id>/copy")
def create(question_id: int) -> str | Response | tuple[str, int]:
    """Copy a question into a bank of another course, with its source noted."""
    row, session = _question(question_id), db.session()
    form = _form(row)
    name = slug_of(form.bank.data or "")[:40].strip("-")
    if not form.validate() or not name:
        form.bank.errors = form.bank.errors or [] if name else [NAME]
        return _copy(row, form), 422
    own = course_for(session, me(), form.course.data)
    path, now = f"bank/{name}.md", clock.now()
    note = _("Copied from %(course)s, %(path)s, %(day)s", course=row.slug, path=row.path,
             day=local_date(now).isoformat())  # fmt: skip
    found = copy_of(session, row, own.course, path, str(note)) if own is not None else None
    if own is None or found is None:
        abort(404)
    [judged] = found.trial.judged
    if judged.errors or judged.state == "same":
        reasons = [problem_message(problem) for problem in judged.errors]
        form.course.errors = reasons or [_("That bank has this question already.")]
        return _copy(row, form), 422
    try:
        write_questions(session, own.course, path, found.trial, [judged], by=me().id, now=now)
    except (BankTooLarge, ChangedMeanwhile, PublishedElsewhere):
        undo()
        form.course.errors = [_("The bank could not be written just now. Try again.")]
        return _copy(_question(question_id), form), 409
    session.commit()
    flash(_("Copied into %(path)s of the draft.", path=path), "ok")
    return redirect(url_for("trainer.bank.index", course=own.course.slug, q=row.key), 303)
