"""The dictionary of competencies: read by every personnel office, changed by BKPSDM."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import RoleName
from lms.domain.competencies.actions import save_entries
from lms.domain.competencies.queries import Edition, Kept, dictionary, edition_of, editions_of, entries
from lms.domain.competencies.rules import LEVEL_COUNT, Entry
from lms.domain.competencies.rules.case import Issue, write_case
from lms.domain.competencies.rules.dictionary import changed_fields
from lms.domain.competencies.rules.tables import DICTIONARY_HEADS, dictionary_row
from lms.domain.reports.spreadsheet import Column, csv_text
from lms.web.access import me, require_role
from lms.web.competency_words import FIELDS, KINDS, LEVEL_NAMES, kind_label, level_name, refused_text
from lms.web.context import policy
from lms.web.hr.scope import INDENT, visible_units
from lms.web.refusals import undo

competencies = Blueprint("competencies", __name__, url_prefix="/competencies")
READ = {"hr.competencies.index", "hr.competencies.show", "hr.competencies.file"}


@competencies.before_request
def _others_only_read() -> None:
    if request.endpoint not in READ:
        require_role(RoleName.BKPSDM)


class EntryForm(FlaskForm):
    """One competency; what must hold is said by the domain's refusals."""

    code = StringField(
        _l("Code"), description=_l("M.1 to M.8 and SK.1 as in PermenPANRB 38/2017; T.xx for technical ones.")
    )
    kind = SelectField(_l("Kind"), choices=[SelectChoice(key, word) for key, word in KINDS.items()])
    name = StringField(_l("Name"))
    description = TextAreaField(
        _l("Description"), description=_l("In own words: what somebody does who has it.")
    )
    source = StringField(_l("Legal basis"), description=_l("For example PermenPANRB 38/2017."))
    unit = SelectField(
        _l("Unit"), validate_choice=False,
        description=_l("Only for a technical competency that belongs to the field of one unit."),
    )  # fmt: skip
    level_1 = TextAreaField(_l("Level 1: understands, in development"), [Length(max=1000)])
    level_2 = TextAreaField(_l("Level 2: basic"), [Length(max=1000)])
    level_3 = TextAreaField(_l("Level 3: intermediate"), [Length(max=1000)])
    level_4 = TextAreaField(_l("Level 4: advanced"), [Length(max=1000)])
    level_5 = TextAreaField(_l("Level 5: expert"), [Length(max=1000)])

    def offer(self) -> None:
        """Fill the list of units."""
        rows = visible_units()
        self.unit.choices = [SelectChoice("", _("no unit"))] + [
            SelectChoice(row.unit.code, INDENT * row.depth + row.unit.name) for row in rows
        ]

    def entry(self) -> Entry:
        """Return what was typed."""
        return Entry(
            code=self.code.data or "", kind=self.kind.data or "", name=self.name.data or "",
            description=self.description.data or "", source=self.source.data or "",
            unit=self.unit.data or None,
            levels=tuple(self[f"level_{level}"].data or "" for level in range(1, LEVEL_COUNT + 1)),
        )  # fmt: skip

    def refuse(self, error: Refused) -> None:
        """Put the sentence of a refusal to its field."""
        place = error.field if error.field in self else "level_1"
        field = self[place]
        field.errors = [*field.errors, refused_text(error)]


@competencies.get("")
def index() -> str:
    """List the dictionary with its levels."""
    session = db.session()
    number, at = edition_of(session)
    shown = dictionary(session, retired=request.args.get("state") == "all")
    groups = [(kind_label(kind), [kept for kept in shown if kept.entry.kind == kind]) for kind in KINDS]
    return render_template(
        "hr/competencies/index.html",
        groups=[group for group in groups if group[1]], number=number, at=at, level_names=LEVEL_NAMES,
    )  # fmt: skip


@competencies.get("/<int:competency_id>")
def show(competency_id: int) -> str:
    """Show one competency and all it ever was."""
    kept, editions = _kept(competency_id), list(editions_of(db.session(), competency_id))
    older = [*editions[1:], None][: len(editions)]
    return render_template(
        "hr/competencies/show.html",
        kept=kept, level_name=level_name, kind_label=kind_label,
        history=[
            (edition, _changed(before, edition)) for edition, before in zip(editions, older, strict=True)
        ],
    )  # fmt: skip


def _changed(before: Edition | None, after: Edition) -> list[str]:
    return [str(FIELDS[name]) for name in changed_fields(before.entry, after.entry)] if before else []


@competencies.get("/new")
def new() -> str:
    """Ask for a new competency."""
    return _ask(EntryForm(), None)


@competencies.post("/new")
def create() -> str | Answer | tuple[str, int]:
    """Add a competency; the same form sent twice adds one."""
    form = EntryForm()
    entry = form.entry()
    twin = next((one for one in entries(db.session()) if one.code == entry.code.strip()), None)
    if twin is not None and replace(entry, guid=twin.guid).tidy() != twin:
        form.code.errors = [_("Another competency has this code already.")]
        return _ask(form, None), 422
    return _save(form, entry, None)


@competencies.get("/<int:competency_id>/edit")
def edit(competency_id: int) -> str:
    """Ask for changed words."""
    kept = _kept(competency_id)
    levels = {f"level_{level}": text for level, text in enumerate(kept.entry.levels, 1)}
    return _ask(EntryForm(data={**vars(kept.entry), **levels, "unit": kept.entry.unit or ""}), kept)


@competencies.post("/<int:competency_id>/edit")
def save(competency_id: int) -> str | Answer | tuple[str, int]:
    """Store changed words as a new edition of the dictionary."""
    kept, form = _kept(competency_id), EntryForm()
    entry = replace(form.entry(), guid=kept.entry.guid, retired_on=kept.entry.retired_on)
    return _save(form, entry, kept)


def _save(form: EntryForm, entry: Entry, kept: Kept | None) -> str | Answer | tuple[str, int]:
    form.offer()
    if not form.validate():
        return _ask(form, kept), 422
    session = db.session()
    try:
        changed = save_entries(session, [entry], now=clock.now(), actor=me().id)
    except Refused as error:
        undo()
        form.refuse(error)
        return _ask(form, kept), 422
    number = edition_of(session)[0]
    key = next(one.id for one in dictionary(session) if one.entry.code == entry.tidy().code)
    session.commit()
    if changed:
        flash(_("Saved. This is edition %(number)s of the dictionary.", number=number), "ok")
    else:
        flash(_("Nothing was changed."), "info")
    return redirect(url_for("hr.competencies.show", competency_id=key), 303)


@competencies.post("/<int:competency_id>/retire")
def retire(competency_id: int) -> Answer:
    """Take a competency out of force; what was assessed and learnt stays."""
    return _retire(competency_id, retired=True)


@competencies.post("/<int:competency_id>/restore")
def restore(competency_id: int) -> Answer:
    """Put a competency into force again."""
    return _retire(competency_id, retired=False)


def _retire(competency_id: int, *, retired: bool) -> Answer:
    kept, now = _kept(competency_id), clock.now()
    if retired != (kept.entry.retired_on is not None):
        entry = replace(kept.entry, retired_on=clock.local_date(now) if retired else None)
        save_entries(db.session(), [entry], now=now, actor=me().id)
        db.session.commit()
        flash(_("Out of force from today.") if retired else _("In force again."), "ok")
    return redirect(url_for("hr.competencies.show", competency_id=competency_id), 303)


@competencies.get("/file/<kind>")
def file(kind: str) -> Response:
    """Send the whole dictionary as CSV, or as a CASE 1.1 package."""
    session = db.session()
    if kind == "csv":
        rows = (dictionary_row(entry) for entry in entries(session))
        body = csv_text([Column(head) for head in DICTIONARY_HEADS], rows).encode("utf-8-sig")
        mimetype, name = "text/csv", "kamus-kompetensi.csv"
    elif kind == "case":
        number, at = edition_of(session)
        issue = Issue(policy().organiser, str(current_app.config["PUBLIC_URL"]), number, at or clock.now())
        body, mimetype = write_case(entries(session), issue).encode(), "application/json"
        name = "kamus-kompetensi.json"
    else:
        abort(404)
    response = Response(body, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _ask(form: EntryForm, kept: Kept | None) -> str:
    form.offer()
    return render_template("hr/competencies/edit.html", form=form, kept=kept)


def _kept(competency_id: int) -> Kept:
    found = next((one for one in dictionary(db.session()) if one.id == competency_id), None)
    return found or abort(404)
