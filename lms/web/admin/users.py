"""People: list, create, edit, close, sign out, activation code."""

from __future__ import annotations

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.accounts import actions
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.queries import (
    SORTS,
    PeopleFilter,
    count_people,
    find_people,
    former_nips,
    latest_codes,
    open_sessions,
    open_units,
    positions,
    user_by_identity,
    user_with_grants,
)
from lms.domain.partners.models import Partner
from lms.web.access import me
from lms.web.admin.forms import PersonForm, RoleForm, number_of, unit_choices
from lms.web.context import policy
from lms.web.labels import EMPLOYMENT, ROLES, employment_label, role_label
from lms.web.listing import order_of, page_of
from lms.web.person_warnings import person_warnings
from lms.web.public.signing import present_hash
from lms.web.refusals import refusal_text, show_refusal, undo

users = Blueprint("users", __name__, url_prefix="/users")

TEXT_MAX = 100  # characters of a search


@users.get("")
def index() -> str:
    """List people with search, filters and pages."""
    args = request.args
    unit = db.session.get(OrgUnit, number_of(args.get("unit")) or 0)
    wanted = PeopleFilter(
        text=args.get("q", "")[:TEXT_MAX].strip(),
        unit_path=unit.path if unit else "",
        role=args.get("role", ""),
        employment=args.get("employment", ""),
        state=args.get("state", ""),
    )
    order = order_of(args, SORTS, "name")
    page = page_of(args, count_people(db.session(), wanted, actor=me()))
    found = find_people(
        db.session(), wanted, actor=me(), sort=order.column, descending=order.descending,
        limit=page.size, offset=page.offset,
    )  # fmt: skip
    return render_template(
        "admin/users/index.html",
        people=found,
        page=page,
        order=order,
        filtered=wanted != PeopleFilter(),
        units=[(choice.value, choice.label) for choice in unit_choices(open_units(db.session()), unit)[1:]],
        roles=ROLES,
        employments=EMPLOYMENT,
        role_label=role_label,
        employment_label=employment_label,
    )


@users.get("/new")
def new() -> str:
    """Ask for the data of a new person."""
    return render_template("admin/users/new.html", form=_form(None))


@users.post("/new")
def create() -> str | Response | tuple[str, int]:
    """Create an account, and its activation code if asked; the same form sent twice makes one account."""
    form = _form(None)
    if not form.validate():
        return render_template("admin/users/new.html", form=form), 422
    try:
        user = actions.create_user(db.session(), form.person(), now=clock.now(), actor=me().id)
    except actions.Refused as error:
        undo()
        twin = _twin(form)
        if twin is not None:
            flash(_("%(name)s has this account already; nothing was added.", name=twin.name), "info")
            return redirect(url_for("admin.users.show", user_id=twin.id), 303)
        show_refusal(form, error)
        return render_template("admin/users/new.html", form=form), 422
    db.session.commit()
    if request.form.get("then") == "code":
        return issue_code(user.id)
    flash(_("Account of %(name)s created. Next: an activation code.", name=user.name), "ok")
    return redirect(url_for("admin.users.show", user_id=user.id), 303)


def _twin(form: PersonForm) -> User | None:
    """Return the person that has exactly what the form says (the form came twice)."""
    try:
        person = form.person().checked()
    except actions.Refused:
        return None
    user = user_by_identity(db.session(), person.nip or person.email or "")
    same = user is not None and all(
        getattr(user, key) == getattr(person, key)
        for key in ("name", "nip", "email", "employment", "rank", "unit_id", "position_id")
    )
    return user if same else None


@users.get("/<int:user_id>")
def show(user_id: int) -> str:
    """Show a person with roles, sign-in and what can be done."""
    return page_of_user(_user(user_id), role_form())


def page_of_user(user: User, form: RoleForm) -> str:
    """Return the page of a person; the form that gives a role may carry errors."""
    session, now = db.session(), clock.now()
    code = latest_codes(session, [user.id]).get(user.id)
    return render_template(
        "admin/users/show.html",
        user=user,
        partner=session.get(Partner, user.partner_id) if user.partner_id is not None else None,
        form=form,
        grants=[(grant.id, role_label(grant.role), grant.unit, grant.role) for grant in user.grants],
        employment=employment_label(user.employment),
        warnings=person_warnings(user),
        former=former_nips(session, user.id),
        devices=open_sessions(session, user.id, now),
        code=code,
        code_works=code is not None and actions.code_problem(code, user, now) is None,
        code_days=policy().activation_days,
        is_self=user.id == me().id,
    )


@users.get("/<int:user_id>/edit")
def edit(user_id: int) -> str | Response:
    """Ask for changed data; those of an external author have a form of their own."""
    user = _user(user_id)
    if user.partner_id is not None:
        return redirect(url_for("admin.authors.edit", partner_id=user.partner_id, user_id=user.id), 303)
    return render_template(
        "admin/users/edit.html", form=_form(user), user=user, warnings=person_warnings(user)
    )


@users.post("/<int:user_id>/edit")
def save(user_id: int) -> str | Response | tuple[str, int]:
    """Store changed data."""
    user = _user(user_id)
    form = _form(user)
    if not form.validate():
        return render_template("admin/users/edit.html", form=form, user=user, warnings=[]), 422
    try:
        changed = actions.edit_user(db.session(), user, form.person(), now=clock.now(), actor=me().id)
    except actions.Refused as error:
        undo()
        show_refusal(form, error)
        return render_template("admin/users/edit.html", form=form, user=_user(user_id), warnings=[]), 422
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


@users.post("/<int:user_id>/close")
def close(user_id: int) -> Response:
    """Close an account; its learning and certificates stay."""
    user = _user(user_id)
    try:
        done = actions.close_user(db.session(), user, now=clock.now(), actor=me().id)
    except actions.Refused as error:
        return _refused(error, user_id)
    db.session.commit()
    if done:
        flash(_("The account of %(name)s is closed; learning and certificates stay.", name=user.name), "ok")
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


@users.post("/<int:user_id>/reopen")
def reopen(user_id: int) -> Response:
    """Open a closed account again."""
    user = _user(user_id)
    if actions.reopen_user(db.session(), user, now=clock.now(), actor=me().id):
        flash(_("The account of %(name)s is open again.", name=user.name), "ok")
    db.session.commit()
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


@users.post("/<int:user_id>/sessions/end")
def end_sessions(user_id: int) -> Response:
    """Sign a person out everywhere, but not the admin at hand from this device."""
    user = _user(user_id)
    keep = present_hash() if user.id == me().id else None
    count = actions.end_other_sessions(db.session(), user.id, now=clock.now(), actor=me().id, keep=keep)
    db.session.commit()
    flash(ngettext("%(num)s device was signed out.", "%(num)s devices were signed out.", count), "ok")
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


@users.post("/<int:user_id>/code")
def issue_code(user_id: int) -> Response:
    """Show a fresh activation code, this once."""
    user = _user(user_id)
    days = policy().activation_days
    try:
        [issued] = actions.issue_codes(db.session(), [user.id], by=me(), now=clock.now(), days=days)
    except actions.Refused as error:
        return _refused(error, user_id)
    db.session.commit()
    address = str(current_app.config["PUBLIC_URL"]) + url_for("activation.use")
    page = render_template("admin/users/code.html", issued=issued, user=issued.user, address=address)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(error: actions.Refused, user_id: int) -> Response:
    text = refusal_text(error)
    undo()
    flash(text, "danger")
    return redirect(url_for("admin.users.show", user_id=user_id), 303)


def _user(user_id: int) -> User:
    user = user_with_grants(db.session(), user_id)
    if user is None:
        abort(404)
    return user


def _form(user: User | None) -> PersonForm:
    form = PersonForm(obj=user)
    form.offer(open_units(db.session()), positions(db.session()), user)
    return form


def role_form() -> RoleForm:
    """Return the form that gives a role, with the units to choose from."""
    form = RoleForm()
    form.unit_id.choices = unit_choices(open_units(db.session()))
    return form
