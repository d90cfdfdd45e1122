"""Questions of other programs: a file is tried out, then chosen questions go into a bank of the draft."""

from __future__ import annotations

import re

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.content.exchange.dialects import DIALECTS, guess
from lms.content.exchange.items import MAX_BYTES
from lms.content.page import slug as slug_of
from lms.db import db
from lms.domain.catalog.actions import (
    BankTooLarge,
    ChangedMeanwhile,
    PublishedElsewhere,
    drop_import,
    keep_import,
    write_import,
)
from lms.domain.catalog.models import QuestionImport
from lms.domain.catalog.queries import Membership, import_for, trial_of
from lms.i18n.problems import problem_message
from lms.web.access import is_signed_in, me
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.exchange import questions_page
from lms.web.trainer.forms import QuestionFileForm
from lms.web.trainer.own import course_page, own_course
from lms.web.trainer.question_words import QUESTION_KINDS

imports = Blueprint("imports", __name__, url_prefix="/courses/<slug>/questions/imports")
STATES = {"new": _l("New"), "changed": _l("Changed"), "same": _l("Unchanged"), "refused": _l("Refused")}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@imports.url_value_preprocessor
def room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a file with pictures be large."""
    if endpoint == "trainer.imports.create" and request.method == "POST" and is_signed_in():
        request.max_content_length = MAX_BYTES + 100_000


@imports.post("")
def create(slug: str) -> str | Response | tuple[str, int]:
    """Take a file to try; nothing of it is written."""
    own, form = own_course(slug, write=True), QuestionFileForm()
    if not form.validate():
        return questions_page(own, form), 422
    data, name = form.file.data.stream.read(), form.file.data.filename or ""
    dialect = guess(name, data)
    bank = slug_of(form.bank.data or "")[:40].strip("-")
    if dialect is None:
        form.file.errors = [
            _("This is none of the formats that are read. Take the template, or export it anew.")
        ]
    elif not _NAME.fullmatch(bank):
        form.bank.errors = [_("Write a name of letters and digits, such as loket.")]
    elif own.course.home != "desk":
        form.file.errors = [_("This course is written in the server's folder. Move it to the desk first.")]
    else:
        row = keep_import(
            db.session(), own.course, name=name, dialect=dialect, path=f"bank/{bank}.md", data=data,
            by=me().id, now=clock.now(),
        )  # fmt: skip
        db.session.commit()
        return redirect(url_for("trainer.imports.show", slug=slug, import_id=row.id), 303)
    return questions_page(own, form), 422


def _own(slug: str, import_id: int) -> tuple[Membership, QuestionImport]:
    own = own_course(slug, write=True)
    row = import_for(db.session(), own.course.id, me().id, import_id)
    if row is None:
        abort(404)
    return own, row


@imports.get("/<int:import_id>")
def show(slug: str, import_id: int) -> str:
    """Say of each question what would become of it."""
    return _show(*_own(slug, import_id))


def _show(own: Membership, row: QuestionImport) -> str:
    trial = trial_of(db.session(), own.course, row)
    counts = {state: sum(item.state == state for item in trial.judged) for state in STATES}
    state = request.args.get("state", "")
    shown = [item for item in trial.judged if state not in STATES or item.state == state]
    page = page_of(request.args, len(shown), 50)
    return course_page(
        "trainer/questions/import.html", own, "questions", row=row, trial=trial, counts=counts, state=state,
        states=STATES, page=page, shown=shown[page.offset : page.offset + page.size], kinds=QUESTION_KINDS,
        dialect=DIALECTS[row.dialect], message=problem_message, writable=counts["new"] + counts["changed"],
    )  # fmt: skip


@imports.post("/<int:import_id>")
def write(slug: str, import_id: int) -> str | Response | tuple[str, int]:
    """Write the chosen questions of the page, or all new and changed ones, into the bank."""
    own, row = _own(slug, import_id)
    session = db.session()
    ids = None if request.form.get("all") else request.form.getlist("id")
    try:
        count = write_import(
            session, own.course, row, trial_of(session, own.course, row), ids, by=me().id, now=clock.now()
        )
    except (BankTooLarge, ChangedMeanwhile, PublishedElsewhere) as error:
        undo()
        flash(_refusal(error), "danger")
        return _show(*_own(slug, import_id)), 409
    if not count:
        undo()
        flash(_("Choose at least one new or changed question."), "warn")
        return _show(*_own(slug, import_id)), 422
    session.commit()
    flash(ngettext("%(num)s question is in the draft.", "%(num)s questions are in the draft.", count), "ok")
    return redirect(url_for("trainer.imports.show", slug=slug, import_id=import_id), 303)


def _refusal(error: Exception) -> str:
    if isinstance(error, BankTooLarge):
        return str(_("The bank would be larger than 1 MB. Import into another bank."))
    if isinstance(error, ChangedMeanwhile):
        return str(_("Somebody saved this bank meanwhile. Look at the questions again, then save."))
    return str(_("This course is written in the server's folder. Move it to the desk first."))


@imports.post("/<int:import_id>/drop")
def drop(slug: str, import_id: int) -> Response:
    """Forget the file; what was written stays."""
    _membership, row = _own(slug, import_id)
    drop_import(db.session(), row)
    db.session.commit()
    return redirect(url_for("trainer.exchange.index", slug=slug), 303)
