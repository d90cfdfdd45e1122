"""Forms of sign-in, activation and account."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from lms.domain.accounts.models import User
from lms.domain.accounts.rules import password_problem
from lms.web.refusals import words

LONG = _l("This is too long.")
KEPT_MAX = 700_000  # characters of a form that waits for the sign-in


def _needed(message: LazyString, most: int) -> list[Any]:
    return [InputRequired(message), Length(max=most, message=LONG)]


class SignInForm(FlaskForm):
    """Who signs in; the same message for everything that does not fit."""

    identity = StringField(
        _l("NIP or e-mail"), _needed(_l("Write your NIP or e-mail address."), 300),
        description=_l("NIP of 18 digits, with or without blanks. PPPK: your NI PPPK."),
    )  # fmt: skip
    password = PasswordField(_l("Password"), _needed(_l("Write your password."), 1000))
    next = HiddenField()
    kept = HiddenField(validators=[Length(max=KEPT_MAX)])


def _twice(form: FlaskForm, field: PasswordField) -> None:
    if field.data != form["new_password"].data:
        raise ValidationError(str(_l("The two passwords differ. Write the same one twice.")))


class NewPasswordForm(FlaskForm):
    """A new password, twice."""

    new_password = PasswordField(
        _l("New password"), [InputRequired(_l("Write a new password."))],
        description=_l("At least 10 characters; a short sentence is fine, signs are not needed."),
    )  # fmt: skip
    repeat = PasswordField(
        _l("New password once more"), [InputRequired(_l("Write the new password once more.")), _twice]
    )

    def check_for(self, user: User | None) -> bool:
        """Add what the password policy has against the new password of this person; True if nothing."""
        identities = (user.nip, user.email) if user else ()
        name = user.name if user else ""
        problem = password_problem(self.new_password.data or "", name=name, identities=identities)
        if problem is not None:
            self.new_password.errors = [words(problem)]
        return problem is None


class ActivationForm(NewPasswordForm):
    """A printed code and a new password."""

    code = StringField(
        _l("Activation code"), _needed(_l("Write the code from the paper."), 40),
        description=_l("Ten letters and digits, such as 7K2QM-9XWBE. Capitals and the hyphen do not matter."),
    )  # fmt: skip


class PasswordForm(NewPasswordForm):
    """The present password and a new one."""

    password = PasswordField(_l("Present password"), _needed(_l("Write your present password."), 1000))
