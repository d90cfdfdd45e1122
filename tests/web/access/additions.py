"""An addition to a completed course; a draft that waits for its review."""

from __future__ import annotations

from sqlalchemy.orm import Session

from lms.content.bundle import digest, normalize
from lms.domain.catalog.actions import new_bank, publish, remark, send_for_review, store_bank
from lms.domain.catalog.queries import draft_bundle
from lms.domain.progress.actions import Office
from tests.cast import NOW, Cast
from tests.course_files import LESSON
from tests.learning import complete, course_of

ADDED = "bertambah"
SHARED_BANK = b"""---
jenis: bank
id: bersama-loket
judul: Loket bersama
---

## Tamu {#bl-1}

Tamu disapa.

- [x] Benar
- [ ] Salah
"""


def complete_older(session: Session, cast: Cast, office: Office, files: dict[str, bytes]) -> None:
    """Publish the course, let the learner complete it, publish a version that adds to a lesson."""
    for more in (b"", b"tambahan: [berkas]\n"):
        files["kursus.md"] = files["kursus.md"].replace(b"prasyarat:", more + b"prasyarat:")
        files["01-loket/02-berkas.md"] += more
        made = publish(session, ADDED, files, home="desk", by=cast.trainer.id, now=NOW)
        assert made.version is not None, made.problems
        if not more:
            complete(session, cast.learner, office, now=NOW, slug=ADDED)


def reviewing(session: Session, cast: Cast) -> dict[str, str | int]:
    """Send the draft of the trainer for review, with a remark at its first lesson; keep shared banks."""
    course, by = course_of(session), cast.trainer.id
    store_bank(session, "bersama-loket", SHARED_BANK, now=NOW)
    new_bank(session, "bersama-tim", "Tim", [], by=by, now=NOW)
    seen = digest(normalize(draft_bundle(session, course.id) or {}))
    review = send_for_review(session, course, seen=seen, message="", by=by, now=NOW)
    return {"review": review.id, "remark": remark(session, review, LESSON, 1, "Perbaiki.", by=by, now=NOW).id}
