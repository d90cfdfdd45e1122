"""All questions of the courses a person works on: searched, with where they are used and how they do."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms import clock
from lms.clock import local_date
from lms.content.page import slug as slug_of
from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.catalog.actions import BankTooLarge, ChangedMeanwhile, PublishedElsewhere, write_questions
from lms.domain.catalog.queries import (
    BankFilter,
    BankRow,
    OwnCourse,
    bank_question,
    bank_rows,
    copy_of,
    course_for,
    courses_for_trainer,
    find_in_bank,
)
from lms.domain.catalog.rules import WRITERS
from lms.domain.reports.questions import answered
from lms.i18n.problems import problem_message
from lms.web.access import has_role, me, person
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.forms import CopyForm
from lms.web.trainer.question_words import DIFFICULTIES, QUESTION_KINDS

bank = Blueprint("bank", __name__, url_prefix="/questions")
NAME = _l("Write a name of letters and digits, such as loket.")
USED = {"": _l("Used or not"), "yes": _l("Used in a quiz"), "no": _l("In no quiz")}


def _wanted() -> BankFilter:
    """Return what the address asks for; nonsense asks for nothing."""

    def typed(name: str) -> str:
        return request.args.get(name, "")[:60].replace("\0", " ").strip()

    kind, level, used = typed("kind"), typed("difficulty"), typed("used")
    return BankFilter(
        text=typed("q"), kind=kind if kind in QUESTION_KINDS else "", tag=typed("tag"),
        competency=typed("competency"), difficulty=level if level in DIFFICULTIES else "",
        used=used if used in USED else "", course=typed("course"),
    )  # fmt: skip


@bank.get("")
def index() -> str:
    """List the questions that match."""
    session, wanted, user = db.session(), _wanted(), me()
    found = find_in_bank(session, user.id, wanted)
    page = page_of(request.args, len(found))
    rows = bank_rows(session, found[page.offset : page.offset + page.size])
    courses = courses_for_trainer(session, user)
    figures = answered(
        session, {(row.course_id, row.key) for row in rows}, {key for row in rows for key in row.quizzes}
    )
    return render_template(
        "trainer/questions/bank.html", rows=rows, page=page, figures=figures, kinds=QUESTION_KINDS,
        difficulties=DIFFICULTIES, used=list(USED.items()), filtered=wanted != BankFilter(),
        courses=[("", _("All my courses")), *((one.slug, one.title or one.slug) for one in courses)],
        may_copy=any(map(_writable, courses)), may_share=has_role(person(), RoleName.TRAINER),
    )  # fmt: skip


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
