"""Texts made to cost much: work grows with their size, not with its square, and what is too deep is refused.

Work is counted in calls of functions, so that the speed of the machine does not matter.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from lms.content.html import render
from lms.content.lines import MAX_BRACKETS, MAX_DEPTH
from lms.content.parse import parse_course
from tests.courses import SLUG, make_bundle

LESSON = "01-loket/01-menyapa.md"
SMALL = 300
COSTLY: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: "> a\n\n" * n,
    "stars": lambda n: "*a " * n,
    "underscores": lambda n: "_a " * n,
    "closing brackets": lambda n: "a] " * n,
    "links": lambda n: "[a](https://x.example) " * n,
    "images": lambda n: "![a](aset/a.png) " * n,
    "tags": lambda n: "<a " * n,
    "entities": lambda n: "&#x3c;" * n,
    "ticks": lambda n: "`a " * n,
    "notes": lambda n: "".join(f"x[^{k}]\n\n[^{k}]: y\n\n" for k in range(n // 4)),
    "abbreviations": lambda n: "".join(f"*[k{k}]: b\n" for k in range(n // 8)) + "\nx " * n,
    "headings": lambda n: "## a\n\n" * n,
    "items": lambda n: "- a\n" * n,
    "definitions": lambda n: "a\n: b\n\n" * n,
    "fences": lambda n: "```\nx\n```\n\n" * n,
    "notices": lambda n: "/// penting\nx\n///\n\n" * (n // 4),
    "rows": lambda n: "\n| a | b |\n|---|---|\n" + "| a | b |\n" * n,
    "columns": lambda n: f"\n|{'a|' * n}\n|{'-|' * n}\n|{'b|' * n}\n",
    "blank": lambda n: "\n" * (20 * n),
    "comments": lambda n: "<!-- a -->\n\n" * n,
}


def calls(work: Callable[[], object]) -> int:
    """How many functions are called until the work ends."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def parse_with(text: str) -> Any:
    bundle = make_bundle()
    bundle[LESSON] += f"\n{text}\n".encode()
    return parse_course(bundle, SLUG)


@pytest.mark.parametrize("name", COSTLY)
def test_work_grows_with_the_size_of_the_text(name: str) -> None:
    make = COSTLY[name]
    render("x", prefix="p")
    for work in (lambda n: render(make(n), prefix="p"), lambda n: parse_with(make(n))):
        little, much = (calls(lambda n=n, work=work: work(n)) for n in (SMALL, 4 * SMALL))
        assert much < 8 * little + 20_000, f"{name}: {little} calls, {much} for four times the text"


@pytest.mark.parametrize("name", COSTLY)
def test_what_is_shown_is_not_many_times_what_was_written(name: str) -> None:
    text = COSTLY[name](SMALL)
    assert len(render(text, prefix="p")) < 40 * len(text) + 2_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (">" * 9_000 + " x", "nesting_deep"),
        ("> " * (MAX_DEPTH + 1) + "x", "nesting_deep"),
        ("\n".join("  " * n + "- x" for n in range(200)), "nesting_deep"),
        ("- " * 4_000 + "x", "nesting_deep"),
        ("[" * (MAX_BRACKETS + 1), "brackets_many"),
        ("a" * 10_001, "line_long"),
    ],
)
def test_what_is_too_deep_or_crowded_is_refused(text: str, code: str) -> None:
    parsed = parse_with(text)
    assert parsed.course is None
    assert code in {problem.code for problem in parsed.problems}


def test_a_text_of_more_than_1_mb_is_refused_unread() -> None:
    parsed = parse_with("kata " * 210_000)
    assert parsed.course is None
    assert "text_large" in {problem.code for problem in parsed.problems}
    assert calls(lambda: parse_with("kata " * 210_000)) < 20 * calls(lambda: parse_with("kata"))
