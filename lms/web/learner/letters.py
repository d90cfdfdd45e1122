"""The letter by which a person was assigned."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from lms.db import db
from lms.domain.assignments.queries import own_assignment
from lms.web.access import person
from lms.web.stored_files import send_proof

letters = Blueprint("own_letters", __name__, url_prefix="/assignments/<int:assignment_id>/letter")


@letters.get("")
def show(assignment_id: int) -> Response:
    """Send the letter of an own assignment."""
    order = own_assignment(db.session(), person().id, assignment_id)
    if order is None or order.letter_file is None or order.letter_kind is None:
        abort(404)
    return send_proof(order.letter_file, order.letter_kind, f"surat-tugas-{order.id}")
