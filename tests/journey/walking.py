"""A learner walks through a whole course: every lesson, every question inside it, every quiz."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from lms.content.course import Course, Lesson, Quiz
from tests.journey.answers import fill_in
from tests.journey.site import Site
from tests.journey.windows import Window


@dataclass(frozen=True)
class Walk:
    """One learner's way through one course."""

    site: Site
    window: Window
    course: Course

    def join(self) -> None:
        """Find the course by its title and join it."""
        self.window.go("/courses")
        self.window.page.locator("main input[name=q]").fill(self.course.title)
        self.window.page.keyboard.press("Enter")
        self.window.page.wait_for_url(re.compile("q="))
        self.window.press(self.course.title, "main")
        self.window.done()
        self.window.press("Ikuti pelatihan", "main")
        self.window.page.wait_for_url(re.compile("/(lessons|quizzes)/"))

    def everything(self) -> None:
        """Take every piece in reading order, the optional ones too."""
        for piece in self.course.pieces():
            self.come_to(piece)
            if isinstance(piece, Lesson):
                self.read(piece)
            else:
                self.take(piece)

    def come_to(self, piece: Lesson | Quiz) -> None:
        """The site leads to each piece that counts; one that does not is found in the list of all parts."""
        address = f"{self.site.address}{self.address_of(piece)}"
        if self.window.page.url != address:
            assert not self.counts(piece), f"{self.window.page.url} does not lead to {piece.title}"
            self.window.go(f"/courses/{self.course.id}/progress")
            self.window.done()
            self.window.press(piece.title, "main .items")
        assert self.window.page.url == address, f"{self.window.page.url} instead of {piece.title}"
        expect(self.window.page.locator("h1"), piece.path).to_have_text(piece.title)
        self.window.done()

    def address_of(self, piece: Lesson | Quiz) -> str:
        """The path of a lesson, or of the page before a quiz."""
        return f"/courses/{self.course.id}/{'lessons' if isinstance(piece, Lesson) else 'quizzes'}/{piece.id}"

    def counts(self, piece: Lesson | Quiz) -> bool:
        """Whether the course is not completed without it."""
        rule = self.course.completion
        if isinstance(piece, Lesson):
            return rule.all_lessons
        return piece.id in rule.quizzes or (rule.all_quizzes and piece.use in {"quiz", "exam"})

    def read(self, lesson: Lesson) -> None:
        """Answer the questions inside the lesson, each judged at once, and go on."""
        page = self.window.page
        here = page.locator(".side [aria-current]")
        if here.is_visible():  # the list of parts stands beside the text, not folded above it
            expect(here, lesson.path).to_be_in_viewport()
        for question in lesson.questions():
            place, told = page.locator(f"#soal-{question.id}"), f"{question.path}:{question.line}"
            fill_in(page, question)
            place.get_by_role("button", name="Periksa").click()
            expect(place.locator("[data-verdict] strong"), told).to_have_text("Benar.")
            self.window.done()
        self.window.press(re.compile("^Selesai, lanjut"), "main")
        page.wait_for_url(lambda url: self.address_of(lesson) not in url)

    def take(self, quiz: Quiz) -> None:
        """Answer whatever was drawn, hand in, and go where the result leads."""
        page, known = self.window.page, {question.id: question for question in quiz.questions()}
        self.window.press("Mulai", "main")
        page.wait_for_url(re.compile(r"/attempts/\d+$"))
        boxes = page.locator("fieldset[data-q]")
        expect(boxes, quiz.path).to_have_count(sum(pool.drawn for pool in quiz.pools))
        asked = [known[str(box.get_attribute("data-q"))] for box in boxes.all()]
        for question in asked:
            fill_in(page, question)
        self.window.done()
        self.window.press("Kumpulkan jawaban", "main")
        page.wait_for_url(re.compile("/result$"))
        self.nothing_was_wrong(quiz)
        waits = any(question.kind == "essay" for question in asked)
        score = "Menunggu penilaian esai" if waits else "(Lulus|Terkumpul): 100 dari 100"
        expect(page.locator("h1"), quiz.path).to_have_text(re.compile(score))
        self.window.done()
        onward = page.locator("section.next").get_by_role("link", name="Lanjutkan")
        if onward.count():
            onward.click()

    def nothing_was_wrong(self, quiz: Quiz) -> None:
        """Every answer of the newest attempt that the rules could mark is right."""
        wrong = self.site.rows(
            "SELECT question_key, verdict, answer FROM grading JOIN response USING (attempt_id, question_key)"
            " WHERE attempt_id = (SELECT max(id) FROM attempt) AND verdict <> 'right'"
        )
        assert wrong == [], f"{quiz.path}: {wrong}"
