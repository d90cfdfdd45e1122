"""Rules of lesson hours by the year they begin: an older year keeps its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.outside.rules import FORMS
from lms.domain.settings.actions import change
from lms.domain.settings.rules import HOURS_FIELDS, hours_rule, hours_rules, with_hours_rule
from lms.web.access import me
from lms.web.admin.policy_fields import PolicyForm, text_field, whole_field
from lms.web.context import policy
from lms.web.outside_words import FORMS as FORM_WORDS

hours = Blueprint("hours", __name__, url_prefix="/settings-hours")
YEARS_AHEAD, MOST_CAP = 5, 400


class RuleForm(PolicyForm):
    """Minutes of one JP and yearly targets from a year on."""

    since = whole_field(_l("Holds from 1 January of the year"), 2000, 2099)
    minutes_per_jp = whole_field(
        _l("Minutes for one JP"), 1, 180,
        _l("Holds for courses published from that year on; issued certificates never change."),
    )  # fmt: skip
    target_jp_pns = whole_field(
        _l("Yearly target, PNS (JP)"), 0, 400, _l("PP 11/2017 with PP 17/2020: at least 20 JP a year.")
    )
    target_jp_cpns = whole_field(_l("Yearly target, CPNS (JP)"), 0, 400)
    target_jp_pppk = whole_field(_l("Yearly target, PPPK (JP)"), 0, 400)
    target_jp_pppk_paruh_waktu = whole_field(_l("Yearly target, PPPK part-time (JP)"), 0, 400)
    target_jp_lainnya = whole_field(_l("Yearly target, other staff (JP)"), 0, 400)
    source = text_field(
        _l("Letter or regulation"), 200,
        _l("Number and date of what the rule rests on; it stands beside the rule."),
    )  # fmt: skip


@hours.get("")
def show() -> str:
    """Show all rules and ask for another one."""
    year = clock.local_date(clock.now()).year
    now = hours_rule(policy(), year)
    return _page(RuleForm(formdata=None, data={**now.values, "since": year + 1}), year)


@hours.post("")
def save() -> str | Response | tuple[str, int]:
    """Store a rule that begins this year or later; past years keep theirs."""
    form, now = RuleForm(), clock.now()
    year = clock.local_date(now).year
    valid = form.validate()
    since = form.since.data
    if not form.since.errors and not year <= since <= year + YEARS_AHEAD:
        form.since.errors = [
            _("Write a year from %(first)s to %(last)s. A past year keeps its rule.", first=year,
              last=year + YEARS_AHEAD)
        ]  # fmt: skip
        valid = False
    caps, wrong = _caps()
    if not valid or wrong:
        return _page(form, year, wrong), 422
    values: dict[str, Any] = form.values()
    rules = with_hours_rule(
        policy(),
        since,
        {name: values[name] for name in HOURS_FIELDS},
        values["source"],
        this_year=year,
        caps=caps,
    )
    changed = change(db.session(), {"hours_rules": rules}, by=me().id, now=now)
    if changed:
        record(
            db.session(), "settings.changed", now=now, actor=me().id, subject=("settings", "hours"),
            changed=changed,
        )  # fmt: skip
    db.session.commit()
    flash(_("Settings saved.") if changed else _("Nothing was changed."), "ok" if changed else "info")
    return redirect(url_for("admin.hours.show"), 303)


def _caps() -> tuple[dict[str, int], frozenset[str]]:
    """Return the bounds by form that were typed, and the forms whose bound is no number from 1 to 400."""
    typed = {one: request.form.get(f"cap-{one}", "").strip() for one in FORMS}
    good = {
        one: int(text) for one, text in typed.items() if text.isascii() and text.isdigit() and len(text) < 4
    }
    good = {one: number for one, number in good.items() if 1 <= number <= MOST_CAP}
    return good, frozenset(one for one, text in typed.items() if text and one not in good)


def _page(form: RuleForm, year: int, wrong: frozenset[str] = frozenset()) -> str:
    now = hours_rule(policy(), year)
    caps = request.form if request.method == "POST" else {f"cap-{one}": jp for one, jp in now.caps.items()}
    return render_template(
        "admin/settings/hours.html", rules=hours_rules(policy()), form=form, year=year,
        in_force=hours_rule(policy(), year).since, names=HOURS_FIELDS,
        forms=FORM_WORDS, caps=caps, wrong=wrong, most=MOST_CAP,
    )  # fmt: skip
