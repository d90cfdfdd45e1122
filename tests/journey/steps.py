"""Steps that several journeys take."""

from __future__ import annotations

import re

from lms.content.questions import Question
from tests.courses import RIGHT
from tests.journey.windows import Window

LESSONS = ("Menyapa warga", "Memeriksa berkas")


def begin_course(window: Window, title: str) -> None:
    """Find a course in the catalogue and join it."""
    window.go("/")
    window.press("Katalog", "nav.main-nav")
    window.page.get_by_role("searchbox").or_(window.page.locator("main input[name=q]")).first.fill("loket")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(re.compile("q=loket"))
    window.done("katalog")
    window.press(title, "main")
    window.done("pelatihan")
    window.press("Ikuti pelatihan", "main")
    window.page.wait_for_url(re.compile("/lessons/"))


def read_lessons(window: Window) -> None:
    """Read from the first lesson to the quiz, by the button at the end of each."""
    for title in LESSONS:
        window.sees(title)
        window.done("materi")
        window.press(re.compile("^Selesai, lanjut"), "main")
    window.page.wait_for_url(re.compile("/quizzes/"))
    window.done("kuis-mulai")


def answer(window: Window, question: Question) -> None:
    """Give the right answer as the source of the course says it."""
    box = window.page.locator(f'fieldset[data-q="{question.id}"]')
    if question.options:
        for option in question.options:
            if option.right:
                box.locator("label.choice").filter(has_text=option.text).locator("input").check()
    else:
        box.locator("input.input").fill(str(RIGHT[question.id]))


def answer_all(window: Window, asked: list[Question]) -> None:
    """Answer every question of the paper."""
    window.press("Mulai", "main")
    window.page.wait_for_url(re.compile(r"/attempts/\d+$"))
    for question in asked:
        answer(window, question)


def hand_in(window: Window) -> None:
    """Press the one button at the end of the paper."""
    window.press("Kumpulkan jawaban", "main")
