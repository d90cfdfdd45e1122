"""Pairs: which part of the points each answer earns, worked out by hand; what the page may know."""

from __future__ import annotations

import random

import pytest

from lms.content.questions import Question, Unreadable, kind_of, matching, parts_of
from lms.content.questions.question import BLANK
from tests.unit.content.questions.making import grade, make, read

LINES = """- Teguran lisan -> Ringan
  > Benar, ini yang paling ringan.
- Potong tunjangan -> Sedang
- Teguran tertulis -> Ringan
- Pembebasan jabatan -> **Berat**
- -> Tidak dihukum {tetap}
  > Setiap pelanggaran ada hukumannya."""


def form(question: Question, *rights: str) -> dict[str, str]:
    """The form in which the items get these texts, from top to bottom; "" leaves one open."""
    keys = {option.text: option.key for option in question.gaps[0].options}
    return {gap.key: keys.get(text, "") for gap, text in zip(question.gaps, rights, strict=True)}


# Four items. Chosen texts from top to bottom, then the share of the points by persis, sebagian (which is
# the rule without `nilai=`) and sebagian-ketat.
TABLE = [
    (("Ringan", "Sedang", "Ringan", "**Berat**"), 1.0, 1.0, 1.0, "right"),
    (("Ringan", "Sedang", "Ringan", ""), 0.0, 0.75, 0.75, "partial"),
    (("Ringan", "Sedang", "Ringan", "Sedang"), 0.0, 0.75, 0.0, "partial"),
    (("Ringan", "Ringan", "Ringan", "Ringan"), 0.0, 0.5, 0.0, "partial"),
    (("", "Sedang", "", ""), 0.0, 0.25, 0.25, "partial"),
    (("Tidak dihukum", "Ringan", "Sedang", "Ringan"), 0.0, 0.0, 0.0, "wrong"),
    (("", "", "", ""), 0.0, 0.0, 0.0, "blank"),
]


@pytest.mark.parametrize(("given", "exact", "partial", "strict", "verdict"), TABLE)
def test_marks(given: tuple[str, ...], exact: float, partial: float, strict: float, verdict: str) -> None:
    for rule, share in (("", partial), ("nilai=persis", exact), ("nilai=sebagian", partial),
                        ("nilai=sebagian-ketat", strict)):  # fmt: skip
        question = make(LINES, rule)
        assert grade(question, form(question, *given)).fraction == share, rule
    question = make(LINES)
    assert grade(question, form(question, *given)).verdict == verdict


def test_feedback_is_that_of_the_lines_the_learner_put_together() -> None:
    question = make(LINES)
    assert grade(question, form(question, "Ringan", "", "", "")).remarks == (
        "Benar, ini yang paling ringan.",
    )
    wrong = grade(question, form(question, "Sedang", "Tidak dihukum", "", ""))
    assert wrong.remarks == ("Setiap pelanggaran ada hukumannya.",)


def test_an_answer_is_stored_by_item_and_shown() -> None:
    question = make(LINES)
    sedang = form(question, "", "Sedang", "", "")
    assert read(question, sedang) == {"p2": sedang["p2"]}
    assert read(question, form(question, "", "", "", "")) is None
    assert matching.show(question, read(question, sedang)) == "Potong tunjangan → Sedang"
    assert matching.right_answer(question).endswith("Pembebasan jabatan → **Berat**")
    assert [part.right for part in parts_of(question, read(question, sedang))] == [None, True, None, None]


@pytest.mark.parametrize("values", [{"p1": ["o0"]}, {"p9": ["x"]}, {"": ["x"]}, {"p1": ["a", "b"]}])
def test_what_no_form_sends_is_refused(values: dict[str, list[str]]) -> None:
    with pytest.raises(Unreadable):
        matching.read(make(LINES), values)


@pytest.mark.parametrize("stored", [None, {}, [], "o1", 7, {"p1": None}, {"p9": "x"}])
def test_stored_answers_of_another_form_are_blank(stored: object) -> None:
    assert matching.grade(make(LINES), stored) == BLANK


def test_a_stored_key_that_is_gone_is_not_taken_for_a_pair() -> None:
    assert matching.grade(make(LINES), {"p1": "o0", "p2": {"a": 1}}) == BLANK


def test_neither_keys_nor_order_give_the_pairs_away() -> None:
    question = make(LINES)
    options = question.gaps[0].options
    in_source = [option.key for option in options]
    extra = in_source[-1]
    orders = {tuple(matching.shuffled(question, random.Random(seed))) for seed in range(60)}
    assert len(orders) == 6 and {order[-1] for order in orders} == {extra}
    swapped = make(LINES.replace("-> Sedang", "-> X").replace("-> **Berat**", "-> Sedang"))
    key = {option.text: option.key for option in options}["Sedang"]
    assert {option.text: option.key for option in swapped.gaps[0].options}["Sedang"] == key
    firm = kind_of(question).shuffled(
        make("- a -> z\n- b -> 10 hari\n- c -> 2 hari", "acak=tidak"), random.Random(1)
    )
    texts = {
        option.key: option.text for option in make("- a -> z\n- b -> 10 hari\n- c -> 2 hari").gaps[0].options
    }
    assert [texts[name] for name in firm] == ["2 hari", "10 hari", "z"]


def test_an_arrow_is_a_pair_only_where_no_other_answer_stands() -> None:
    question = make("- [x] Ya\n- [ ] Tidak", prompt="Tekan:\n\n- Menu -> Simpan\n\n")
    assert question.kind == "single" and "Menu -> Simpan" in question.prompt
    coded = make("- `a -> b` -> kode\n- a->c -> panah rapat", prompt="Baca:\n\n- `x -> y`\n\n")
    assert [gap.text for gap in coded.gaps] == ["`a -> b`", "a->c"]
    assert coded.prompt == "Baca:\n\n- `x -> y`"
