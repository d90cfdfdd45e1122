"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lms import clock
from lms.db import db, writing
from lms.domain.accounts.actions import issue_codes
from lms.domain.accounts.models import LoginSession, ThrottleCount, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.accounts.rules import hash_password, needs_rehash
from lms.domain.audit.models import AuditEntry
from tests.cast import NOW, Cast, grant, sign_in

PASSWORD = "hujan di atas pulau"
WRONG = "NIP atau surel dan kata sandi tidak cocok"


@pytest.fixture(scope="module")
def hashed() -> str:
    """The hash of PASSWORD, made once."""
    return hash_password(PASSWORD)


@pytest.fixture
def learner(session: Session, cast: Cast, hashed: str) -> User:
    """The learner, with a password."""
    cast.learner.password_hash = hashed
    session.commit()
    return cast.learner


def enter(client: FlaskClient, identity: str, password: str = PASSWORD, **more: str):
    return client.post("/login", data={"identity": identity, "password": password, **more})


@pytest.mark.parametrize(
    "identity",
    ["peserta@gurindam.example", " Peserta@Gurindam.Example ", "199002142015032003", "19900214 201503 2 003"],
)
def test_nip_with_blanks_or_email_signs_in(client: FlaskClient, learner: User, identity: str) -> None:
    answer = enter(client, identity)
    assert (answer.status_code, answer.location) == (303, "/")
    assert learner.name in client.get("/account").text


def test_after_signing_in_the_page_asked_for_is_shown(client: FlaskClient, learner: User) -> None:
    answer = client.get("/account?tab=1")
    assert (answer.status_code, answer.location) == (303, "/login?next=/account?tab%3D1")
    page = client.get(answer.location)
    assert 'value="/account?tab=1"' in page.text
    assert enter(client, "199002142015032003", next="/account?tab=1").location == "/account?tab=1"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "evil", ""]
)
def test_no_way_leads_to_another_site(client: FlaskClient, learner: User, target: str) -> None:
    assert enter(client, "199002142015032003", next=target).location == "/"


def test_unknown_closed_and_wrong_look_the_same(
    client: FlaskClient, session: Session, cast: Cast, learner: User, hashed: str
) -> None:
    cast.stranger.password_hash, cast.stranger.closed_at = hashed, NOW
    session.commit()
    pages = [
        enter(client, "199002142015032003", "wrong password").text,  # wrong
        enter(client, "199102142015032004").text,  # nobody
        enter(client, "199403052024212017").text,  # no password yet
        enter(client, "199206302023212041").text,  # closed
    ]
    for page in pages:
        assert f"{WRONG}. Sisa 9 kali" in page
    assert session.scalar(select(func.count()).select_from(LoginSession)) == 0


def test_the_eleventh_try_waits_even_with_the_right_password(client: FlaskClient, learner: User) -> None:
    with clock.frozen(NOW):
        for _try in range(10):
            assert enter(client, "peserta@gurindam.example", "wrong").status_code == 422
        answer = enter(client, "peserta@gurindam.example")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "15 menit" in answer.text
    with clock.frozen(NOW + timedelta(minutes=15)):
        assert enter(client, "peserta@gurindam.example").status_code == 303


def test_success_forgets_the_failures(client: FlaskClient, session: Session, learner: User) -> None:
    with clock.frozen(NOW):
        enter(client, "peserta@gurindam.example", "wrong")
        enter(client, "peserta@gurindam.example")
    left = session.scalars(select(ThrottleCount.key)).all()
    assert [key.partition(":")[0] for key in left] == ["login-address"]


def test_old_hash_parameters_are_renewed(client: FlaskClient, session: Session, learner: User) -> None:
    learner.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    session.commit()
    assert enter(client, "peserta@gurindam.example").status_code == 303
    assert learner.password_hash is not None
    assert not needs_rehash(learner.password_hash)
    client.post("/logout")
    assert enter(client, "peserta@gurindam.example").status_code == 303


def test_sign_out_ends_the_session(client: FlaskClient, session: Session, learner: User) -> None:
    enter(client, "peserta@gurindam.example")
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.post("/logout").status_code == 303
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/account").status_code == 303
    verbs = session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()
    assert verbs == ["session.started", "session.ended"]


def test_closed_account_is_out_at_once(client: FlaskClient, session: Session, learner: User) -> None:
    sign_in(client, learner)
    assert client.get("/account").status_code == 200
    learner.closed_at = NOW
    session.commit()
    assert client.get("/account").status_code == 303


def test_text_typed_before_the_session_ended_is_offered_again(client: FlaskClient, learner: User) -> None:
    lost = client.post("/account/password?x=1", data={"note": "catatan panjang", "password": "rahasia saya"})
    assert lost.status_code == 401
    assert "catatan panjang" in lost.text
    assert "rahasia saya" not in lost.text
    token = lost.text.partition('name="kept" value="')[2].partition('"')[0]
    again = enter(client, "peserta@gurindam.example", "wrong", kept=token)
    assert token in again.text
    offered = enter(client, "peserta@gurindam.example", kept=token)
    assert offered.status_code == 200
    assert "catatan panjang" in offered.text
    assert 'action="/account/password?x=1"' in offered.text


def test_language_is_kept_without_an_account(client: FlaskClient) -> None:
    assert "Masuk ke Gurindam" in client.get("/login").text
    assert client.post("/language", data={"language": "en", "next": "/login"}).location == "/login"
    assert "Sign in to Gurindam" in client.get("/login").text
    client.post("/language", data={"language": "xx"})
    assert "Sign in to Gurindam" in client.get("/login").text


def test_language_of_the_account_wins_over_the_cookie(
    client: FlaskClient, session: Session, learner: User
) -> None:
    client.post("/language", data={"language": "en"})
    sign_in(client, learner)
    client.post("/language", data={"language": "id"})
    client.set_cookie("lang", "en")
    assert "Akun saya" in client.get("/account").text


def test_use_of_a_device_is_noted_once_an_hour(client: FlaskClient, session: Session, learner: User) -> None:
    with clock.frozen(NOW):
        enter(client, "peserta@gurindam.example")
    for minutes, seen in ((30, 0), (61, 61), (90, 61)):
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            client.get("/account")
        assert session.scalars(select(LoginSession.last_seen_at)).one() == NOW + timedelta(minutes=seen)


def test_no_lock_is_held_while_a_password_is_hashed(
    client: FlaskClient, session: Session, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else must be able to write during the 25 ms: SQLite lets only one transaction do so."""
    writes: list[str] = []

    def while_somebody_writes(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def inner(*args: Any) -> Any:
            with writing(), db.engine.begin() as connection:
                connection.execute(update(User).values(theme="dark"))
            writes.append(name)
            return work(*args)

        return inner

    code = issue_codes(session, [learner.id], by=learner_as_admin(session, learner), now=NOW, days=1)[0].code
    session.commit()
    for page in ("auth", "activation", "account"):
        module = import_module(f"lms.web.public.{page}")
        for name in ("verify_password", "hash_password"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, while_somebody_writes(name, getattr(module, name)))
    new = {"new_password": "angin dari selatan", "repeat": "angin dari selatan"}
    with clock.frozen(NOW):
        assert enter(client, "peserta@gurindam.example").status_code == 303
        assert client.post("/account/password", data={"password": PASSWORD, **new}).status_code == 303
        assert client.post("/activate", data={"code": code, **new}).status_code == 303
    assert writes == ["verify_password", "verify_password", "hash_password", "hash_password"]


def learner_as_admin(session: Session, learner: User) -> User:
    """The learner with the admin role, wholly loaded."""
    grant(session, learner, "admin")
    user = user_with_grants(session, learner.id)
    assert user is not None
    return user
