"""Questions of a quiz or bank as forms: the fields are written back into the text of the file."""

from __future__ import annotations

import re

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.writing.question_form import given_of, question_fields, written_back
from lms.db import db
from lms.domain.catalog.actions import ChangedMeanwhile, NoDraft, PublishedElsewhere, save_file
from lms.domain.catalog.queries import DraftText, draft_file, saved_as
from lms.web.access import me
from lms.web.refusals import undo
from lms.web.trainer.desk_text import Desk, desk_or_404, open_desk
from lms.web.trainer.editor import both_texts
from lms.web.trainer.own import course_page

question_forms = Blueprint("question_forms", __name__, url_prefix="/courses/<slug>/writing/questions")
MORE = 2
"""Empty rows for new options."""


@question_forms.get("/with/<key>")
def find(slug: str, key: str) -> Response:
    """Lead to the question of that id in the draft, as a form or at its line; else to the outline."""
    desk = open_desk(slug)
    if not isinstance(desk, Desk):
        return redirect(url_for("trainer.writing.index", slug=slug), 303)
    heading = re.compile(rf"^##[ ].*\{{#{re.escape(key)}[\s}}]", re.M)
    for path, data in desk.files.items():
        text = data.decode(errors="replace") if path.endswith(".md") else ""
        if found := heading.search(text):
            line = text[: found.start()].count("\n") + 1
            fields = question_fields(text)
            number = next((at for at, one in enumerate(fields, 1) if one.id == key), 0)
            if number:
                return redirect(url_for("trainer.question_forms.show", slug=slug, path=path, q=number), 303)
            return redirect(url_for("trainer.editor.show", slug=slug, path=path, line=line), 303)
    abort(404)


@question_forms.get("/<path:path>")
def show(slug: str, path: str) -> str:
    """Show one question of the file as a form, with links to the others; `q` is its number from 1."""
    desk = desk_or_404(slug)
    file = _file(desk, path)
    questions = question_fields(file.data.decode())
    number = _number(request.args.get("q", "1"), len(questions))
    chosen = questions[number - 1] if questions else None
    return course_page(
        "trainer/writing/question.html", desk.own, "writing", file=file, questions=questions, question=chosen,
        number=number, more=MORE if chosen and chosen.options else 0,
    )  # fmt: skip


def _file(desk: Desk, path: str) -> DraftText:
    """The text of a quiz or bank of the draft; 404 for any other file."""
    kinds = {entry.path: entry.kind for entry in desk.plan.texts()}
    file = draft_file(db.session(), desk.draft, path) if kinds.get(path) in {"quiz", "bank"} else None
    if file is None:
        abort(404)
    return file


def _number(text: str, last: int) -> int:
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    return min(max(1, wanted), max(1, last))


@question_forms.post("/<path:path>")
def save(slug: str, path: str) -> Response | tuple[str, int]:
    """Write the fields of a question into the text they were read from; nobody is overwritten."""
    desk, session = desk_or_404(slug, write=True), db.session()
    file = _file(desk, path)
    base, form = request.form.get("base", ""), request.form
    seen = file.data if file.digest == base else saved_as(session, desk.own.course.id, path, base)
    questions = question_fields(seen.decode()) if seen else []
    number = _number(form.get("q", "1"), len(questions))
    back = url_for("trainer.question_forms.show", slug=slug, path=path, q=number)
    if seen is None or not questions:
        flash(_("Nothing was saved: the text that this form was made from is gone."), "warn")
        return redirect(back, 303)
    question = questions[number - 1]
    new = written_back(seen.decode(), question, given_of(form, len(question.options) + MORE))
    try:
        save_file(session, desk.own.course, path, new.encode(), base=base, by=me().id, now=clock.now())
    except ChangedMeanwhile as error:
        undo()
        return both_texts(slug, path, new, error.digest), 409
    except (NoDraft, PublishedElsewhere):
        undo()
        flash(_("There is no open draft to save it to."), "warn")
        return redirect(url_for("trainer.writing.index", slug=slug), 303)
    session.commit()
    flash(_("Question saved."), "ok")
    return redirect(back, 303)
