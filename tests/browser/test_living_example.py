"""The living example in a browser: whatever an author can write fits a phone and can be read by all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lms.content.bundle import read_folder
from lms.content.parse import parse_course
from lms.db import db
from lms.domain.catalog.actions import publish
from tests.browser.conftest import Live
from tests.browser.looks import judge
from tests.cast import NOW

pytestmark = pytest.mark.browser

SLUG = "contoh-format"
FOLDER = Path(__file__).resolve().parents[2] / "courses" / SLUG
PREVIEW = f"/trainer/courses/{SLUG}/preview/live"


@pytest.fixture
def pieces(live: Live) -> list[str]:
    """The keys of all lessons and quizzes of the published example."""
    bundle = read_folder(FOLDER)
    with live.app.app_context():
        made = publish(db.session(), SLUG, bundle, home="desk", by=live.cast.trainer.id, now=NOW)
        assert made.version is not None
        db.session.commit()
        db.session.remove()
    course = parse_course(bundle, SLUG).course
    assert course is not None
    return [piece.id for piece in course.pieces()]


def test_every_piece_is_accessible_and_fits(live: Live, browser: Browser, pieces: list[str]) -> None:
    with live.open(browser, live.cast.trainer) as window:
        page = window.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        for key in pieces:
            page.goto(f"{PREVIEW}/{key}")
            judge(page)
        assert complaints == []


def test_sound_and_film_are_loaded_when_they_are_played(
    live: Live, browser: Browser, pieces: list[str]
) -> None:
    with live.open(browser, live.cast.trainer, viewport={"width": 360, "height": 800}) as window:
        page = window.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{PREVIEW}/cf-m1-p4", wait_until="networkidle")
        expect(page.locator("audio[controls]")).to_have_count(1)
        expect(page.locator("video[controls]")).to_have_count(1)
        assert [url for url in asked if url.endswith((".wav", ".webm", ".vtt"))] == []
        page.locator("audio").evaluate("sound => { sound.muted = true; return sound.play(); }")
        assert [url for url in asked if url.endswith(".wav")]
