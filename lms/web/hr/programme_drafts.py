"""The draft of a learning path: written, its steps moved by buttons, opened as the next edition."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.audit.queries import seen_since
from lms.domain.catalog.queries import live_ids, live_titles
from lms.domain.programmes import actions
from lms.domain.programmes.queries import EditionText, Found, programme_for
from lms.web.access import me
from lms.web.hr.programme_forms import DraftForm, steps_of
from lms.web.hr.programmes import may_write
from lms.web.programme_words import changed, hours, problem_words, step_name
from lms.web.refusals import undo

programme_drafts = Blueprint("programme_drafts", __name__, url_prefix="/programmes/<int:programme_id>/draft")


@programme_drafts.post("/new")
def begin(programme_id: int) -> Response:
    """Begin the next edition as a copy of the open one; a second press finds the first."""
    found, session = may_write(programme_id), db.session()
    actions.begin_edition(session, found.programme, by=me(), now=clock.now())
    session.commit()
    return redirect(url_for("hr.programme_drafts.edit", programme_id=programme_id), 303)


@programme_drafts.get("")
def edit(programme_id: int) -> str | Response:
    """Show the draft as a form."""
    found = may_write(programme_id)
    draft = found.draft
    if draft is None:
        return redirect(url_for("hr.programmes.show", programme_id=programme_id), 303)
    data = {
        "title": draft.title, "purpose": draft.purpose, "audience": list(draft.audience),
        "ordered": draft.ordered, "counts_from": draft.counts_from, "change_note": draft.change_note,
    }  # fmt: skip
    return _page(found, draft, DraftForm(formdata=None, data=data))


@programme_drafts.post("")
def save(programme_id: int) -> str | Response | tuple[str, int]:
    """Store all that was typed with every button; `open` opens it, too."""
    found, session, form = may_write(programme_id), db.session(), DraftForm()
    draft = found.draft
    if draft is None:
        flash(_("There is no draft any more; somebody opened or discarded it."), "warn")
        return redirect(url_for("hr.programmes.show", programme_id=programme_id), 303)
    known = live_ids(session) | {course.slug: course.id for course in draft.courses}
    typed = steps_of(request.form, known)
    if not form.validate():
        return _page(found, draft, form), 422
    seen = request.form.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
    try:
        actions.write(
            session, found.programme, form.writing(typed.steps), revision=revision, by=me(), now=clock.now()
        )
    except actions.Changed:
        undo()
        flash(
            _("The draft was saved meanwhile, here or by a colleague. Below stands the newest text."), "warn"
        )
        return redirect(url_for("hr.programme_drafts.edit", programme_id=programme_id), 303)
    session.commit()
    if typed.error:
        flash(typed.error, "warn")
    elif request.form.get("act") == "open":
        return redirect(url_for("hr.programme_drafts.check", programme_id=programme_id), 303)
    elif request.form.get("act") == "save":
        flash(_("Saved."), "ok")
    anchor = f"step-{typed.at}" if typed.at else "steps"
    return redirect(url_for("hr.programme_drafts.edit", programme_id=programme_id, _anchor=anchor), 303)


@programme_drafts.get("/opening")
def check(programme_id: int) -> str | Response:
    """Say what opening the draft does: what changes, and for how many."""
    found = may_write(programme_id)
    draft = found.draft
    if draft is None:
        return redirect(url_for("hr.programmes.show", programme_id=programme_id), 303)
    return render_template(
        "hr/programmes/opening.html", found=found, draft=draft, hours=hours, step_name=step_name,
        problems=[problem_words(code) for code in draft.problems],
        changes=changed(found.live, draft) if found.live else [],
    )  # fmt: skip


@programme_drafts.post("/opening")
def open_it(programme_id: int) -> Response:
    """Open the draft as the edition that holds from now on."""
    found, session = may_write(programme_id), db.session()
    target = "hr.programmes.show"
    try:
        actions.open_edition(session, found.programme, by=me(), now=clock.now())
    except actions.NotReady:
        undo()
        target = "hr.programme_drafts.check"
    except actions.Changed:
        undo()
        flash(_("There is no draft any more; somebody opened or discarded it."), "warn")
    else:
        session.commit()
        flash(_("The learning path is open. People of the unit find it in the catalogue."), "ok")
    return redirect(url_for(target, programme_id=programme_id), 303)


@programme_drafts.post("/discard")
def discard(programme_id: int) -> Response:
    """Throw the draft away; a path that was never opened goes with it. A second press hears the same."""
    session, now = db.session(), clock.now()
    if programme_for(session, me(), programme_id) is None and seen_since(
        session, "programme.discarded", me().id, ("programme", programme_id), now - timedelta(hours=1)
    ):
        gone = True
    else:
        gone = actions.discard(session, may_write(programme_id).programme, by=me(), now=now)
        session.commit()
    flash(_("The draft was discarded."), "ok")
    if gone:
        return redirect(url_for("hr.programmes.index", state="draft"), 303)
    return redirect(url_for("hr.programmes.show", programme_id=programme_id), 303)


def _page(found: Found, draft: EditionText, form: DraftForm) -> str:
    used = {course.slug for course in draft.courses}
    titles = sorted(live_titles(db.session()).items(), key=lambda pair: pair[1].casefold())
    return render_template(
        "hr/programmes/edit.html", found=found, draft=draft, form=form, hours=hours,
        choices=[(slug, title) for slug, title in titles if slug not in used],
    )  # fmt: skip
