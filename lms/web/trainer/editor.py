"""One file of a draft under the pen: text, preview, problems; a save that never overwrites another's text."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.bundle import normal_text
from lms.content.formatting.course import with_ids
from lms.content.formatting.text import canonical, language_of
from lms.content.limits import MAX_TEXT
from lms.content.parse import COURSE_FILE
from lms.content.paths import clean_path, extension
from lms.content.writing.compare import compare
from lms.content.writing.snippets import POOLS, PROSE, QUESTIONS
from lms.db import db
from lms.domain.catalog.actions import ChangedMeanwhile, NoDraft, PublishedElsewhere, save_file
from lms.domain.catalog.queries import DraftText, draft_file
from lms.i18n.formats import clock as time_of_day
from lms.web.access import is_signed_in, me
from lms.web.refusals import undo
from lms.web.trainer.asked import asked_beside
from lms.web.trainer.desk_text import Desk, desk_or_404, ids_in, panel_values, pen_of, preview_values
from lms.web.trainer.own import course_page, own_course

editor = Blueprint("editor", __name__, url_prefix="/courses/<slug>/writing")
FORM_BYTES = 16 * 1024 * 1024
"""A text of 5 MB as a form sends it: more than is stored, so that it can be given back."""


@editor.url_value_preprocessor
def large_texts(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let the text of a lesson be large; only for people who are signed in."""
    if request.method == "POST" and is_signed_in():
        request.max_content_length = request.max_form_memory_size = FORM_BYTES


@editor.get("/file/<path:path>")
def show(slug: str, path: str) -> str:
    """Show one text with its preview and its problems."""
    desk = desk_or_404(slug)
    file = _file(desk, path)
    text = _decoded(file.data)
    return _show(desk, file, text, file.digest)


def _file(desk: Desk, path: str) -> DraftText:
    file = draft_file(db.session(), desk.draft, path)
    if file is None or extension(path) != "md":
        abort(404)
    return file


def _decoded(data: bytes) -> str | None:
    """The text, or None when it is no UTF-8 and would be damaged by editing."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _show(desk: Desk, file: DraftText, text: str | None, base: str, *, unsaved: bool = False) -> str:
    data = text.encode() if text is not None else file.data
    return course_page(
        "trainer/writing/file.html", desk.own, "writing", desk=desk, plan=desk.plan, file=file, source=text,
        base=base, pen=pen_of(desk.own.course.slug, file.path), may_write=desk.own.may_write, unsaved=unsaved,
        beside=asked_beside(desk.own.course.slug, text), prose=PROSE,
        questions=QUESTIONS, pools=POOLS, **preview_values(desk, file.path, data),
        **panel_values(desk, file.path),
    )  # fmt: skip


@editor.get("/snippets")
def snippets(slug: str) -> str:
    """Show texts to copy, for those who write without scripts."""
    return course_page(
        "trainer/writing/snippets.html", own_course(slug), "writing", prose=PROSE, questions=QUESTIONS,
        pools=POOLS,
    )  # fmt: skip


@editor.post("/preview/<path:path>")
def preview(slug: str, path: str) -> str | tuple[str, int]:
    """Show a text that is not saved as learners would see it; `part`: that alone, for scripts."""
    desk = desk_or_404(slug, write=True)
    text = _sent()
    if request.form.get("part"):
        values = preview_values(desk, path, text.encode())
        return render_template("trainer/writing/preview.html", course=desk.own.course, **values)
    return _show(desk, _file(desk, path), text, request.form.get("base", ""), unsaved=True)


def _is_clean(path: str) -> bool:
    """Whether every computer can store a file of this name; a text that is new here might have any."""
    try:
        return clean_path(path) == path
    except ValueError:
        return False


class TextTooLarge(Exception):
    """A text over the limit, which its writer gets back."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(len(text))


def _sent() -> str:
    text = normal_text(request.form.get("text", ""))
    if len(text.encode()) > MAX_TEXT:
        raise TextTooLarge(text)
    return text


@editor.errorhandler(TextTooLarge)
def _large(error: TextTooLarge) -> tuple[str | Response, int]:
    """Give the text back to be shortened; what was saved before stays."""
    values = request.view_args or {}
    slug, path = str(values["slug"]), str(values["path"])
    if request.accept_mimetypes.best == "application/json" or request.form.get("part"):
        return jsonify(error=413), 413
    page = course_page(
        "trainer/writing/large.html", own_course(slug, write=True), "writing", path=path,
        kept_text=error.text, base=request.form.get("base", ""), size=len(error.text.encode()),
    )  # fmt: skip
    return page, 413


@editor.post("/file/<path:path>")
def save(slug: str, path: str) -> Response | tuple[str, int] | tuple[Response, int]:
    """Save a text that was made from the state `base`; when another was saved meanwhile, both are shown."""
    own, session, text = own_course(slug, write=True), db.session(), _sent()
    if extension(path) != "md" or not _is_clean(path):
        abort(404)
    base = request.form.get("base", "")
    wants_json = request.accept_mimetypes.best == "application/json"
    now = clock.now()
    try:
        saved = save_file(session, own.course, path, text.encode(), base=base, by=me().id, now=now)
    except ChangedMeanwhile as error:
        undo()
        if wants_json:
            return jsonify(state="changed"), 409
        return both_texts(slug, path, text, error.digest), 409
    except (NoDraft, PublishedElsewhere):
        undo()
        if wants_json:
            return jsonify(state="closed"), 409
        return _closed(slug, text), 409
    session.commit()
    target = url_for("trainer.editor.show", slug=slug, path=saved.path)
    if wants_json:
        return jsonify(
            state="saved", base=saved.digest, words=_("Saved %(time)s", time=time_of_day(now)), address=target
        )  # fmt: skip
    return redirect(target, 303)


@editor.post("/tidy/<path:path>")
def tidy(slug: str, path: str) -> Response | tuple[str, int]:
    """Save the text in canonical form, with ids for questions without one; its meaning stays."""
    desk, session = desk_or_404(slug, write=True), db.session()
    if path not in desk.files or extension(path) != "md":
        abort(404)
    base, language = request.form.get("base", ""), language_of(desk.files.get(COURSE_FILE, b"").decode())
    text = canonical(path, with_ids(_sent(), set(ids_in(desk))), language)
    try:
        saved = save_file(
            session, desk.own.course, path, text.encode(), base=base, by=me().id, now=clock.now()
        )
    except ChangedMeanwhile as error:
        undo()
        return both_texts(slug, path, text, error.digest), 409
    except (NoDraft, PublishedElsewhere):
        undo()
        return _closed(slug, text), 409
    session.commit()
    flash(
        _("The text is tidy. Its history keeps it as it was.") if saved.changed else _("The text was tidy."),
        "ok",
    )
    return redirect(url_for("trainer.editor.show", slug=slug, path=saved.path), 303)


def both_texts(slug: str, path: str, text: str, digest: str | None) -> str:
    """The text of the person and the one that is stored, with what differs; the person chooses."""
    desk = desk_or_404(slug, write=True)
    other = draft_file(db.session(), desk.draft, path) if digest else None
    theirs = (_decoded(other.data) or "") if other else ""
    return course_page(
        "trainer/writing/both.html", desk.own, "writing", desk=desk, path=path, mine=text, theirs=theirs,
        other=other, rows=compare(theirs, text), base=digest or "",
        save_url=url_for("trainer.editor.save", slug=slug, path=path),
        keep_url=url_for("trainer.editor.show", slug=slug, path=path),
    )  # fmt: skip


def _closed(slug: str, text: str) -> str:
    own = own_course(slug, write=True)
    return course_page("trainer/writing/closed.html", own, "writing", kept_text=text)
