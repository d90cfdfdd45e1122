"""Banks that several courses draw from: frozen at the publication, in step with drafts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import RoleGrant
from lms.domain.catalog.actions import (
    BankErrors,
    SharedCopy,
    begin_draft,
    publish,
    save_draft,
    save_file,
    store_bank,
)
from lms.domain.catalog.models import Course, IndexedQuestion
from lms.domain.catalog.queries import (
    changed_banks,
    draft_bundle,
    quiz_source,
    shared_banks,
    version_bundle,
)
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, make_bundle
from tests.learning import course_of

COPY = "bersama/loket-dasar.md"
BANK = """---
jenis: bank
id: loket-dasar
judul: Loket dasar
---

## Sapaan {#b-1}

Siapa yang **disapa**?

- [x] Warga
- [ ] Meja

## Tamu {#b-2}

Tamu disapa.

- [x] Benar
- [ ] Salah
"""
CHANGED = BANK.replace("Meja", "Kursi")
DRAWN = "# Dasar {ambil=1 dari=bersama/loket-dasar}\n"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def drawing() -> dict[str, bytes]:
    """The small course whose quiz draws from the shared bank."""
    return make_bundle(quiz={"questions": DRAWN})


@pytest.fixture
def course(session: Session, cast: Cast) -> Course:
    """The course, published while the bank had its first text."""
    store_bank(session, "loket-dasar", BANK.encode(), now=NOW)
    assert publish(session, SLUG, drawing(), home="desk", by=cast.trainer.id, now=NOW).version is not None
    session.commit()
    return course_of(session)


def test_a_version_keeps_its_copy_and_the_next_one_takes_the_change(
    session: Session, cast: Cast, course: Course
) -> None:
    first = course.live_version_id
    assert first is not None
    draft = begin_draft(session, course, by=cast.trainer.id, now=NOW)
    assert store_bank(session, "loket-dasar", CHANGED.encode(), now=NOW)
    assert not store_bank(session, "loket-dasar", CHANGED.encode(), now=NOW)
    quiz = quiz_source(session, first, "kuis-loket")
    assert quiz is not None
    assert [option.text for option in next(quiz.questions()).options] == ["Warga", "Meja"]
    assert [bank.slug for bank in changed_banks(session, first)] == ["loket-dasar"]
    (row,) = shared_banks(session)
    assert (row.drafts, [use.current for use in row.uses]) == (1, [False])
    bundle = draft_bundle(session, course.id)
    assert draft.id and bundle is not None and bundle[COPY] == CHANGED.encode()
    second = publish(session, SLUG, bundle, home="desk", by=cast.trainer.id, now=NOW).version
    assert second is not None and second.number == 2
    assert version_bundle(session, first)[COPY] == BANK.encode()
    assert changed_banks(session, second.id) == []


def test_a_copy_follows_the_reference_and_is_written_nowhere_else(
    session: Session, cast: Cast, course: Course
) -> None:
    begin_draft(session, course, by=cast.trainer.id, now=NOW)
    with pytest.raises(SharedCopy):
        save_file(session, course, COPY, b"lain", base=None, by=cast.trainer.id, now=NOW)
    plain = make_bundle()["01-loket/03-kuis.md"]
    save_file(session, course, "01-loket/03-kuis.md", plain, base=None, by=cast.trainer.id, now=NOW)
    assert COPY not in (draft_bundle(session, course.id) or {})
    text = drawing()["01-loket/03-kuis.md"]
    save_file(session, course, "01-loket/03-kuis.md", text, base=None, by=cast.trainer.id, now=NOW)
    assert (draft_bundle(session, course.id) or {})[COPY] == BANK.encode()
    forged = {**drawing(), COPY: CHANGED.encode(), "bersama/lain.md": BANK.encode()}
    save_draft(session, course, forged, by=cast.trainer.id, now=NOW)
    files = draft_bundle(session, course.id) or {}
    assert files[COPY] == BANK.encode() and "bersama/lain.md" not in files
    paths = session.scalars(select(IndexedQuestion.path).where(IndexedQuestion.course_id.is_not(None))).all()
    assert paths and not any(path.startswith("bersama/") for path in paths)


def test_who_is_no_trainer_brings_no_bank_into_a_course(session: Session, cast: Cast, course: Course) -> None:
    session.execute(delete(RoleGrant).where(RoleGrant.user_id == cast.trainer.id))
    store_bank(session, "ujian-lain", BANK.replace("loket-dasar", "ujian-lain").encode(), now=NOW)
    other, by = "bersama/ujian-lain.md", cast.trainer.id
    begin_draft(session, course, by=by, now=NOW)
    text = drawing()["01-loket/03-kuis.md"].replace(b"bersama/loket-dasar", b"bersama/ujian-lain")
    save_file(session, course, "01-loket/03-kuis.md", text, base=None, by=by, now=NOW)
    assert other not in (draft_bundle(session, course.id) or {})
    forged = {**drawing(), "01-loket/03-kuis.md": text, other: CHANGED.encode()}
    save_draft(session, course, forged, by=by, now=NOW)
    assert other not in (draft_bundle(session, course.id) or {})
    assert publish(session, SLUG, forged, home="desk", by=by, now=NOW).version is None
    save_draft(session, course, drawing(), by=by, now=NOW)
    assert (draft_bundle(session, course.id) or {})[COPY] == BANK.encode()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BANK.replace("Siapa", "![Denah](aset/denah.svg) Siapa"), "shared_picture"),
        (BANK.replace("#b-2", "#b-1"), "id_twice"),
        (BANK.replace("Loket dasar", "Loket " * 40), "title_long"),
        (BANK.replace("jenis: bank", "jenis: kuis"), "place_bank"),
        (BANK.replace("- [x] Benar\n- [ ] Salah", "- = 3"), "question_kind"),
    ],
)
def test_a_bank_with_an_error_changes_nothing(session: Session, course: Course, text: str, code: str) -> None:
    with pytest.raises(BankErrors) as caught:
        store_bank(session, "loket-dasar", text.encode(), now=NOW)
    assert code in {problem.code for problem in caught.value.problems}
    assert course.live_version_id is not None and changed_banks(session, course.live_version_id) == []


def test_an_unknown_bank_is_named(session: Session, cast: Cast) -> None:
    result = publish(session, SLUG, drawing(), home="desk", by=cast.trainer.id, now=NOW)
    assert [problem.code for problem in result.problems if problem.severity == "error"] == ["bank_shared"]


def test_the_pages_say_where_it_is_used_and_what_is_older(
    app: Flask, client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    trainer = sign_in(client, cast.trainer)
    assert "dari=bersama/loket-dasar" in trainer.get("/trainer/shared-banks").text
    assert "sama dengan bank sekarang" in trainer.get("/trainer/shared-banks/loket-dasar").text
    assert "Bank bersama berubah" not in trainer.get(f"/trainer/courses/{SLUG}").text
    store_bank(session, "loket-dasar", CHANGED.encode(), now=NOW)
    session.commit()
    assert "lama: bank sudah berubah" in trainer.get("/trainer/shared-banks/loket-dasar").text
    assert "Bank bersama berubah" in trainer.get(f"/trainer/courses/{SLUG}").text
    assert trainer.get("/trainer/shared-banks/tiada").status_code == 404
    begin_draft(session, course, by=cast.trainer.id, now=NOW)
    session.commit()
    found = trainer.get(f"/trainer/courses/{SLUG}/writing/questions/with/b-1")
    assert found.location == "/trainer/shared-banks/loket-dasar"
    session.add(RoleGrant(user_id=cast.stranger.id, role="reviewer"))
    session.commit()
    reviewer = sign_in(app.test_client(), cast.stranger)
    assert reviewer.get("/trainer/shared-banks").status_code == 403
    assert "/trainer/shared-banks" not in reviewer.get("/trainer/questions").text


def test_the_folder_is_checked_and_published(app: Flask, session: Session, tmp_path: Path) -> None:
    app.config["COURSES_DIR"] = str(tmp_path)
    (tmp_path / "bersama").mkdir()
    for path, data in {
        **{f"{SLUG}/{name}": data for name, data in drawing().items()},
        COPY: BANK.encode(),
    }.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    run = app.test_cli_runner().invoke
    assert run(args=["courses", "check"]).exit_code == 0
    assert run(args=["courses", "check", str(tmp_path / SLUG)]).exit_code == 0
    told = run(args=["courses", "publish"])
    assert (told.exit_code, "bersama/loket-dasar.md" in told.output) == (0, True), told.output
    (tmp_path / COPY).write_text(BANK.replace("- [x] Warga", "- [ ] Warga"))
    failed = run(args=["courses", "check"])
    assert failed.exit_code == 1 and "bersama/loket-dasar.md:7" in failed.output
    (tmp_path / COPY).write_text(CHANGED)
    assert "2" in run(args=["courses", "publish"]).output
    session.expire_all()
    assert [use.current for row in shared_banks(session) for use in row.uses] == [True]
