"""Form tokens: signed once a session, masked anew for each page, good for that session alone."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.web.security import mask, unmask
from tests.cast import Cast, sign_in


@pytest.fixture
def guarded(app: Flask) -> Flask:
    """A site that asks for form tokens, as the real one does."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app


def token_on(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/account").text)
    assert found is not None
    return found[1]


def opened(client: FlaskClient, token: str) -> bool:
    """Whether a form with this token is taken (the appearance is a harmless one)."""
    answer = client.post("/account/theme", data={"theme": "dark", "csrf_token": token})
    assert answer.status_code in {303, 400}
    return answer.status_code == 303


def test_a_token_is_good_in_its_session_alone_and_looks_new_on_each_page(guarded: Flask, cast: Cast) -> None:
    mine, other = guarded.test_client(), guarded.test_client()
    sign_in(mine, cast.learner)
    sign_in(other, cast.colleague)
    first, second, foreign = token_on(mine), token_on(mine), token_on(other)
    assert first != second and unmask(first) == unmask(second) != unmask(foreign)
    assert unmask(first) not in first
    assert opened(mine, first) and opened(mine, second) and opened(other, foreign)
    assert not opened(mine, foreign) and not opened(other, first)
    for wrong in (
        "",
        "m.",
        "m.AAAA",
        "m.\x00",
        "m." + "A" * 5_000,
        mask("x"),
        first[:-4],
        "m.é",
        unmask(first)[:-1],
    ):
        assert not opened(mine, wrong), wrong
    sign_in(mine, cast.learner)  # the same person, another session
    assert not opened(mine, first)
    assert opened(mine, token_on(mine))
