"""What is close to a key, what is not, and how it becomes an accepted answer of the text."""

from __future__ import annotations

import pytest

from lms.content.blueprint import plan_of, uncovered, untested_modules
from lms.content.exchange.markdown import read_back
from lms.content.parse import parse_course
from lms.content.questions.near import distance, near_miss, typed_parts
from lms.content.writing.variants import accept_variant
from tests.courses import SLUG, make_bundle, quiz_text

KEYS = """## Singkatan {#k-1}

Apa?

- = standar operasional prosedur
  > Tepat.
- = PP 94 Tahun 2021
- = 15 menit
- = ASN
- != standar operasi
"""


@pytest.mark.parametrize(
    ("given", "how"),
    [
        ("standar oprasional prosedur", "spelling"),
        ("Standar Operasional Prosedru", "spelling"),
        ("standar-operasional prosedur", "signs"),
        ("PP 94 Tahun 2012", None),
        ("PP 94 Tahn 2021", "spelling"),
        ("15", "unit"),
        ("16", None),
        ("ASM", None),
        ("a.s.n", "signs"),
        ("standar kerja", None),
        ("ASN", None),
    ],
)
def test_close_answers_are_found_and_others_are_not(given: str, how: str | None) -> None:
    question, _ = read_back(KEYS)
    assert question is not None
    found = near_miss(question, given)
    assert (found[0] if found else None) == how


def test_distance_counts_changes_and_stops_early() -> None:
    pairs = (("abc", "abc"), ("abc", "acb"), ("abc", "ab"), ("abcd", "axyd"))
    assert [distance(*pair, 2) for pair in pairs] == [
        0, 1, 1, 2,
    ]  # fmt: skip
    assert distance("abcdef", "uvwxyz", 2) > 2


def test_a_variant_is_one_more_line_of_the_text() -> None:
    text = quiz_text(
        "kuis", "Kuis", questions="\n" + KEYS + "\n## Lain {#k-2}\n\nBenar?\n\n- [x] Benar\n- [ ] Salah\n"
    )
    written = accept_variant(text, "k-1", " standar  oprasional prosedur ")
    assert written == text.replace("  > Tepat.\n", "  > Tepat.\n- = standar oprasional prosedur\n")
    for question, variant in (
        ("k-1", "asn."),
        ("k-1", "standar operasi"),
        ("k-2", "a"),
        ("k-9", "a"),
        ("k-1", " "),
    ):
        with pytest.raises(LookupError):
            accept_variant(text, question, variant)


GAPS = """## Singkatan {#k-3}

SOP berarti [[standar operasional prosedur | prosedur baku]], `[[bukan isian]]`, selama [[=15]] menit
di [[*loket | rumah]] untuk [[warga]].
"""


def test_words_typed_into_gaps_are_looked_at_like_short_answers() -> None:
    question, _ = read_back(GAPS)
    assert question is not None
    parts = dict(typed_parts(question))
    assert list(parts) == ["k-3:g1", "k-3:g4"]  # numbers are met by their range, choices are no typing
    assert near_miss(parts["k-3:g1"], "standar oprasional prosedur") == (
        "spelling", "standar operasional prosedur",
    )  # fmt: skip
    assert near_miss(parts["k-3:g4"], "standar oprasional prosedur") is None
    text = quiz_text("kuis", "Kuis", questions="\n" + GAPS)
    written = accept_variant(text, "k-3:g1", "standar  oprasional prosedur")
    assert written == text.replace("prosedur baku]]", "prosedur baku | standar oprasional prosedur]]")
    assert accept_variant(text, "k-3:g4", "wargi") == text.replace("[[warga]]", "[[warga | wargi]]")
    for place, variant in (
        ("k-3:g1", "Prosedur Baku"), ("k-3:g4", "a | b"), ("k-3:g4", "*a"), ("k-3:g4", "a]] b"),
        ("k-3:g2", "16"), ("k-3:g3", "kantor"), ("k-3:g9", "a"), ("k-3:x", "a"), ("k-3:g1", " "),
    ):  # fmt: skip
        with pytest.raises(LookupError):
            accept_variant(text, place, variant)


def test_a_blueprint_counts_what_a_paper_holds_and_what_is_not_tested() -> None:
    course = parse_course(make_bundle(), SLUG).course
    assert course is not None
    exam = plan_of(next(quiz for quiz in course.quizzes), {"u-01": 0.5, "u-04": 0.8})
    cells = [(cell.kind, cell.available, round(cell.drawn, 2), round(cell.points, 2)) for cell in exam.cells]
    assert cells == [
        ("numeric", 1, 1.0, 3.0), ("true_false", 3, 2.0, 2.0),
    ]  # fmt: skip
    assert (exam.points, exam.drawn, exam.known, exam.total) == (5.0, 3, 2, 4)
    assert exam.expected == pytest.approx(100 * (0.5 * 2 / 3 + 0.8 * 3) / (2 / 3 + 3))
    assert plan_of(exam.quiz, {}).expected is None
    assert uncovered(course) == () and untested_modules(course) == ()
    bare = {path: data for path, data in make_bundle(completion="semua-materi").items() if "kuis" not in path}
    rest = parse_course({path: data for path, data in bare.items() if "90-" not in path}, SLUG).course
    assert rest is not None
    assert uncovered(rest) == ("M.5:2",) and untested_modules(rest) == ("Di depan loket",)
