"""Shared banks at the desk: written by a team, put in force, opened, archived; nobody is overwritten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.actions import BankAtDesk, begin_draft, publish, save_draft, save_file, store_bank
from lms.domain.catalog.models import Course, SharedBank, SharedBankSave
from lms.domain.catalog.queries import bank_text, draft_bundle, shared_bank
from tests.cast import NOW, Cast, grant, sign_in, trains_no_more
from tests.courses import SLUG, make_bundle
from tests.learning import course_of

DESK = "/trainer/shared-banks"
BANK = f"{DESK}/loket-tim"
TEXT = """---
jenis: bank
id: loket-tim
judul: Loket tim
---

## Tamu {#lt-1}

Tamu disapa.

- [x] Benar
- [ ] Salah
"""
OTHER = TEXT.replace("Tamu disapa", "Warga disapa")
QUIZ = "01-loket/03-kuis.md"
DRAWN = make_bundle(quiz={"questions": "# Dasar {ambil=1 dari=bersama/loket-tim}\n"})


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def owner(client: FlaskClient, session: Session, cast: Cast) -> FlaskClient:
    """The trainer, who has begun a bank."""
    trainer = sign_in(client, cast.trainer)
    form = {"title": "Loket tim", "slug": "loket-tim", "competency": "", "level": "2"}
    answer = trainer.post(f"{DESK}/new", data=form)
    assert (answer.status_code, answer.location) == (303, f"{BANK}/text")
    return trainer


def kept(session: Session) -> SharedBank:
    session.expire_all()
    bank = shared_bank(session, "loket-tim")
    assert bank is not None
    return bank


def write(who: FlaskClient, session: Session, text: str, base: str | None = None) -> int:
    bank = kept(session)
    seen = bank.written or bank.digest if base is None else base
    return who.post(f"{BANK}/text", data={"text": text, "base": seen}).status_code


def release(who: FlaskClient, session: Session, text: str) -> None:
    assert write(who, session, text) == 303
    assert who.post(f"{BANK}/release", data={"seen": kept(session).written}).status_code == 303


def test_a_bank_is_begun_written_and_put_in_force(owner: FlaskClient, session: Session, cast: Cast) -> None:
    again = owner.post(
        f"{DESK}/new", data={"title": "Lain", "slug": "loket-tim", "competency": "", "level": "1"}
    )
    assert again.status_code == 422 and "sudah ada" in again.text
    for bad in ("", "Ruang Dua", "a" * 41, "\0"):
        form = {"title": "T", "slug": bad, "competency": "", "level": "1"}
        assert owner.post(f"{DESK}/new", data=form).status_code == 422
    assert write(owner, session, TEXT) == 303
    assert kept(session).questions == 0 and b"Tamu" not in bank_text(session, "loket-tim")
    assert "Tamu disapa" in owner.get(f"{BANK}/text").text
    page = owner.get(BANK).text
    assert "pelatihan belum memakainya" in page and "Berlakukan perubahan" in page
    seen = kept(session).written
    for _double in range(2):
        assert owner.post(f"{BANK}/release", data={"seen": seen}).status_code == 303
    assert kept(session).questions == 1 and kept(session).written is None
    assert bank_text(session, "loket-tim") == TEXT.encode()
    stale = owner.post(f"{BANK}/release", data={"seen": "lain"}, follow_redirects=True)
    assert "Bank berubah setelah Anda melihatnya" in stale.text


def test_a_text_with_errors_is_kept_and_not_put_in_force(owner: FlaskClient, session: Session) -> None:
    assert write(owner, session, TEXT.replace("- [x] Benar", "- [ ] Benar")) == 303
    answer = owner.post(f"{BANK}/release", data={"seen": kept(session).written})
    assert answer.status_code == 422 and "teksnya masih salah" in answer.text
    assert kept(session).questions == 0
    assert "Kesalahan" in owner.get(f"{BANK}/text/problems").text


def test_the_second_writer_sees_both_texts(
    owner: FlaskClient, app: Flask, session: Session, cast: Cast
) -> None:
    first = kept(session).digest
    form = {"who": cast.other_trainer.email, "role": "author"}
    assert owner.post(f"{BANK}/team", data=form).status_code == 303
    other = sign_in(app.test_client(), cast.other_trainer)
    assert write(other, session, OTHER) == 303
    answer = owner.post(f"{BANK}/text", data={"text": TEXT, "base": first})
    assert answer.status_code == 409
    assert "Tamu disapa" in answer.text and "Warga disapa" in answer.text
    assert cast.other_trainer.name in answer.text
    told = owner.post(
        f"{BANK}/text", data={"text": TEXT, "base": first}, headers={"Accept": "application/json"}
    )
    assert (told.status_code, told.get_json()["state"]) == (409, "changed")
    assert "Warga disapa" in other.get(f"{BANK}/text").text
    assert other.post(f"{BANK}/access", data={"open": "yes"}).status_code == 403
    assert other.post(f"{BANK}/team", data=form).status_code == 403


def test_an_older_state_is_brought_back(owner: FlaskClient, session: Session) -> None:
    assert write(owner, session, TEXT) == write(owner, session, OTHER) == 303
    ids = session.scalars(select(SharedBankSave.id).order_by(SharedBankSave.id)).all()
    assert len(ids) == 3
    page = owner.get(f"{BANK}/text/history?save={ids[1]}").text
    assert "Tamu" in page and "Warga" in page
    base = kept(session).written
    form = {"save": ids[1], "base": base}
    assert owner.post(f"{BANK}/text/history", data=form).status_code == 303
    assert "Tamu disapa" in owner.get(f"{BANK}/text").text
    stale = owner.post(f"{BANK}/text/history", data={"save": ids[0], "base": base}, follow_redirects=True)
    assert "Tamu disapa" in owner.get(f"{BANK}/text").text and stale.status_code == 200
    for bad in ("999999", "x", "\0", "9" * 40):
        assert owner.post(f"{BANK}/text/history", data={"save": bad, "base": ""}).status_code == 404


def test_the_text_is_tidied_previewed_and_mended(owner: FlaskClient, session: Session) -> None:
    no_id = TEXT.replace(" {#lt-1}", "")
    assert write(owner, session, no_id) == 303
    line = no_id.split("\n").index("## Tamu") + 1
    form = {"code": "question_id", "line": line, "base": kept(session).written}
    assert owner.post(f"{BANK}/text/problems", data=form).status_code == 303
    assert "{#loket-tim-" in owner.get(f"{BANK}/text").text
    base = kept(session).written
    assert owner.post(f"{BANK}/text/tidy", data={"text": no_id, "base": base}).status_code == 303
    assert "Warga disapa" in owner.post(f"{BANK}/text/preview", data={"text": OTHER, "part": "1"}).text
    assert "Teks ini belum" in owner.post(f"{BANK}/text/preview", data={"text": OTHER, "base": base}).text
    big = owner.post(f"{BANK}/text", data={"text": "x" * 1_100_000, "base": base})
    assert big.status_code == 413


def test_other_trainers_find_an_open_bank_alone(
    owner: FlaskClient, app: Flask, session: Session, cast: Cast
) -> None:
    release(owner, session, TEXT)
    other = sign_in(app.test_client(), cast.other_trainer)
    assert other.get(BANK).status_code == 404 and "loket-tim" not in other.get(DESK).text
    assert owner.post(f"{BANK}/access", data={"open": "yes"}).status_code == 303
    write(owner, session, OTHER)
    page = other.get(BANK)
    assert page.status_code == 200 and "Tamu disapa" in page.text
    assert "Warga disapa" not in page.text and "Berlakukan" not in page.text
    for address in ("text", "text/history", "team"):
        assert other.get(f"{BANK}/{address}").status_code == 404
    for address in ("text", "release", "archive", "access"):
        assert other.post(f"{BANK}/{address}", data={}).status_code == 403
    assert owner.post(f"{BANK}/access", data={"open": "no"}).status_code == 303
    assert other.get(BANK).status_code == 404


def test_a_reviewer_reads_the_bank_he_was_given(
    owner: FlaskClient, app: Flask, session: Session, cast: Cast
) -> None:
    grant(session, cast.stranger, "reviewer")
    session.commit()
    reader = sign_in(app.test_client(), cast.stranger)
    assert reader.get(DESK).status_code == 403
    form = {"who": cast.stranger.email, "role": "reviewer"}
    assert owner.post(f"{BANK}/team", data=form).status_code == 303
    assert reader.get(f"{BANK}/text").status_code == 200
    assert reader.post(f"{BANK}/text", data={"text": TEXT, "base": ""}).status_code == 403
    assert reader.get(f"{DESK}/new").status_code == 403
    last = owner.post(f"{BANK}/team/{cast.trainer.id}/removal", follow_redirects=True)
    assert "Bank harus punya pemilik" in last.text


def test_who_trains_no_more_writes_no_bank(owner: FlaskClient, session: Session, cast: Cast) -> None:
    grant(session, cast.trainer, "reviewer")
    trains_no_more(session, cast.trainer)
    assert write(owner, session, TEXT) == 403
    assert owner.get(f"{BANK}/text").status_code == 200


def course_at_desk(session: Session, by: int) -> Course:
    publish(session, SLUG, make_bundle(), home="desk", by=by, now=NOW)
    course = course_of(session)
    begin_draft(session, course, by=by, now=NOW)
    session.commit()
    return course


def test_who_may_draw_from_it(owner: FlaskClient, session: Session, cast: Cast) -> None:
    release(owner, session, TEXT)
    course, copy = course_at_desk(session, cast.other_trainer.id), "bersama/loket-tim.md"
    other = cast.other_trainer.id
    save_file(session, course, QUIZ, DRAWN[QUIZ], base=None, by=other, now=NOW)
    assert copy not in (draft_bundle(session, course.id) or {})
    session.commit()
    assert owner.post(f"{BANK}/access", data={"open": "yes"}).status_code == 303
    save_draft(session, course, DRAWN, by=other, now=NOW)
    assert (draft_bundle(session, course.id) or {})[copy] == TEXT.encode()
    session.commit()
    writer = sign_in(owner.application.test_client(), cast.other_trainer)
    for page in (f"/trainer/courses/{SLUG}/writing", f"/trainer/courses/{SLUG}/writing/file/{QUIZ}"):
        assert f'href="{BANK}"' in writer.get(page).text
    owner.post(f"{BANK}/access", data={"open": "no"})
    release(owner, session, OTHER)
    session.expire_all()
    assert (draft_bundle(session, course.id) or {})[copy] == OTHER.encode()
    save_file(session, course, QUIZ, DRAWN[QUIZ] + b"\n", base=None, by=other, now=NOW)
    assert copy in (draft_bundle(session, course.id) or {})


def test_an_archived_bank_is_written_by_nobody(owner: FlaskClient, session: Session, cast: Cast) -> None:
    release(owner, session, TEXT)
    for _double in range(2):
        assert owner.post(f"{BANK}/archive", data={"archived": "yes"}).status_code == 303
    assert write(owner, session, OTHER) == 409
    assert "loket-tim" not in owner.get(DESK).text
    assert "loket-tim" in owner.get(f"{DESK}?state=archived").text
    course = course_at_desk(session, cast.trainer.id)
    save_file(session, course, QUIZ, DRAWN[QUIZ], base=None, by=cast.trainer.id, now=NOW)
    assert "bersama/loket-tim.md" not in (draft_bundle(session, course.id) or {})
    session.commit()
    assert owner.post(f"{BANK}/archive", data={"archived": "no"}).status_code == 303
    assert write(owner, session, OTHER) == 303


def test_the_list_is_searched_and_says_so_when_nothing_matches(owner: FlaskClient, session: Session) -> None:
    release(owner, session, TEXT.replace("judul: Loket tim", "judul: Loket tim\nkompetensi: [M.5:2]"))
    assert "M.5:2" in owner.get(f"{DESK}?competency=M.5").text
    assert "Tidak ada bank bersama yang cocok" in owner.get(f"{DESK}?competency=M.6").text
    assert "Tidak ada bank bersama yang cocok" in owner.get(f"{DESK}?q=%00zzz&state=nonsens").text
    assert "loket-tim" in owner.get(f"{DESK}?state=own&q=LOKET").text


def test_the_folder_takes_nothing_from_the_desk_by_itself(
    owner: FlaskClient, app: Flask, session: Session, cast: Cast
) -> None:
    release(owner, session, TEXT)
    assert not store_bank(session, "loket-tim", TEXT.encode(), now=NOW)
    with pytest.raises(BankAtDesk):
        store_bank(session, "loket-tim", OTHER.encode(), now=NOW)
    session.rollback()
    assert store_bank(session, "loket-tim", OTHER.encode(), now=NOW, takeover=True)
    session.commit()
    assert kept(session).home == "disk" and write(owner, session, TEXT) == 409
    run = app.test_cli_runner().invoke
    told = run(args=["courses", "hand-over", "bersama/loket-tim", cast.other_trainer.email])
    assert told.exit_code == 0, told.output
    assert kept(session).home == "desk" and write(owner, session, TEXT) == 303
    assert run(args=["courses", "hand-over", "bersama/tiada", cast.trainer.email]).exit_code == 1
    assert run(args=["courses", "hand-over", "bersama/loket-tim", cast.learner.email]).exit_code == 1
