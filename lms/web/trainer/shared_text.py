"""The text of a shared bank under the pen, with its preview, problems and history; nobody is overwritten."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.bundle import normal_text
from lms.content.formatting.course import with_ids
from lms.content.formatting.text import canonical
from lms.content.limits import MAX_TEXT
from lms.content.shared import read_shared, shared_path
from lms.content.writing.compare import compare
from lms.content.writing.fixes import CannotMend, mend
from lms.content.writing.single import read_single
from lms.content.writing.snippets import QUESTIONS
from lms.db import db
from lms.domain.catalog.actions import BankClosed, ChangedMeanwhile, SavedBank, save_bank
from lms.domain.catalog.queries import (
    DraftText,
    SharedRow,
    bank_save_data,
    bank_saves,
    bank_text,
    bank_under_pen,
    count_bank_saves,
)
from lms.i18n.formats import clock as time_of_day
from lms.web.access import me
from lms.web.course_pages import CourseText
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.desk_text import Pen, found_of, ids_of, written_html
from lms.web.trainer.editor import large_texts
from lms.web.trainer.saves import save_number
from lms.web.trainer.shared_banks import bank_page, guard, own_bank

shared_text = Blueprint("shared_text", __name__, url_prefix="/shared-banks/<slug>/text")
shared_text.before_request(guard)
shared_text.url_value_preprocessor(large_texts)
FRAME = "trainer/shared/bank.html"


def pen_bank(slug: str, *, write: bool = False) -> tuple[SharedRow, DraftText]:
    """Return a bank with its text under the pen; 404 unless the person is in its team, 403 for a reader."""
    row = own_bank(slug, write=write)
    if not row.role:
        abort(404)
    return row, bank_under_pen(db.session(), row.bank)


def _pen(slug: str) -> Pen:
    return Pen(
        save=url_for("trainer.shared_text.save", slug=slug),
        preview=url_for("trainer.shared_text.preview", slug=slug),
        tidy=url_for("trainer.shared_text.tidy", slug=slug),
        problems=url_for("trainer.shared_text.problems", slug=slug),
        fix=url_for("trainer.shared_text.fix", slug=slug),
        history=url_for("trainer.shared_text.saves", slug=slug),
        forms="", snippets="", copy=shared_path(slug),
    )  # fmt: skip


@shared_text.get("")
def show(slug: str) -> str:
    """Show the text with its preview and its problems."""
    row, file = pen_bank(slug)
    return _show(row, file, file.data.decode(errors="replace"), file.digest)


def _show(row: SharedRow, file: DraftText, text: str, base: str, *, unsaved: bool = False) -> str:
    return bank_page(
        "trainer/shared/text.html", row, "text", file=file, source=text, base=base, unsaved=unsaved,
        pen=_pen(row.bank.slug), may_write=row.may_write, prose={}, pools={}, questions=QUESTIONS,
        beside=None, live=None, **_preview(row.bank.slug, text.encode()), **_panel(row, file),
    )  # fmt: skip


def _preview(slug: str, data: bytes) -> dict[str, object]:
    """What the preview needs; a link to a piece of a course leads nowhere from here."""
    text = CourseText(slug, "shared", "id", dict, lambda _kind, _key: "#", db.session(), written_html)
    single = read_single(data, shared_path(slug), {})
    return {"single": single, "text": text, "digest": slug, "with_key": True, "language": "id"}


def _panel(row: SharedRow, file: DraftText) -> dict[str, object]:
    """What is wrong in the saved text, by the rules that putting it in force asks."""
    slug = row.bank.slug
    before = {file.path: bank_text(db.session(), slug)}
    return {"here": found_of(read_shared(file.data, slug, before).problems), "elsewhere": []}


@shared_text.get("/problems")
def problems(slug: str) -> str:
    """Show the panel of problems alone, for the page that has just saved."""
    row, file = pen_bank(slug)
    return render_template(
        "trainer/writing/problems.html", pen=_pen(slug), may_write=row.may_write, file=file,
        **_panel(row, file),
    )  # fmt: skip


@shared_text.post("/problems")
def fix(slug: str) -> Response:
    """Mend one problem of the saved text that needs no decision."""
    row, file = pen_bank(slug, write=True)
    code, line, base = (request.form.get(name, "") for name in ("code", "line", "base"))
    text = read_shared(file.data, slug)
    found = [one for one in text.problems if (one.code, str(one.line)) == (code, line)]
    target = redirect(url_for("trainer.shared_text.show", slug=slug), 303)
    try:
        if not found or file.digest != base:
            raise CannotMend
        mended = mend(file.data.decode(), found[0], ids_of(file.data.decode()), slug)
        _save(row, mended, base)
    except (BankClosed, CannotMend, ChangedMeanwhile, UnicodeDecodeError):
        undo()
        flash(_("Nothing was mended: the text has changed since. Look at the line again."), "warn")
        return target
    db.session.commit()
    flash(_("Mended on line %(number)s.", number=line), "ok")
    return target


def _save(row: SharedRow, text: str, base: str) -> SavedBank:
    return save_bank(db.session(), row.bank, text.encode(), base=base, by=me().id, now=clock.now())


def _sent() -> str:
    text = normal_text(request.form.get("text", ""))
    if len(text.encode()) > MAX_TEXT:
        abort(413)
    return text


@shared_text.post("/preview")
def preview(slug: str) -> str:
    """Show a text that is not saved as learners would see it; `part`: that alone, for scripts."""
    row, file = pen_bank(slug, write=True)
    text = _sent()
    if request.form.get("part"):
        return render_template("trainer/writing/preview.html", **_preview(slug, text.encode()))
    return _show(row, file, text, request.form.get("base", ""), unsaved=True)


@shared_text.post("")
def save(slug: str) -> Response | tuple[str, int] | tuple[Response, int]:
    """Save a text that was made from the state `base`; when another was saved meanwhile, both are shown."""
    row, text = own_bank(slug, write=True), _sent()
    wants_json = request.accept_mimetypes.best == "application/json"
    target = url_for("trainer.shared_text.show", slug=slug)
    try:
        saved = _save(row, text, request.form.get("base", ""))
    except ChangedMeanwhile:
        undo()
        return (jsonify(state="changed"), 409) if wants_json else (_both(slug, text), 409)
    except BankClosed:
        undo()
        return (jsonify(state="closed"), 409) if wants_json else (_closed(slug, text), 409)
    db.session.commit()
    if wants_json:
        words = _("Saved %(time)s", time=time_of_day(clock.now()))
        return jsonify(state="saved", base=saved.digest, words=words, address=target)
    return redirect(target, 303)


@shared_text.post("/tidy")
def tidy(slug: str) -> Response | tuple[str, int]:
    """Save the text in canonical form, with ids for questions without one; its meaning stays."""
    row, path = own_bank(slug, write=True), shared_path(slug)
    sent = _sent()
    text = canonical(path, with_ids(sent, set(ids_of(sent))), "id")
    try:
        saved = _save(row, text, request.form.get("base", ""))
    except ChangedMeanwhile:
        undo()
        return _both(slug, text), 409
    except BankClosed:
        undo()
        return _closed(slug, text), 409
    db.session.commit()
    flash(
        _("The text is tidy. Its history keeps it as it was.") if saved.changed else _("The text was tidy."),
        "ok",
    )
    return redirect(url_for("trainer.shared_text.show", slug=slug), 303)


def _both(slug: str, text: str) -> str:
    """The text of the person and the one that is stored, with what differs; the person chooses."""
    row, other = pen_bank(slug, write=True)
    theirs = other.data.decode(errors="replace")
    target = url_for("trainer.shared_text.show", slug=slug)
    return bank_page(
        "trainer/writing/both.html", row, "text", frame=FRAME, path=other.path, mine=text, theirs=theirs,
        other=other, rows=compare(theirs, text), base=other.digest, save_url=target, keep_url=target,
    )  # fmt: skip


def _closed(slug: str, text: str) -> str:
    return bank_page("trainer/shared/closed.html", own_bank(slug, write=True), "text", kept_text=text)


@shared_text.get("/history")
def saves(slug: str) -> str:
    """List the saved states of the text; `save` shows one of them beside the text of today."""
    (row, file), session = pen_bank(slug), db.session()
    page = page_of(request.args, count_bank_saves(session, row.bank.id))
    listed = bank_saves(session, row.bank.id, limit=page.size, offset=page.offset)
    wanted = save_number(request.args.get("save"))
    found = bank_saves(session, row.bank.id, limit=1, save_id=wanted) if wanted else []
    rows = []
    if found:
        before = bank_save_data(session, row.bank.id, save_id=found[0].id) or b""
        rows = compare(before.decode(errors="replace"), file.data.decode(errors="replace"))
    return bank_page(
        "trainer/writing/saves.html", row, "history", frame=FRAME, path=file.path, file=file, saves=listed,
        page=page, chosen=found[0] if found else None, rows=rows, may_write=row.may_write,
        text_url=url_for("trainer.shared_text.show", slug=slug),
        restore_url=url_for("trainer.shared_text.restore", slug=slug),
    )  # fmt: skip


@shared_text.post("/history")
def restore(slug: str) -> Response:
    """Save an older state again as the newest."""
    row, session = own_bank(slug, write=True), db.session()
    wanted = save_number(request.form.get("save"))
    data = bank_save_data(session, row.bank.id, save_id=wanted) if wanted else None
    if data is None:
        abort(404)
    back = redirect(url_for("trainer.shared_text.saves", slug=slug), 303)
    try:
        _save(row, data.decode(), request.form.get("base", ""))
    except ChangedMeanwhile:
        undo()
        flash(_("Somebody saved the text meanwhile. Look again before you bring a state back."), "warn")
        return back
    except BankClosed:
        undo()
        flash(_("Nothing was done: the bank is archived or written in the server's folder."), "warn")
        return back
    session.commit()
    flash(_("That state is the newest again."), "ok")
    return back
