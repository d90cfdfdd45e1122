"""Every act that the application records has words in the activity log."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import lms
from lms.web import log_words


@cache
def trees() -> list[ast.Module]:
    """The source of the application without the words themselves."""
    paths = [path for path in Path(lms.__file__).parent.rglob("*.py") if path.name != "log_words.py"]
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


def recorded() -> Iterator[str]:
    """The verbs in calls of `record(session, "noun.verb", ...)`."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                yield from (arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant))


def test_every_recorded_act_has_words() -> None:
    assert set(recorded()) <= set(log_words.VERBS)


def test_all_words_are_for_acts_that_exist() -> None:
    named = {
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(log_words.VERBS) <= named
