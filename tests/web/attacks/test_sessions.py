"""Sessions: planted cookies, other hosts, ways to other sites, roles taken away, tries of strangers."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.domain.accounts.models import LoginSession, RoleGrant, User
from lms.domain.accounts.rules import hash_password
from lms.web.returns import local_path
from lms.web.typed import clean
from tests.cast import NOW, Cast, sign_in
from tests.web.access.table import REFUSED, ROWS, Row
from tests.web.access.test_access import address
from tests.web.access.world import ACTORS, World
from tests.web.attacks.filled import pages

PASSWORD = "hujan di atas pulau"
EVIL = "evil.example"
WAYS = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example",
    "/\\/evil.example",
    "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example",
    " //evil.example", "/\0/evil.example",
    "/\x0b/evil.example", "/\u202e/evil.example", "https://evil.example", "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)", "data:text/html,x", "//evil.example/courses", "/\x7f/evil.example",
    "\u2028//evil.example",
    "https://gurindam.example@evil.example", "//gurindam.example:80@evil.example",
    ".evil.example", "@evil.example",
]  # fmt: skip
"""Addresses that browsers take for another site, or might."""
LET_IN = [row for row in ROWS if row.method == "POST" and not set(REFUSED).issuperset(row.answers)]


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


def enter(
    client: FlaskClient, password: str = PASSWORD, identity: str = "peserta@gurindam.example", **more: str
) -> TestResponse:
    return client.post("/login", data={"identity": identity, "password": password, **more})


def leads_here(answer: TestResponse) -> bool:
    """Whether the redirect stays on the site, as a browser reads its address."""
    place = answer.headers["Location"].replace("\\", "/")
    return place.startswith("/") and not place.startswith("//") and not urlsplit(place).netloc


@pytest.mark.parametrize("way", WAYS)
def test_no_form_leads_to_another_site(client: FlaskClient, learner: User, way: str) -> None:
    assert EVIL not in local_path(clean(way), "/")
    assert leads_here(client.post("/language", data={"language": "en", "next": way}))
    assert leads_here(client.post("/account/theme", data={"theme": "dark", "next": way}))
    assert leads_here(enter(client, next=way))
    assert leads_here(client.get("/login", query_string={"next": way}))


@pytest.mark.parametrize(
    "way",
    ["/%2f/evil.example", "/%5cevil.example", "/%09/evil.example", "/courses?next=//evil.example"],
)
def test_an_encoded_way_stays_encoded(way: str) -> None:
    """What a browser does not decode before it goes there is a path of this site."""
    assert local_path(way) == way
    assert not urlsplit(way).netloc


def test_another_host_is_never_repeated(sqlite_office: World) -> None:
    """Whatever host a request names, no page links to it, and printed addresses are those of the settings."""
    office = sqlite_office
    office.restore()
    for actor, page in pages(office):
        client = FlaskClient(office.app, office.app.response_class, use_cookies=True)
        if actor != "out":
            client.set_cookie(office.app.config["SESSION_COOKIE_NAME"], office.cookies[actor], domain=EVIL)
        headers = {
            "Host": EVIL,
            "X-Forwarded-Host": EVIL,
            "X-Forwarded-For": "1.2.3.4",
            "Forwarded": f"host={EVIL}",
        }
        with client.get(page, headers=headers, base_url=f"http://{EVIL}") as answer:
            assert answer.status_code in {200, 303}, page
            assert EVIL.encode() not in answer.data, page
            assert EVIL not in answer.headers.get("Location", ""), page
    sheet = {"id": str(office.things["person_learner"]), "nonce": "sekali-saja-cukup"}
    client = FlaskClient(office.app, office.app.response_class, use_cookies=True)
    client.set_cookie(office.app.config["SESSION_COOKIE_NAME"], office.cookies["hr"], domain=EVIL)
    printed = client.post("/hr/codes", data=sheet, base_url=f"http://{EVIL}")
    assert printed.status_code == 200
    assert "gurindam.example/activate" in printed.text
    assert EVIL not in printed.text


@pytest.mark.parametrize("row", LET_IN, ids=str)
def test_no_act_by_another_method(sqlite_office: World, row: Row) -> None:
    """An address that takes forms is no page, unless it says so; no header or field turns GET into POST."""
    office = sqlite_office
    office.restore()
    before = office.facts(frozenset({"throttle_count"}))
    url = address(office, row)
    actor = next(who for who, word in zip(ACTORS, row.answers, strict=True) if word not in REFUSED)
    client = FlaskClient(office.app, office.app.response_class, use_cookies=True)
    if actor != "out":
        client.set_cookie(office.app.config["SESSION_COOKIE_NAME"], office.cookies[actor])
    form = row.form(office.things)
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        assert client.open(url, method=method, data=form).status_code == 405
    for more in ({"_method": "POST"}, {"_method": "DELETE"}):
        headers = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "X-Method-Override": "POST"}
        client.get(url, query_string={**form, **more}, headers=headers)
    same = office.facts(frozenset({"throttle_count", "lesson_progress", "login_session", "audit_entry"}))
    assert same == {name: value for name, value in before.items() if name in same}


def test_a_planted_session_is_left_at_the_sign_in(
    app: Flask, session: Session, cast: Cast, learner: User
) -> None:
    """Somebody puts the own session into the browser of the learner: after the sign-in nothing is left."""
    name = app.config["SESSION_COOKIE_NAME"]
    planted = sign_in(app.test_client(), cast.stranger).get_cookie(name)
    assert planted is not None
    victim = app.test_client()
    victim.set_cookie(name, planted.value)
    assert enter(victim).status_code == 303
    fresh = victim.get_cookie(name)
    assert fresh is not None
    assert fresh.value != planted.value
    with victim.session_transaction() as cookie:
        assert cookie["_user_id"] == str(learner.id)
    thief = app.test_client()
    thief.set_cookie(name, planted.value)
    assert thief.get("/account").status_code == 303
    open_rows = session.scalars(select(LoginSession.user_id).where(LoginSession.ended_at.is_(None))).all()
    assert open_rows == [learner.id]


def test_a_cookie_put_together_from_two_opens_nothing(app: Flask, cast: Cast) -> None:
    """The token of one person with the number of another is nobody."""
    client = sign_in(app.test_client(), cast.learner)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(cast.admin.id)
    assert client.get("/admin/users").status_code == 303


def test_an_old_cookie_opens_nothing_after_signing_out(app: Flask, learner: User) -> None:
    client, name = app.test_client(), app.config["SESSION_COOKIE_NAME"]
    enter(client)
    kept = client.get_cookie(name)
    assert kept is not None
    client.post("/logout")
    again = app.test_client()
    again.set_cookie(name, kept.value)
    assert again.get("/account").status_code == 303


@pytest.mark.parametrize("https", [True, False])
def test_cookies_say_who_may_read_and_send_them(app: Flask, learner: User, https: bool) -> None:
    app.config["SESSION_COOKIE_SECURE"] = https
    client = app.test_client()
    answers = [
        enter(client), client.post("/language", data={"language": "en"}),
        client.post("/account/theme", data={"theme": "dark"}),
    ]  # fmt: skip
    cookies = [text for answer in answers for text in answer.headers.getlist("Set-Cookie")]
    assert {text.partition("=")[0] for text in cookies} >= {"gurindam", "lang", "theme", "device"}
    for text in cookies:
        assert "HttpOnly" in text
        assert "SameSite=Lax" in text
        assert "Path=/" in text
        assert ("Secure" in text) is https
        assert "Domain=" not in text


@pytest.mark.parametrize("role", ["hr", "bkpsdm", "trainer", "admin"])
def test_a_role_taken_away_is_gone_at_once(app: Flask, session: Session, cast: Cast, role: str) -> None:
    user = {"hr": cast.hr_unit, "bkpsdm": cast.bkpsdm, "trainer": cast.trainer, "admin": cast.admin}[role]
    page = {
        "hr": "/hr/staff",
        "bkpsdm": "/hr/approvals",
        "trainer": "/trainer/courses",
        "admin": "/admin/users",
    }[role]
    client = sign_in(app.test_client(), user)
    assert client.get(page).status_code == 200
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.user_id == user.id)):
        session.delete(grant)
    session.commit()
    assert client.get(page).status_code == 403


def tries(client: FlaskClient, number: int, identity: str = "peserta@gurindam.example") -> list[int]:
    return [enter(client, "salah sama sekali", identity).status_code for _ in range(number)]


@pytest.mark.parametrize(
    "identity",
    ["PESERTA@gurindam.example", "  peserta@gurindam.example\t", "ｐｅｓｅｒｔａ@gurindam.example",
     "peserta＠gurindam.example", "peser\0ta@gurindam.example", "peserta@gurindam.example\u202e",
     "peserta@GURINDAM.EXAMPLE\u00a0"],
)  # fmt: skip
def test_another_spelling_gives_no_more_tries(client: FlaskClient, learner: User, identity: str) -> None:
    with clock.frozen(NOW):
        assert tries(client, 10) == [422] * 10
        assert enter(client, PASSWORD, identity).status_code == 429


@pytest.mark.parametrize(
    "identity",
    ["19900214.201503.2.003", "１９９００２１４２０１５０３２００３", "1990 0214 2015 032003\u200b"],
)
def test_another_spelling_of_a_nip_gives_no_more_tries(
    client: FlaskClient, learner: User, identity: str
) -> None:
    with clock.frozen(NOW):
        assert tries(client, 10, "199002142015032003") == [422] * 10
        assert enter(client, PASSWORD, identity).status_code == 429


def test_strangers_who_guess_do_not_keep_the_owner_out(app: Flask, learner: User) -> None:
    """The device that was signed in before goes on, however long a stranger spends the tries."""
    own, stranger, new = app.test_client(), app.test_client(), app.test_client()
    with clock.frozen(NOW):
        assert enter(own).status_code == 303
        own.post("/logout")
    for quarter in range(1, 9):
        with clock.frozen(NOW + timedelta(minutes=15 * quarter)):
            assert 429 in tries(stranger, 11)
            assert enter(new).status_code == 429, "a device that nobody knows waits like the stranger"
            assert enter(own).status_code == 303
            own.post("/logout")


def test_a_known_device_has_no_more_tries_than_others(app: Flask, learner: User, cast: Cast) -> None:
    client = app.test_client()
    with clock.frozen(NOW):
        assert enter(client).status_code == 303
        client.post("/logout")
        assert tries(client, 12)[-2:] == [429, 429]
        assert enter(client).status_code == 429


def test_the_mark_of_a_device_is_for_its_person_alone(
    app: Flask, session: Session, cast: Cast, learner: User
) -> None:
    """A colleague who was signed in there has no free tries for somebody else; a forged mark is none."""
    cast.colleague.password_hash = learner.password_hash
    session.commit()
    client = app.test_client()
    with clock.frozen(NOW):
        assert enter(client, identity="siti@gurindam.example").status_code == 303
        client.post("/logout")
        assert 429 in tries(app.test_client(), 11)
        assert enter(client).status_code == 429
        client.set_cookie("device", "W1sxLCJ4Il1d.x.y")
        assert enter(client).status_code == 429


def test_one_device_remembers_several_people(app: Flask, session: Session, cast: Cast, learner: User) -> None:
    cast.colleague.password_hash = learner.password_hash
    session.commit()
    client = app.test_client()
    with clock.frozen(NOW):
        for identity in ("peserta@gurindam.example", "siti@gurindam.example"):
            assert enter(client, identity=identity).status_code == 303
            client.post("/logout")
        assert 429 in tries(app.test_client(), 11)
        assert enter(client).status_code == 303
