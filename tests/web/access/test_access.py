"""Every address, tried with every kind of person, gives the answer that stands in the table."""

from __future__ import annotations

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from tests.web.access.table import REFUSED, ROWS, SIGNED, VIEWS, WITHOUT_TOKEN, Row, read
from tests.web.access.world import ACTORS, World

POSTS = [row for row in ROWS if row.method == "POST"]
TRIES = frozenset({"throttle_count"})
NAME = b"Tengku Zahara"
OUTSIDERS = "stranger", "other_trainer", "hr_other"
"""People who have nothing to do with the learner of the village."""
OF_ALL = "verification.", "parts.", "followup_link."
"""What everybody who knows the code or has the link may read; the page of all parts with invented names."""


def address(world: World, row: Row) -> str:
    with world.app.test_request_context():
        return url_for(row.endpoint, **row.values(world.things))  # type: ignore[arg-type]


def answer(response: TestResponse) -> str:
    """The answer as the table writes it."""
    if response.status_code == 401:
        return "login"
    if response.status_code == 303 and response.headers["Location"].startswith("/login?"):
        return "login"
    return str(response.status_code)


def routes(app: Flask) -> set[tuple[str, str]]:
    """Every (method, endpoint) of the app."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_table_has_every_address_and_no_other(world: World) -> None:
    written = {(row.method, row.endpoint) for row in ROWS}
    there = routes(world.app)
    assert sorted(there - written) == [], "pages without a line in tests/web/access/table.py"
    assert sorted(written - there) == [], "lines of tests/web/access/table.py without a page"


def test_no_line_stands_twice() -> None:
    lines = [str(row) for row in ROWS]
    assert sorted(lines) == sorted(set(lines))


def test_a_line_without_an_answer_for_each_person_is_refused() -> None:
    with pytest.raises(ValueError, match="8 answers"):
        read("GET home.show login 200 = = = = = =")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_the_answer_of_the_table(world: World, row: Row) -> None:
    """Whoever is refused, and whoever only looks, has changed no fact; outsiders read no name of others."""
    url, found = address(world, row), []
    looking = row.method == "GET"
    without = VIEWS if looking else TRIES
    world.restore()
    before = world.facts(without)
    for actor in ACTORS:
        response = world.ask(actor, row.method, url, row.form(world.things))
        found.append(answer(response))
        if looking or found[-1] in REFUSED:
            assert world.facts(without) == before, f"{actor} changed something"
        if actor in OUTSIDERS and not row.endpoint.startswith(OF_ALL):
            assert NAME not in response.data, f"{actor} reads the name of the learner"
    assert dict(zip(ACTORS, found, strict=True)) == dict(zip(ACTORS, row.answers, strict=True))


def test_the_public_check_names_the_learner(world: World) -> None:
    """The name that outsiders must not read is one that pages do print."""
    assert NAME in world.ask("out", "GET", f"/v/{world.things['code']}").data


@pytest.mark.parametrize("row", POSTS, ids=str)
def test_a_form_without_its_token_is_not_taken(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may send the form: without the token of the page it is refused, and nothing is changed."""
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    url = address(world, row)
    world.restore()
    before = world.facts()
    for actor, word in zip(ACTORS, row.answers, strict=True):
        got = answer(world.ask(actor, "POST", url, row.form(world.things)))
        if row.endpoint in SIGNED:
            assert got == word
            world.restore()
        elif row.endpoint in WITHOUT_TOKEN:
            assert got == word
            assert world.facts(TRIES) == {name: value for name, value in before.items() if name not in TRIES}
        else:
            assert got == ("login" if word == "login" else "400"), actor
            assert world.facts() == before, actor


def test_somebody_is_let_in_everywhere() -> None:
    """A table that refuses everybody would prove nothing: each address answers somebody."""
    let_in = {row.endpoint for row in ROWS if any(word not in REFUSED for word in row.answers)}
    assert {row.endpoint for row in ROWS} - let_in == set()


def test_no_code_is_made_for_people_of_other_units(world: World) -> None:
    """HR of the clinic asks for a code of somebody in the village: none is made."""
    world.restore()
    before = world.facts(TRIES)
    form = {"id": str(world.things["person_learner"]), "nonce": "sekali-saja-cukup"}
    world.ask("hr_other", "POST", "/hr/codes", form, fresh=False)
    assert world.facts(TRIES) == before
    world.ask("hr", "POST", "/hr/codes", form, fresh=False)
    assert world.facts(TRIES)["activation_code"] != before["activation_code"]
