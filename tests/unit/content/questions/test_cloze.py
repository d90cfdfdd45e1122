"""Gaps in a sentence: which part of the points each answer earns, worked out by hand."""

from __future__ import annotations

import random

import pytest

from lms.content.questions import Question, Unreadable, cloze, parts_of
from lms.content.questions.question import BLANK
from tests.unit.content.questions.making import grade, make, read

SENTENCE = (
    "Setiap [[*ASN | karyawan | magang]] menaati [[peraturan|ketentuan]] dan [[=20]] JP, [[=25 ± 0.5]] %."
)


def sentence(attributes: str = "", text: str = SENTENCE) -> Question:
    return make("", attributes, prompt=text)


def form(question: Question, *given: str) -> dict[str, str]:
    """The form with these texts in the gaps from left to right; a text that is an option is chosen."""
    fields = {}
    for gap, text in zip(question.gaps, given, strict=True):
        fields[gap.key] = next((option.key for option in gap.options if option.text == text), text)
    return fields


# Four gaps. What is given from left to right; how many are right; persis, sebagian (also without `nilai=`),
# sebagian-ketat.
TABLE = [
    (("ASN", "peraturan", "20", "25"), 4, 1.0, 1.0, 1.0),
    (("ASN", " KETENTUAN. ", "20,0", "24,5"), 4, 1.0, 1.0, 1.0),  # a variant; 20,0 is 20; the edge counts
    (("ASN", "peraturan", "20", "25,51"), 3, 0.0, 0.75, 0.0),  # just outside the tolerance
    (("karyawan", "peraturan", "21", "25"), 2, 0.0, 0.5, 0.0),
    (("ASN", "peraturan", "", ""), 2, 0.0, 0.5, 0.5),  # open gaps are not wrong
    (("ASN", "aturan", "", ""), 1, 0.0, 0.25, 0.0),  # no guessing at what was meant
    (("ASN", "peraturan", "dua puluh", "25"), 3, 0.0, 0.75, 0.75),  # a number that cannot be read is open
    (("magang", "aturan", "2", "2"), 0, 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("given", "right", "exact", "partial", "strict"), TABLE)
def test_marks(given: tuple[str, ...], right: int, exact: float, partial: float, strict: float) -> None:
    assert partial == right / 4
    for rule, share in (("", partial), ("nilai=persis", exact), ("nilai=sebagian", partial),
                        ("nilai=sebagian-ketat", strict)):  # fmt: skip
        question = sentence(rule)
        assert grade(question, form(question, *given)).fraction == share, rule


def test_nothing_filled_in_is_blank() -> None:
    assert grade(sentence(), form(sentence(), "", "", "", "")) == BLANK
    assert grade(sentence(), form(sentence(), "", "", "x", "")).verdict == "wrong"


def test_the_kept_prompt_holds_no_key() -> None:
    question = sentence()
    assert question.prompt == "Setiap ⟦1⟧ menaati ⟦2⟧ dan ⟦3⟧ JP, ⟦4⟧ %."
    assert not [text for text in question.texts() if "peraturan" in text or "20" in text]


def test_an_answer_is_stored_by_gap_and_shown() -> None:
    question = sentence()
    answer = read(question, form(question, "ASN", "Peraturan", "1.000", "kira-kira"))
    assert answer == {
        "g1": question.gaps[0].right, "g2": "Peraturan", "g3": "1000", "g4": {"unreadable": "kira-kira"},
    }  # fmt: skip
    assert cloze.show(question, answer) == "(1) ASN; (2) Peraturan; (3) 1.000; (4) kira-kira"
    assert cloze.right_answer(question) == "(1) ASN; (2) peraturan; (3) 20; (4) 25 (24,5–25,5)"
    assert [part.right for part in parts_of(question, answer)] == [True, True, False, None]
    assert [part.problem for part in parts_of(question, answer)] == ["", "", "", "number_unreadable"]
    long = read(question, {"g2": "a" * 501})
    assert parts_of(question, long)[1].problem == "answer_long"


def test_case_counts_only_when_the_heading_says_so() -> None:
    for attributes, verdict in (("", "right"), ("huruf=peka", "wrong")):
        question = sentence(attributes, "Kartu [[KTP-el]].")
        assert grade(question, {"g1": "ktp-EL"}).verdict == verdict


@pytest.mark.parametrize("values", [{"g1": ["o0"]}, {"g1": ["ASN"]}, {"g9": ["x"]}, {"": ["x"]}])
def test_what_no_form_sends_is_refused(values: dict[str, list[str]]) -> None:
    with pytest.raises(Unreadable):
        cloze.read(sentence(), values)


@pytest.mark.parametrize("stored", [{"g1": 3}, {"g2": 5}, {"g3": "x"}, {"g4": [1]}, {"g2": "  "}])
def test_a_stored_value_of_another_form_never_counts(stored: dict[str, object]) -> None:
    assert cloze.grade(sentence(), stored).fraction == 0.0
    assert isinstance(cloze.show(sentence(), stored), str)


def test_options_are_shuffled_in_their_gap_and_the_right_one_is_no_other_key() -> None:
    question = sentence(text="[[*a|b|c]] dan [[d|*e|f]]")
    orders = {tuple(cloze.shuffled(question, random.Random(seed))) for seed in range(200)}
    assert len(orders) == 36
    assert all({key[:2] for key in order[:3]} == {"g1"} for order in orders)
    firm = cloze.shuffled(sentence("acak=tidak", "[[b|*a]]"), random.Random(1))
    assert firm == [option.key for option in sentence(text="[[b|*a]]").gaps[0].options]
    turned = sentence(text="[[a|*b|c]]").gaps[0].options
    assert [option.key for option in turned] == [
        option.key for option in sentence(text="[[*a|b|c]]").gaps[0].options
    ]


def test_code_holds_no_gap_and_a_table_may() -> None:
    text = "Tulis `[[ini]]`:\n\n```\n[[itu]]\n```\n\n| a | b |\n|---|---|\n| satu | [[dua|duo]] |"
    question = sentence(text=text)
    assert len(question.gaps) == 1
    assert (
        "`[[ini]]`" in question.prompt
        and "[[itu]]" in question.prompt
        and "| satu | ⟦1⟧ |" in question.prompt
    )
