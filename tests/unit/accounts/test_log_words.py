"""Every act that the application records has words in the activity log."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import lms
from lms.web.admin.log_words import VERBS


def recorded() -> Iterator[str]:
    """The verbs in calls of `record(session, "noun.verb", ...)`."""
    for path in Path(lms.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                yield from (arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant))


def test_every_recorded_act_has_words() -> None:
    assert set(recorded()) == set(VERBS)
