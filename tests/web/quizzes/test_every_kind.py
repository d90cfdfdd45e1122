"""A paper with every kind over HTTP: no key on the page, one answer or the whole form, the result."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast, sign_in
from tests.courses import enroll_in
from tests.every_kind import (
    BENTUK,
    SECRETS,
    every_kind,
    option_key,
    order_form,
    publish_every_kind,
    question,
    right_form,
)
from tests.taking import at, begin, saved


@pytest.fixture
def learner(session: Session, cast: Cast, client: FlaskClient) -> FlaskClient:
    """A browser of a learner who follows the course with the quiz of every kind."""
    return _open(session, cast, client)


def _open(session: Session, cast: Cast, client: FlaskClient, **keys: str) -> FlaskClient:
    publish_every_kind(session, now=NOW, **keys)
    enroll_in(session, cast.learner, now=NOW)
    session.commit()
    return sign_in(client, cast.learner)


def form_of(*answers: dict[str, list[str]]) -> dict[str, object]:
    """The whole form with these fields; it names every question."""
    fields: dict[str, object] = {"q": [item.id for item in every_kind().questions()]}
    for one in answers:
        fields |= one
    return fields


def test_the_paper_holds_no_key(learner: FlaskClient) -> None:
    attempt = begin(learner, BENTUK)
    text = at(learner, "GET", attempt).text
    assert text.count('<fieldset class="q"') == len(list(every_kind().questions()))
    assert not [secret for secret in SECRETS if secret in text]


def test_everything_right_by_the_one_form(learner: FlaskClient, session: Session) -> None:
    attempt = begin(learner, BENTUK)
    right = form_of(*(right_form(item) for item in every_kind().questions()))
    assert at(learner, "POST", f"{attempt}/submission", data=right).location == f"{attempt}/result"
    assert "Lulus: 100 dari 100" in at(learner, "GET", f"{attempt}/result").text


def test_everything_right_one_by_one(learner: FlaskClient) -> None:
    attempt = begin(learner, BENTUK)
    for item in every_kind().questions():
        answer = at(learner, "POST", f"{attempt}/responses/{item.id}", data=right_form(item))
        assert answer.json is not None and answer.json["whole"] is True and answer.json["problem"] == ""
    text = at(learner, "GET", attempt).text
    assert "Semua soal terjawab." in text
    assert not [secret for secret in SECRETS if secret in text]
    at(learner, "POST", f"{attempt}/submission", data={})
    assert "Lulus: 100 dari 100" in at(learner, "GET", f"{attempt}/result").text


def test_half_of_the_pairs_is_kept_and_counted_as_half(learner: FlaskClient, session: Session) -> None:
    attempt, item = begin(learner, BENTUK), question("b-06")
    biaya = option_key(item, "Biaya")
    answer = at(learner, "POST", f"{attempt}/responses/b-06", data={"q-b-06:p1": "", "q-b-06:p2": biaya})
    assert answer.json is not None
    assert answer.json["message"] == "Belum lengkap, tersimpan 10.00" and answer.json["whole"] is False
    assert saved(session, attempt) == {"b-06": {"p2": biaya}}
    text = at(learner, "GET", attempt).text
    assert "1 dari 3 dipasangkan" in text and f'value="{biaya}" selected' in text
    rest = [right_form(one) for one in every_kind().questions() if one.id != "b-06"]
    half = form_of(*rest, {"q-b-06:p2": [biaya]})
    assert at(learner, "POST", f"{attempt}/submission", data=half).location == f"{attempt}/submission"
    assert "1 dari 3 dipasangkan" in at(learner, "GET", f"{attempt}/submission").text
    at(learner, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    assert "1 dari 3 poin" in text and "Sebagian benar" in text


def test_the_result_says_which_pairs_are_right(learner: FlaskClient) -> None:
    attempt, item = begin(learner, BENTUK), question("b-06")
    keys = {text: option_key(item, text) for text in ("Persyaratan", "Maklumat")}
    given = {"q-b-06:p1": [keys["Persyaratan"]], "q-b-06:p2": [keys["Maklumat"]]}
    at(learner, "POST", f"{attempt}/submission", data={**form_of(given), "confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    assert "RAHASIA-pasangan" in text and "RAHASIA-pengecoh" in text and "RAHASIA-bahas-jodoh" in text
    assert "(jawaban Anda, benar)" in text and "(jawaban Anda, keliru)" in text
    pairs = text[text.index("Jodohkan keluhan") : text.index("Urutkan kerja")]
    assert pairs.count("Jawaban yang benar:") == 2  # of the wrong pair and of the one left open


def test_before_passing_a_result_does_not_say_which_pairs_are_right(
    session: Session, cast: Cast, client: FlaskClient
) -> None:
    learner = _open(session, cast, client, tampil_jawaban="setelah-lulus")
    attempt, item = begin(learner, BENTUK), question("b-06")
    given = {"q-b-06:p1": [option_key(item, "Persyaratan")], "q-b-06:p2": [option_key(item, "Maklumat")]}
    at(learner, "POST", f"{attempt}/submission", data={**form_of(given), "confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    assert "Sebagian benar" in text and "Maklumat" in text
    assert "Jawaban yang benar" not in text and "(jawaban Anda, benar)" not in text
    assert "RAHASIA-bahas" not in text


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("b-06", {"q-b-06:p1": "o00000000"}),
        ("b-06", {"q-b-06:p9": "x"}),
        ("b-06", {"q-b-06": "o1"}),
        ("b-06", {"q-b-06:p1": ["a", "b"]}),
        ("b-07", {"q-b-07:o00000000": "1"}),
        ("b-08", {"q-b-08:g1": "menyapa"}),
    ],
)
def test_what_no_form_sends_is_refused_in_words(
    learner: FlaskClient, session: Session, key: str, data: dict[str, object]
) -> None:
    attempt = begin(learner, BENTUK)
    answer = at(learner, "POST", f"{attempt}/responses/{key}", data=data)
    assert answer.status_code == 400 and answer.json is not None and answer.json["message"]
    at(learner, "POST", f"{attempt}/responses", data={**data, "q": [key]})
    assert saved(session, attempt) == {}


def test_a_number_used_twice_is_kept_told_and_not_guessed(learner: FlaskClient, session: Session) -> None:
    attempt, item = begin(learner, BENTUK), question("b-07")
    data = order_form(item, "1", "2", "2", "lima")
    answer = at(learner, "POST", f"{attempt}/responses/b-07", data=data)
    assert answer.status_code == 200 and answer.json is not None
    assert answer.json["problem"] == "Nomor 2 dipakai lebih dari satu kali. Pakai tiap nomor satu kali."
    assert answer.json["bad"] == list(data)[1:] and answer.json["whole"] is False
    text = at(learner, "GET", attempt).text
    assert answer.json["problem"] in text and text.count('aria-invalid="true"') == 3
    assert text.count('value="2" inputmode') == 2 and 'value="lima"' in text
    rest = [right_form(one) for one in every_kind().questions() if one.id != "b-07"]
    handed = at(learner, "POST", f"{attempt}/submission", data=form_of(*rest, data))
    assert handed.location == f"{attempt}/submission"
    assert answer.json["problem"] in at(learner, "GET", f"{attempt}/submission").text
    at(learner, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    assert "0 dari 3 poin" in text and text.count("(dipakai lebih dari satu kali, tidak dihitung)") == 2
    assert "(tidak terbaca)" in text


def test_a_step_in_its_place_after_a_wrong_one_says_why_it_earns_nothing(learner: FlaskClient) -> None:
    attempt, item = begin(learner, BENTUK), question("b-07")
    answers = form_of(order_form(item, "1", "3", "2", "4"))
    at(learner, "POST", f"{attempt}/submission", data={**answers, "confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    assert text.count("(tidak langsung sesudah langkah sebelumnya)") == 1


def test_steps_are_never_shown_in_the_right_order_and_stay_where_the_learner_put_them(
    learner: FlaskClient,
) -> None:
    attempt, item = begin(learner, BENTUK), question("b-07")
    names = [f"q-b-07:{gap.key}" for gap in item.gaps]

    def shown() -> list[str]:
        text = at(learner, "GET", attempt).text
        return sorted(names, key=lambda name: text.index(f'name="{name}"'))

    assert shown() != names
    at(learner, "POST", f"{attempt}/responses/b-07", data=order_form(item, "2", "1", "4", "3"))
    assert shown() == [names[1], names[0], names[3], names[2]]


@pytest.mark.parametrize("rule", ["setelah-kumpul", "setelah-lulus"])
def test_the_result_of_an_order(session: Session, cast: Cast, client: FlaskClient, rule: str) -> None:
    learner = _open(session, cast, client, tampil_jawaban=rule)
    attempt, item = begin(learner, BENTUK), question("b-07")
    answers = form_of(order_form(item, "4", "1", "2", "3"))
    at(learner, "POST", f"{attempt}/submission", data={**answers, "confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    steps = ["Memeriksa berkas", "Mencatat permohonan", "Menyerahkan tanda", "Menyapa dan"]
    assert sorted(steps, key=text.index) == steps, "in the learner's order"
    assert "2 dari 3 poin" in text and "RAHASIA-sapa" in text
    assert ("Jawaban yang benar: <b" in text) is (rule == "setelah-kumpul")


def test_gaps_are_fields_in_the_sentence_and_numbers_are_read_back(
    learner: FlaskClient, session: Session
) -> None:
    attempt, item = begin(learner, BENTUK), question("b-08")
    right = option_key(item, "menyapa")
    data = {"q-b-08:g1": right, "q-b-08:g2": "berkas <b>", "q-b-08:g3": "14,50"}
    answer = at(learner, "POST", f"{attempt}/responses/b-08", data=data)
    assert answer.json is not None
    assert answer.json["echo"] == "Terbaca: isian 3: 14,5" and answer.json["problem"] == ""
    assert saved(session, attempt) == {"b-08": {"g1": right, "g2": "berkas <b>", "g3": "14.5"}}
    text = at(learner, "GET", attempt).text
    assert 'value="berkas &lt;b&gt;"' in text and 'value="14,5" inputmode="decimal"' in text
    assert "Terbaca: isian 3: 14,5" in text and "3 dari 3 diisi" in text
    for number in (1, 2, 3):
        assert f"Isian {number} dari 3" in text
    assert text.count("⟦") == 0


def test_a_number_that_cannot_be_read_costs_its_gap_alone(learner: FlaskClient, session: Session) -> None:
    attempt, item = begin(learner, BENTUK), question("b-08")
    data = {**right_form(item), "q-b-08:g3": ["lima belas"]}
    answer = at(learner, "POST", f"{attempt}/responses/b-08", data=data)
    assert answer.json is not None and answer.json["bad"] == ["q-b-08:g3"]
    assert answer.json["problem"].startswith("Isian 3: Ini tidak terbaca sebagai angka.")
    text = at(learner, "GET", attempt).text
    assert 'value="lima belas"' in text and answer.json["problem"] in text and 'href="#f-8-g3"' in text
    at(learner, "POST", f"{attempt}/submission", data={"confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    gaps = text[text.index("Petugas <b>(1)</b> warga") :]
    assert "2 dari 3 poin" in text and "lima belas" in gaps and "15 (14–16)" in gaps
    assert "⟦" not in text


def test_keys_of_gaps_stay_hidden_until_passing(session: Session, cast: Cast, client: FlaskClient) -> None:
    learner = _open(session, cast, client, tampil_jawaban="setelah-lulus")
    attempt = begin(learner, BENTUK)
    data = form_of({"q-b-08:g2": ["map"], "q-b-08:g3": ["15"]})
    at(learner, "POST", f"{attempt}/submission", data={**data, "confirmed": "1"})
    text = at(learner, "GET", f"{attempt}/result").text
    assert "1 dari 3 poin" in text and "map" in text
    assert "RAHASIA" not in text and "Jawaban yang benar" not in text and "(jawaban Anda, " not in text
