"""A printed code opens an account once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.actions import Refused, issue_codes, use_code
from lms.domain.accounts.models import ActivationCode, LoginSession, User
from lms.domain.accounts.queries import user_with_grants
from tests.cast import NOW, Cast, sign_in

PASSWORD = "perahu layar putih"


def issue(session: Session, by: User, *people: User, days: int = 30) -> list[str]:
    """Codes for these people, issued NOW."""
    issuer = user_with_grants(session, by.id)
    assert issuer is not None
    issued = issue_codes(session, [user.id for user in people], by=issuer, now=NOW, days=days)
    session.commit()
    return [one.code for one in issued]


def type_in(client: FlaskClient, code: str, password: str = PASSWORD, repeat: str | None = None):
    fields = {"code": code, "new_password": password, "repeat": password if repeat is None else repeat}
    return client.post("/activate", data=fields)


def test_a_code_sets_the_password_and_signs_in(client: FlaskClient, session: Session, cast: Cast) -> None:
    [code] = issue(session, cast.hr_unit, cast.learner)
    with clock.frozen(NOW + timedelta(days=29)):
        answer = type_in(client, code.lower().replace("-", " "))
        assert (answer.status_code, answer.location) == (303, "/")
        assert f"Selamat datang, {cast.learner.name}" in client.get("/account").text
        client.post("/logout")
        fields = {"identity": "199002142015032003", "password": PASSWORD}
        assert client.post("/login", data=fields).status_code == 303


def test_a_code_works_once(client: FlaskClient, session: Session, cast: Cast) -> None:
    [code] = issue(session, cast.hr_unit, cast.learner)
    with clock.frozen(NOW):
        type_in(client, code)
        again = type_in(client.application.test_client(), code, "lain lagi kalimat")
    assert again.status_code == 422
    assert "sudah dipakai" in again.text


def test_a_newer_code_ends_the_older_one(client: FlaskClient, session: Session, cast: Cast) -> None:
    [old] = issue(session, cast.hr_unit, cast.learner)
    [new] = issue(session, cast.hr_unit, cast.learner)
    with clock.frozen(NOW):
        assert "sudah diganti dengan yang baru" in type_in(client, old).text
        assert type_in(client, new).status_code == 303


def test_an_expired_code_says_so(client: FlaskClient, session: Session, cast: Cast) -> None:
    [code] = issue(session, cast.hr_unit, cast.learner, days=7)
    with clock.frozen(NOW + timedelta(days=7)):
        assert "sudah kedaluwarsa" in type_in(client, code).text


@pytest.mark.parametrize("code", ["AAAAA-AAAAA", "AAAA", "UUUUU-UUUUU", "💥"])
def test_an_unknown_code_opens_nothing(client: FlaskClient, cast: Cast, code: str) -> None:
    answer = type_in(client, code)
    assert answer.status_code == 422
    assert "tidak dikenal" in answer.text


@pytest.mark.parametrize(
    ("password", "repeat", "said"),
    [
        ("pendek", "pendek", "paling sedikit 10 karakter"),
        ("x" * 201, "x" * 201, "paling banyak 200 karakter"),
        ("19900214 201503 2 003", "19900214 201503 2 003", "Jangan memakai NIP"),
        ("tanjungpinang", "tanjungpinang", "pertama dicoba"),
        (PASSWORD, "perahu layar biru", "Kedua kata sandi berbeda"),
    ],
)  # fmt: skip
def test_a_poor_password_does_not_spend_the_code(
    client: FlaskClient, session: Session, cast: Cast, password: str, repeat: str, said: str
) -> None:
    [code] = issue(session, cast.hr_unit, cast.learner)
    with clock.frozen(NOW):
        refused = type_in(client, code, password, repeat)
        assert refused.status_code == 422
        assert said in refused.text
        assert f'value="{password}"' not in refused.text
        assert type_in(client, code).status_code == 303


def test_a_new_password_ends_sessions_elsewhere(client: FlaskClient, session: Session, cast: Cast) -> None:
    elsewhere = sign_in(client.application.test_client(), cast.learner)
    [code] = issue(session, cast.hr_unit, cast.learner)
    with clock.frozen(NOW):
        type_in(client, code)
    assert elsewhere.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_only_hashes_are_kept(client: FlaskClient, session: Session, cast: Cast) -> None:
    [code] = issue(session, cast.hr_unit, cast.learner)
    stored = session.scalars(select(ActivationCode)).one()
    assert code.replace("-", "") not in stored.code_hash
    with clock.frozen(NOW):
        type_in(client, code)
        with client.session_transaction() as cookie:
            token = cookie["token"]
    assert token not in session.scalars(select(LoginSession.token_hash)).all()


def test_nobody_opens_a_mightier_account(session: Session, cast: Cast) -> None:
    for by, person in [
        (cast.hr_unit, cast.stranger),  # another unit
        (cast.hr_unit, cast.admin),
        (cast.hr_unit, cast.bkpsdm),
        (cast.bkpsdm, cast.admin),
        (cast.learner, cast.colleague),
    ]:
        with pytest.raises(Refused, match="code.forbidden"):
            issue(session, by, person)
    assert session.scalars(select(ActivationCode)).all() == []
    assert len(issue(session, cast.admin, cast.bkpsdm, cast.learner)) == 2
    assert len(issue(session, cast.bkpsdm, cast.hr_unit)) == 1


def test_a_code_used_by_two_requests_opens_once(session: Session, cast: Cast) -> None:
    [code] = issue(session, cast.hr_unit, cast.learner)
    assert use_code(session, code, "hash one", now=NOW).id == cast.learner.id
    with pytest.raises(Refused, match="code.used"):
        use_code(session, code, "hash two", now=NOW)
    session.rollback()


def test_guessing_is_slowed_down(client: FlaskClient, cast: Cast) -> None:
    with clock.frozen(NOW):
        answers = [type_in(client, "AAAAA-AAAAA").status_code for _try in range(61)]
    assert answers == [422] * 60 + [429]
