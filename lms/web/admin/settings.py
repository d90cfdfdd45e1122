"""The policy of the office, in groups, and the emblem."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, SelectField

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.certificates.rules import number, number_problem
from lms.domain.settings.actions import change
from lms.domain.settings.rules import Policy
from lms.i18n.formats import nip
from lms.web import emblems
from lms.web.access import me
from lms.web.admin.policy_fields import PolicyForm
from lms.web.admin.settings_forms import GROUPS, CertificatesForm, EmblemForm
from lms.web.context import policy

settings = Blueprint("settings", __name__, url_prefix="/settings")


@settings.get("")
def index() -> str:
    """Show what is in force, group by group."""
    groups = [
        (key, title, second, _facts(form_class(formdata=None, data=asdict(policy()))))
        for key, (title, second, form_class) in GROUPS.items()
    ]
    return render_template("admin/settings/index.html", groups=groups, emblem=policy().emblem_sha256)


def _facts(form: PolicyForm) -> list[tuple[str, str]]:
    facts = []
    for name in form.values():
        field = form[name]
        if isinstance(field, BooleanField):
            value = _("Yes") if field.data else _("No")
        elif isinstance(field, SelectField):
            value = next((str(choice[1]) for choice in field.iter_choices() if choice[2]), "")
        else:
            value = nip(field.data) if name.endswith("_nip") else str(field.data)
        facts.append((str(field.label.text), value or _("not filled in")))
    return facts


@settings.get("/<key>")
def edit(key: str) -> str:
    """Ask for the values of a group."""
    return _page(key, _form(key, policy()))


@settings.post("/<key>")
def save(key: str) -> str | AnyResponse | tuple[str, int]:
    """Store what differs, or only show what the certificate number would look like."""
    form = _form(key, policy())
    if not form.validate():
        return _page(key, form), 422
    if "preview" in request.form:
        return _page(key, form)
    now, by = clock.now(), me().id
    changed = change(db.session(), form.values(), by=by, now=now)
    if changed:
        record(
            db.session(), "settings.changed", now=now, actor=by, subject=("settings", key), changed=changed
        )
    db.session.commit()
    flash(_("Settings saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("admin.settings.index"), 303)


def _form(key: str, current: Policy) -> PolicyForm:
    if key not in GROUPS:
        abort(404)
    return GROUPS[key][2](data=asdict(current))


def _page(key: str, form: PolicyForm) -> str:
    title, second, _form_class = GROUPS[key]
    return render_template(
        "admin/settings/edit.html", key=key, title=title, second=second, form=form, names=list(form.values()),
        sample=_sample(form.values()) if isinstance(form, CertificatesForm) else "",
    )  # fmt: skip


def _sample(values: dict[str, Any]) -> str:
    """Return the number that the first certificate of today would get, "" for a wrong template."""
    template = values["certificate_number"] or ""
    codes = {"unit": values["certificate_unit"] or "", "class": values["certificate_class"] or ""}
    if number_problem(template, codes) is not None:
        return ""
    return number(template, 1, clock.local_date(clock.now()), codes)


@settings.get("/emblem")
def emblem() -> str:
    """Show the emblem and ask for another one."""
    return render_template("admin/settings/emblem.html", form=EmblemForm(), emblem=policy().emblem_sha256)


@settings.post("/emblem")
def save_emblem() -> str | AnyResponse | tuple[str, int]:
    """Check a picture and make it the emblem of certificates issued from now on."""
    form = EmblemForm()
    data = emblems.read(form.emblem.data) if form.validate() else b""
    problem = emblems.problem(data) if data else None
    if problem is not None:
        form.emblem.errors = [problem]
    if form.errors:
        page = render_template("admin/settings/emblem.html", form=form, emblem=policy().emblem_sha256)
        return page, 422
    _set_emblem(emblems.keep(data))
    flash(_("The emblem is set for certificates issued from now on."), "ok")
    return redirect(url_for("admin.settings.emblem"), 303)


@settings.post("/emblem/remove")
def remove_emblem() -> AnyResponse:
    """Go back to the drawn mark."""
    _set_emblem("")
    flash(_("The emblem is removed; new certificates carry the drawn mark."), "ok")
    return redirect(url_for("admin.settings.emblem"), 303)


def _set_emblem(digest: str) -> None:
    now, by = clock.now(), me().id
    if change(db.session(), {"emblem_sha256": digest}, by=by, now=now):
        record(db.session(), "settings.changed", now=now, actor=by, subject=("settings", "emblem"))
    db.session.commit()


@settings.get("/emblem.png")
def emblem_picture() -> Response:
    """Answer with the picture in force."""
    data = emblems.stored(policy().emblem_sha256)
    if not data:
        abort(404)
    return Response(data, mimetype="image/png")
