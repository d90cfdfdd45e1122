"""Index rows, comparison, search words: pure rules of the catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from lms.content.bundle import normalize
from lms.content.course import Course
from lms.content.parse import parse_course
from lms.domain.catalog import rules
from lms.domain.catalog.rules import Issue, PieceRow, changes, history_text, like_pattern, search_words
from tests.course_files import LESSON, broken, edited, with_picture
from tests.courses import SLUG, make_bundle


def course_of(files: dict[str, bytes]) -> Course:
    course = parse_course(files, SLUG).course
    assert course is not None
    return course


def rows_of(files: dict[str, bytes]) -> list[PieceRow]:
    return rules.piece_rows(course_of(files), normalize(files))


def test_rows_follow_the_reading_order_and_name_their_module() -> None:
    rows = rows_of(make_bundle())
    assert [(row.kind, row.key, row.module_key) for row in rows] == [
        ("module", "loket", None),
        ("lesson", "menyapa", "loket"),
        ("lesson", "berkas", "loket"),
        ("quiz", "kuis-loket", "loket"),
        ("quiz", "ujian-loket", None),
    ]
    module = rows[0]
    assert module.minutes == sum(row.minutes for row in rows if row.module_key == "loket")
    assert module.finish == "free"
    assert rows[4].questions == 3  # two of three are drawn, and the one of the second group


def test_the_completion_rule_says_what_is_required() -> None:
    by_key = {row.key: row.required for row in rows_of(make_bundle())}
    assert by_key == {
        "loket": False, "menyapa": True, "berkas": True, "kuis-loket": True, "ujian-loket": False,
    }  # fmt: skip
    all_quizzes = {row.key for row in rows_of(make_bundle(completion="semua-kuis")) if row.required}
    assert all_quizzes == {"kuis-loket", "ujian-loket"}


def test_practice_does_not_count_among_all_quizzes() -> None:
    files = make_bundle(quiz={"guna": "latihan"}, completion="semua-materi, semua-kuis")
    text = files["01-loket/03-kuis.md"].replace(b"guna: kuis\n", b"").replace(b"nilai_lulus: 70\n", b"")
    files["01-loket/03-kuis.md"] = text
    quiz = next(row for row in rows_of(files) if row.key == "kuis-loket")
    assert not quiz.required
    assert quiz.finish == "submit"


def test_a_picture_counts_in_weight_and_digest() -> None:
    plain = next(row for row in rows_of(make_bundle()) if row.key == "menyapa")
    shown = next(row for row in rows_of(with_picture()) if row.key == "menyapa")
    assert shown.size_bytes > plain.size_bytes
    other = with_picture(data=with_picture()["aset/denah.svg"].replace(b"40", b"44"))
    assert next(row for row in rows_of(other) if row.key == "menyapa").digest != shown.digest


def test_a_bank_belongs_to_the_digest_of_the_quiz_that_draws_from_it() -> None:
    files = make_bundle()
    files["90-ujian.md"] += b"\n# Bank {ambil=1 dari=bank/umum}\n"
    head = "---\njenis: bank\nid: bank-umum\njudul: Bank\n---\n\n"
    bank = head + "## B {#b-1}\n\nBenarkah?\n\n- [x] Benar\n- [ ] Salah\n"
    files["bank/umum.md"] = bank.encode()
    before = {row.key: row.digest for row in rows_of(files)}
    files["bank/umum.md"] = bank.replace("Benarkah?", "Sungguh?").encode()
    after = {row.key: row.digest for row in rows_of(files)}
    assert {key for key in before if before[key] != after[key]} == {"ujian-loket"}


def test_a_renamed_file_is_no_new_piece() -> None:
    files = make_bundle()
    files["01-loket/01-salam.md"] = files.pop(LESSON)
    assert not changes(rows_of(make_bundle()), rows_of(files))


def test_changes_are_told_by_title() -> None:
    files = edited()
    del files["01-loket/02-berkas.md"]
    files["01-loket/04-pamit.md"] = (
        files[LESSON].replace(b"id: menyapa", b"id: pamit").replace(b"judul: Menyapa warga", b"judul: Pamit")
    )
    found = changes(rows_of(make_bundle()), rows_of(files))
    assert found.changed == ("Menyapa warga",)
    assert found.added == ("Pamit",)
    assert found.removed == ("Memeriksa berkas",)
    assert not found.reordered


def test_another_order_is_told() -> None:
    files = make_bundle()
    files["01-loket/09-menyapa.md"] = files.pop(LESSON)
    found = changes(rows_of(make_bundle()), rows_of(files))
    assert found.reordered
    assert not found.changed


def test_search_finds_competencies_by_code_and_name() -> None:
    words = search_words("Publik m.5", {"M.5": "Pelayanan publik", "M.3": "Komunikasi"})
    assert [(word.text, word.codes) for word in words] == [
        ("publik", frozenset({"M.5"})),
        ("m.5", frozenset({"M.5"})),
    ]


def test_a_long_search_is_cut_to_eight_words() -> None:
    assert len(search_words("a b c d e f g h i j k", {})) == 8


@pytest.mark.parametrize(
    ("word", "pattern"), [("50%", "%50\\%%"), ("a_b", "%a\\_b%"), ("c\\d", "%c\\\\d%"), ("biasa", "%biasa%")]
)
def test_wild_cards_are_letters_in_a_search(word: str, pattern: str) -> None:
    assert like_pattern(word) == pattern


def test_the_nearest_word_is_offered_only_when_it_is_near() -> None:
    assert rules.nearest_word("pelayaran", ["Manajemen Pelayanan Publik"]) == "pelayanan"
    assert rules.nearest_word("kapal", ["Manajemen Pelayanan Publik"]) is None


def test_the_history_names_versions_newest_first() -> None:
    text = history_text(
        "x", 2, None, [Issue(2, date(2026, 1, 2), "Raja", "bb"), Issue(1, date(2026, 1, 1), "", "aa")]
    )
    assert text.decode().splitlines()[-2:] == [
        "Versi 2 (yang tampil): 2026-01-02 oleh Raja, bb",
        "Versi 1: 2026-01-01, aa",
    ]


def test_the_slug_is_read_even_from_a_broken_course() -> None:
    assert rules.slug_of(broken()) == SLUG
    assert rules.slug_of({"kursus.md": b"tanpa kepala"}) is None
    assert rules.slug_of({}) is None
