"""Saved states of texts as rows: how long they stay, and what becomes of their bytes."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.catalog.actions import publish, save_draft, save_file
from lms.domain.catalog.models import Blob, Course
from lms.domain.catalog.queries import save_data, saves_of
from tests.cast import NOW, Cast
from tests.courses import SLUG, make_bundle

LESSON = "01-loket/01-menyapa.md"


def test_old_states_are_thinned_with_their_bytes_and_what_is_used_elsewhere_stays(
    session: Session, cast: Cast
) -> None:
    by, published = cast.trainer.id, make_bundle()[LESSON]
    publish(session, SLUG, make_bundle(), home="desk", by=by, now=NOW)
    course = session.scalars(select(Course)).one()
    save_draft(session, course, make_bundle(), by=by, now=NOW)
    days = [NOW + timedelta(days=number // 3, hours=number % 3) for number in range(9)]
    for number, day in enumerate(days):
        text = published if number == 3 else f"Keadaan {number}".encode()
        save_file(session, course, LESSON, text, base=None, by=by, now=day)
    save_file(session, course, LESSON, b"Lama kemudian", base=None, by=by, now=NOW + timedelta(days=40))
    session.commit()
    kept = saves_of(session, course.id, LESSON, limit=50)
    texts = [save_data(session, course.id, LESSON, one.id) for one in kept]
    assert texts == [b"Lama kemudian", b"Keadaan 8", b"Keadaan 5", b"Keadaan 2"]
    digests = {sha256(text).hexdigest() for text in (b"Keadaan 1", b"Keadaan 7", published)}
    left = set(session.scalars(select(Blob.digest).where(Blob.digest.in_(digests))))
    assert left == {sha256(published).hexdigest()}  # its state is gone, the version has it
