"""Questions as forms over HTTP: found, changed, added, put in order; nothing that was typed is lost."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms.content.parse import parse_course
from lms.domain.catalog.models import Course
from tests.courses import SLUG
from tests.web.writing.desk import DESK, FILE, FORMS, LESSON, QUIZ, base_of, files


def test_findings_lead_to_their_line_and_a_question_to_its_form(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    quiz = "01-loket/03-kuis.md"
    text = files(session, course)[quiz].decode()
    broken = text.replace("{#k-02", "{", 1)
    trainer.post(f"{DESK}/file/{quiz}", data={"text": broken, "base": base_of(session, course, quiz)})
    line = next(
        at for at, one in enumerate(broken.split("\n"), 1) if one.startswith("## ") and "{#" not in one
    )
    assert f'href="{DESK}/file/{quiz}?line={line}#text"' in trainer.get(f"/trainer/courses/{SLUG}/draft").text
    form = {"code": "question_id", "line": line, "base": base_of(session, course, quiz)}
    trainer.post(f"{DESK}/problems/{quiz}", data=form)
    assert "{#k-02" not in files(session, course)[quiz].decode()  # the live version has it
    found = trainer.get(f"{DESK}/questions/with/k-03")
    assert found.location == f"{DESK}/questions/{quiz}?q=3"
    now = files(session, course)[quiz].decode()
    moved = now.replace("{#k-03}", "{tag=a #k-03}").replace("{#k-03 ", "{tag=a #k-03 ")
    assert moved != now
    trainer.post(f"{DESK}/file/{quiz}", data={"text": moved, "base": base_of(session, course, quiz)})
    assert trainer.get(f"{DESK}/questions/with/k-03").location == f"{DESK}/questions/{quiz}?q=3"
    gone = trainer.get(f"{DESK}/questions/with/tidak-ada", follow_redirects=True)
    assert gone.request.path == DESK and "tidak lagi memuat soal ini" in gone.text


def test_a_question_of_another_kind_is_added_changed_and_taken_out(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    def change(**form: str) -> str:
        base = base_of(session, course, QUIZ)
        answer = trainer.post(f"{FORMS}/change/{QUIZ}", data={"base": base, "q": "1", **form})
        assert answer.status_code == 303
        return answer.location

    before = files(session, course)[QUIZ].decode()
    where = change(kind="matching")
    assert where == f"{FORMS}/{QUIZ}?q=2"
    page = trainer.get(where).text
    assert "Jodohkan" in page and 'name="left-0"' in page and "Tambah baris" in page
    form = {"base": base_of(session, course, QUIZ), "q": "2", "title": "Pasangan", "prompt": "Jodohkan.",
            "was-0": "0", "left-0": "KTP", "text-0": "Disdukcapil", "was-1": "1", "left-1": "SIM",
            "text-1": "Polri", "was-2": "", "left-2": "", "text-2": "Camat", "points": "2,5"}  # fmt: skip
    again = trainer.post(f"{FORMS}/{QUIZ}", data={**form, "what": "up-1"}).text
    assert again.index('value="SIM"') < again.index('value="KTP"')
    refused = trainer.post(f"{FORMS}/{QUIZ}", data={**form, "left-1": "KTP", "points": "dua"})
    assert refused.status_code == 422 and 'value="Camat"' in refused.text and "#points" in refused.text
    assert "Pasangan" not in files(session, course)[QUIZ].decode()
    assert trainer.post(f"{FORMS}/{QUIZ}", data=form).status_code == 303
    now = files(session, course)[QUIZ].decode()
    assert "- KTP -> Disdukcapil\n- SIM -> Polri\n- -> Camat\n" in now and "poin=2.5" in now
    copy = change(q="2", what="copy")
    assert copy.endswith("q=3") and files(session, course)[QUIZ].decode().count("- SIM -> Polri") == 2
    assert "tetap di tempatnya" in trainer.get(change(q="1", what="up")).text
    change(q="3", what="up")
    change(q="2", what="remove")
    change(q="2", what="remove")
    assert files(session, course)[QUIZ].decode() == before
    stale = trainer.post(f"{FORMS}/change/{QUIZ}", data={"base": "x", "q": "1", "what": "remove"})
    assert stale.status_code == 303 and files(session, course)[QUIZ].decode() == before


def test_a_lesson_gets_questions_and_a_text_that_changed_meanwhile_is_not_overwritten(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    base = base_of(session, course)
    form = {"base": base, "q": "1", "kind": "single"}
    assert trainer.post(f"{FORMS}/change/{LESSON}", data={**form, "kind": "essay"}).status_code == 404
    assert trainer.post(f"{FORMS}/change/{LESSON}", data=form).status_code == 303
    text = files(session, course)[LESSON].decode()
    assert "::: kuis {#menyapa-cek-" in text and parse_course(files(session, course), SLUG).course
    old = base_of(session, course)
    trainer.post(FILE, data={"text": text + "\nLain.\n", "base": old})
    late = trainer.post(f"{FORMS}/{LESSON}", data={"base": old, "q": "1", "title": "Milik saya"})
    assert late.status_code == 409 and "Milik saya" in late.text
    assert "Lain." in files(session, course)[LESSON].decode()
