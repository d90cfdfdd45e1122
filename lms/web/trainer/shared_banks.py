"""Banks that the quizzes of several courses draw from: where they are used, who works on them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts.models import RoleName, User
from lms.domain.catalog.actions import (
    BankClosed,
    BankErrors,
    ChangedMeanwhile,
    SlugTaken,
    archive_bank,
    new_bank,
    open_bank,
    release_bank,
    restore_bank,
)
from lms.domain.catalog.models import SharedBankMember
from lms.domain.catalog.queries import (
    SharedRow,
    bank_for,
    bank_team,
    bank_text,
    bank_under_pen,
    banks_for,
    last_saved,
)
from lms.domain.competencies.queries import entries
from lms.web.access import has_role, me, person, require_role
from lms.web.competency_words import level_name
from lms.web.refusals import undo
from lms.web.teams import TeamForm, add_to_team, take_from_team
from lms.web.trainer.forms import BankForm
from lms.web.trainer.own import Finding, findings_of

shared = Blueprint("shared", __name__, url_prefix="/shared-banks")
STATES = {
    "": _l("In use"),
    "own": _l("Those I work on"),
    "waiting": _l("With changes that wait"),
    "archived": _l("Archived"),
}


@shared.before_request
def guard() -> None:
    """Let in trainers, and who works on a bank; whoever only reviews courses sees what is sent to them."""
    if has_role(person(), RoleName.TRAINER):
        return
    part = select(SharedBankMember.bank_id).where(SharedBankMember.user_id == person().id).limit(1)
    if db.session.scalar(part) is None:
        abort(403)


@shared.get("")
def index() -> str:
    """List the shared banks that the person reads, with where they are used."""
    session, user = db.session(), me()
    found = banks_for(session, user)
    words = request.args.get("q", "")[:60].casefold().split()
    code, state = request.args.get("competency", "")[:40], request.args.get("state", "")
    rows = [
        row for row in found
        if _in_state(row, state)
        and all(word in f"{row.bank.title} {row.bank.slug}".casefold() for word in words)
        and (not code or any(one.partition(":")[0] == code for one in row.codes))
    ]  # fmt: skip
    codes = sorted({one.partition(":")[0] for row in found for one in row.codes})
    names = {one.code: one.name for one in entries(session)} if codes else {}
    return render_template(
        "trainer/shared/index.html", rows=rows, any=bool(found), states=list(STATES.items()),
        competencies=[("", _("Any")), *((one, f"{one} {names.get(one, '')}".strip()) for one in codes)],
        saved=last_saved(session, [row.bank.id for row in rows]),
        may_begin=has_role(person(), RoleName.TRAINER),
    )  # fmt: skip


def _in_state(row: SharedRow, state: str) -> bool:
    if state == "archived":
        return row.bank.archived_at is not None
    if row.bank.archived_at is not None:
        return False
    if state == "own":
        return bool(row.role)
    return state != "waiting" or bool(row.role and row.bank.written)


def _form() -> BankForm:
    form = BankForm()
    named = [(one.code, f"{one.code} {one.name}") for one in entries(db.session())]
    form.competency.choices = [("", _("none")), *named]
    form.level.choices = [(str(level), level_name(level)) for level in range(1, 6)]
    return form


@shared.get("/new")
def new() -> str:
    """Show the form of a new bank."""
    require_role(RoleName.TRAINER)
    return render_template("trainer/shared/new.html", form=_form())


@shared.post("/new")
def create() -> str | Response | tuple[str, int]:
    """Begin a bank that only its team reads, and open its text."""
    require_role(RoleName.TRAINER)
    form, session = _form(), db.session()
    if not form.validate():
        return render_template("trainer/shared/new.html", form=form), 422
    slug, code = str(form.slug.data), form.competency.data
    codes = [f"{code}:{form.level.data}"] if code else []
    try:
        new_bank(session, slug, str(form.title.data), codes, by=me().id, now=clock.now())
    except SlugTaken:
        undo()
        form = _form()
        form.slug.errors = [_("A bank with the name %(slug)s exists. Choose another name.", slug=slug)]
        return render_template("trainer/shared/new.html", form=form), 422
    session.commit()
    return redirect(url_for("trainer.shared_text.show", slug=slug), 303)


def own_bank(slug: str, *, write: bool = False, owner: bool = False) -> SharedRow:
    """Return a bank that the person reads; 404 when it is not for them, 403 without the part asked for."""
    row = bank_for(db.session(), me(), slug)
    if row is None:
        abort(404)
    if (write and row.role not in {"owner", "author"}) or (owner and row.role != "owner"):
        abort(403)
    return row


def bank_page(template: str, row: SharedRow, tab: str, **values: object) -> str:
    """Render a page of one bank with its tabs."""
    return render_template(template, row=row, tab=tab, side_endpoint="trainer.bank.index", **values)


@shared.get("/<slug>")
def show(slug: str) -> str:
    """Show one bank with its text in force, keys included, and the courses that draw from it."""
    return _show(slug)


def _show(slug: str, refused: Sequence[Finding] = ()) -> str:
    row, session = own_bank(slug), db.session()
    waiting = bank_under_pen(session, row.bank) if row.role and row.bank.written else None
    source = bank_text(session, slug).decode(errors="replace")
    return bank_page("trainer/shared/show.html", row, "show", source=source, waiting=waiting, refused=refused)


@shared.post("/<slug>/release")
def release(slug: str) -> Response | tuple[str, int]:
    """Put the text that was looked at in force; drafts that draw from the bank get it."""
    row, session = own_bank(slug, write=True), db.session()
    try:
        done = release_bank(session, row.bank, seen=request.form.get("seen", ""), by=me().id, now=clock.now())
    except BankErrors as error:
        undo()
        return _show(slug, findings_of(error.problems)), 422
    except (BankClosed, ChangedMeanwhile):
        undo()
        flash(_("The bank has changed since you saw it. Nothing was done; look at it again."), "warn")
        return redirect(url_for("trainer.shared.show", slug=slug), 303)
    session.commit()
    flash(_("The changes are in force.") if done else _("Nothing was waiting: the bank is in force."), "ok")
    return redirect(url_for("trainer.shared.show", slug=slug), 303)


@shared.post("/<slug>/access")
def access(slug: str) -> Response:
    """Open a bank to every trainer, or close it to its team."""
    row, session = own_bank(slug, owner=True), db.session()
    wanted = request.form.get("open") == "yes"
    try:
        open_bank(session, row.bank, wanted, by=me().id, now=clock.now())
    except BankClosed:
        undo()
        return _not_at_desk(slug)
    session.commit()
    flash(_("Every trainer may draw from it.") if wanted else _("Only its team may draw from it."), "ok")
    return redirect(url_for("trainer.shared.show", slug=slug), 303)


@shared.post("/<slug>/archive")
def archive(slug: str) -> Response:
    """Take a bank out of use, or into use again."""
    row, session = own_bank(slug, owner=True), db.session()
    try:
        if request.form.get("archived") == "no":
            restore_bank(session, row.bank, by=me().id, now=clock.now())
        elif row.bank.archived_at is None:
            archive_bank(session, row.bank, by=me().id, now=clock.now())
    except BankClosed:
        undo()
        return _not_at_desk(slug)
    session.commit()
    return redirect(url_for("trainer.shared.show", slug=slug), 303)


def _not_at_desk(slug: str) -> Response:
    flash(_("Nothing was done: the bank is archived or written in the server's folder."), "warn")
    return redirect(url_for("trainer.shared.show", slug=slug), 303)


@shared.get("/<slug>/team")
def team(slug: str) -> str:
    """Show who works on the bank and what each may do."""
    return _team(_teamed(slug), TeamForm())


@shared.post("/<slug>/team")
def add(slug: str) -> Response | tuple[str, int]:
    """Take somebody into the team, or give a member another part."""
    row, form = own_bank(slug, owner=True), TeamForm()
    if not add_to_team(row.bank, form):
        return _team(own_bank(slug, owner=True), form), 422
    return redirect(url_for("trainer.shared.team", slug=slug), 303)


@shared.post("/<slug>/team/<int:user_id>/removal")
def remove(slug: str, user_id: int) -> Response:
    """Take somebody out of the team."""
    row, user = own_bank(slug, owner=True), db.session.get(User, user_id)
    if user is None:
        abort(404)
    take_from_team(row.bank, user)
    stays = any(one.user_id == me().id for one in bank_team(db.session(), row.bank.id))
    target = url_for("trainer.shared.team", slug=slug) if stays else url_for("trainer.shared.index")
    return redirect(target, 303)


def _teamed(slug: str) -> SharedRow:
    row = own_bank(slug)
    if not row.role:
        abort(404)
    return row


def _team(row: SharedRow, form: TeamForm) -> str:
    people = bank_team(db.session(), row.bank.id)
    return bank_page("trainer/shared/team.html", row, "team", form=form, people=people, own_id=me().id)
