"""A whole course as parsed: order, defaults, pools, aliases, numbers of minutes, speed."""

from __future__ import annotations

import datetime
import time

import pytest

from lms.content.course import CompletionRule, Lesson, Quiz
from lms.content.parse import parse_course, parse_lesson, parse_quiz
from tests.unit.content.conftest import FILES, Parse

BANK = "---\njenis: bank\nid: b\njudul: Bank\n---\nUntuk penulis.\n" + "".join(
    f"\n## Soal {n} {{#b{n} tag={'mudah' if n < 3 else 'sulit'}}}\n\nMana?\n\n- [x] Ini\n- [ ] Itu\n"
    for n in range(1, 6)
)
LESSON = "---\njenis: materi\nid: %s\njudul: %s\n---\nTeks.\n"


def test_a_whole_course(parse: Parse) -> None:
    parsed = parse()
    assert parsed.problems == ()
    assert parsed.course is not None
    assert (parsed.course.id, parsed.course.jp, parsed.course.minutes) == ("uji", 1, 41)
    assert parsed.course.completion == CompletionRule(all_lessons=True, all_quizzes=True)
    assert parsed.course.certificate
    lesson, quiz = parsed.course.pieces()
    assert isinstance(lesson, Lesson) and isinstance(quiz, Quiz)
    assert (lesson.finish, lesson.change, lesson.body) == ("read", "substance", "Teks.")
    assert (quiz.pass_mark, quiz.attempts, quiz.counts, quiz.reveal) == (
        70,
        None,
        "highest",
        "after_submission",
    )


def test_every_key_is_read(parse: Parse) -> None:
    header = (
        '---\n# catatan\njenis: kursus\nid: uji\njudul: Etika: dasar #1 "kutip"\nbahasa: en\nringkas: Ya.\n'
        "jp: 1 # satu\n"
        "sasaran: [pns, cpns]\npenulis:\n- Siti, S.Sos.\n- Budi\nkompetensi: [M.1:2, T.KEP.1:1]\n"
        "dasar_hukum: [PP 94/2021, UU 20/2023]\nprasyarat: []\nlulus: semua-materi, k1\nsertifikat: tidak\n"
        "penyelenggara: ucb\nberlaku_bulan: 24\n"
        "perbarui: hanya-berubah   # semua\ntenggat_hari: 30\nevaluasi: standar\n"
        "per_tanggal: 2026-11-24\nlisensi: CC BY-SA 4.0\n---\nPanjang.\n"
    )
    course = parse({"kursus.md": header}).course
    assert course is not None
    assert course.title == 'Etika: dasar #1 "kutip"'
    assert (course.language, course.jp, course.audience) == ("en", 1, ("pns", "cpns"))
    assert course.authors == ("Siti, S.Sos.", "Budi")
    assert [(claim.code, claim.level) for claim in course.competencies] == [("M.1", 2), ("T.KEP.1", 1)]
    assert course.organiser == "ucb"
    assert course.legal_basis == ("PP 94/2021", "UU 20/2023")
    assert course.completion == CompletionRule(all_lessons=True, all_quizzes=False, quizzes=("k1",))
    assert (course.certificate, course.valid_months, course.refresh, course.due_days) == (
        False,
        24,
        "changed",
        30,
    )
    assert (course.as_of, course.licence, course.description) == (
        datetime.date(2026, 11, 24),
        "CC BY-SA 4.0",
        "Panjang.",
    )


def test_english_words_mean_the_same(parse: Parse) -> None:
    english = {
        "kursus.md": "---\nkind: course\nid: uji\ntitle: Test\nlanguage: en\njp: 1\ncertificate: yes\n---\n",
        "01-dasar/modul.md": "---\nkind: module\nid: m1\ntitle: Basics\nopen: sequential\n---\n",
        "01-dasar/01-awal.md": "---\nkind: lesson\nid: p1\ntitle: One\nminutes: 40\nfinish: mark\n---\nA.\n",
        "01-dasar/kuis.md": (
            "---\nkind: quiz\nid: k1\ntitle: Quiz\nuse: exam\nreveal: after-passing\ncounts: latest\n---\n"
            "## One {#s1 points=2 scoring=partial_strict type=multiple}\n\n"
            "Which?\n\n- [x] This\n- [ ] That {fixed}\n\n"
            "> Hint: Look.\n\n> Explanation: So.\n"
        ),
    }
    course = parse(english).course
    assert course is not None
    lesson, quiz = course.pieces()
    assert isinstance(lesson, Lesson) and isinstance(quiz, Quiz)
    assert (course.modules[0].open, lesson.finish) == ("sequential", "mark")
    assert (quiz.use, quiz.reveal, quiz.counts) == ("exam", "after_passing", "latest")
    [question] = quiz.questions()
    assert (question.points, question.scoring, question.hints, question.explanation) == (
        2.0,
        "partial_strict",
        ("Look.",),
        "So.",
    )
    assert question.options[1].fixed


def test_order_is_that_of_names_with_numbers_as_numbers(parse: Parse) -> None:
    files = {f"01-dasar/{n}-bab.md": LESSON % (f"p{n}", f"Bab {n}") for n in (10, 9, 2)}
    more = {
        "10-akhir/modul.md": "---\njenis: modul\nid: m10\njudul: Akhir\n---\n",
        "10-akhir/a.md": LESSON % ("z1", "Z"),
    }
    two = {
        "2-tengah/modul.md": "---\njenis: modul\nid: m2\njudul: Tengah\n---\n",
        "2-tengah/a.md": LESSON % ("y1", "Y"),
    }
    quiz = FILES["01-dasar/kuis.md"]
    course = parse(
        files
        | more
        | two
        | {"prates.md": quiz.replace("id: k1", "id: pra\nguna: prates").replace("#s1", "#pra1")}
        | {"ujian.md": quiz.replace("id: k1", "id: uji1\nguna: ujian").replace("#s1", "#uji1-1")}
    ).course
    assert course is not None
    assert [piece.id for piece in course.pieces()] == [
        "pra", "m1-p1", "p2", "p9", "p10", "k1", "y1", "z1", "uji1",
    ]  # fmt: skip


def test_pools_draw_from_banks(parse: Parse) -> None:
    quiz = (
        "---\njenis: kuis\nid: k1\njudul: Kuis\nwaktu_menit: 20\n---\nPengantar.\n\n# Sendiri\n\n"
        "## Satu {#s1}\n\nMana?\n\n- [x] Ini\n- [ ] Itu\n\n# Mudah {ambil=1 dari=bank/umum tag=mudah}\n\n"
        "# Sulit {ambil=2 dari=bank/umum.md tag=sulit}\n"
    )
    parsed = parse({"bank/umum.md": BANK, "01-dasar/kuis.md": quiz})
    assert parsed.problems == ()
    assert parsed.course is not None
    [found] = [piece for piece in parsed.course.pieces() if isinstance(piece, Quiz)]
    assert [(pool.title, pool.take, len(pool.questions), pool.drawn) for pool in found.pools] == [
        ("Sendiri", None, 1, 1), ("Mudah", 1, 2, 1), ("Sulit", 2, 3, 2),
    ]  # fmt: skip
    assert (found.minutes, found.intro) == (4, "Pengantar.")
    assert parse_quiz(quiz, "01-dasar/kuis.md", {"bank/umum.md": BANK}) == found


def test_published_pieces_are_read_alone_or_raise() -> None:
    lesson = parse_lesson(FILES["01-dasar/01-awal.md"], "01-dasar/01-awal.md")
    assert (lesson.id, lesson.minutes) == ("m1-p1", 40)
    with pytest.raises(ValueError, match="kuis.md:1: header_missing"):
        parse_quiz("tidak ada", "kuis.md")
    with pytest.raises(ValueError, match="bank_none"):
        parse_quiz("---\njenis: kuis\nid: k\njudul: K\n---\n# A {dari=bank/x}\n", "kuis.md")


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (200, 1), (201, 2), (1000, 5)])
def test_minutes_are_counted_when_they_are_not_written(words: int, minutes: int) -> None:
    text = "---\njenis: materi\nid: a\njudul: A\n---\n" + "kata " * words
    assert parse_lesson(text, "a.md").minutes == minutes


def test_assets_of_a_lesson_and_of_a_quiz_are_known(parse: Parse) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"></svg>'
    lesson = (
        "---\njenis: materi\nid: m1-p1\njudul: Awal\nmenit: 40\nsumber: [aset/c.txt]\n---\n"
        "![A](../aset/a.svg) [B](aset/b%20b.txt) `![x](aset/tidak.svg)`\n"
    )
    quiz = FILES["01-dasar/kuis.md"].replace("Mana?", "![A](aset/a.svg)")
    parsed = parse({
        "01-dasar/01-awal.md": lesson, "01-dasar/kuis.md": quiz, "aset/a.svg": svg, "aset/b b.txt": "x",
        "aset/c.txt": "x",
    })  # fmt: skip
    assert parsed.problems == ()
    assert parsed.course is not None
    assert [piece.assets for piece in parsed.course.pieces()] == [
        ("aset/a.svg", "aset/b b.txt", "aset/c.txt"), ("aset/a.svg",),
    ]  # fmt: skip


def test_a_heavy_asset_is_refused_in_a_draft_too(parse: Parse) -> None:
    problems = parse({"aset/a.pdf": b"%PDF-" + bytes(10_000_000)}).problems
    assert [(problem.path, problem.code) for problem in problems] == [("aset/a.pdf", "asset_large")]


def test_a_line_of_a_million_characters_is_one_problem(parse: Parse) -> None:
    for filler in ("kata ", "`", "[", "<!-- ", "*", "> ", "- ", "![](", "~~~ "):
        text = FILES["01-dasar/01-awal.md"] + filler * (990_000 // len(filler))
        started = time.process_time()
        parsed = parse({"01-dasar/01-awal.md": text})
        assert time.process_time() - started < 2, filler
        assert any(problem.code == "line_long" for problem in parsed.problems), filler


def test_a_hundred_lessons_take_well_under_a_second() -> None:
    body = "## Bagian\n\n" + "Kalimat yang cukup panjang dengan [tautan](materi:p1) dan `kode`.\n\n" * 60
    files = {"kursus.md": FILES["kursus.md"], "bank/umum.md": BANK}
    for module in range(10):
        files[f"{module}-m/modul.md"] = f"---\njenis: modul\nid: m{module}\njudul: M\n---\n"
        for number in range(10):
            files[f"{module}-m/{number}.md"] = LESSON % (f"p{module * 10 + number}", "P") + body
    bundle = {path: text.encode() for path, text in files.items()}
    started = time.process_time()
    parsed = parse_course(bundle, "uji")
    assert time.process_time() - started < 1
    assert parsed.course is not None
    assert len(list(parsed.course.pieces())) == 100


def test_a_title_too_long_for_lists_is_refused_when_a_course_is_checked_and_a_published_page_stays() -> None:
    text = f"---\njenis: materi\nid: a\njudul: {'Awal ' * 50}\n---\nIsi.\n"
    assert parse_lesson(text, "01-dasar/01-awal.md").title.startswith("Awal")
    found = parse_course({"01-dasar/01-awal.md": text.encode()}, "uji").problems
    assert [(one.line, one.params) for one in found if one.code == "title_long"] == [(4, {"limit": "200"})]
