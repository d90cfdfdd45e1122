"""Questions inside a lesson: read with the lesson, and shown where they stand."""

from __future__ import annotations

from lms.content.bundle import Bundle
from lms.content.course import Lesson
from lms.content.html import render
from lms.content.parse import parse_course, parse_lesson
from tests.course_files import LESSON, with_checks


def lesson(files: Bundle) -> Lesson:
    parsed = parse_course(files, "layanan-loket")
    assert parsed.course is not None, parsed.problems
    found = next(parsed.course.pieces())
    assert isinstance(found, Lesson)
    return found


def test_the_questions_belong_to_the_lesson_with_kinds_hints_and_feedback() -> None:
    [check] = lesson(with_checks()).checks
    assert (check.id, check.title) == ("cek-sapa", "")
    assert [(item.id, item.kind) for item in check.questions] == [("c-01", "single"), ("c-02", "numeric")]
    assert check.questions[0].hints == ("Bayangkan Anda yang datang.", "Mulailah dengan salam.")
    assert check.questions[0].options[1].feedback.startswith("RAHASIA-cek-salah")


def test_the_text_around_keeps_its_order_and_holds_no_question() -> None:
    found = lesson(with_checks())
    [check] = found.checks
    html = render(found.body, prefix="x")
    before, mark, after = html.partition(f"<p>{check.mark}</p>")
    assert mark and "ramah" in before and "terima kasih" in after
    assert "RAHASIA" not in html and "Sapaan" not in html and ":::" not in html


def test_what_is_published_is_read_again_from_its_file_alone() -> None:
    files = with_checks()
    assert parse_lesson(files[LESSON].decode(), LESSON) == lesson(files)


def test_two_blocks_each_have_their_place_and_their_title() -> None:
    files = with_checks()
    more = "\n::: quiz Sekali lagi {#cek-dua}\n## Tutup {#c-03}\n\nBenar?\n\n- [x] Benar\n- [ ] Salah\n:::\n"
    files[LESSON] += more.encode()
    first, second = lesson(files).checks
    assert second.title == "Sekali lagi"
    html = render(lesson(files).body, prefix="x")
    assert html.index(first.mark) < html.index("terima kasih") < html.index(second.mark)


def test_a_block_inside_code_is_text() -> None:
    files = with_checks("baca")
    opened = files[LESSON].replace(b"\n::: kuis", b"\n```text\n::: kuis")
    files[LESSON] = opened.replace(b"\n:::\n", b"\n:::\n```\n")
    assert lesson(files).checks == ()


def test_questions_add_half_a_minute_each_to_the_reading_time() -> None:
    files = with_checks()
    files[LESSON] = files[LESSON].replace(b"menit: 6\n", b"")
    found = lesson(files)
    assert found.words < 100 and found.minutes == 2  # 86 words and two questions


def test_question_ids_are_unique_in_the_whole_course() -> None:
    files = with_checks()
    files[LESSON] = files[LESSON].replace(b"#c-01", b"#k-01")
    [problem] = parse_course(files, "layanan-loket").problems
    assert (problem.code, problem.params["id"]) == ("id_twice", "k-01")
