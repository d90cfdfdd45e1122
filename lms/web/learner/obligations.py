"""What the person has to do again and again, and until when."""

from __future__ import annotations

from flask import Blueprint, render_template

from lms import clock
from lms.db import db
from lms.domain.obligations.queries import obligations_due
from lms.web.access import person
from lms.web.obligation_words import STATES, due_text, exempt_text

duties = Blueprint("duties", __name__, url_prefix="/profile/recurring")


@duties.get("")
def index() -> str:
    """List the recurring trainings of the person, the next day first."""
    today = clock.local_date(clock.now())
    rows = obligations_due(db.session(), [person().id], today, valid=True)
    return render_template(
        "learner/obligations/index.html",
        nav="profile",
        rows=rows,
        states=STATES,
        due_text=due_text,
        exempt_text=exempt_text,
    )
