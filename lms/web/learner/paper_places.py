"""Where a person stands on a paper that shows one question at a time, and where a button leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from lms.content.course import Quiz
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt
from lms.domain.quizzes.queries import ShownAttempt
from lms.i18n import formats
from lms.web.fragments import Own
from lms.web.learner.paper_pages import Asked

OVERVIEW = "overview"


@dataclass(frozen=True)
class Place:
    """The one question that a page shows; `number` is 0 where all stand on one page."""

    number: int
    total: int
    group: str = ""

    @property
    def previous(self) -> int:
        """The question before; 0 on the first one."""
        return max(0, self.number - 1)

    @property
    def following(self) -> int:
        """The question after; 0 on the last one."""
        return self.number + 1 if self.number < self.total else 0

    def shows(self, number: int) -> bool:
        """Tell whether the page shows that question."""
        return not self.number or self.number == number


def place_of(quiz: Quiz, attempt: ShownAttempt, page: Sequence[Asked], wanted: str) -> Place:
    """Return what to show: the question asked for, else the first that is not answered, else the first."""
    if quiz.layout != "one" or not page:
        return Place(0, len(page))
    open_ones = (item.number for item in page if not item.answered)
    number = _number(wanted, len(page)) or next(open_ones, 1)
    entry = rules.paper_of(attempt.paper)["questions"][number - 1]
    return Place(number, len(page), quiz.pools[entry["pool"]].title)


def standing(attempt: ShownAttempt, page: Sequence[Asked], minutes_left: int | None) -> Own:
    """Return what fills the slots of the parts around the questions of a paper.

    Time and addresses, what is answered and missing; of each question its key, class and state in words.
    """
    words = {True: _("saved"), False: _("not answered")}
    marked = _("marked")
    missing = [str(item.number) for item in page if not item.answered]
    found: dict[str, object] = {
        "until": formats.clock(attempt.deadline_at),
        "left": "" if minutes_left is None
        else ngettext("%(num)s minute left", "%(num)s minutes left", minutes_left),
        "answered": _("%(done)s of %(total)s answered", done=len(page) - len(missing), total=len(page)),
        "missing": ", ".join(missing),
        "save": url_for("attempts.save", attempt_id=attempt.id),
        "extend": url_for("attempts.extend", attempt_id=attempt.id),
    }  # fmt: skip
    for item in page:
        state, shape = words[item.answered], "done" if item.answered else "open"
        found[f"key{item.number}"] = item.key
        found[f"state{item.number}"] = f"{state}, {marked}" if item.flagged else state
        found[f"class{item.number}"] = f"{shape} flagged" if item.flagged else shape
    return Own(found)


def address(attempt: Attempt | ShownAttempt, number: int) -> str:
    """Return the address of one question of a paper, on whatever page it stands; 0: of the paper."""
    if not number:
        return url_for("attempts.show", attempt_id=attempt.id)
    return url_for("attempts.show", attempt_id=attempt.id, soal=number, _anchor=f"s-{number}")


def after_saving(attempt: Attempt, form: MultiDict[str, str], *, stay: bool = False) -> str:
    """Return where the pressed button leads: `go` is a number or the overview, `at` the question shown.

    `stay`: something must be seen on the question first.
    """
    total = len(rules.keys_of(rules.paper_of(attempt.paper)))
    if form.get("go") == OVERVIEW and not stay:
        return url_for("attempts.confirm", attempt_id=attempt.id)
    here = _number(form.get("at", ""), total)
    return address(attempt, here if stay else _number(form.get("go", ""), total) or here)


def _number(text: str, total: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return number if number <= total else 0
