"""A handler that shows a page without taking back the refused act is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.check_refusals import ROOT, problems

VIEW = """
from lms.domain.accounts import actions
from lms.domain.accounts.actions import Refused

def _refused(error):
    undo()
    return error

def save():
    try:
        actions.edit(db.session(), 1)
    except Refused as error:
        {handler}
        return render(error)
"""


@pytest.mark.parametrize(
    ("handler", "count"),
    [("show(error)", 1), ("undo()", 0), ("db.session.rollback()", 0), ("abort(404)", 0),
     ("return _refused(error)", 0)],
)  # fmt: skip
def test_only_a_handler_that_takes_back_is_passed(tmp_path: Path, handler: str, count: int) -> None:
    path = tmp_path / "views.py"
    path.write_text(VIEW.format(handler=handler), encoding="utf-8")
    assert len(problems(path)) == count
    path.write_text(VIEW.format(handler=handler).replace("except Refused", "except actions.Refused"))
    assert len(problems(path)) == count


def test_what_is_not_of_the_domain_or_has_no_session_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "views.py"
    for one, other in (("except Refused", "except ValueError"), ("db.session()", "None")):
        path.write_text(VIEW.format(handler="show(error)").replace(one, other), encoding="utf-8")
        assert problems(path) == []


def test_all_views_take_back() -> None:
    assert [line for path in (ROOT / "lms" / "web").rglob("*.py") for line in problems(path)] == []
