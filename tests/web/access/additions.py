"""A course that the learner completed, whose newer version offers an addition."""

from __future__ import annotations

from sqlalchemy.orm import Session

from lms.domain.catalog.actions import publish
from lms.domain.progress.actions import Office
from tests.cast import NOW, Cast
from tests.learning import complete

ADDED = "bertambah"


def complete_older(session: Session, cast: Cast, office: Office, files: dict[str, bytes]) -> None:
    """Publish the course, let the learner complete it, publish a version that adds to a lesson."""
    for more in (b"", b"tambahan: [berkas]\n"):
        files["kursus.md"] = files["kursus.md"].replace(b"prasyarat:", more + b"prasyarat:")
        files["01-loket/02-berkas.md"] += more
        made = publish(session, ADDED, files, home="desk", by=cast.trainer.id, now=NOW)
        assert made.version is not None, made.problems
        if not more:
            complete(session, cast.learner, office, now=NOW, slug=ADDED)
