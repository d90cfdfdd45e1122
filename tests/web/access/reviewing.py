"""A draft that waits for its review, with a remark, for addresses to name."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from lms.content.bundle import digest, normalize
from lms.domain.catalog.actions import remark, send_for_review
from tests.cast import NOW, Cast
from tests.course_files import LESSON
from tests.learning import course_of


def reviewing(session: Session, cast: Cast, files: Mapping[str, bytes]) -> dict[str, str | int]:
    """Send the draft of the trainer for review."""
    seen, by = digest(normalize(files)), cast.trainer.id
    review = send_for_review(session, course_of(session), seen=seen, message="", by=by, now=NOW)
    return {"review": review.id, "remark": remark(session, review, LESSON, 1, "Perbaiki.", by=by, now=NOW).id}
