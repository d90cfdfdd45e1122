"""Patterns of trainers: which are refused, and that one which would run for ever is really stopped."""

from __future__ import annotations

import pytest
import regex

from lms.content.questions.patterns import TIMEOUT, matches, pattern_problem
from tests.unit.content.questions.making import grade, make

SLOW = "(a|ab|b)*(c|d)"
"""Without nested repetition, and yet the time doubles with every letter."""
TEXT = "ab" * 240


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("lhk(pn)?", None),
        (r"kartu\s+keluarga", None),
        ("a{2,3}b{2}", None),
        (r"\{e<=1\}", None),
        (r"\p{L}+ \d{2}", None),
        (r"\\1", None),
        ("x" * 201, "pattern_long"),
        (r"(a)\1", "pattern_backreference"),
        (r"(a)\g<1>", "pattern_backreference"),
        (r"(a)\g{1}", "pattern_backreference"),
        ("(?P<n>a)(?P=n)", "pattern_backreference"),
        ("(a(?R)?)", "pattern_backreference"),
        ("(a)(?1)", "pattern_backreference"),
        ("(a)?(?(1)b|c)", "pattern_backreference"),
        ("(?:laporan){e<=1}", "pattern_fuzzy"),
        ("(laporan){i,d<2}", "pattern_fuzzy"),
        ("(a+)+", "pattern_nested"),
        ("((a|b)*c)*", "pattern_nested"),
        ("(a{1,9}){1,9}", "pattern_nested"),
        ("(a", "pattern_broken"),
    ],
)
def test_what_is_refused(pattern: str, code: str | None) -> None:
    assert pattern_problem(pattern) == code


def test_the_library_stops_what_would_run_for_ever() -> None:
    """The pattern is one that we take, so only the time limit stands between it and the server."""
    assert pattern_problem(SLOW) is None
    with pytest.raises(TimeoutError):
        regex.fullmatch(SLOW, TEXT, timeout=TIMEOUT)
    assert regex.fullmatch(SLOW, "ababc", timeout=TIMEOUT)


def test_an_answer_that_would_run_for_ever_is_wrong() -> None:
    assert matches(SLOW, TEXT, sensitive=False) is False
    assert matches(SLOW, "ABABC", sensitive=False) is True
    assert matches(SLOW, "ABABC", sensitive=True) is False
    question = make(f"- = abc\n- ~ {SLOW}")
    assert grade(question, {"": TEXT}).verdict == "wrong"
    assert grade(question, {"": "ababd."}).verdict == "right"


def test_a_pattern_means_the_whole_answer() -> None:
    question = make("- = KTP\n- ~ ktp|e-ktp")
    assert grade(question, {"": "E-KTP"}).verdict == "right"
    assert grade(question, {"": "kartu e-ktp"}).verdict == "wrong"
