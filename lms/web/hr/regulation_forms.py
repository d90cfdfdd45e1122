"""Forms of rules of law and of what changed them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from lms.domain.regulations.actions import Entry
from lms.domain.regulations.rules import LONGEST
from lms.web.law_words import EFFECTS

LONG = _l("This is too long.")


class RegulationForm(FlaskForm):
    """What is known of a rule."""

    short = StringField(
        _l("Short name"),
        [InputRequired(_l("Write the name as courses cite it.")), Length(max=200, message=LONG)],
        description=_l("Kind, number and year, such as PP 94/2021. The long form is shortened by itself."),
    )  # fmt: skip
    title = StringField(_l("Title of the rule"), [Optional(), Length(max=300, message=LONG)],
                        description=_l("What stands after “tentang”."))  # fmt: skip
    in_force_since = DateField(_l("In force since"), [Optional()],
                               description=_l("Leave it empty when you are not certain."))  # fmt: skip
    source = StringField(
        _l("Source"), [Optional(), Length(max=300, message=LONG)],
        description=_l("Where the official text can be read, for example an address of JDIH."),
    )  # fmt: skip
    others = TextAreaField(
        _l("Other names"), [Optional(), Length(max=600, message=LONG)],
        description=_l("One a line, for names without a number such as “UU ITE”."),
    )  # fmt: skip
    note = TextAreaField(_l("Note"), [Optional(), Length(max=500, message=LONG)])

    def entry(self) -> Entry:
        """Return what was typed."""
        others = tuple(
            line.strip()[:LONGEST] for line in (self.others.data or "").splitlines() if line.strip()
        )
        return Entry(
            short=self.short.data, title=self.title.data or "", in_force_since=self.in_force_since.data,
            source=self.source.data or "", note=self.note.data or "", others=others,
        )  # fmt: skip


class ChangeForm(FlaskForm):
    """A newer rule and since when it changes this one."""

    by = StringField(
        _l("Newer rule"),
        [InputRequired(_l("Write the short name of the newer rule.")), Length(max=200, message=LONG)],
        description=_l("Its short name as it stands in the list."),
    )  # fmt: skip
    effect = RadioField(
        _l("What it does"),
        choices=[SelectChoice(code, word) for code, word in EFFECTS.items()],
        default="replaced",
    )
    since = DateField(_l("Since"), [InputRequired(_l("Write the day since when."))])
