"""Reading courses: the catalogue in few statements, texts by piece, hours, files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.accounts.queries import user_with_grants
from lms.domain.catalog.actions import approve_hours, publish
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import (
    CatalogueFilter,
    approved_jp,
    approved_jps,
    catalogue,
    catalogue_size,
    course_by_slug,
    course_for,
    course_of,
    courses_for_trainer,
    export_bundle,
    lesson_of,
    live_codes,
    live_course,
    live_titles,
    members,
    piece,
    quiz_source,
    versions,
    waiting_hours,
)
from lms.domain.catalog.rules import search_words
from tests.cast import NOW, Cast
from tests.course_files import edited, named
from tests.courses import SLUG, make_bundle


def put(session: Session, files: dict[str, bytes], slug: str = SLUG, by: int | None = None) -> Course:
    assert publish(session, slug, files, home="disk", by=by, now=NOW).version is not None
    course = course_by_slug(session, slug)
    assert course is not None
    return course


def make_many(session: Session, count: int) -> None:
    for number in range(count):
        slug = f"pelatihan-{number:02}"
        files = named(slug)
        title = f"judul: Pelatihan {number:02} tentang 50% hasil\n".encode()
        files["kursus.md"] = files["kursus.md"].replace(b"judul: Layanan di loket\n", title)
        if number % 2:
            files["kursus.md"] = files["kursus.md"].replace(b"jp: 1\n", b"jp: 4\n")
        put(session, files, slug)
    session.commit()


@contextmanager
def counting() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def titles(session: Session, **wanted: object) -> list[str]:
    return [row.title for row in catalogue(session, CatalogueFilter(**wanted), limit=100)]  # type: ignore[arg-type]


def test_the_catalogue_needs_as_many_statements_for_sixty_courses_as_for_two(session: Session) -> None:
    make_many(session, 2)
    with counting() as few:
        assert len(catalogue(session, CatalogueFilter(), limit=100)) == 2
    make_many(session, 60)
    with counting() as many:
        assert len(catalogue(session, CatalogueFilter(), limit=100)) == 60
    assert len(many) == len(few) == 2


def test_search_takes_every_word_and_no_wild_card(session: Session) -> None:
    make_many(session, 3)
    put(session, make_bundle())
    assert titles(session, words=search_words("LOKET berkas", {})) == ["Layanan di loket"]
    assert titles(session, words=search_words("loket kapal", {})) == []
    assert len(titles(session, words=search_words("50%", {}))) == 3
    assert titles(session, words=search_words("5%0", {})) == []
    assert titles(session, words=search_words("_", {})) == []


def test_search_finds_a_course_by_what_it_teaches(session: Session) -> None:
    put(session, make_bundle())
    assert titles(session, words=search_words("publik", {"M.5": "Pelayanan publik"})) == ["Layanan di loket"]
    assert titles(session, words=search_words("publik", {"M.3": "Komunikasi publik"})) == []


def test_filters_narrow_the_list(session: Session) -> None:
    make_many(session, 4)
    course = put(session, make_bundle())
    assert len(titles(session, min_jp=4)) == 2
    assert titles(session, max_minutes=1) == []
    assert len(titles(session, codes={"M.5"})) == 5
    assert titles(session, codes={"M.9"}) == []
    assert titles(session, among={course.id}) == ["Layanan di loket"]
    assert "Layanan di loket" not in titles(session, beside={course.id})
    assert titles(session, among=set()) == []
    assert catalogue_size(session, CatalogueFilter(min_jp=4))[0] == 2


def test_order_and_pages_do_not_lose_or_repeat_a_course(session: Session) -> None:
    make_many(session, 7)
    seen = []
    for offset in range(0, 9, 3):
        page = catalogue(session, CatalogueFilter(), sort="jp", descending=True, offset=offset, limit=3)
        seen += [(row.jp, row.slug) for row in page]
    assert len(set(seen)) == 7
    assert [jp for jp, _slug in seen] == sorted((jp for jp, _slug in seen), reverse=True)


def test_an_archived_course_is_not_found(session: Session) -> None:
    course = put(session, make_bundle())
    course.archived_at = NOW
    session.flush()
    assert titles(session) == []
    assert live_course(session, SLUG) is None
    assert live_titles(session) == {}
    assert live_codes(session) == []


def test_a_piece_is_read_from_its_own_version(session: Session) -> None:
    put(session, make_bundle())
    put(session, edited("takzim"))
    course = course_by_slug(session, SLUG)
    assert course is not None
    new, old = versions(session, course.id)
    texts = []
    for version in (old, new):
        row = piece(session, version.id, "menyapa", "lesson")
        assert row is not None
        texts.append(lesson_of(session, row).body)
    assert "ramah" in texts[0]
    assert "takzim" in texts[1]
    assert piece(session, new.id, "kuis-loket", "lesson") is None
    assert quiz_source(session, new.id, "menyapa") is None
    quiz = quiz_source(session, new.id, "kuis-loket")
    assert quiz is not None
    assert sum(1 for _question in quiz.questions()) == 10
    assert course_of(session, old).title == "Layanan di loket"


def test_a_second_reading_of_a_piece_does_not_read_its_text_again(session: Session) -> None:
    put(session, edited("sopan"))
    row = piece(session, versions(session, 1)[0].id, "menyapa")
    assert row is not None
    first = lesson_of(session, row)
    with counting() as seen:
        assert lesson_of(session, row) is first
    assert seen == []


def test_the_newest_approval_of_hours_counts(session: Session, cast: Cast) -> None:
    course = put(session, make_bundle())
    assert approved_jp(session, course.id) is None
    assert [(row.slug, row.claimed_jp, row.approved_jp) for row in waiting_hours(session)] == [
        (SLUG, 1, None)
    ]
    approve_hours(session, course, 3, by=cast.bkpsdm.id, now=NOW, note="SK 1")
    assert [(row.claimed_jp, row.approved_jp) for row in waiting_hours(session)] == [(1, 3)]
    approve_hours(session, course, 1, by=cast.bkpsdm.id, now=NOW)
    assert approved_jp(session, course.id) == 1
    assert approved_jps(session, [course.id, 99]) == {course.id: 1}
    assert waiting_hours(session) == []
    assert catalogue(session, CatalogueFilter())[0].approved_jp == 1


def test_members_reach_their_courses_and_nobody_else(session: Session, cast: Cast) -> None:
    put(session, make_bundle(), by=cast.trainer.id)
    trainer = user_with_grants(session, cast.trainer.id)
    assert trainer is not None
    own = course_for(session, trainer, SLUG)
    assert own is not None
    assert (own.role, own.may_write) == ("owner", True)
    for other in (cast.other_trainer, cast.bkpsdm, cast.admin, cast.learner):
        assert course_for(session, other, SLUG) is None
        assert courses_for_trainer(session, other) == []
    assert [(row.slug, row.version) for row in courses_for_trainer(session, trainer)] == [(SLUG, 1)]
    assert [(row.name, row.role) for row in members(session, own.course.id)] == [(cast.trainer.name, "owner")]


def test_an_export_holds_the_text_and_its_history(session: Session, cast: Cast) -> None:
    put(session, make_bundle(), by=cast.trainer.id)
    course = put(session, edited(), by=cast.trainer.id)
    version = course.live_version
    assert version is not None
    bundle = export_bundle(session, course, version)
    history = bundle.pop("riwayat.txt").decode()
    assert bundle == edited()
    assert "Versi 2 (yang tampil)" in history
    assert cast.trainer.name in history


@pytest.mark.parametrize("slug", ["tiada", "LAYANAN-LOKET"])
def test_an_unknown_slug_is_none(session: Session, slug: str) -> None:
    put(session, make_bundle())
    assert course_by_slug(session, slug) is None
