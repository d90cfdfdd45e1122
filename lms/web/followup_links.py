"""Links for people without an account: the signed address, the text to hand over, who may get one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import current_app, flash, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import superior_of
from lms.domain.audit.actions import record
from lms.domain.effects.actions import make_link, revoke_links
from lms.domain.effects.models import Followup
from lms.domain.effects.queries import FoundLink, find_link
from lms.i18n.formats import date as date_text
from lms.web.context import policy

TOKEN_MAX = 200


@dataclass(frozen=True)
class HandOver:
    """A link just made: its address is shown this once, because only a digest of it is kept."""

    addressee: str
    address: str
    expires_at: datetime
    text: str

    @property
    def whatsapp(self) -> str:
        """The address that opens WhatsApp with the text; the reader chooses whom to send it to."""
        return f"https://wa.me/?text={quote(self.text, safe='')}"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="followup-link")


def found_by(token: str) -> FoundLink | None:
    """Return the link of a token; None for a text that this site did not sign, or that leads to no link."""
    if len(token) > TOKEN_MAX:
        return None
    try:
        link_id, nonce = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    if not isinstance(link_id, int) or not isinstance(nonce, str):
        return None
    return find_link(db.session(), link_id, nonce, now=clock.now())


def signs_in(user: User | None) -> bool:
    """Tell whether somebody can answer after signing in, so that no link is needed."""
    return user is not None and user.closed_at is None and user.password_hash is not None


def superior_and_colleague(followup: Followup) -> tuple[User | None, User | None]:
    """Return the superior on record and the colleague of this site of a follow-up."""
    session = db.session()
    colleague = session.get(User, followup.colleague_id) if followup.colleague_id else None
    return superior_of(session, followup.enrollment.user), colleague


def hand_over(followup: Followup, role: str, addressee: str, *, by: int) -> HandOver:
    """Make a link and the text around it. Raises Refused; people who can sign in get none."""
    superior, colleague = superior_and_colleague(followup)
    known = superior if role == "superior" else colleague
    if signs_in(known):
        raise Refused("link.account", "addressee")
    if not addressee:
        addressee = known.name if known else followup.colleague_name if role == "colleague" else ""
    link, nonce = make_link(
        db.session(), followup, role, addressee=addressee, superior_id=superior.id if superior else None,
        days=policy().followup_link_days, by=by, now=clock.now(),
    )  # fmt: skip
    token = str(_serializer().dumps([link.id, nonce]))
    address = str(current_app.config["PUBLIC_URL"]).rstrip("/") + url_for("followup_link.show", token=token)
    text = _(
        "Dear %(to)s, please answer four short questions on what %(name)s has made of the course"
        " \"%(course)s\" at work: %(address)s . The link works once, until %(day)s. Thank you.",
        to=link.addressee, name=followup.enrollment.user.name, course=followup.enrollment.version.title,
        address=address, day=date_text(link.expires_at),
    )  # fmt: skip
    return HandOver(link.addressee, address, link.expires_at, text)


def end_unused(followup: Followup, role: str, *, by: int) -> None:
    """End the links of a role that nobody has used, say so, and commit."""
    now = clock.now()
    if revoke_links(db.session(), followup.id, role, now=now):
        record(
            db.session(), "followup.unlinked", now=now, actor=by,
            subject=("enrollment", followup.enrollment_id), kind=role,
        )  # fmt: skip
        flash(_("The link no longer works."), "ok")
    db.session.commit()
