"""Pictures and other files of a draft: what is there, a new one with its alternative text."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.assets import asset_problem
from lms.content.limits import MAX_ASSET, MAX_FILES, MAX_TOTAL
from lms.content.paths import extension
from lms.content.pictures import is_raster, weight
from lms.content.problems import Problem
from lms.content.writing.arrange import asset_place
from lms.db import db
from lms.domain.catalog.actions import ChangedMeanwhile, NoDraft, PublishedElsewhere, save_file
from lms.domain.catalog.queries import draft_assets
from lms.i18n.problems import problem_message
from lms.web.access import is_signed_in, me
from lms.web.refusals import undo
from lms.web.trainer.desk_text import Desk, desk_or_404
from lms.web.trainer.forms import PictureForm
from lms.web.trainer.own import course_page

pictures = Blueprint("pictures", __name__, url_prefix="/courses/<slug>/writing/pictures")
FORM_BYTES = MAX_ASSET + 512 * 1024


@pictures.url_value_preprocessor
def room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a picture be as large as a course may hold; only for people who are signed in."""
    if request.method == "POST" and is_signed_in():
        request.max_content_length = FORM_BYTES


@pictures.get("")
def index(slug: str) -> str:
    """List the files of aset/ with the line that shows each, and ask for a new one."""
    return _index(desk_or_404(slug), PictureForm())


def _index(desk: Desk, form: PictureForm) -> str:
    return course_page(
        "trainer/writing/pictures.html", desk.own, "writing", form=form,
        assets=draft_assets(db.session(), desk.draft.id),
    )  # fmt: skip


@pictures.post("")
def create(slug: str) -> str | Response | tuple[str, int] | tuple[Response, int]:
    """Put a file into aset/; one that is not what it says, unsafe or too large is refused with the reason."""
    desk, form = desk_or_404(slug, write=True), PictureForm()
    wants_json = request.accept_mimetypes.best == "application/json"
    if form.validate():
        data, alt = (
            form.file.data.stream.read(),
            " ".join(form.alt.data.replace("[", "(").replace("]", ")").split()),
        )
        refused = _refusal(desk, form.file.data.filename or "", data)
        if refused is None:
            path = _store(desk, form.file.data.filename or "", data)
            if path is not None:
                line = f"![{alt}]({path})"
                if wants_json:
                    return jsonify(markdown=line)
                flash(_("Stored. Copy this line into your text: %(line)s", line=line), "ok")
                return redirect(url_for("trainer.pictures.index", slug=slug), 303)
            refused = _("The draft has changed since you saw it. Nothing was done; look at it again.")
        form.file.errors = [refused]
    if wants_json:
        return jsonify(error=" ".join(str(text) for errors in form.errors.values() for text in errors)), 422
    return _index(desk, form), 422


def _refusal(desk: Desk, name: str, data: bytes) -> str | None:
    """Why a file is not taken, in the reader's words."""
    size = sum(one.size for one in draft_assets(db.session(), desk.draft.id))
    if len(desk.files) >= MAX_FILES or size + len(data) > MAX_TOTAL:
        return problem_message(Problem(name, 0, "bundle_large", {"limit": "50 MB"}))
    if len(data) > MAX_ASSET:
        return problem_message(Problem(name, 0, "asset_large", {"limit": "10 MB"}))
    code = asset_problem(name, data)
    if code is None and is_raster(name) and weight(data) is None:
        code = "picture_unreadable"
    known = {"type": extension(name).upper(), "known": "png, jpg, webp, gif, svg, pdf, mp3, mp4"}
    return problem_message(Problem(name, 0, code, known)) if code else None


def _store(desk: Desk, name: str, data: bytes) -> str | None:
    """The path of the stored file; None when the draft was closed meanwhile."""
    session = db.session()
    path = asset_place(name, list(desk.files))
    try:
        save_file(session, desk.own.course, path, data, base="", by=me().id, now=clock.now())
    except (ChangedMeanwhile, NoDraft, PublishedElsewhere):
        undo()
        return None
    session.commit()
    return path
