"""The city's own rates for training in a classroom and for e-learning, by the year they begin."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.settings.actions import change
from lms.domain.settings.rates import RATE_FIELDS, all_rates, with_rates
from lms.web.access import me
from lms.web.admin.policy_fields import PolicyForm, text_field, whole_field
from lms.web.context import policy

rates = Blueprint("rates", __name__, url_prefix="/settings-rates")
MOST = 2_000_000_000
YEARS_BACK, YEARS_AHEAD = 5, 2
LABELS: dict[str, LazyString] = {
    "honor_per_jp": _l("Honorarium of a trainer for one JP (Rp)"),
    "room_per_day": _l("Room and equipment for one class and day (Rp)"),
    "meals_per_person_day": _l("Meals for one person and day (Rp)"),
    "travel_per_person": _l("Travel of one person to the training and back (Rp)"),
    "class_size": _l("People in one class"),
    "jp_per_day": _l("JP of a day in the classroom"),
    "hosting_per_year": _l("Server and care of this site in a year (Rp)"),
    "writing_per_course": _l("Writing of one course (Rp)"),
    "writing_years": _l("Years that a written course is used"),
}


class RatesForm(PolicyForm):
    """Rates from a year on."""

    since = whole_field(_l("Holds from 1 January of the year"), 2000, 2099)
    honor_per_jp = whole_field(LABELS["honor_per_jp"], 0, MOST)
    room_per_day = whole_field(LABELS["room_per_day"], 0, MOST, _l("0 for a room of the own."))
    meals_per_person_day = whole_field(LABELS["meals_per_person_day"], 0, MOST)
    travel_per_person = whole_field(LABELS["travel_per_person"], 0, MOST)
    class_size = whole_field(LABELS["class_size"], 1, 1000)
    jp_per_day = whole_field(LABELS["jp_per_day"], 1, 24)
    hosting_per_year = whole_field(LABELS["hosting_per_year"], 0, MOST)
    writing_per_course = whole_field(LABELS["writing_per_course"], 0, MOST)
    writing_years = whole_field(LABELS["writing_years"], 1, 20)
    source = text_field(
        _l("Regulation or decree"), 200, _l("For example the decree on standard costs; it stands on reports.")
    )


@rates.get("")
def show() -> str:
    """Show all rates and ask for others."""
    year, known = clock.local_date(clock.now()).year, all_rates(policy())
    filled = {**known[-1].values, "source": known[-1].source} if known else {}
    return _page(RatesForm(formdata=None, data={**filled, "since": year}))


@rates.post("")
def save() -> str | Response | tuple[str, int]:
    """Store rates; reports reckon with them at once, as the estimates they are."""
    form, now = RatesForm(), clock.now()
    today, valid = clock.local_date(now), form.validate()
    first, last = today.year - YEARS_BACK, today.year + YEARS_AHEAD
    if not form.since.errors and not first <= form.since.data <= last:
        form.since.errors = [_("Write a number from %(least)s to %(most)s.", least=first, most=last)]
        valid = False
    if not valid:
        return _page(form), 422
    values: dict[str, Any] = form.values()
    rows = with_rates(policy(), values["since"], values, values["source"], today)
    changed = change(db.session(), {"classroom_rates": rows}, by=me().id, now=now)
    if changed:
        record(
            db.session(), "settings.changed", now=now, actor=me().id, subject=("settings", "rates"),
            changed=changed,
        )  # fmt: skip
    db.session.commit()
    flash(_("Settings saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("admin.rates.show"), 303)


def _page(form: RatesForm) -> str:
    return render_template(
        "admin/settings/rates.html", rates=all_rates(policy()), form=form, names=RATE_FIELDS, labels=LABELS
    )
