"""Pairs, steps and gaps outside papers: inside a lesson, and in the trainer's preview."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms.domain.catalog.actions import publish
from tests.cast import NOW, Cast, sign_in
from tests.course_files import LESSON
from tests.courses import SLUG, enroll_in, make_bundle
from tests.every_kind import QUESTIONS, every_kind, option_key, order_form, question, right_form
from tests.taking import at

GAPS = QUESTIONS[QUESTIONS.index("## Jodohkan") :]
PAGE = f"/courses/{SLUG}/lessons/menyapa"
KEYS = ["b-06", "b-07", "b-08"]


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A browser of a learner whose first lesson asks in the three kinds."""
    files = make_bundle()
    files[LESSON] += f"\n::: kuis {{#cek-bagian}}\n{GAPS}\n:::\n".encode()
    made = publish(session, SLUG, files, home="desk", by=cast.trainer.id, now=NOW)
    assert made.version is not None, made.problems
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def test_a_lesson_asks_them_and_gives_nothing_away(learner: FlaskClient) -> None:
    text = at(learner, "GET", PAGE).text
    for key in KEYS:
        for name in right_form(question(key)):
            assert f'name="{name}"' in text
    assert "RAHASIA" not in text and "⟦" not in text and "[[" not in text
    right_order = [f'name="{name}"' for name in right_form(question("b-07"))]
    assert sorted(right_order, key=text.index) != right_order


@pytest.mark.parametrize("key", KEYS)
def test_a_right_answer_is_said_in_its_place(learner: FlaskClient, key: str) -> None:
    at(learner, "POST", f"{PAGE}/checks/{key}", data=right_form(question(key)))
    text = at(learner, "GET", PAGE).text
    assert "<strong>Benar.</strong>" in text and "RAHASIA-bahas" in text


@pytest.mark.parametrize("key", KEYS)
def test_half_an_answer_is_kept_and_asked_to_be_filled_in(learner: FlaskClient, key: str) -> None:
    fields = right_form(question(key))
    name = next(iter(fields))
    at(learner, "POST", f"{PAGE}/checks/{key}", data={name: fields[name]})
    text = at(learner, "GET", PAGE).text
    assert "Isi setiap bagian" in text and "RAHASIA" not in text
    assert re.search(rf'value="{re.escape(fields[name][0])}"( selected| inputmode)', text)


def test_a_wrong_answer_says_what_became_of_each_part(learner: FlaskClient) -> None:
    item = question("b-08")
    data = {"q-b-08:g1": option_key(item, "menegur"), "q-b-08:g2": "berkas", "q-b-08:g3": "20"}
    at(learner, "POST", f"{PAGE}/checks/b-08", data=data)
    at(learner, "POST", f"{PAGE}/checks/b-07", data=order_form(question("b-07"), "4", "1", "2", "3"))
    text = at(learner, "GET", PAGE).text
    assert text.count("<strong>Sebagian benar.</strong>") == 2
    assert "menegur" in text and "Petugas <b>(1)</b> warga" in text
    said = text[text.index("Petugas <b>(1)</b>") : text.index("Lihat jawaban", text.index("Petugas <b>"))]
    assert said.count("(jawaban Anda, benar)") == 1 and said.count("(jawaban Anda, keliru)") == 2
    assert "Jawaban yang benar" not in said, "one press away, not in the way of another try"


def test_a_preview_shows_the_keys_on_request_alone(session: Session, cast: Cast, client: FlaskClient) -> None:
    files = make_bundle()
    files[LESSON] += f"\n::: kuis {{#cek-bagian}}\n{GAPS}\n:::\n".encode()
    assert publish(session, SLUG, files, home="desk", by=cast.trainer.id, now=NOW).version is not None
    session.commit()
    trainer = sign_in(client, cast.trainer)
    preview = f"/trainer/courses/{SLUG}/preview/live/menyapa"
    plain, keys = (at(trainer, "GET", preview + query).text for query in ("", "?key=1"))
    steps = [gap.text for gap in question("b-07").gaps]
    assert "RAHASIA" not in plain and sorted(steps, key=plain.index) != steps
    assert "Persyaratan" in plain and "menegur; menyapa; menyuruh" in plain
    assert sorted(steps, key=keys.index) == steps
    assert "→ <b>Persyaratan</b>" in keys and "berkas | RAHASIAdokumen" in keys and "15 ± 1" in keys


def test_the_kinds_of_this_file_are_all_that_have_gaps() -> None:
    assert [item.id for item in every_kind().questions() if item.gaps] == KEYS
