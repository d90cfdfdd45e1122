"""Fields and base of the forms of the policy."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from lms.domain.accounts.rules import squeezed


class WholeNumber(IntegerField):
    """A whole number; nonsense is answered in the reader's language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ValueError with the words for the reader."""
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError as error:
            raise ValueError(_("Write a whole number in digits.")) from error


def whole_field(label: LazyString, least: int, most: int, hint: LazyString | str = "") -> WholeNumber:
    """Return a field for a whole number within bounds."""
    message = _l("Write a number from %(least)s to %(most)s.", least=least, most=most)
    return WholeNumber(label, [InputRequired(message), NumberRange(least, most, message)], description=hint)


def text_field(
    label: LazyString, most: int, hint: LazyString | str = "", *, needed: bool = True
) -> StringField:
    """Return a field for one line of text, its blanks squeezed."""
    empty = _l("This must not be empty.")
    checks: list[Any] = [InputRequired(empty), DataRequired(empty)] if needed else []
    checks.append(Length(max=most, message=_l("At most %(most)s characters.", most=most)))
    return StringField(label, checks, filters=[lambda text: squeezed(text or "")], description=hint)


class PolicyForm(FlaskForm):
    """A group of settings; `wide` names the fields that hold a sentence."""

    wide: ClassVar[frozenset[str]] = frozenset(
        {"organiser", "help_contact", "certificate_basis", "certificate_number", "signer_position"}
    )

    def values(self) -> dict[str, Any]:
        """Return the settings as typed, by their key."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}
