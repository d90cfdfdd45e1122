"""Naming a shared bank in a quiz gives its text, keys included, to nobody it is not open to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import rename_files, save_draft, save_file, set_member
from lms.domain.catalog.queries import draft_bundle
from lms.domain.partners.actions import add, add_author
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG
from tests.unit.partners.test_partners import ENTRY
from tests.web.test_bank_desk import BANK, DESK, DRAWN, OTHER, QUIZ, TEXT, course_at_desk, release

COPY = "bersama/loket-tim.md"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def begun(client: FlaskClient, cast: Cast) -> FlaskClient:
    trainer = sign_in(client, cast.trainer)
    form = {"title": "Loket tim", "slug": "loket-tim", "competency": "", "level": "2"}
    assert trainer.post(f"{DESK}/new", data=form).status_code == 303
    return trainer


def test_an_external_author_draws_from_no_bank_by_naming_it(
    app: Flask, client: FlaskClient, session: Session, cast: Cast
) -> None:
    """Open to trainers is not open to people of partner institutions."""
    owner = begun(client, cast)
    release(owner, session, TEXT)
    assert owner.post(f"{BANK}/access", data={"open": "yes"}).status_code == 303
    partner = add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)
    author = add_author(session, partner, "Penulis", "p@ucb.example", None, by=cast.admin.id, now=NOW)
    course = course_at_desk(session, cast.other_trainer.id)
    set_member(session, course, author, "author", by=cast.admin.id, now=NOW)
    save_file(session, course, QUIZ, DRAWN[QUIZ], base=None, by=author.id, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})
    save_draft(session, course, DRAWN, by=author.id, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})
    session.commit()
    visitor = sign_in(app.test_client(), author)
    for place in (DESK, BANK, f"{BANK}/text", f"{DESK}/new"):
        assert visitor.get(place).status_code in {403, 404}, place
    for page in ("/trainer/questions", "/trainer/questions?course=bersama/loket-tim",
                 f"/trainer/courses/{SLUG}", f"/trainer/courses/{SLUG}/writing",
                 f"/trainer/courses/{SLUG}/questions/blueprint"):  # fmt: skip
        answer = visitor.get(page)
        assert answer.status_code == 200, page
        assert "Tamu disapa" not in answer.text and "Loket tim" not in answer.text, page
        assert "lt-1" not in answer.text, page
    sent = visitor.post("/trainer/questions/export?course=bersama/loket-tim", data={"format": "csv"})
    assert "lt-1" not in sent.text
    save_file(session, course, QUIZ, DRAWN[QUIZ] + b"\n", base=None, by=cast.other_trainer.id, now=NOW)
    assert COPY in (draft_bundle(session, course.id) or {})


def test_a_file_that_bears_the_name_of_a_bank_to_come_gets_none_of_its_text(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    course = course_at_desk(session, cast.other_trainer.id)
    planted = OTHER.replace("Loket tim", "Milik saya").encode()
    save_draft(session, course, DRAWN | {COPY: planted}, by=cast.other_trainer.id, now=NOW)
    session.commit()
    release(begun(client, cast), session, TEXT)
    assert (draft_bundle(session, course.id) or {}).get(COPY) != TEXT.encode()
    save_file(session, course, QUIZ, DRAWN[QUIZ] + b"\n", base=None, by=cast.other_trainer.id, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})


def test_a_secret_bank_comes_in_by_the_text_of_a_member_alone(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    """A co-author names it in a quiz; the member who then saves this text or another brings in nothing."""
    release(begun(client, cast), session, TEXT)
    course = course_at_desk(session, cast.other_trainer.id)
    set_member(session, course, cast.trainer, "author", by=cast.admin.id, now=NOW)
    save_file(session, course, QUIZ, DRAWN[QUIZ], base=None, by=cast.other_trainer.id, now=NOW)
    second = DRAWN[QUIZ].replace(b"dari=bersama/loket-tim", b"dari=lain").replace(b"id: ", b"id: lain-")
    member = cast.trainer.id
    save_file(session, course, "01-loket/09-lain.md", second, base=None, by=member, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})
    rename_files(session, course, {"01-loket/09-lain.md": "01-loket/08-lain.md"}, by=member, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})
    save_file(session, course, QUIZ, DRAWN[QUIZ] + b"\n", base=None, by=member, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})
    save_draft(session, course, DRAWN, by=member, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})
    save_file(session, course, "01-loket/08-lain.md", second, base=None, by=member, now=NOW)
    for text in (second, DRAWN[QUIZ]):  # the member writes the line
        save_file(session, course, QUIZ, text, base=None, by=member, now=NOW)
    assert (draft_bundle(session, course.id) or {})[COPY] == TEXT.encode()
    save_file(session, course, QUIZ, DRAWN[QUIZ] + b"\n", base=None, by=cast.other_trainer.id, now=NOW)
    save_file(session, course, "01-loket/08-lain.md", second + b"\n", base=None, by=member, now=NOW)
    assert COPY in (draft_bundle(session, course.id) or {})


def test_the_page_of_the_text_bears_the_title_of_the_bank(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    page = begun(client, cast).get(f"{BANK}/text").text
    assert "<h1>Loket tim</h1>" in page and "<title>" in page
    assert COPY not in page.partition("</title>")[0]
