"""Questions of a quiz, a bank or a lesson as forms: the fields are written back into the text of the file."""

from __future__ import annotations

import re

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.formatting.text import language_of
from lms.content.limits import MAX_TEXT
from lms.content.parse import COURSE_FILE
from lms.content.shared import is_shared, shared_slug
from lms.content.writing.fixes import new_id
from lms.content.writing.question_form.given import given_of, shown, width_of
from lms.content.writing.question_form.model import ATTRIBUTES_OF, Given, QuestionFields, Row
from lms.content.writing.question_form.reading import places, question_fields
from lms.content.writing.question_form.whole import added, copied, moved, removed
from lms.content.writing.question_form.writing import flaws_of, written_back
from lms.content.writing.snippets import QUESTIONS
from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.catalog.actions import ChangedMeanwhile, NoDraft, PublishedElsewhere, save_file
from lms.domain.catalog.queries import DraftText, draft_file, saved_as
from lms.i18n.problems import problem_message
from lms.web.access import has_role, me, person
from lms.web.refusals import undo
from lms.web.trainer.desk_text import Desk, desk_or_404, ids_in, open_desk
from lms.web.trainer.editor import both_texts
from lms.web.trainer.own import course_page
from lms.web.trainer.question_words import DIFFICULTIES, QUESTION_KINDS, SCORINGS, SIGNS

question_forms = Blueprint("question_forms", __name__, url_prefix="/courses/<slug>/writing/questions")
MORE = 2
"""Empty rows for new answers."""
_MOVE = re.compile(r"(up|down)-(\d{1,2})")


@question_forms.get("/with/<key>")
def find(slug: str, key: str) -> Response:
    """Lead to the question of that id in the draft; without a draft, or when it is gone, to the outline."""
    desk = open_desk(slug)
    if not isinstance(desk, Desk):
        return redirect(url_for("trainer.writing.index", slug=slug), 303)
    for path, data in desk.files.items():
        text = data.decode(errors="replace") if path.endswith(".md") else ""
        number = 0
        for one in places(text) if f"#{key}" in text else ():
            number += one.readable
            if one.block.head.id == key:
                return redirect(_place_url(slug, path, number if one.readable else 0, one.line), 303)
    flash(_("The draft does not have this question any more."), "warn")
    return redirect(url_for("trainer.writing.index", slug=slug), 303)


def _place_url(slug: str, path: str, number: int, line: int) -> str:
    """Where a question is changed: its form, its line in the text; a shared bank is read in its own place."""
    if is_shared(path):
        trains = has_role(person(), RoleName.TRAINER)
        shared = url_for("trainer.shared.show", slug=shared_slug(path))
        return shared if trains else url_for("trainer.writing.index", slug=slug)
    if number:
        return _form_url(slug, path, number)
    return url_for("trainer.editor.show", slug=slug, path=path, line=line)


@question_forms.get("/<path:path>")
def show(slug: str, path: str) -> str:
    """Show one question of the file as a form, with links to the others; `q` is its number from 1."""
    desk = desk_or_404(slug)
    file, text = _file(desk, path)
    questions = question_fields(text)
    number = _number(request.args.get("q", "1"), len(questions))
    return _page(desk, file, questions, number, shown(questions[number - 1]) if questions else None)


def _page(
    desk: Desk, file: DraftText, questions: list[QuestionFields], number: int, given: Given | None,
    errors: dict[str, list[str]] | None = None, base: str = "",
) -> str:  # fmt: skip
    question = questions[number - 1] if questions else None
    rows = given.rows if given else ()
    kind = question.kind if question else ""
    fixed_rows = question is None or not question.rows or kind == "true_false"
    blank = () if fixed_rows or errors or base else tuple(Row("", "") for _ in range(MORE))
    return course_page(
        "trainer/writing/question.html", desk.own, "writing", file=file, questions=questions,
        question=question, given=given, rows=[*rows, *blank], number=number, errors=errors or {},
        base=base or file.digest, kinds=QUESTION_KINDS, difficulties=DIFFICULTIES,
        lesson=any(one.path == file.path and one.kind == "lesson" for one in desk.plan.texts()),
        scorings=SCORINGS, signs=SIGNS, attributes=ATTRIBUTES_OF.get(kind, ()), width_of=width_of,
    )  # fmt: skip


def _file(desk: Desk, path: str) -> tuple[DraftText, str]:
    """The text of a lesson, quiz or bank of the draft; 404 for any other file and for what is no UTF-8."""
    kinds = {entry.path: entry.kind for entry in desk.plan.texts()}
    known = kinds.get(path) in {"quiz", "bank", "lesson"}
    file = draft_file(db.session(), desk.draft, path) if known else None
    if file is None:
        abort(404)
    try:
        return file, file.data.decode()
    except UnicodeDecodeError:
        abort(404)


def _number(text: str, last: int) -> int:
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    return min(max(1, wanted), max(1, last))


@question_forms.post("/<path:path>")
def save(slug: str, path: str) -> str | Response | tuple[str, int]:
    """Write the fields of a question into the text they were read from; nobody is overwritten.

    `what` asks for another row, or for a row one place up or down: the form comes back with what was typed.
    """
    desk, session = desk_or_404(slug, write=True), db.session()
    file, _text = _file(desk, path)
    base, form = request.form.get("base", ""), request.form
    seen = file.data if file.digest == base else saved_as(session, desk.own.course.id, path, base)
    questions = question_fields(seen.decode()) if seen else []
    number = _number(form.get("q", "1"), len(questions))
    if seen is None or not questions:
        flash(_("Nothing was saved: the text that this form was made from is gone."), "warn")
        return redirect(_form_url(slug, path, number), 303)
    question = questions[number - 1]
    given = given_of(form, question)
    asked = _MOVE.fullmatch(form.get("what", ""))
    if asked or form.get("what") == "row":
        rows = _turned(given.rows, int(asked[2]), asked[1]) if asked else (*given.rows, Row("", ""))
        return _page(
            desk, file, questions, number, Given(given.values, given.prompt, given.notes, rows), base=base
        )
    before = seen.decode()
    new = written_back(before, question, given, _english(desk))
    flaws = flaws_of(new, before, question, given) if new != before else []
    if flaws or len(new.encode()) > MAX_TEXT:
        errors: dict[str, list[str]] = {}
        for name, problem in flaws:
            errors.setdefault(name, []).append(problem_message(problem))
        if not flaws:
            errors[""] = [_("The text of the file would be larger than 1 MB.")]
        return _page(desk, file, questions, number, given, errors, base), 422
    stored = _store(desk, path, new, base)
    if stored is None:
        flash(_("Question saved."), "ok")
    return stored or redirect(_form_url(slug, path, number), 303)


def _form_url(slug: str, path: str, number: int) -> str:
    return url_for("trainer.question_forms.show", slug=slug, path=path, q=number)


def _english(desk: Desk) -> bool:
    return language_of(desk.files.get(COURSE_FILE, b"").decode(errors="replace")) == "en"


def _turned(rows: tuple[Row, ...], at: int, way: str) -> tuple[Row, ...]:
    to, new = at + (-1 if way == "up" else 1), list(rows)
    if at < len(new) and 0 <= to < len(new):
        new[at], new[to] = new[to], new[at]
    return tuple(new)


def _store(desk: Desk, path: str, text: str, base: str) -> Response | tuple[str, int] | None:
    """Save and commit; the answer to give where that was refused."""
    session, slug = db.session(), desk.own.course.slug
    try:
        save_file(session, desk.own.course, path, text.encode(), base=base, by=me().id, now=clock.now())
    except ChangedMeanwhile as error:
        undo()
        return both_texts(slug, path, text, error.digest), 409
    except (NoDraft, PublishedElsewhere):
        undo()
        flash(_("There is no open draft to save it to."), "warn")
        return redirect(url_for("trainer.writing.index", slug=slug), 303)
    session.commit()
    return None


@question_forms.post("/change/<path:path>")
def change(slug: str, path: str) -> Response | tuple[str, int]:
    """Add a question of a kind, copy, move or remove the one of the form; the text must be the one seen."""
    desk = desk_or_404(slug, write=True)
    file, text = _file(desk, path)
    what, kind = request.form.get("what", ""), request.form.get("kind", "")
    questions = question_fields(text)
    number = _number(request.form.get("q", "1"), len(questions))
    question = questions[number - 1] if questions else None
    if file.digest != request.form.get("base"):
        flash(_("The draft has changed since you saw it. Nothing was done; look at it again."), "warn")
        return redirect(_form_url(slug, path, number), 303)
    taken = set(ids_in(desk))
    base = next((entry.id for entry in desk.plan.texts() if entry.path == path), "") or "soal"
    if kind in QUESTIONS:
        lesson = any(one.path == path and one.kind == "lesson" for one in desk.plan.texts())
        if lesson and kind == "essay":
            abort(404)
        said = f"{kind} {file.digest}"
        new = added(text, kind, new_id(base, said, taken), new_id(f"{base}-cek", said, taken), question)
        number = number + 1 if question else 1
    elif question is None:
        abort(404)
    elif what == "copy":
        new, number = copied(text, question, new_id(base, f"copy {file.digest}", taken)), number + 1
    elif what in {"up", "down"}:
        new = moved(text, question, what == "up")
        if new == text:
            flash(_("The question stays where it is: next to it another part begins, or a question with "
                    "errors. Move it in the text."), "warn")  # fmt: skip
            return redirect(_form_url(slug, path, number), 303)
        number += -1 if what == "up" else 1
    elif what == "remove":
        new, number = removed(text, question), max(1, number - 1)
    else:
        abort(404)
    if len(new.encode()) > MAX_TEXT:
        flash(_("The text of the file would be larger than 1 MB."), "danger")
        return redirect(_form_url(slug, path, number), 303)
    stored = _store(desk, path, new, file.digest)
    if stored is None and what == "remove":
        flash(_("The question is out of the text. Its history still has it."), "ok")
    return stored or redirect(_form_url(slug, path, number), 303)
