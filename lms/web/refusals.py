"""What a refusal of the accounts concept says to the person in front of the form."""

from __future__ import annotations

from flask import g
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import Form

from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.rules import PASSWORD_MAX, PASSWORD_MIN

_WORDS: dict[str, LazyString] = {
    "name.length": _l("Write a name of 1 to %(most)s characters."),
    "rank.length": _l("A rank has at most %(most)s characters."),
    "employment.unknown": _l("Choose an employment status from the list."),
    "identity.missing": _l("Give a NIP or an e-mail address; one of them is needed to sign in."),
    "identity.taken": _l("The NIP or e-mail address has just been given to somebody else. Look again."),
    "nip.length": _l("This NIP has %(count)s digits; it must have 18. Compare it with the decree."),
    "nip.characters": _l("A NIP consists of digits only. Check for letters typed in place of digits."),
    "nip.taken": _l("This NIP already belongs to %(name)s."),
    "nip.former": _l("%(name)s had this NIP before. Edit that account in place of creating a second one."),
    "email.invalid": _l("This is not a complete e-mail address, such as name@example.go.id."),
    "email.taken": _l("This e-mail address already belongs to %(name)s."),
    "unit.unknown": _l("Choose an open unit from the list."),
    "position.unknown": _l("Choose an open position from the list."),
    "since.future": _l("This day is yet to come. Change the data when it has come."),
    "superior.unknown": _l("Nobody in use has this NIP or e-mail address."),
    "superior.self": _l("Nobody is the own superior. Leave it empty or name somebody else."),
    "announcement.title": _l("Write a title of 1 to %(most)s characters."),
    "announcement.body": _l("Write a text of 1 to %(most)s characters."),
    "announcement.days": _l("The last day must follow the first one, within %(most)s days."),
    "phone.invalid": _l("This is no phone number. Write it as 0812-3456-7890 or with its country code."),
    "phone.missing": _l("Write the number to which the office may write, or take the tick away."),
    "text.length": _l("Write a text of 1 to %(most)s characters."),
    "text.unknown": _l("{%(name)s} is no placeholder. Known are those in the list."),
    "text.brace": _l("A brace stands alone. Placeholders are written as {nama}."),
    "text.nip": _l("Here stands a number that reads as a NIP. None may stand in a mail."),
    "holiday.name": _l("Write a name of 1 to %(most)s characters."),
    "holiday.many": _l("At most %(most)s days at a time."),
    "regulation.short": _l("Write a name of 2 to %(most)s characters, such as PP 94/2021."),
    "regulation.taken": _l("A rule with the name %(name)s is in the list already."),
    "regulation.effect": _l("Choose what the newer rule does."),
    "regulation.same": _l("A rule cannot be changed by itself or by one that it changed."),
    "partner.key": _l("Write a key of 2 to 40 small letters, digits and hyphens that begins with a letter."),
    "partner.taken": _l("Another institution has “%(name)s” already."),
    "partner.kind": _l("Choose a kind of institution from the list."),
    "partner.authors": _l("Open accounts of its authors: %(count)s. Close them first."),
    "partner.closed": _l("This institution is closed. Open it again first."),
    "email.missing": _l("Write the e-mail address."),
    "access.past": _l("This day is over. Name a day to come, or leave it empty."),
    "access.ended": _l("The access of this account ended on %(day)s."),
    "external.staff": _l("This is an external author: no NIP, unit or position. Staff get an own account."),
    "role.external": _l("An external author can be a trainer only."),
    "partner.used": _l("A course or an account names this institution, so it is not removed. Close it."),
    "double.same": _l("This is the same record. Name the other one."),
    "double.closed": _l("The record that stays is closed. Open it again first."),
    "double.merged": _l("One of the two was merged already."),
    "double.number": _l("Only the other record has a NIP. Start from that one: it stays."),
    "user.self": _l("You cannot close your own account. Ask another admin."),
    "user.closed": _l("The account of %(name)s is closed. Open it again first."),
    "user.unknown": _l("One of the accounts no longer exists. Load the list again."),
    "admin.self": _l("You cannot take the admin role from yourself. Ask another admin."),
    "admin.last": _l("This is the only admin. Give the role to somebody else first."),
    "role.unknown": _l("Choose a role from the list."),
    "role.unit": _l("Choose the unit that this HR role looks after."),
    "role.held": _l("This person holds the role already."),
    "unit.code_length": _l("Write a code of 1 to %(most)s characters."),
    "unit.code_taken": _l("Another unit has this code already."),
    "unit.name_taken": _l("There is a unit of this name in the same place already."),
    "unit.parent": _l("Choose an open unit to stand under."),
    "unit.cycle": _l("A unit cannot stand under itself or under one of its own units."),
    "unit.too_deep": _l("The tree would become too deep. Choose a place further up."),
    "unit.has_units": _l("Units still open below it: %(count)s. Close or move them first."),
    "unit.has_people": _l("Open accounts still in this unit: %(count)s. Move them first."),
    "position.code_length": _l("Write a code of 1 to %(most)s characters."),
    "position.code_taken": _l("Another position has this code already."),
    "position.class": _l("Choose a class from the list."),
    "code.forbidden": _l("You cannot issue a code for %(name)s: wider rights than yours, or another unit."),
    "code.unknown": _l("This code is not known. Compare it with the paper: it has ten letters and digits."),
    "code.used": _l("This code has been used. If it was not you, tell your personnel office."),
    "code.withdrawn": _l("This code was replaced by a newer one. Use the newest paper."),
    "code.expired": _l("This code has expired. Ask your personnel office for a new one."),
    "code.over": _l("The access of this account has ended. Ask the office that gave you the code."),
    "password.short": _l("A password needs at least %(least)s characters; a short sentence is easy to keep."),
    "password.long": _l("A password has at most %(longest)s characters."),
    "password.identity": _l("Do not use your NIP, e-mail address or name as the password."),
    "password.common": _l("This password is among the first that others try. Choose another one."),
}


def words(code: str, **params: object) -> str:
    """Return the sentence of a code in the reader's language."""
    text = str(_WORDS[code])
    return text % {"least": PASSWORD_MIN, "longest": PASSWORD_MAX, **params} if "%(" in text else text


def refusal_text(error: Refused) -> str:
    """Return what a refusal says."""
    return words(error.code, **error.params)


def undo() -> None:
    """Take back what the request did so far; the signed-in person is loaded again when asked for."""
    db.session.rollback()
    g.pop("_login_user", None)


def show_refusal(form: Form, error: Refused) -> None:
    """Put the sentence of a refusal to its field, or above the form when it concerns none."""
    text = refusal_text(error)
    field = form[error.field] if error.field and error.field in form else None
    if field is None:
        form.form_errors.append(text)
    else:
        field.errors = [*field.errors, text]
