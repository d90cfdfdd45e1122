"""Choices: which part of the points each answer earns, worked out by hand, kind by kind."""

from __future__ import annotations

import pytest

from lms.content.questions import Question, kind_of
from tests.unit.content.questions.making import make

SINGLE = "- [x] A\n- [ ] B\n- [50%] C\n- [-50%] D"
TRUTH = "- [ ] Benar\n- [x] Salah"
FIVE = "- [x] A\n- [x] B\n- [x] C\n- [ ] D\n- [ ] E"
WEIGHTED = "- [50%] A\n- [50%] B\n- [-25%] C\n- [ ] D"


def mark_of(question: Question, letters: str) -> tuple[float, str]:
    """The share and the verdict when the options with these texts are chosen."""
    keys = [option.key for option in question.options if option.text in letters.split()]
    kind = kind_of(question)
    mark = kind.grade(question, kind.read(question, {"": keys}))
    return mark.fraction, mark.verdict


# One is right; C earns half; D costs, but nobody falls below 0.
@pytest.mark.parametrize(
    ("chosen", "share", "verdict"),
    [("A", 1, "right"), ("B", 0, "wrong"), ("C", 0.5, "partial"), ("D", 0, "wrong"), ("", 0, "blank")],
)
def test_single(chosen: str, share: float, verdict: str) -> None:
    assert mark_of(make(SINGLE), chosen) == (share, verdict)
    assert mark_of(make(SINGLE.replace("[x]", "(x)").replace("[ ]", "( )")), chosen) == (share, verdict)


@pytest.mark.parametrize(
    ("chosen", "share", "verdict"), [("Salah", 1, "right"), ("Benar", 0, "wrong"), ("", 0, "blank")]
)
def test_true_false(chosen: str, share: float, verdict: str) -> None:
    assert make(TRUTH).kind == "true_false"
    assert mark_of(make(TRUTH), chosen) == (share, verdict)


# A, B, C are right, D and E wrong. persis (the rule without `nilai=`): all or nothing.
# sebagian: right chosen / 3 - wrong chosen / 2, not below 0.
# sebagian-ketat: right chosen / 3, 0 with a wrong one.
@pytest.mark.parametrize(
    ("chosen", "exact", "partial", "strict"),
    [
        ("A B C", 1, 1, 1),
        ("A B", 0, 2 / 3, 2 / 3),
        ("A", 0, 1 / 3, 1 / 3),
        ("A B C D", 0, 1 - 1 / 2, 0),
        ("A B D", 0, 2 / 3 - 1 / 2, 0),
        ("A D", 0, 0, 0),  # 1/3 - 1/2 is below 0
        ("A B C D E", 0, 0, 0),  # choosing everything earns nothing
        ("D E", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_multiple(chosen: str, exact: float, partial: float, strict: float) -> None:
    for rule, share in (("", exact), ("nilai=persis", exact), ("nilai=sebagian", partial),
                        ("nilai=sebagian-ketat", strict)):  # fmt: skip
        assert mark_of(make(FIVE, rule), chosen)[0] == pytest.approx(share), rule


@pytest.mark.parametrize(
    ("chosen", "share"),
    [("A B", 1), ("A", 0.5), ("A B C", 0.75), ("A C", 0.25), ("A D", 0.5), ("C", 0), ("C D", 0), ("", 0)],
)
def test_multiple_with_written_weights(chosen: str, share: float) -> None:
    assert mark_of(make(WEIGHTED), chosen)[0] == pytest.approx(share)
