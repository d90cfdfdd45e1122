"""A quiz in a browser, for tests of several files."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page

from lms.db import db
from lms.domain.quizzes.queries import answers_of

QUIZ = "/courses/layanan-loket/quizzes/kuis-loket"
EXAM = "/courses/layanan-loket/quizzes/ujian-loket"
PHONE = {"width": 360, "height": 740}


def begin(context: BrowserContext, quiz: str = QUIZ) -> Page:
    """Start the quiz and wait until the paper and its script are loaded."""
    page = context.new_page()
    page.goto(quiz)
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/attempts/*")
    return page


def stored(number: int = 1) -> dict[str, object]:
    """Return what the server keeps of an attempt."""
    session = db.session()
    session.rollback()
    answers = answers_of(session, number)
    session.rollback()
    return answers


def question(page: Page, key: str) -> Locator:
    """Return the box of a question."""
    return page.locator(f"[data-q={key}]")


def state(page: Page, key: str) -> Locator:
    """Return the line that says what became of an answer."""
    return question(page, key).locator("[data-state]")


def answer(page: Page, answers: dict[str, object]) -> None:
    """Choose and type answers."""
    for key, value in answers.items():
        for one in value if isinstance(value, list) else [value]:
            field = page.locator(f"[name='q-{key}']")
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                page.locator(f"[name='q-{key}'][value='{one}']").check()
            else:
                field.fill(str(one))
