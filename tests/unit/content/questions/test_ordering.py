"""Steps to put in order: which part of the points each order earns, worked out by hand."""

from __future__ import annotations

import random

import pytest

from lms.content.questions import Question, Unreadable, ordering, parts_of
from lms.content.questions.question import BLANK
from tests.unit.content.questions.making import grade, make, read

LINES = """1. Pemanggilan
   > Orang dipanggil dahulu.
2. Pemeriksaan
3. Berita acara
4. Keputusan"""


def form(question: Question, numbers: str) -> dict[str, str]:
    """The form that gives these numbers to the steps in their right order; "-" leaves one open."""
    return {gap.key: text.strip("-") for gap, text in zip(question.gaps, numbers.split(), strict=True)}


# Four steps make three neighbours: 1-2, 2-3, 3-4. The numbers given to the steps, then how many neighbours
# stand directly after each other, then the share by persis, sebagian (also without `nilai=`), sebagian-ketat.
TABLE = [
    ("1 2 3 4", 3, 1.0, 1.0, 1.0),  # right
    ("2 1 3 4", 1, 0.0, 1 / 3, 0.0),  # the first two swapped: only 3-4 stand together
    ("1 3 2 4", 0, 0.0, 0.0, 0.0),  # the middle two swapped tear all three apart
    ("4 1 2 3", 2, 0.0, 2 / 3, 0.0),  # the first put last: 2-3 and 3-4 still follow each other
    ("3 4 1 2", 2, 0.0, 2 / 3, 0.0),  # halves swapped: 1-2 and 3-4
    ("4 3 2 1", 0, 0.0, 0.0, 0.0),  # backwards
    ("1 2 - -", 1, 0.0, 1 / 3, 1 / 3),  # two are numbered; what is open is not wrong
    ("- - 3 4", 1, 0.0, 1 / 3, 1 / 3),
    ("1 - 3 -", 0, 0.0, 0.0, 0.0),  # no neighbours
    ("1 2 2 3", 0, 0.0, 0.0, 0.0),  # a number used twice counts for neither step
    ("1 1 3 4", 1, 0.0, 1 / 3, 1 / 3),
]


@pytest.mark.parametrize(("numbers", "together", "exact", "partial", "strict"), TABLE)
def test_marks(numbers: str, together: int, exact: float, partial: float, strict: float) -> None:
    assert partial == together / 3
    for rule, share in (("", partial), ("nilai=persis", exact), ("nilai=sebagian", partial),
                        ("nilai=sebagian-ketat", strict)):  # fmt: skip
        question = make(LINES, f"tipe=urut {rule}")
        assert grade(question, form(question, numbers)).fraction == pytest.approx(share), rule


def test_nothing_numbered_is_blank_and_all_in_place_is_right() -> None:
    question = make(LINES, "tipe=urut")
    assert grade(question, form(question, "- - - -")) == BLANK
    assert grade(question, form(question, "1 2 3 4")).verdict == "right"
    assert grade(question, form(question, "x - - -")).verdict == "wrong"


def test_feedback_is_that_of_steps_out_of_place() -> None:
    question = make(LINES, "tipe=urut")
    assert grade(question, form(question, "4 1 2 3")).remarks == ("Orang dipanggil dahulu.",)
    assert grade(question, form(question, "1 2 4 3")).remarks == ()


def test_what_cannot_be_counted_is_kept_and_named() -> None:
    question = make(LINES, "tipe=urut")
    answer = read(question, form(question, "1. 0 1 empat"))
    assert [part.problem for part in parts_of(question, answer)] == [
        "place_twice", "place_range", "place_twice", "place_range",
    ]  # fmt: skip
    assert [part.given for part in parts_of(question, answer)] == ["1", "0", "1", "empat"]
    whole = read(question, form(question, "2 1 3 4"))
    assert [part.right for part in parts_of(question, whole)] == [False, False, False, True]
    assert ordering.show(question, whole) == "Pemeriksaan; Pemanggilan; Berita acara; Keputusan"
    assert ordering.right_answer(question) == "Pemanggilan; Pemeriksaan; Berita acara; Keputusan"


def test_what_no_form_sends_is_refused() -> None:
    for values in ({"o0": ["1"]}, {"": ["1"]}):
        with pytest.raises(Unreadable):
            ordering.read(make(LINES, "tipe=urut"), values)


@pytest.mark.parametrize("value", [True, 0, 5, "1", 1.0, [1], {"x": 1}])
def test_a_stored_value_of_another_form_never_counts(value: object) -> None:
    question = make(LINES, "tipe=urut")
    stored = {question.gaps[0].key: value, question.gaps[1].key: 2}
    assert ordering.grade(question, stored).fraction == 0.0
    assert isinstance(ordering.show(question, stored), str)


def test_the_right_order_is_never_shown() -> None:
    question = make(LINES, "tipe=urut")
    right = [gap.key for gap in question.gaps]
    orders = {tuple(ordering.shuffled(question, random.Random(seed))) for seed in range(400)}
    assert tuple(right) not in orders and len(orders) == 23  # of 24
    assert right != sorted(right)
    alphabet = make("1. b\n2. a\n3. c", "tipe=urut acak=tidak")
    texts = {gap.key: gap.text for gap in alphabet.gaps}
    assert [texts[key] for key in ordering.shuffled(alphabet, random.Random(1))] == ["a", "b", "c"]
    sorted_already = make("1. a\n2. b\n3. c", "tipe=urut acak=tidak")
    texts = {gap.key: gap.text for gap in sorted_already.gaps}
    assert [texts[key] for key in ordering.shuffled(sorted_already, random.Random(1))] == ["c", "b", "a"]


def test_numbered_lines_are_a_plain_list_elsewhere() -> None:
    question = make("- [x] Ya\n- [ ] Tidak", prompt="Langkah:\n\n1. satu\n2. dua\n\n")
    assert question.kind == "single" and "1. satu" in question.prompt
    assert make("1. a\n1. b\n1. c", "tipe=urut").kind == "ordering"
