"""The history of each text of a draft: what was saved, what differs, bringing a state back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.paths import is_text
from lms.content.writing.compare import compare
from lms.db import db
from lms.domain.catalog.actions import ChangedMeanwhile, NoDraft, PublishedElsewhere, save_file
from lms.domain.catalog.queries import count_saves, draft_file, draft_of, save_by_id, save_data, saves_of
from lms.web.access import me
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.own import course_page, own_course

saves = Blueprint("saves", __name__, url_prefix="/courses/<slug>/writing/history")
LARGEST = 2**31 - 1


@saves.get("/<path:path>")
def index(slug: str, path: str) -> str:
    """List the saved states of a file; `save` shows one of them beside the text of today."""
    own, session = own_course(slug), db.session()
    course_id, draft = own.course.id, draft_of(session, own.course.id)
    file = draft_file(session, draft, path) if draft else None
    page = page_of(request.args, count_saves(session, course_id, path))
    listed = saves_of(session, course_id, path, limit=page.size, offset=page.offset)
    if file is None and not listed:
        abort(404)
    wanted = save_number(request.args.get("save"))
    chosen = save_by_id(session, course_id, path, wanted) if wanted else None
    rows = []
    if chosen is not None and file is not None and is_text(path):
        before = save_data(session, course_id, path, chosen.id) or b""
        rows = compare(before.decode(errors="replace"), file.data.decode(errors="replace"))
    return course_page(
        "trainer/writing/saves.html", own, "writing", path=path, file=file, saves=listed, page=page,
        chosen=chosen, rows=rows, may_write=own.may_write,
        text_url=url_for("trainer.editor.show", slug=slug, path=path),
        restore_url=url_for("trainer.saves.restore", slug=slug, path=path),
    )  # fmt: skip


def save_number(text: str | None) -> int | None:
    """Return the number of a saved state as an address or a form names it; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and int(text) <= LARGEST else None


@saves.post("/<path:path>")
def restore(slug: str, path: str) -> Response:
    """Save an older state again as the newest."""
    own, session = own_course(slug, write=True), db.session()
    wanted = save_number(request.form.get("save"))
    data = save_data(session, own.course.id, path, wanted) if wanted else None
    if data is None:
        abort(404)
    back = redirect(url_for("trainer.saves.index", slug=slug, path=path), 303)
    base = request.form.get("base", "")
    try:
        save_file(session, own.course, path, data, base=base, by=me().id, now=clock.now())
    except ChangedMeanwhile:
        undo()
        flash(
            _("Somebody saved the text meanwhile. Look again before you bring a state back."),
            "warn",
        )
        return back
    except (NoDraft, PublishedElsewhere):
        undo()
        flash(_("There is no open draft to bring it back to."), "warn")
        return back
    session.commit()
    flash(_("That state is the newest again."), "ok")
    return back
