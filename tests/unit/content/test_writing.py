"""What an author does to the files of a course: places, order, names, mending, states that are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.content.formatting.text import canonical
from lms.content.parse import parse_course
from lms.content.problems import Problem
from lms.content.writing.arrange import asset_place, moved, place_for, removed, renamed
from lms.content.writing.compare import compare
from lms.content.writing.fixes import CannotMend, mend, new_id
from lms.content.writing.outline import outline
from lms.content.writing.saves import surplus
from lms.content.writing.single import read_single
from lms.content.writing.snippets import POOLS, PROSE, QUESTIONS
from lms.content.writing.starter import copied_course, fresh_key, starter_course, starter_text
from lms.content.writing.titles import with_review_day, with_value
from tests.courses import SLUG, make_bundle

FILES = make_bundle()
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def titles(files: dict[str, bytes]) -> list[str]:
    return [entry.title for entry in outline(files).texts()]


def test_the_outline_holds_every_file_once_also_broken_ones() -> None:
    more = {"01-loket/04-rusak.md": b"tanpa kepala", "bank/umum.md": starter_text("bank", "u", "Umum")}
    files = (
        FILES
        | more
        | dict.fromkeys(["aset/a.png", "lain.md", "a/b/c.md"], b"")
        | {"02-kosong/01-x.md": b"\xff"}
    )
    plan = outline(files)
    assets, others = ([entry.path for entry in part] for part in (plan.assets, plan.others))
    written = [entry.path for entry in plan.texts()]
    assert sorted({*written, *assets, *others}) == sorted(files)
    assert (assets, others) == (["aset/a.png"], ["a/b/c.md", "lain.md"])
    assert [part.title for part in plan.modules] == ["Di depan loket", "02-kosong"]
    assert plan.count == (2, 2, 2)


def test_a_new_part_gets_a_free_place_behind_its_siblings() -> None:
    paths = list(FILES)
    assert place_for("lesson", "Menutup: layanan!", "01-loket", paths) == "01-loket/04-menutup-layanan.md"
    assert place_for("module", "…", "", paths) == "02-modul/modul.md"
    assert place_for("quiz", "Ujian lagi", "", paths) == "91-ujian-lagi.md"
    assert place_for("bank", "Umum", "", [*paths, "bank/UMUM.md"]) == "bank/umum-2.md"
    assert asset_place("Foto Loket.JPG", [*paths, "aset/foto-loket.jpg"]) == "aset/foto-loket-2.jpg"


@pytest.mark.parametrize("up", [True, False])
def test_moving_exchanges_two_neighbours_and_nothing_else(up: bool) -> None:
    plan = outline(FILES)
    names = moved("01-loket/02-berkas.md", up, plan, list(FILES))
    after = {names.get(path, path): data for path, data in FILES.items()}
    order = titles(FILES)
    at = order.index("Memeriksa berkas")
    other = at - 1 if up else at + 1
    order[at], order[other] = order[other], order[at]
    assert titles(after) == order and len(names) == 2
    assert moved("01-loket/01-menyapa.md", True, plan, list(FILES)) == {}
    assert moved("kursus.md", True, plan, list(FILES)) == {}


def test_names_without_numbers_are_numbered_when_they_move_and_modules_take_their_files() -> None:
    paths = ("kursus.md", "dua/modul.md", "dua/kuis.md", "dua/awal.md", "satu/modul.md", "satu/x.md")
    files = dict.fromkeys(paths, b"")
    plan = outline(files)
    assert moved("dua/kuis.md", True, plan, list(files)) == {
        "dua/kuis.md": "dua/01-kuis.md", "dua/awal.md": "dua/02-awal.md",
    }  # fmt: skip
    assert moved("satu/modul.md", True, plan, list(files)) == {
        "satu/modul.md": "01-satu/modul.md", "satu/x.md": "01-satu/x.md", "dua/modul.md": "02-dua/modul.md",
        "dua/kuis.md": "02-dua/kuis.md", "dua/awal.md": "02-dua/awal.md",
    }  # fmt: skip
    assert removed("dua/modul.md", list(files)) == ["dua/awal.md", "dua/kuis.md", "dua/modul.md"]
    assert removed("kuis.md", list(files)) == []


def test_a_file_is_named_after_its_title_and_keeps_number_and_id() -> None:
    paths = list(FILES)
    assert renamed("01-loket/02-berkas.md", "Berkas lengkap?", paths) == {
        "01-loket/02-berkas.md": "01-loket/02-berkas-lengkap.md"
    }
    assert set(renamed("01-loket/modul.md", "Pintu", paths).values()) == {
        "01-pintu/modul.md", "01-pintu/01-menyapa.md", "01-pintu/02-berkas.md", "01-pintu/03-kuis.md",
    }  # fmt: skip
    assert renamed("01-loket/02-berkas.md", "!!!", paths) == {}
    taken = [*paths, "01-loket/02-Terpakai.md"]
    assert renamed("01-loket/02-berkas.md", "Terpakai", taken) == {}
    text = b"---\njenis: materi  # jenis\njudul: Lama # bukan catatan\nid: a # tetap\n---\njudul: isi\n"
    assert with_value(text, "title", "Baru: 1").splitlines()[2] == b"judul: Baru: 1"
    assert with_value(text, "id", "b").splitlines()[3] == b"id: b # tetap"
    assert with_value(text, "title", "B").endswith(b"judul: isi\n")
    foreign = text.replace(b"isi", b"Caf\xe9")
    day = with_review_day(foreign, date(2027, 1, 2))
    assert day == foreign.replace(b"tetap\n---", b"tetap\ntinjau_sebelum: 2027-01-02\n---")
    assert with_review_day(day, date(2027, 3, 4)) == day.replace(b"01-02", b"03-04")


def test_texts_to_begin_with_have_no_errors_and_snippets_can_be_read() -> None:
    made = starter_course("arsip", "Arsip: #1", "Siti, S.Sos.")
    assert parse_course(made, "arsip").problems == ()
    assert parse_course(copied_course(made, "arsip-2", "Salinan"), "arsip-2").problems == ()
    head = "---\njenis: kuis\nid: k\njudul: K\n---\n\n"
    for code, text in QUESTIONS.items():
        found = read_single((head + text).encode(), "k.md", {})
        assert not [one for one in found.problems if one.severity == "error"], (code, found.problems)
        assert found.piece is not None and [one.kind for one in found.piece.questions()] == [code]
    bank = {"bank/nama.md": (head.replace("kuis", "bank").replace("id: k", "id: b") + "".join(
        QUESTIONS["true_false"].replace("id-soal", f"id-soal-{name}") + "\n"
        for name in ("satu", "dua", "tiga", "empat", "lima")
    )).encode()}  # fmt: skip
    drawn = make_bundle() | bank | {"02-akhir.md": (head + POOLS["pool"]).encode()}
    quiz = parse_course(drawn, SLUG).course
    assert quiz is not None
    [pool] = [one for piece in quiz.pieces() if piece.id == "k" for one in piece.pools]
    assert (pool.take, len(pool.questions), pool.pinned, pool.excepted) == (
        3, 4, ("id-soal-satu",), ("id-soal-dua",))  # fmt: skip
    assert {path: canonical(path, data.decode()).encode() for path, data in made.items()} == made
    lesson = starter_text("lesson", "m", "M").decode() + "\n" + "\n".join(PROSE.values())
    assert read_single(lesson.encode(), "m.md", {}).problems == ()
    assert fresh_key("Arsip!", frozenset({"arsip", "arsip-2"}), "lesson") == "arsip-3"
    assert fresh_key("2 langkah", frozenset(), "lesson") == "lesson-2-langkah"


@pytest.mark.parametrize(
    ("code", "line", "mended", "params"),
    [
        ("question_id", "## Judul", "## Judul {#k-7e72}", {}),
        ("question_id", "## Judul {poin=2}", "## Judul {#k-bf9e poin=2}", {}),
        ("check_id", "::: kuis", "::: kuis {#k-05c4}", {}),
        ("heading_jump", "#### Dalam", "### Dalam", {"before": "##", "now": "####"}),
        ("heading_space", "##Judul", "## Judul", {}),
        ("tab", "a\tb", "a    b", {}),
        ("single_says_all", "## J {#a}", "## J {#a tipe=banyak}", {}),
        ("all_of_above", "- [ ] Semua benar", "- [ ] Semua benar {tetap}", {}),
    ],
)
def test_mistakes_without_a_decision_are_mended(
    code: str, line: str, mended: str, params: dict[str, str]
) -> None:
    text = f"satu\n{line}\ntiga"
    taken = frozenset({"k-01", "k-02", "lain-9"})
    assert mend(text, Problem("a.md", 2, code, params), taken, "k") == f"satu\n{mended}\ntiga"
    with pytest.raises(CannotMend):
        mend(text, Problem("a.md", 9, code, params), taken, "k")


def test_what_needs_a_decision_is_not_mended() -> None:
    with pytest.raises(CannotMend):
        mend("x", Problem("a.md", 1, "no_right"), frozenset(), "k")


def test_an_id_follows_from_what_is_said_and_is_none_that_is_taken() -> None:
    one, other = (
        mend(text, Problem("a.md", 1, "question_id"), frozenset({"k-01"}), "k").split("\n")[0]
        for text in ("## Satu\n\nBaru?\n\n## Lain", "## Satu\n\nTua?")
    )
    assert one != other
    assert one == "## Satu {#k-cd51}"
    taken: set[str] = set()
    assert new_id("k", "sama", taken) != new_id("k", "sama", taken)


def test_states_are_thinned_by_age_and_the_newest_stays() -> None:
    ages = [timedelta(days=9, hours=2), timedelta(days=9), timedelta(days=2, minutes=20), timedelta(days=2),
            timedelta(hours=23), timedelta(minutes=1)]  # fmt: skip
    saves = [(number, NOW - age) for number, age in enumerate(ages)]
    assert surplus(saves, NOW) == [0]
    assert surplus(saves, NOW + timedelta(days=30)) == [0, 2]
    assert surplus([(7, NOW - timedelta(days=999))], NOW) == []


def test_a_comparison_shows_changed_lines_and_leaves_out_equal_ones() -> None:
    old = "\n".join(map(str, range(20)))
    rows = compare(old, old.replace("10", "sepuluh"))
    assert [row.kind for row in rows] == ["gap", *["same"] * 3, "old", "new", *["same"] * 3, "gap"]
    assert [(row.number, row.text) for row in rows if row.kind in {"old", "new"}] == [
        (11, "10"),
        (11, "sepuluh"),
    ]
    assert compare(old, old) == []
