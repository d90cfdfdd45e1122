"""Where the review of a draft stands, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.db import db
from lms.domain.catalog.queries import (
    Remark,
    ReviewRow,
    approval_of,
    open_remarks,
    reviews_of,
    written_outside,
)
from lms.domain.catalog.rules import place_of
from lms.web.context import policy
from lms.web.trainer.diffs import as_text


@dataclass(frozen=True)
class ReviewState:
    """`waiting_same`: what waits is the draft as it is now; `approval` is one of exactly this text;
    `places`: the line of the draft at which each open remark stands, by its id; None when the line is gone.
    """

    required: bool
    approval: ReviewRow | None
    waiting: ReviewRow | None
    waiting_same: bool
    rows: Sequence[ReviewRow]
    remarks: Sequence[Remark]
    places: Mapping[int, int | None]

    @property
    def last(self) -> ReviewRow | None:
        """The newest review that was decided and not taken back."""
        return next((row for row in self.rows if row.review.decision in {"approved", "returned"}), None)

    @property
    def may_publish(self) -> bool:
        """Whether nothing is missing but the press of the button."""
        return not self.required or self.approval is not None


def review_state(course_id: int, digest: str, files: Mapping[str, bytes]) -> ReviewState:
    """Read where the review of a text of a course stands (four statements)."""
    session = db.session()
    rows = reviews_of(session, course_id)
    waiting = next((row for row in rows if row.waits), None)
    remarks = open_remarks(session, course_id)
    return ReviewState(
        required=policy().review_required or written_outside(session, course_id),
        approval=approval_of(session, course_id, digest),
        waiting=waiting,
        waiting_same=waiting is not None and waiting.review.digest == digest,
        rows=rows,
        remarks=remarks,
        places={one.comment.id: _place(one, files) for one in remarks},
    )


def _place(one: Remark, files: Mapping[str, bytes]) -> int | None:
    lines = as_text(files.get(one.comment.path, b"")).split("\n")
    return place_of(one.comment.quote, one.comment.line, lines)
