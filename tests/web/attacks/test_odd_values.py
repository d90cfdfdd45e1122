"""What somebody sends who means harm: never an error of the server, never a form of another site."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, sign_in

HUGE = "9" * 25
LONG = "9" * 5000


@pytest.mark.parametrize("number", [2**31, 2**63, HUGE])
@pytest.mark.parametrize(
    "path", ["/admin/users/{}", "/admin/units/{}", "/attempts/{}", "/certificates/{}/file"]
)
def test_a_number_no_row_can_have_is_not_found(
    client: FlaskClient, cast: Cast, path: str, number: object
) -> None:
    sign_in(client, cast.admin)
    assert client.get(path.format(number)).status_code == 404


@pytest.mark.parametrize(
    "query",
    [f"before={HUGE}", f"before={LONG}", f"user={HUGE}", "from=0001-01-01", "to=9999-12-31", "to=0001-01-01",
     "from=9999-12-31"],
)  # fmt: skip
def test_odd_values_do_not_break_the_log(client: FlaskClient, cast: Cast, query: str) -> None:
    sign_in(client, cast.admin)
    assert client.get(f"/admin/log?{query}").status_code == 200


@pytest.mark.parametrize("key", ["c²", "e²", "c٣", "c9999999999", "c", ""])
@pytest.mark.parametrize("kind", ["register.xlsx", "package.zip"])
def test_odd_row_keys_order_nothing(client: FlaskClient, cast: Cast, kind: str, key: str) -> None:
    sign_in(client, cast.bkpsdm)
    answer = client.post("/hr/exports", data={"kind": kind, "key": key})
    assert answer.status_code == 303
    assert "/hr/completions" in (answer.location or "")


@pytest.mark.parametrize("days", ["first=0001-01-01&last=0001-01-01", "first=9999-12-31&last=9999-12-31"])
@pytest.mark.parametrize("by", ["issue", ""])
def test_odd_days_do_not_break_the_completions(client: FlaskClient, cast: Cast, days: str, by: str) -> None:
    sign_in(client, cast.bkpsdm)
    assert client.get(f"/hr/completions?{days}&by={by}").status_code == 200


@pytest.fixture
def guarded(app: Flask) -> FlaskClient:
    """A browser of a site that asks for form tokens, as the real one does."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "null"}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
     {"Origin": "null", "Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_of_another_site_is_not_kept(
    guarded: FlaskClient, cast: Cast, headers: dict[str, str], signed_in: bool
) -> None:
    if signed_in:
        sign_in(guarded, cast.admin)
    answer = guarded.post("/admin/units/new", data={"code": "X", "name": "PLANTED"}, headers=headers)
    assert answer.status_code == 400
    assert "PLANTED" not in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://localhost"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
)
def test_a_form_of_this_site_is_kept(guarded: FlaskClient, cast: Cast, headers: dict[str, str]) -> None:
    answer = guarded.post("/admin/units/new", data={"code": "X", "name": "TYPED"}, headers=headers)
    assert (answer.status_code, "TYPED" in answer.text) == (401, True)


@pytest.mark.parametrize("path", ["/admin/units/new", "/login", "/account/theme", "/v/X/nip"])
def test_thousands_of_parts_are_refused(guarded: FlaskClient, cast: Cast, path: str) -> None:
    sign_in(guarded, cast.admin)
    data = {f"f{n}": "x" for n in range(1100)}
    answer = guarded.post(path, data=data, content_type="multipart/form-data")
    assert answer.status_code in {400, 404, 413}


@pytest.mark.parametrize(
    "path", ["/admin/users?q=%00", "/hr/staff?q=%00", "/courses?q=%00", "/admin/log?q=%00"]
)
def test_a_nul_in_a_search_is_no_error_of_the_server(client: FlaskClient, cast: Cast, path: str) -> None:
    sign_in(client, cast.bkpsdm if path.startswith("/hr") else cast.admin)
    assert client.get(path).status_code in {200, 400}


@pytest.mark.parametrize("name", ["a\0b", "\u202e", "😀" * 90, "<script>alert(1)</script>"])
def test_odd_names_are_stored_or_refused(client: FlaskClient, cast: Cast, name: str) -> None:
    sign_in(client, cast.admin)
    parent = str(cast.admin.unit_id)
    answer = client.post("/admin/units/new", data={"code": "ODD", "name": name, "parent_id": parent})
    assert answer.status_code in {303, 400, 422}
    assert "<script>alert(1)" not in client.get("/admin/units").text


def test_the_public_check_sets_no_cookie_on_what_all_may_keep(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.learner)
    answer = client.get("/v")
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
