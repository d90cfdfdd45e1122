"""The own account."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import LoginSession, User
from lms.domain.accounts.rules import hash_password, verify_password
from tests.cast import NOW, Cast, sign_in

OLD = "hujan di atas pulau"
NEW = "angin dari selatan"


@pytest.fixture
def learner(session: Session, cast: Cast) -> User:
    """The learner, with a password."""
    cast.learner.password_hash = hash_password(OLD)
    session.commit()
    return cast.learner


def change(client: FlaskClient, password: str = OLD, new: str = NEW):
    return client.post("/account/password", data={"password": password, "new_password": new, "repeat": new})


@pytest.mark.parametrize("path", ["/account", "/account/password"])
def test_signed_out_people_are_asked_to_sign_in(client: FlaskClient, cast: Cast, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (303, f"/login?next={path}")


def test_data_from_hr_are_shown_and_cannot_be_typed(client: FlaskClient, cast: Cast) -> None:
    page = sign_in(client, cast.learner).get("/account").text
    for text in ("19900214 201503 2 003", "Kelurahan Penyengat", "Pengadministrasi Umum", "membawa SK"):
        assert text in page
    assert re.findall(r'<input[^>]*name="(name|nip|email|unit_id)"', page) == []


def test_changing_the_password_keeps_this_device_only(
    client: FlaskClient, session: Session, learner: User
) -> None:
    elsewhere = sign_in(client.application.test_client(), learner)
    sign_in(client, learner)
    with clock.frozen(NOW):
        assert change(client).location == "/account"
        assert "Kata sandi Anda sudah diganti" in client.get("/account").text
    assert elsewhere.get("/account").status_code == 303
    assert verify_password(learner.password_hash, NEW)


def test_a_wrong_password_changes_nothing(client: FlaskClient, session: Session, learner: User) -> None:
    sign_in(client, learner)
    with clock.frozen(NOW):
        answer = change(client, password="salah sekali")
    assert answer.status_code == 422
    assert "Ini bukan kata sandi Anda yang sekarang" in answer.text
    assert verify_password(learner.password_hash, OLD)


def test_guessing_the_present_password_is_slowed_down(client: FlaskClient, learner: User) -> None:
    sign_in(client, learner)
    with clock.frozen(NOW):
        answers = [change(client, password="salah").status_code for _try in range(11)]
    assert answers == [422] * 10 + [429]


def test_devices_are_listed_and_signed_out(client: FlaskClient, session: Session, learner: User) -> None:
    phone = client.application.test_client()
    agent = "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
    with clock.frozen(NOW):
        fields = {"identity": "199002142015032003", "password": OLD}
        phone.post("/login", data=fields, headers={"User-Agent": agent})
        sign_in(client, learner)
        page = client.get("/account").text
        assert "Chrome, Android" in page
        assert page.count("Perangkat ini") == 1
        [way] = re.findall(r"/account/sessions/\d+/end(?=\")", page)
        assert client.post(way).location == "/account"
        assert "Chrome, Android" not in client.get("/account").text
    assert phone.get("/account").status_code == 303


def test_all_other_devices_are_signed_out_at_once(client: FlaskClient, learner: User) -> None:
    others = [sign_in(client.application.test_client(), learner) for _device in range(2)]
    sign_in(client, learner)
    with clock.frozen(NOW):
        client.post("/account/sessions/end-others")
        assert "2 perangkat lain sudah dikeluarkan" in client.get("/account").text
    assert [other.get("/account").status_code for other in others] == [303, 303]


def test_devices_of_others_do_not_exist_here(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client.application.test_client(), cast.stranger)
    login_id = session.scalars(select(LoginSession.id)).one()
    assert sign_in(client, cast.learner).post(f"/account/sessions/{login_id}/end").status_code == 404
    assert session.scalars(select(LoginSession.ended_at).where(LoginSession.id == login_id)).one() is None


def test_appearance_follows_the_account(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.learner)
    assert client.post("/account/theme", data={"theme": "dark", "next": "/account"}).location == "/account"
    assert 'data-theme="dark"' in client.get("/account").text
    quiet = client.post("/account/theme", data={"theme": "auto"}, headers={"Sec-Fetch-Mode": "cors"})
    assert quiet.status_code == 204
    assert "data-theme=" not in client.get("/account").text
    assert client.post("/account/theme", data={"theme": "pink"}).status_code == 400
