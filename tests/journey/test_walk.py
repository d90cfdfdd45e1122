"""Both courses that come with the site, walked to the certificate: one with scripts, one without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lms.content.bundle import read_folder
from lms.content.course import Course, Quiz
from lms.content.parse import parse_course
from tests.journey.site import Site
from tests.journey.walking import Walk
from tests.journey.windows import Window, Windows

pytestmark = pytest.mark.browser
COURSES = Path(__file__).resolve().parents[2] / "courses"
WITH_SCRIPTS, WITHOUT_SCRIPTS = "manajemen-pelayanan-publik", "teknologi-informasi-sehari-hari"


def test_a_whole_course_to_the_certificate(site: Site, windows: Windows) -> None:
    """Publish, approve, learn everything, be certified, be checked, have the essays marked."""
    slug = WITH_SCRIPTS if windows.mode.script else WITHOUT_SCRIPTS
    course = parse_course(read_folder(COURSES / slug), slug).course
    assert course is not None
    site.command("courses", "publish", "--sebagai", site.people["trainer"].email, slug)
    approve(windows.open(learner=False), site, course)
    window = windows.open(learner=True)
    window.sign_in(site.people["learner"])
    before = recorded_hours(window)
    walk = Walk(site, window, course)
    walk.join()
    walk.everything()
    window.sees("Sertifikat Anda sudah terbit")
    certified(window, course)
    check_in_public(windows.open(learner=True), site, course)
    assert recorded_hours(window) == before + course.jp
    mark_essays(windows.open(learner=False), site, course)
    window.go("/")
    window.sees("Esai sudah dinilai")
    window.done()


def approve(office: Window, site: Site, course: Course) -> None:
    """BKPSDM approves the hours before anybody has learnt."""
    office.sign_in(site.people["bkpsdm"])
    office.go("/hr/approvals")
    office.press(course.title, "main")
    office.press("Setujui JP", "main form")
    office.sees(re.compile(f"{course.jp} JP disetujui"))
    office.done()


def recorded_hours(learner: Window) -> int:
    """The hours of the year as the ledger tells them."""
    learner.go("/profile/hours")
    learner.done()
    told = learner.page.locator("svg.ring").get_attribute("aria-label") or ""
    return int(told.split(" dari ")[0])


def certified(learner: Window, course: Course) -> None:
    """The certificate is on its page; the profile shows evidence of each competency, the ledger the hours."""
    learner.go("/certificates")
    learner.sees(course.title)
    assert learner.download(re.compile(r"^PDF, \d")).startswith(b"%PDF")
    learner.done()
    learner.go("/profile")
    evidence = learner.page.locator("main table").get_by_role("link", name=course.title)
    expect(evidence).to_have_count(len(course.competencies))
    learner.done()
    learner.go("/profile/hours")
    entry = learner.page.locator("main table tbody tr").filter(has_text=course.title)
    expect(entry).to_contain_text(re.compile(f"{course.jp}.*Tercatat", re.DOTALL))


def check_in_public(anybody: Window, site: Site, course: Course) -> None:
    """Whoever has the code reads that the certificate is valid, whose it is and for what."""
    [(code,)] = site.rows("SELECT code FROM certificate")
    anybody.go(f"/v/{code}")
    for words in ("Berlaku", site.people["learner"].name, course.title):
        anybody.sees(words)
    anybody.done()


def mark_essays(desk: Window, site: Site, course: Course) -> None:
    """The trainer gives each essay of the course the highest level."""
    quizzes = (piece for piece in course.pieces() if isinstance(piece, Quiz))
    essays = [question for quiz in quizzes for question in quiz.questions() if question.kind == "essay"]
    desk.sign_in(site.people["trainer"])
    desk.go("/trainer/marking")
    desk.press("Mulai dari yang terlama", "main")
    for essay in essays:
        desk.sees(essay.title)
        desk.page.get_by_role("radio").first.check()
        desk.page.get_by_label("Komentar untuk peserta").fill("Runtut dan dapat dikerjakan.")
        desk.done()
        desk.press("Simpan dan berikutnya", "main")
    desk.sees("Semua sudah dinilai")
    desk.done()
