"""The link for people without an account: signed, once, for a time, for one superior; attacks on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.actions import set_superior
from lms.domain.accounts.rules import hash_password
from lms.domain.audit.models import AuditEntry
from lms.domain.effects.models import Followup, FollowupAnswer, FollowupLink
from tests.cast import NOW, Cast, sign_in
from tests.followed import LATER, followed
from tests.web.hr.desk import text_of

MARKS = {"applies": "4", "improves": "3", "alone": "5", "shares": "2"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


@pytest.fixture
def own(app: Flask, session: Session, cast: Cast) -> Followup:
    """The learner's follow-up; the superior on record (the trainer) has no password."""
    set_superior(session, cast.learner, cast.trainer.nip or "", now=NOW, actor=None)
    return followed(app, session, cast, cast.learner)[0]


def made(client: FlaskClient, cast: Cast, own: Followup, role: str = "superior") -> str:
    """The address of a link: the office makes that of the superior, the learner that of the colleague."""
    office = role == "superior"
    sign_in(client, cast.hr_unit if office else cast.learner)
    place = "/hr/followups" if office else "/followups"
    answer = client.post(f"{place}/{own.id}/links", data={"role": role})
    assert answer.status_code == 200, text_of(answer)
    found = re.search(r"https://gurindam\.example(/f/[A-Za-z0-9_.-]+)", answer.text)
    assert found is not None and "wa.me/?text=" in answer.text
    sign_in(client, None)
    return found[1]


def test_a_learner_makes_and_ends_no_link_of_the_superior(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    link = made(client, cast, own)
    sign_in(client, cast.learner)
    page = text_of(client.get(f"/followups/{own.id}"))
    assert "Pengelola kepegawaian menyerahkan tautan" in page
    for role in ("superior", "self", ""):
        for address in ("links", "links/end"):
            given = {"role": role, "addressee": "Saya sendiri"}
            assert client.post(f"/followups/{own.id}/{address}", data=given).status_code == 404
    assert len(session.scalars(select(FollowupLink)).all()) == 1
    sign_in(client, None)
    assert client.get(link).status_code == 200


def test_a_superior_without_an_account_answers_once(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    link = made(client, cast, own)
    page = client.get(link)
    shown = text_of(page)
    assert cast.learner.name in shown and "Layanan di loket" in shown
    assert str(cast.learner.nip) not in page.text and cast.village.name not in page.text
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert client.post(link, data={}).status_code == 422
    assert client.post(link, data={"applies": "6", "comment": "x" * 1001}).status_code == 422
    done = client.post(link, data={**MARKS, "comment": "Baik\x00sekali"})
    assert "Jawaban Anda tersimpan" in text_of(done)
    for method in (client.get, client.post):
        again = method(link)
        assert again.status_code == 410 and "sudah dipakai" in text_of(again)
        assert cast.learner.name not in again.text
    [answer] = session.scalars(select(FollowupAnswer)).all()
    assert (answer.role, answer.by_id, answer.comment) == ("superior", None, "Baiksekali")
    sign_in(client, cast.hr_unit)
    assert f"lewat tautan yang dibuat {cast.hr_unit.name}" in text_of(client.get(f"/hr/followups/{own.id}"))
    logged = session.scalars(select(AuditEntry).where(AuditEntry.verb == "followup.answered")).one()
    assert logged.actor_id is None


def test_only_a_digest_of_the_link_is_kept(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    token = made(client, cast, own).rpartition("/")[2]
    row = session.scalars(select(FollowupLink)).one()
    assert len(row.nonce_hash) == 64 and row.nonce_hash not in token
    sign_in(client, cast.hr_unit)
    assert token not in client.get(f"/hr/followups/{own.id}").text, "it is shown once"


def test_a_changed_link_leads_nowhere(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    link = made(client, cast, own)
    for wrong in (link[:-1], link + "a", link.replace(".", "x"), "/f/abc", "/f/" + "a" * 4000,
                  link[: len(link) // 2]):  # fmt: skip
        for answer in (client.get(wrong), client.post(wrong, data=MARKS)):
            assert answer.status_code == 404, wrong
            assert cast.learner.name not in answer.text
    assert session.scalars(select(FollowupAnswer)).all() == []
    assert client.get(link).status_code == 200


def test_a_link_signed_for_another_row_leads_nowhere(
    app: Flask, client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    """Even somebody with the signing key of another purpose, or another row's random part, gets nothing."""
    from itsdangerous import URLSafeSerializer

    token = made(client, cast, own).rpartition("/")[2]
    key = str(app.config["SECRET_KEY"])
    right = URLSafeSerializer(key, salt="followup-link")
    link_id, nonce = right.loads(token)
    forged = [
        right.dumps([link_id + 1, nonce]), right.dumps([link_id, "x"]), right.dumps([str(link_id), nonce]),
        right.dumps(link_id), right.dumps([link_id, nonce, 1]), right.dumps([link_id, None]),
        URLSafeSerializer(key, salt="reminders-stop").dumps([link_id, nonce]),
        URLSafeSerializer("another", salt="followup-link").dumps([link_id, nonce]),
    ]  # fmt: skip
    for wrong in forged:
        assert client.get(f"/f/{wrong}").status_code == 404
        assert client.post(f"/f/{wrong}", data=MARKS).status_code == 404
    assert session.scalars(select(FollowupAnswer)).all() == []


def test_a_link_ends_after_its_days(client: FlaskClient, session: Session, cast: Cast, own: Followup) -> None:
    link = made(client, cast, own)
    with clock.frozen(LATER + timedelta(days=14, seconds=-1)):
        assert client.get(link).status_code == 200
    with clock.frozen(LATER + timedelta(days=14)):
        for answer in (client.get(link), client.post(link, data=MARKS)):
            assert answer.status_code == 410 and "Masa berlaku tautan ini habis" in text_of(answer)
            assert cast.learner.name not in answer.text
    assert session.scalars(select(FollowupAnswer)).all() == []


def test_a_link_ends_when_the_superior_changes(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    link = made(client, cast, own)
    set_superior(session, cast.learner, cast.stranger.nip or "", now=LATER, actor=None)
    session.commit()
    for answer in (client.get(link), client.post(link, data=MARKS)):
        assert answer.status_code == 410 and "atasan langsung lain" in text_of(answer)
        assert cast.learner.name not in answer.text and cast.stranger.name not in answer.text
    assert session.scalars(select(FollowupAnswer)).all() == []


def test_a_newer_link_and_the_office_end_the_older_one(
    client: FlaskClient, cast: Cast, own: Followup
) -> None:
    first, second = made(client, cast, own), made(client, cast, own)
    assert client.get(first).status_code == 410 and client.get(second).status_code == 200
    sign_in(client, cast.hr_unit)
    client.post(f"/hr/followups/{own.id}/links/end")
    sign_in(client, None)
    assert "sudah diakhiri" in text_of(client.get(second))
    assert client.post(second, data=MARKS).status_code == 410


def test_the_page_with_a_new_link_or_a_refusal_is_a_view_of_the_person(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    def views() -> int:
        session.rollback()
        return len(session.scalars(select(AuditEntry).where(AuditEntry.verb == "staff.viewed")).all())

    sign_in(client, cast.hr_unit)
    for code, day in ((200, 0), (422, 1)):
        before = views()
        with clock.frozen(LATER + timedelta(days=day)):
            assert client.post(f"/hr/followups/{own.id}/links", data={}).status_code == code
        assert views() == before + 1
        cast.trainer.password_hash = hash_password("hujan di atas pulau")
        session.commit()


def test_who_can_sign_in_gets_no_link(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    cast.trainer.password_hash = hash_password("hujan di atas pulau")
    session.commit()
    sign_in(client, cast.hr_unit)
    answer = client.post(f"/hr/followups/{own.id}/links", data={})
    assert answer.status_code == 422 and "menjawab setelah masuk" in text_of(answer)
    assert session.scalars(select(FollowupLink)).all() == []


def test_a_colleague_without_an_account_and_the_one_named_in_its_place(
    client: FlaskClient, session: Session, cast: Cast, own: Followup
) -> None:
    sign_in(client, cast.learner)
    client.post(f"/followups/{own.id}/colleague", data={"name": "  Encik   Jamal "})
    first = made(client, cast, own, "colleague")
    assert "Encik Jamal" in client.get(first).text
    sign_in(client, cast.learner)
    client.post(f"/followups/{own.id}/colleague", data={"name": "Siti Aminah"})
    sign_in(client, None)
    assert client.get(first).status_code == 410, "the link of the colleague who was named before"
    second = made(client, cast, own, "colleague")
    assert client.post(second, data=MARKS).status_code == 200
    sign_in(client, cast.hr_unit)
    office = client.get(f"/hr/followups/{own.id}").text
    assert "Siti Aminah" not in office and "Encik Jamal" not in office


def test_guessing_is_limited_by_address(client: FlaskClient, cast: Cast, own: Followup) -> None:
    link = made(client, cast, own)
    codes = [client.get(f"/f/tebakan-{n}").status_code for n in range(21)]
    assert codes == [404] * 20 + [429]
    assert client.get(link).status_code == 429, "this address waits"
    with clock.frozen(LATER + timedelta(minutes=11)):
        assert client.get(link).status_code == 200
