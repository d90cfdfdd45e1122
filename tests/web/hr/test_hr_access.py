"""Who reaches the HR desk, and what of it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk

PAGES = ("", "/staff", "/completions", "/hours", "/exports", "/codes")


@pytest.mark.parametrize("name", ["learner", "trainer", "admin"])
def test_the_desk_is_closed_to_others(client: FlaskClient, desk: Desk, name: str) -> None:
    at_desk(client, desk, name)
    for path in (*PAGES, "/approvals", f"/staff/{desk.cast.colleague.id}"):
        assert client.get(f"/hr{path}").status_code == 403
    for path in ("/exports", "/codes", "/codes/preview"):
        assert client.post(f"/hr{path}").status_code == 403


def test_without_a_session_one_signs_in_first(client: FlaskClient, desk: Desk) -> None:
    assert client.get("/hr/staff").headers["Location"].startswith("/login")
    assert client.post("/hr/exports", data={"kind": "staff.xlsx"}).status_code == 401


@pytest.mark.parametrize("name", ["hr_unit", "bkpsdm"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens(client: FlaskClient, desk: Desk, name: str, path: str) -> None:
    answer = at_desk(client, desk, name).get(f"/hr{path}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert 'class="second"' in answer.text
    assert "style=" not in answer.text and "onclick" not in answer.text


def test_scope_in_words(client: FlaskClient, desk: Desk) -> None:
    page = at_desk(client, desk, "hr_unit").get("/hr").text
    assert "Lingkup Anda: Kecamatan Tanjungpinang Kota dan 1 unit di bawahnya." in page
    page = at_desk(client, desk, "bkpsdm").get("/hr").text
    assert "Lingkup Anda: seluruh Pemerintah Kota Tanjungpinang." in page


def test_foreign_objects_are_not_found(client: FlaskClient, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    foreign = desk.certificates["stranger"]
    for path in (
        f"/staff/{desk.cast.stranger.id}", f"/staff/{desk.cast.stranger.id}/edit", "/staff/99999",
        f"/certificates/{foreign.id}", f"/certificates/{foreign.id}/files/1", "/exports/1",
        f"/staff?unit={desk.cast.clinic.id}", f"/completions?unit={desk.cast.city.id}",
        f"/hours?unit={desk.cast.clinic.id}", f"/codes?unit={desk.cast.clinic.id}", "/codes?unit=x",
    ):  # fmt: skip
        assert client.get(f"/hr{path}").status_code == 404, path
    for path in ("revocation", "replacement", "signed-file", "reprint"):
        assert client.post(f"/hr/certificates/{foreign.id}/{path}").status_code == 404
    assert client.post(f"/hr/staff/{desk.cast.stranger.id}/edit", data={"name": "X"}).status_code == 404


def test_acts_of_bkpsdm_are_refused_to_hr_of_a_unit(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    at_desk(client, desk, "hr_unit")
    mine = desk.certificates["learner"]
    page = client.get(f"/hr/certificates/{mine.id}").text
    assert "Cabut" not in page
    assert "/hr/approvals" not in page
    for path in ("revocation", "replacement", "signed-file", "reprint"):
        data = {"revoke-reason": "x", "replace-reason": "x"}
        assert client.post(f"/hr/certificates/{mine.id}/{path}", data=data).status_code == 403
    assert client.get("/hr/approvals").status_code == 403
    assert client.post(f"/hr/approvals/{desk.archive.course_id}", data={"jp": "6"}).status_code == 403
    session.refresh(mine)
    assert mine.revoked_at is None and mine.replaced_at is None


@pytest.mark.parametrize(
    "query",
    ["?q=" + "x" * 5000, "?employment=zzz&hours=q&account=%00&sort=-drop", "?page=999999&size=7",
     "?first=2026-02-31&last=x&state=no&course=abc&at=z&by=z&year=1", "?q=%25_%5C'\"<script>"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/staff", "/completions", "/hours"])
def test_nonsense_in_an_address_does_no_harm(client: FlaskClient, desk: Desk, path: str, query: str) -> None:
    answer = at_desk(client, desk, "hr_unit").get(f"/hr{path}{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace('<script type="module"', "")
