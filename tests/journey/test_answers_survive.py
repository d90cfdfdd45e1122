"""Ten answers are never lost: not when the session has ended, not where no script runs."""

from __future__ import annotations

import json
import re

import pytest

from tests.courses import RIGHT
from tests.journey.site import PASSWORD, TITLE, Site, questions
from tests.journey.steps import answer, answer_all, begin_course, hand_in, read_lessons
from tests.journey.windows import Window, Windows

pytestmark = pytest.mark.browser


def stored(site: Site) -> dict[str, object]:
    rows = site.rows("SELECT question_key, answer FROM response")
    return {str(key): json.loads(str(answer)) for key, answer in rows}


def open_paper(site: Site, window: Window) -> None:
    window.sign_in(site.people["learner"])
    begin_course(window, TITLE)
    read_lessons(window)


def test_one_press_stores_all_ten(site: Site, windows: Windows) -> None:
    """Answers typed, nothing pressed but the button that hands in."""
    window = windows.open(learner=True)
    open_paper(site, window)
    answer_all(window, questions())
    if not windows.mode.script:
        assert stored(site) == {}  # nothing was sent so far
    hand_in(window)
    window.page.wait_for_url(re.compile("/result$"))
    assert set(stored(site)) == set(RIGHT)
    assert site.rows("SELECT points, passed FROM attempt") == [(11.0, 1)]
    window.done()


def test_a_session_that_ended_loses_nothing(site: Site, windows: Windows) -> None:
    """Signed out on the server while ten answers are typed: they are kept and sent later."""
    window = windows.open(learner=True)
    window.expected.add(401)
    open_paper(site, window)
    window.press("Mulai", "main")
    window.page.wait_for_url(re.compile(r"/attempts/\d+$"))
    site.end_sessions("learner")
    for question in questions():
        answer(window, question)
    hand_in(window)
    window.sees("Silakan masuk lagi")
    window.sees(str(RIGHT["k-10"]))
    assert stored(site) == {}
    window.page.get_by_label("NIP atau surel").fill(site.people["learner"].nip)
    window.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    window.press("Masuk dan lanjutkan", "main")
    window.sees(str(RIGHT["k-10"]))
    window.press("Kirim sekarang", "main")
    window.page.wait_for_url(re.compile("/result$"))
    assert set(stored(site)) == set(RIGHT)
    assert site.rows("SELECT points, passed FROM attempt") == [(11.0, 1)]
    window.done()
