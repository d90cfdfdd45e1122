"""What tests of learning paths do again and again at the desk."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.unit.reports.desk import Desk

TITLE = "Melayani warga"


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def begin(client: FlaskClient, desk: Desk, unit: int | None = None) -> str:
    page = client.get("/hr/programmes/new").text
    form = {"title": TITLE, "unit": str(unit or desk.cast.district.id), "nonce": hidden(page, "nonce")}
    places = {client.post("/hr/programmes", data=form).location for _click in range(2)}
    assert len(places) == 1
    return places.pop().removesuffix("/draft")


def draft(client: FlaskClient, place: str, steps: list[tuple[int, int, list[str]]], **more: str) -> None:
    """Write steps (key, how many, slugs) and press a button."""
    form: dict[str, object] = {
        "revision": hidden(client.get(f"{place}/draft").text, "revision"), "title": TITLE, "ordered": "y",
        "act": "save",
    }  # fmt: skip
    for number, (key, choose, slugs) in enumerate(steps):
        form |= {f"key-{number}": str(key), f"choose-{number}": str(choose), f"course-{number}": slugs}
    assert client.post(f"{place}/draft", data=form | more).status_code == 303


def opened(client: FlaskClient, place: str) -> None:
    assert client.post(f"{place}/draft/opening").status_code == 303
