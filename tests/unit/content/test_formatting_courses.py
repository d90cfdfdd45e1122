"""Whole courses in canonical form: ids for questions that have none, errors that stop it, our own courses."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.bundle import Bundle, read_folder
from lms.content.formatting.course import format_course, with_ids
from lms.content.formatting.meaning import meaning, same_lesson
from lms.content.formatting.text import canonical
from lms.content.parse import parse_course, parse_lesson
from lms.content.writing.starter import starter_course, starter_text
from tests.course_files import with_checks
from tests.courses import SLUG, make_bundle
from tests.every_kind import QUESTIONS
from tests.unit.content.conftest import FILES, Parse

ROOT = Path(__file__).resolve().parents[3]
COURSES = sorted(path for path in (ROOT / "courses").iterdir() if path.is_dir())
FINE = sorted((ROOT / "tests/broken").glob("fine-*"))


def test_questions_and_checks_without_an_id_get_one_that_stays(parse: Parse) -> None:
    quiz = (
        FILES["01-dasar/kuis.md"]
        + "\n## Dua {poin=2}\n\nMana?\n\n- [x] Ini\n- [ ] Itu\n\n## Tiga <!-- c -->\n\nApa?\n\n- = a\n"
    )
    lesson = (
        FILES["01-dasar/01-awal.md"]
        + "\n::: kuis\n\n## Satu\n\nMana?\n\n- [x] Ini\n- [ ] Itu\n\n:::\n\n## Bukan soal\n\nTeks.\n"
    )
    files = {**FILES, "01-dasar/kuis.md": quiz, "01-dasar/01-awal.md": lesson}
    formatted = format_course(_bundle(files), "uji")
    course = parse(dict(formatted.texts)).course
    assert course is not None
    ids = [question.id for piece in course.pieces() for question in piece.questions()]
    assert len(set(ids)) == len(ids) == 4
    assert [one.rpartition("-")[0] for one in ids] == ["m1-p1", "", "k1", "k1"]
    assert "## Bukan soal\n" in formatted.texts["01-dasar/01-awal.md"]
    assert "<!-- c -->" in formatted.texts["01-dasar/kuis.md"]
    first = "## Satu {#s1}"
    later = {**files, "01-dasar/kuis.md": quiz.replace(first, f"## Baru\n\nSiapa?\n\n- = z\n\n{first}")}
    again = format_course(_bundle(later), "uji").texts["01-dasar/kuis.md"]
    assert all(f"{{#{one}" in again for one in ids[1:])


def test_two_questions_alike_get_two_ids() -> None:
    taken: set[str] = set()
    text = with_ids("---\njenis: bank\nid: b\n---\n## A\n\nx\n\n## A\n\nx\n", taken)
    assert len(taken) == 2
    assert all(f"{{#{one}}}" in text for one in taken)


def test_a_course_with_errors_gets_nothing_but_its_problems() -> None:
    files = {**FILES, "01-dasar/kuis.md": FILES["01-dasar/kuis.md"].replace("- [x]", "* [x]") + "\n- = 2\n"}
    formatted = format_course(_bundle(files), "uji")
    assert not formatted.texts
    assert [(one.path, one.code) for one in formatted.problems] == [("01-dasar/kuis.md", "marks_mixed")]


@pytest.mark.parametrize("place", COURSES, ids=lambda path: path.name)
def test_the_courses_of_the_house_are_in_canonical_form(place: Path) -> None:
    formatted = format_course(read_folder(place), place.name)
    assert not formatted.problems
    assert not formatted.texts, "flask --app wsgi courses format"


@pytest.mark.parametrize("name", ["small", "checks", "kinds", *(path.name for path in FINE)])
def test_the_courses_of_the_tests_mean_the_same(name: str) -> None:
    kinds = {**make_bundle(), "01-loket/03-kuis.md": _kinds()}
    own = {"small": make_bundle(), "checks": with_checks(), "kinds": kinds}
    files = own.get(name) or read_folder(ROOT / "tests/broken" / name)
    bundle = {path: data for path, data in files.items() if path != "expected.txt"}
    slug = SLUG if name in own else "uji"
    before = parse_course(bundle, slug)
    formatted = format_course(bundle, slug)
    written = {**bundle, **{path: text.encode() for path, text in formatted.texts.items()}}
    after = parse_course(written, slug)
    assert before.course is not None
    assert after.course is not None
    assert meaning(after.course) == meaning(before.course)
    assert not format_course(written, slug).texts


def _kinds() -> bytes:
    return f"---\njenis: kuis\nid: kuis-loket\njudul: Kuis\n---\n{QUESTIONS}".encode()


def _bundle(files: dict[str, str]) -> Bundle:
    return {path: text.encode() for path, text in files.items()}


def test_a_lesson_in_another_form_says_the_same() -> None:
    path = "01-dasar/01-awal.md"
    check = "\n::: kuis {#cek}\n## Satu {#s9 poin=2}\nMana?\n* [X] A\n* [ ] B\n:::\n\nTeks lain.\n"
    text = FILES[path] + check
    one, other = parse_lesson(text, path), parse_lesson(canonical(path, text), path)
    assert one.body != other.body
    assert same_lesson(one, other)
    for before, after in (("Teks lain", "Teks baru"), ("* [ ] B", "* [ ] C"), ("{#cek}", "{#cak}")):
        assert not same_lesson(one, parse_lesson(text.replace(before, after), path))


@pytest.mark.parametrize("kind", ["module", "lesson", "quiz", "bank"])
def test_what_the_desk_begins_with_is_in_canonical_form(kind: str) -> None:
    text = starter_text(kind, "kunci", "Judul").decode()
    assert canonical("x.md", text) == text
    assert not format_course(starter_course("uji", "Uji", "Siti, S.Sos."), "uji").texts
