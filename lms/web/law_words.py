"""Words for rules of law: their states, what a newer rule does, places of a course, how work was closed."""

from __future__ import annotations

from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.i18n.formats import date as long_date
from lms.web.certificate_labels import Label

STATES: dict[str, Label] = {
    "in_force": Label(_l("Rule in force"), "ok", "check"),
    "amended": Label(_l("Amended"), "info", "info"),
    "replaced": Label(_l("Replaced"), "quiet", "cross"),
}
EFFECTS: dict[str, LazyString] = {
    "replaced": _l("Replaced by the newer rule"),
    "amended": _l("Amended by the newer rule; the rest stays in force"),
}
PLACES: dict[str, LazyString] = {
    "course": _l("First page of the course"),
    "lesson": _l("Lesson"),
    "question": _l("Question"),
}
HOW: dict[str, LazyString] = {
    "published": _l("Closed by itself when the course was published"),
    "checked": _l("Looked at and left as it is"),
}


def change_text(old: str, effect: str, newer: str, since: date) -> str:
    """Return "PP 53/2010 diganti dengan PP 94/2021 sejak 31 Agustus 2021"."""
    values = {"old": old, "newer": newer, "day": long_date(since)}
    if effect == "replaced":
        return str(_("%(old)s is replaced by %(newer)s since %(day)s.", **values))
    return str(_("%(old)s is amended by %(newer)s since %(day)s.", **values))
