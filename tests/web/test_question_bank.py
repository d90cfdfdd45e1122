"""All questions of one's courses: found by words and marks, with their figures, and copied elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import (
    archive_bank,
    discard,
    new_bank,
    open_bank,
    publish,
    release_bank,
    save_bank,
    save_draft,
)
from lms.domain.catalog.models import Course, IndexedQuestion
from lms.domain.catalog.queries import (
    BankFilter,
    bank_facets,
    bank_rows,
    bank_scope,
    draft_bundle,
    find_in_bank,
)
from lms.domain.quizzes.actions import close
from tests.cast import NOW, Cast, sign_in, trains_no_more
from tests.course_files import named, with_picture
from tests.courses import QUESTIONS, SLUG, enroll_in, make_bundle
from tests.learning import answered_attempt, course_of

BANK = """---
jenis: bank
id: bank-a
judul: Bank A
---

## Sapaan {#s-1 tag=loket,dasar kompetensi=M.5:2 kesulitan=mudah}

Siapa yang disapa? ![Denah](aset/denah.svg)

- [x] Warga
- [ ] 100% tidak_ada

## Tamu {#s-2}

Tamu disapa.

- [x] Benar
- [ ] Salah
"""


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def trainer(client: FlaskClient, session: Session, cast: Cast) -> FlaskClient:
    """The trainer with two courses at the desk; the first has a bank with a picture in its draft."""
    publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW)
    publish(session, "arsip-rapi", named("arsip-rapi"), home="desk", by=cast.trainer.id, now=NOW)
    files = {**with_picture(), "bank/a.md": BANK.encode()}
    save_draft(session, course_of(session), files, by=cast.trainer.id, now=NOW)
    session.commit()
    return sign_in(client, cast.trainer)


def keys(session: Session, user_id: int, **wanted: str) -> list[str]:
    return [
        row.key
        for row in bank_rows(
            session, find_in_bank(session, bank_scope(session, user_id), BankFilter(**wanted))
        )
    ]


def test_the_index_follows_the_text_and_is_searched_by_all_marks(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    mine = cast.trainer.id
    questions = QUESTIONS.count("\n## ") + 4
    assert len(keys(session, mine)) == 2 * questions + 2
    assert keys(session, mine, text="DISAPA siapa") == ["s-1"]
    assert keys(session, mine, text="100% tidak_ada") == ["s-1"]
    assert keys(session, mine, text="100_") == []
    assert keys(session, mine, tag="loket") == ["s-1"] and keys(session, mine, tag="lok") == []
    assert keys(session, mine, competency="M.5", course=SLUG) == ["k-01", "s-1"]
    assert keys(session, mine, difficulty="easy") == ["s-1"]
    assert keys(session, mine, used="no") == ["s-1", "s-2"]
    assert keys(session, mine, kind="short", course="arsip-rapi") == ["k-05", "k-10"]
    assert keys(session, cast.other_trainer.id) == []
    discard(session, course_of(session), by=mine, now=NOW)
    assert len(keys(session, mine)) == 2 * questions


def test_the_page_shows_where_questions_are_used_and_how_they_do(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    attempt = answered_attempt(session, enroll_in(session, cast.learner, now=NOW), now=NOW)
    close(session, attempt, now=NOW, by="learner")
    session.commit()
    page = trainer.get(f"/trainer/questions?q=k-01&course={SLUG}").text
    assert "Berkas kurang" in page and "kuis-loket" in page
    assert "100 % benar" in page
    assert "Tidak ada soal yang cocok" in trainer.get("/trainer/questions?q=zzz&kind=nonsens").text
    page = trainer.get("/trainer/questions").text
    assert "Baris 1 sampai 25 dari 30" in page
    assert "belum ada kuis" in trainer.get("/trainer/questions?tag=loket").text


def test_a_question_is_copied_into_another_course_with_its_picture_and_source(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    row = session.scalars(select(IndexedQuestion).where(IndexedQuestion.key == "s-1")).one()
    address = f"/trainer/questions/{row.id}/copy"
    page = trainer.get(address).text
    assert "- [x] Warga" in page and 'value="arsip-rapi"' in page
    form = {"course": "arsip-rapi", "bank": "Bersama M.5"}
    answer = trainer.post(address, data=form)
    assert answer.status_code == 303
    assert "s-1" in trainer.get(answer.location).text
    session.expire_all()
    course = session.scalars(select(Course).where(Course.slug == "arsip-rapi")).one()
    files = draft_bundle(session, course.id) or {}
    text = next(data.decode() for path, data in files.items() if path.startswith("bank/bersama"))
    assert "{#s-1 tag=loket,dasar kompetensi=M.5:2 kesulitan=mudah}" in text
    assert f"<!-- Disalin dari {SLUG}, bank/a.md, 2026-11-24 -->" in text
    assert "aset/denah.svg" in files
    again = trainer.post(address, data=form)
    assert again.status_code == 422 and "sudah mempunyai soal ini" in again.text
    for bad in ({"course": "arsip-rapi", "bank": "lain"}, {"course": "tidak-ada", "bank": "a"},
                {"course": "arsip-rapi", "bank": "?"}):  # fmt: skip
        assert trainer.post(address, data=bad).status_code == 422
    stranger = sign_in(trainer.application.test_client(), cast.other_trainer)
    assert stranger.get(address).status_code == 404


def test_who_trains_no_more_copies_nothing_into_a_draft(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    row = session.scalars(select(IndexedQuestion).where(IndexedQuestion.key == "s-1")).one()
    trains_no_more(session, cast.trainer)
    form = {"course": "arsip-rapi", "bank": "Bersama"}
    assert trainer.post(f"/trainer/questions/{row.id}/copy", data=form).status_code == 422
    session.expire_all()
    course = session.scalars(select(Course).where(Course.slug == "arsip-rapi")).one()
    assert draft_bundle(session, course.id) is None


def test_counts_add_up_and_the_list_is_sent_as_a_table(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    scope = bank_scope(session, cast.trainer.id)
    every = bank_facets(session, scope, BankFilter())
    assert every.total == len(keys(session, cast.trainer.id))
    for name in ("course", "kind", "state", "used", "weak"):
        assert sum(n for value, n in every.counts[name].items() if value) == every.total
    assert (every.counts["tag"]["loket"], every.counts["difficulty"]["easy"]) == (1, 1)
    assert every.counts["state"]["draft"] == 2  # the bank of the draft was never published
    short = bank_facets(session, scope, BankFilter(kind="short"))
    assert short.total == every.counts["kind"]["short"]
    assert short.counts["kind"][""] == every.total and short.counts["course"][""] == short.total
    assert keys(session, cast.trainer.id, state="draft") == ["s-1", "s-2"]
    assert keys(session, cast.trainer.id, state="archived", weak="yes") == []
    answer = trainer.post("/trainer/questions/export?tag=loket", data={"format": "csv"})
    head, line = answer.data.decode("utf-8-sig").strip().split("\r\n")
    assert answer.status_code == 200 and head.startswith("Id,") and line.startswith("s-1,")
    assert trainer.post("/trainer/questions/export", data={"format": "xlsx"}).status_code == 200
    page = trainer.get("/trainer/questions?tag=loket&endpoint=x&_method=PUT&kind=%22%3E")
    assert page.status_code == 200
    assert 'action="/trainer/questions/export?tag=loket&amp;endpoint=x&amp;_method=PUT' in page.text


def test_questions_of_shared_banks_are_found_by_those_who_may_read_them(
    trainer: FlaskClient, session: Session, cast: Cast
) -> None:
    text = BANK.replace(" ![Denah](aset/denah.svg)", "").replace("#s-", "#b-")
    text = text.replace("judul: Bank A\n", "judul: Bank A\nkompetensi: [M.7:2]\n")
    bank = new_bank(session, "bersama-a", "Bank A", [], by=cast.trainer.id, now=NOW)
    saved = save_bank(session, bank, text.encode(), base=None, by=cast.trainer.id, now=NOW)
    mine, other = cast.trainer.id, cast.other_trainer.id
    assert keys(session, mine, course="bersama/bersama-a", state="draft") == ["b-1", "b-2"]
    release_bank(session, bank, seen=saved.digest, by=mine, now=NOW)
    assert keys(session, mine, competency="M.7") == ["b-2"]  # lent by the bank; b-1 names its own
    assert keys(session, other) == []
    open_bank(session, bank, True, by=mine, now=NOW)
    assert keys(session, other) == ["b-1", "b-2"]
    added = "## Baru {#b-3}\n\nRahasia.\n\n- [x] Ya\n- [ ] Tidak\n\n"
    more = text.replace("## Tamu {#b-2}", f"{added}## Tamu {{#b-2}}")
    save_bank(session, bank, more.encode(), base=None, by=mine, now=NOW)
    assert keys(session, other) == ["b-1", "b-2"] and "b-3" in keys(session, mine)
    session.commit()
    assert "/trainer/shared-banks/bersama-a" in trainer.get("/trainer/questions?q=b-2").text
    archive_bank(session, bank, by=mine, now=NOW)
    assert set(keys(session, mine, state="archived")) == {"b-1", "b-2", "b-3"}
