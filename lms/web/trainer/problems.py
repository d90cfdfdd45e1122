"""What is wrong in a draft while it is written, and mistakes mended by one press."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.writing.fixes import CannotMend, mend
from lms.db import db
from lms.domain.catalog.actions import ChangedMeanwhile, NoDraft, PublishedElsewhere, save_file
from lms.domain.catalog.queries import draft_file
from lms.web.access import me
from lms.web.refusals import undo
from lms.web.trainer.desk_text import desk_or_404, draft_problems, ids_in, panel_values, pen_of

problems = Blueprint("problems", __name__, url_prefix="/courses/<slug>/writing")


@problems.get("/problems/<path:path>")
def show(slug: str, path: str) -> str:
    """Show the panel of one file alone, for the page that has just saved."""
    desk = desk_or_404(slug)
    file = draft_file(db.session(), desk.draft, path)
    if file is None:
        abort(404)
    return render_template(
        "trainer/writing/problems.html", pen=pen_of(slug, path), may_write=desk.own.may_write,
        course=desk.own.course, file=file,
        **panel_values(desk, path),
    )  # fmt: skip


@problems.post("/problems/<path:path>")
def fix(slug: str, path: str) -> Response:
    """Mend one problem of the saved text that needs no decision."""
    desk, session = desk_or_404(slug, write=True), db.session()
    code, line, base = (request.form.get(name, "") for name in ("code", "line", "base"))
    file = draft_file(session, desk.draft, path)
    if file is None:
        abort(404)
    found = [
        one for one in draft_problems(desk)
        if one.path == path and one.code == code and str(one.line) == line and file.digest == base
    ]  # fmt: skip
    target = redirect(url_for("trainer.editor.show", slug=slug, path=path), 303)
    try:
        if not found:
            raise CannotMend
        taken, own_id = ids_in(desk), next((one.id for one in desk.plan.texts() if one.path == path), "")
        text = mend(file.data.decode(), found[0], taken, own_id)
        save_file(session, desk.own.course, path, text.encode(), base=base, by=me().id, now=clock.now())
    except (CannotMend, ChangedMeanwhile, NoDraft, PublishedElsewhere):
        undo()
        flash(_("Nothing was mended: the text has changed since. Look at the line again."), "warn")
        return target
    session.commit()
    flash(_("Mended on line %(number)s.", number=line), "ok")
    return target
