"""What every answer says to browsers: keep nothing of a person, guess no type, run nothing of others."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.web.security import TYPED_INTO
from tests.web.access.table import ROWS, Row
from tests.web.access.test_access import address
from tests.web.access.world import ACTORS, World

OPEN_TO_ALL = ("verification.", "health.", "parts.", "auth.", "activation.")
FILES = {"course_files.show", "course_files.picture"}
KEPT = dict.fromkeys(FILES | {"organisers.logo"}, "private, max-age=31536000, immutable") | dict.fromkeys(
    TYPED_INTO, "private, no-cache"
)
"""Pictures and documents of a course hold nothing of a person, and their address names their content."""
TEXT_FILES = {"hr.competencies.file", "trainer.exchange.create"}
"""Downloads that are JSON or plain text."""
PAGES = {"text/html", "application/json", "text/plain"}
SHOWN = {"image/svg+xml", "image/png", "image/webp"}


def answers(office: World) -> list[tuple[Row, str, TestResponse]]:
    """The answer of 200 to the first person who gets one, for each line of the access table."""
    found = []
    for row in ROWS:
        if "200" not in row.answers:
            continue
        actor = next(
            who for who, word in zip(ACTORS, row.answers, strict=True)
            if word == "200" and (who != "out" or row.endpoint.startswith(OPEN_TO_ALL))
        )  # fmt: skip
        answer = office.ask(actor, row.method, address(office, row), row.form(office.things))
        found.append((row, actor, answer))
    return found


def test_every_answer_has_its_headers(sqlite_office: World) -> None:
    found = answers(sqlite_office)
    for row, actor, answer in found:
        head = answer.headers
        assert head.get("X-Content-Type-Options") == "nosniff", row
        assert head.get("X-Frame-Options") == "DENY", row
        secret = row.endpoint.startswith("followup_link.")  # its address is the whole right to answer
        assert head.get("Referrer-Policy") == ("no-referrer" if secret else "same-origin"), row
        assert "default-src" in head.get("Content-Security-Policy", ""), row
        assert "unsafe-inline" not in head.get("Content-Security-Policy", "") or row.endpoint in FILES, row
        if actor != "out":
            assert head.get("Cache-Control") == KEPT.get(row.endpoint, "no-store"), row
        if answer.mimetype not in PAGES | SHOWN:
            assert head.get("Content-Disposition", "").startswith("attachment; filename="), row
        elif row.endpoint not in TEXT_FILES:
            assert "Content-Disposition" not in head, row
    kinds = {answer.mimetype for _row, _actor, answer in found}
    assert kinds >= {"text/html", "application/json", "application/pdf", "application/zip", "text/csv"}


def test_what_shows_a_nip_or_a_code_to_everybody_is_not_kept(sqlite_office: World) -> None:
    for row, actor, answer in answers(sqlite_office):
        if actor == "out" and row.endpoint == "verification.download":
            assert answer.headers["Cache-Control"] == "no-store"
            return
    raise AssertionError("nobody could download")


def test_the_next_person_at_the_machine_asks_anew(sqlite_office: World) -> None:
    """The same address in the same browser: the file of the one is not given to the other."""
    office = sqlite_office
    office.restore()
    client = FlaskClient(office.app, office.app.response_class, use_cookies=True)
    path, name = (
        f"/certificates/{office.things['certificate']}/file",
        office.app.config["SESSION_COOKIE_NAME"],
    )
    client.set_cookie(name, office.cookies["learner"])
    first = client.get(path)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-store")
    client.set_cookie(name, office.cookies["stranger"])
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 404
