"""Look up the receipt of a quiz that somebody of the scope handed in."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from lms import clock
from lms.db import db
from lms.domain.accounts.queries import user_for
from lms.domain.audit.actions import record
from lms.domain.quizzes.queries import attempt_of_receipt
from lms.web.access import me
from lms.web.receipts import FoundReceipt, found_receipt
from lms.web.recording import record_view

receipts = Blueprint("receipts", __name__, url_prefix="/receipts")


@receipts.get("")
def index() -> str:
    """Ask for a receipt and say what it belongs to; that of somebody outside the scope is not found."""
    text = request.args.get("q", "")[:60].replace("\0", " ").strip()
    return render_template("hr/receipts/index.html", text=text, found=_found(text) if text else None)


def _found(text: str) -> FoundReceipt | None:
    session, actor = db.session(), me()
    attempt = attempt_of_receipt(session, text)
    if attempt is None or user_for(session, actor, attempt.enrollment.user_id) is None:
        return None
    found, person_id, actor_id, now = (
        found_receipt(attempt),
        attempt.enrollment.user_id,
        actor.id,
        clock.now(),
    )
    record_view(
        lambda other: record(other, "receipt.viewed", now=now, actor=actor_id, subject=("user", person_id))
    )
    return found
