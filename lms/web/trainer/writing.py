"""The writing desk of a course: its outline, new pieces, their order and names."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from lms import clock
from lms.content.parse import COURSE_FILE
from lms.content.paths import extension
from lms.content.writing.arrange import moved, place_for, placed, removed, renamed, siblings_of
from lms.content.writing.outline import BANKS, Outline
from lms.content.writing.starter import fresh_key, starter_text
from lms.content.writing.titles import with_value
from lms.db import db
from lms.domain.catalog.actions import (
    ChangedMeanwhile,
    NoDraft,
    PublishedElsewhere,
    begin_draft,
    remove_files,
    rename_files,
    save_file,
)
from lms.domain.catalog.queries import draft_digests, removed_files
from lms.web.access import me
from lms.web.refusals import undo
from lms.web.trainer.desk_text import Desk, desk_or_404, open_desk
from lms.web.trainer.forms import PieceForm, TitleForm
from lms.web.trainer.own import course_page, own_course

writing = Blueprint("writing", __name__, url_prefix="/courses/<slug>/writing")
KINDS = ("module", "lesson", "quiz", "bank")


@writing.get("")
def index(slug: str) -> str:
    """Show the outline with its buttons; a course without a draft says how to open one."""
    return _index(slug, PieceForm())


def _index(slug: str, form: PieceForm) -> str:
    desk = open_desk(slug)
    if not isinstance(desk, Desk):
        return course_page("trainer/writing/closed.html", desk, "writing")
    if not form.is_submitted() and desk.plan.modules:
        form.folder.data = desk.plan.modules[-1].folder
    parts = [(part.folder, part.title) for part in desk.plan.modules]
    form.folder.choices = [SelectChoice(*one) for one in [("", str(_("The course itself"))), *parts]]
    here = draft_digests(db.session(), desk.draft.id)
    return course_page(
        "trainer/writing/index.html", desk.own, "writing", desk=desk, form=form, plan=desk.plan,
        removed=removed_files(db.session(), desk.own.course.id, here),
    )  # fmt: skip


@writing.post("/start")
def start(slug: str) -> Response:
    """Open the live text as a draft."""
    own, session = own_course(slug, write=True), db.session()
    try:
        begin_draft(session, own.course, by=me().id, now=clock.now())
    except PublishedElsewhere:
        undo()
        flash(_("This course is written in the server's folder. Move it to the desk first."), "danger")
        return redirect(url_for("trainer.courses.show", slug=slug), 303)
    session.commit()
    return redirect(url_for("trainer.writing.index", slug=slug), 303)


@writing.post("/pieces")
def add(slug: str) -> str | Response | tuple[str, int]:
    """Add a module, lesson, quiz or bank with a text to begin with, and open it."""
    desk, form = desk_or_404(slug, write=True), PieceForm()
    folders = [part.folder for part in desk.plan.modules]
    form.folder.choices = [SelectChoice(folder, folder) for folder in ["", *folders]]
    if not form.validate():
        return _index(slug, form), 422
    kind, title, folder = form.kind.data, form.title.data.strip(), form.folder.data or ""
    if kind == "lesson" and not folder:
        form.folder.errors = [_("A lesson stands in a module. Choose one, or add a module first.")]
        return _index(slug, form), 422
    path = place_for(kind, title, folder if kind in {"lesson", "quiz"} else "", list(desk.files))
    key = fresh_key(title, _keys(desk.plan), kind)
    session = db.session()
    try:
        save_file(
            session,
            desk.own.course,
            path,
            starter_text(kind, key, title),
            base="",
            by=me().id,
            now=clock.now(),
        )
    except (ChangedMeanwhile, NoDraft, PublishedElsewhere):
        return _changed(slug)
    session.commit()
    return redirect(url_for("trainer.editor.show", slug=slug, path=path), 303)


def _keys(plan: Outline) -> frozenset[str]:
    return frozenset(entry.id for entry in plan.texts() if entry.id)


@writing.post("/move/<path:path>")
def move(slug: str, path: str) -> Response:
    """Move a piece or a module one step up or down."""
    desk = desk_or_404(slug, write=True)
    if path not in siblings_of(path, desk.plan):
        abort(404)
    up = request.form.get("to") == "up"
    return _rename(desk, path, moved(path, up, desk.plan, list(desk.files)))


def _rename(desk: Desk, path: str, names: dict[str, str], back: str = "") -> Response:
    slug, session = desk.own.course.slug, db.session()
    if names:
        try:
            rename_files(session, desk.own.course, names, by=me().id, now=clock.now())
        except (NoDraft, PublishedElsewhere):
            return _changed(slug)
        session.commit()
    there = names.get(path, path)
    target = url_for("trainer.writing.index", slug=slug, _anchor=f"f-{there}")
    return redirect(target, 303)


@writing.post("/place/<path:path>")
def place(slug: str, path: str) -> Response:
    """Put a lesson or quiz into another module; its id stays."""
    desk, folder = desk_or_404(slug, write=True), request.form.get("folder", "")
    kind = next((entry.kind for entry in desk.plan.texts() if entry.path == path), "")
    folders = {part.folder for part in desk.plan.modules} | ({""} if kind == "quiz" else set())
    if kind not in {"lesson", "quiz"} or folder not in folders:
        abort(404)
    return _rename(desk, path, placed(path, folder, list(desk.files)))


@writing.post("/rename/<path:path>")
def rename(slug: str, path: str) -> Response:
    """Give a piece, module or bank another title; its file is named after it, its id stays."""
    desk, form = desk_or_404(slug, write=True), TitleForm()
    if path not in desk.files or extension(path) != "md":
        abort(404)
    if not form.validate():
        flash(_("Nothing was changed: the title is empty or longer than 200 characters."), "danger")
        return redirect(url_for("trainer.writing.index", slug=slug), 303)
    title, session, data = " ".join(form.title.data.split()), db.session(), desk.files[path]
    text = with_value(data, "title", title) if data else data
    fixed = path == COURSE_FILE or path.startswith(BANKS)  # quizzes name the file of a bank
    names = {} if fixed else renamed(path, title, list(desk.files))
    try:
        if text != data:
            base = draft_digests(session, desk.draft.id)[path]
            save_file(session, desk.own.course, path, text, base=base, by=me().id, now=clock.now())
    except (ChangedMeanwhile, NoDraft, PublishedElsewhere):
        return _changed(slug)
    session.flush()
    answer = _rename(desk, path, names)
    session.commit()
    return answer


@writing.post("/removal/<path:path>")
def remove(slug: str, path: str) -> Response:
    """Take a file out of the draft; a module takes its pieces along. It can be brought back."""
    desk, session = desk_or_404(slug, write=True), db.session()
    gone = removed(path, list(desk.files))
    if not gone or path == COURSE_FILE:
        abort(404)
    try:
        remove_files(session, desk.own.course, gone, by=me().id, now=clock.now())
    except (NoDraft, PublishedElsewhere):
        return _changed(slug)
    session.commit()
    flash(_("Taken out of the draft. It can be brought back at the end of this page."), "ok")
    return redirect(url_for("trainer.writing.index", slug=slug), 303)


def _changed(slug: str) -> Response:
    undo()
    flash(_("The draft has changed since you saw it. Nothing was done; look at it again."), "warn")
    return redirect(url_for("trainer.writing.index", slug=slug), 303)
