"""A reminder as a letter: the office's words around the lines, as plain text and as simple HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import Flask, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.domain.reminders.queries import Addressee
from lms.domain.reminders.rules import Line, Words, filled
from lms.domain.reminders.rules.lines import SHOWN
from lms.domain.settings.rules import Policy
from lms.mail.sending import MailRefused
from lms.mail.tokens import stop_token
from lms.mail.words import Said, said

_MARKS = frozenset('"(),:;<>@[\\]')


@dataclass(frozen=True)
class Letter:
    """What a person reads; `stop` is the address that stops mails ("" for none)."""

    subject: str
    text: str
    html: str
    stop: str = ""


@dataclass(frozen=True)
class Parts:
    """What a letter is made of, in words; `more` lines are left out of it."""

    greeting: str
    closing: str
    lines: list[Said]
    more: int
    site: str
    list_url: str
    settings_url: str
    stop_url: str


@contextmanager
def speaking(app: Flask, locale: str) -> Iterator[None]:
    """Speak a language, and write addresses with the public host of this site."""
    with app.app_context(), app.test_request_context(base_url=str(app.config["PUBLIC_URL"])):
        g.locale = locale
        yield


def letter(
    app: Flask, words: Words, to: Addressee, lines: Sequence[Line], policy: Policy, *, of_staff: bool = False,
    shown: bool = False,
) -> Letter:  # fmt: skip
    """Return the letter of a reminder in the language of its reader. One that is only `shown` to somebody
    else has no link that works: it belongs to the reader alone.
    """
    values = values_of(to, len(lines), policy)
    with speaking(app, to.locale):
        token = "..." if shown else stop_token(str(app.config["SECRET_KEY"]), to.user_id)
        stop = url_for("reminders.ask_stop", token=token, _external=True)
        parts = Parts(
            filled(words.greeting, values), filled(words.closing, values),
            [said(line, whole=True) for line in lines[:SHOWN]], max(0, len(lines) - SHOWN), policy.site_name,
            url_for("team.index" if of_staff else "home.show", _external=True),
            url_for("reminders.settings", _external=True), stop,
        )  # fmt: skip
        html = render_template("mail/reminder.html", parts=parts)
        return Letter(filled(words.subject, values), _plain(parts), html, stop)


def _plain(parts: Parts) -> str:
    """Return the letter as plain text; in the language that is spoken."""
    points = "\n\n".join(
        f"{number}. {one.title}\n   {one.reason}\n   {one.url}" for number, one in enumerate(parts.lines, 1)
    )
    rest = ngettext("and %(num)s more", "and %(num)s more", parts.more)
    foot = "\n".join((
        "--", _("You receive this because you learn at %(site)s for your office.", site=parts.site),
        f"{_('Choose how you are reminded')}: {parts.settings_url}",
        f"{_('No more mails like this')}: {parts.stop_url}",
    ))  # fmt: skip
    more = f"{rest}: {parts.list_url}" if parts.more else ""
    return "\n\n".join(part for part in (parts.greeting, points, more, parts.closing, foot) if part) + "\n"


def whatsapp_text(app: Flask, words: Words, to: Addressee, lines: Sequence[Line], policy: Policy) -> str:
    """Return the text that an office copies into WhatsApp: short, one address at its end."""
    values = values_of(to, len(lines), policy)
    with speaking(app, to.locale):
        shown = [said(line, whole=True) for line in lines[:SHOWN]]
        url = url_for("home.show", _external=True)
    points = "\n".join(f"- {one.title}: {one.reason}" for one in shown)
    parts = (filled(words.greeting, values), points, url, filled(words.closing, values))
    return "\n\n".join(part for part in parts if part)


def values_of(to: Addressee, count: int, policy: Policy) -> dict[str, str]:
    """Return what the placeholders of a text stand for. A NIP is not among them."""
    return {
        "nama": to.name, "unit": to.unit, "jumlah": str(count), "situs": policy.site_name,
        "penyelenggara": policy.organiser_short,
    }  # fmt: skip


def test_letter(app: Flask, locale: str, policy: Policy) -> Letter:
    """Return a letter that says only that mails arrive."""
    with speaking(app, locale):
        subject = str(_("Test mail of %(site)s", site=policy.site_name))
        text = str(_("Mails of %(site)s arrive here. Nothing needs to be done.", site=policy.site_name))
        html = render_template("mail/test.html", text=text, site=policy.site_name)
        return Letter(subject, f"{text}\n\n{url_for('home.show', _external=True)}\n", html)


def mail_of(
    found: Letter, *, to: tuple[str, str], sender: tuple[str, str], message_id: str, now: datetime
) -> EmailMessage:
    """Return the letter as a mail (RFC 5322) from and to (name, address); both bodies, UTF-8, short lines.

    Names and subject lose line breaks and unseen characters, so that none becomes a header of its own.
    Raises MailRefused for an address that no mail can name.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(_phrase(sender[0]), addr_spec=sender[1])
        mail["To"] = Address(_phrase(to[0]), addr_spec=to[1])
    except (ValueError, MessageError, IndexError) as error:
        raise MailRefused(f"{type(error).__name__}: {error}", address=True) from error
    mail["Subject"] = _one_line(found.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    if found.stop:
        mail["List-Unsubscribe"] = f"<{found.stop}>"  # RFC 2369
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail.set_content(found.text, cte="quoted-printable")
    mail.add_alternative(found.html, subtype="html", cte="quoted-printable")
    return mail


def _phrase(name: str) -> str:
    """Return a name without the marks that divide addresses: folding a long quoted name loses its quotes."""
    return _one_line("".join(" " if c in _MARKS else c for c in name))


def _one_line(text: str) -> str:
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(seen.split())
