"""Rules of law that courses cite: the list, one rule with all that cites it, names that are not listed.

BKPSDM alone keeps it: a rule marked as replaced is told to every learner, and the office answers for that.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName
from lms.domain.regulations.actions import add, edit, mark, withdraw
from lms.domain.regulations.models import Regulation, RegulationChange
from lms.domain.regulations.queries import (
    RegulationFilter,
    changes_of,
    citing_places,
    count_missing,
    count_work,
    find_regulations,
    missing_names,
    regulation_by_name,
    regulation_names,
    state_of,
)
from lms.domain.reports.regulations import certified_versions
from lms.web import law_words
from lms.web.access import me, require_role
from lms.web.hr.regulation_forms import ChangeForm, RegulationForm
from lms.web.listing import page_of
from lms.web.refusals import refusal_text, show_refusal, undo

regulations = Blueprint("regulations", __name__, url_prefix="/regulations")


@regulations.before_request
def guard() -> None:
    """Only BKPSDM."""
    require_role(RoleName.BKPSDM)


def tabs() -> list[tuple[str, str, bool]]:
    """The parts of this room, with how much waits in each."""
    session = db.session()
    missing, work = count_missing(session), count_work(session, done=False)
    here = request.endpoint or ""
    return [
        (url_for("hr.regulations.index"), _("Rules"), here == "hr.regulations.index"),
        (
            url_for("hr.regulations.missing"),
            _("Not in the list (%(count)s)", count=missing),
            here == "hr.regulations.missing",
        ),
        (
            url_for("hr.regulation_work.index"),
            _("Work list (%(count)s)", count=work),
            here.startswith("hr.regulation_work."),
        ),
    ]


@regulations.get("")
def index() -> str:
    """List the rules by kind, year and number."""
    asked = RegulationFilter(request.args.get("q", "")[:100], request.args.get("state", ""))
    rows = find_regulations(db.session(), asked, clock.local_date(clock.now()))
    page = page_of(request.args, len(rows), size=50)
    return render_template(
        "hr/regulations/index.html", rows=rows[page.offset : page.offset + page.size], page=page,
        tabs=tabs(), words=law_words, asked=asked,
    )  # fmt: skip


@regulations.get("/missing")
def missing() -> str:
    """List the names that courses cite and no rule has."""
    return render_template("hr/regulations/missing.html", rows=missing_names(db.session()), tabs=tabs())


@regulations.post("/missing")
def take() -> Response:
    """Add such a name as a rule in one step; what else is known of it can be written later."""
    session, key = db.session(), request.form.get("key", "")[:80]
    found = next((one for one in missing_names(session) if one.key == key), None)
    if found is None:
        flash(_("This name is in the list already."), "info")
        return redirect(url_for("hr.regulations.missing"), 303)
    form = RegulationForm(formdata=None, data={"short": found.short, "title": found.title})
    try:
        row = add(session, form.entry(), by=me().id, now=clock.now())
    except Refused as error:
        undo()
        flash(refusal_text(error), "warn")
        return redirect(url_for("hr.regulations.missing"), 303)
    session.commit()
    flash(_("%(short)s is in the list now. Add since when it is in force when you know it.", short=row.short),
          "ok")  # fmt: skip
    return redirect(url_for("hr.regulations.missing"), 303)


@regulations.get("/new")
def new() -> str:
    """Ask for a rule."""
    return _form_page(RegulationForm(formdata=None), None)


@regulations.post("")
def create() -> str | Response | tuple[str, int]:
    """Add a rule."""
    form = RegulationForm()
    if not form.validate():
        return _form_page(form, None), 422
    try:
        row = add(db.session(), form.entry(), by=me().id, now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _form_page(form, None), 422
    db.session.commit()
    flash(_("%(short)s is in the list now.", short=row.short), "ok")
    return redirect(url_for("hr.regulations.show", regulation_id=row.id), 303)


@regulations.get("/<int:regulation_id>")
def show(regulation_id: int) -> str:
    """Show a rule, what changed it, and everything that cites it."""
    return _page(_rule(regulation_id), ChangeForm(formdata=None))


def _page(row: Regulation, form: ChangeForm) -> str:
    session, today = db.session(), clock.local_date(clock.now())
    changes = changes_of(session, row.id)
    return render_template(
        "hr/regulations/show.html", row=row, form=form, changes=changes, words=law_words,
        others=regulation_names(session, row), places=citing_places(session, row.id),
        state=state_of(changes, today), certified=certified_versions(session, row.id, today),
    )  # fmt: skip


@regulations.get("/<int:regulation_id>/edit")
def change(regulation_id: int) -> str:
    """Show the form of a rule."""
    row = _rule(regulation_id)
    others = "\n".join(regulation_names(db.session(), row))
    return _form_page(RegulationForm(formdata=None, obj=row, data={"others": others}), row)


@regulations.post("/<int:regulation_id>/edit")
def save(regulation_id: int) -> str | Response | tuple[str, int]:
    """Store what is known of a rule."""
    row, form = _rule(regulation_id), RegulationForm()
    if not form.validate():
        return _form_page(form, row), 422
    try:
        edit(db.session(), row, form.entry(), by=me().id, now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _form_page(form, _rule(regulation_id)), 422
    db.session.commit()
    flash(_("Stored."), "ok")
    return redirect(url_for("hr.regulations.show", regulation_id=regulation_id), 303)


@regulations.post("/<int:regulation_id>/changes")
def mark_changed(regulation_id: int) -> str | Response | tuple[str, int]:
    """Mark that a newer rule replaces or amends this one; the work list follows."""
    row, form, session = _rule(regulation_id), ChangeForm(), db.session()
    valid = form.validate()
    newer = regulation_by_name(session, form.by.data or "") if valid else None
    if valid and newer is None:
        form.by.errors = [_("This rule is not in the list yet. Add it first, then mark the change here.")]
    if newer is None:
        return _page(row, form), 422
    try:
        mark(session, row, newer, form.effect.data, form.since.data, by=me().id, now=clock.now())
    except Refused as error:
        undo()
        show_refusal(form, error)
        return _page(_rule(regulation_id), form), 422
    session.commit()
    flash(_("Marked. The places that cite it are in the work list, and their learners are told."), "ok")
    return redirect(url_for("hr.regulations.show", regulation_id=regulation_id), 303)


@regulations.post("/<int:regulation_id>/changes/<int:change_id>/withdraw")
def take_back(regulation_id: int, change_id: int) -> Response:
    """Take back a change that was marked by mistake."""
    session = db.session()
    row = session.get(RegulationChange, change_id)
    if row is None or row.regulation_id != regulation_id:
        abort(404)
    if withdraw(session, row, by=me().id, now=clock.now()):
        flash(_("Taken back. Its work is closed, and learners are no longer told."), "ok")
    session.commit()
    return redirect(url_for("hr.regulations.show", regulation_id=regulation_id), 303)


def _form_page(form: RegulationForm, row: Regulation | None) -> str:
    return render_template("hr/regulations/form.html", form=form, row=row)


def _rule(regulation_id: int) -> Regulation:
    return db.session.get(Regulation, regulation_id) or abort(404)
