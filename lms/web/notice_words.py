"""What a notice says and where it leads, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.domain.notices.models import Notice

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """The sentence of a kind, the line under it, and the address its facts lead to."""

    title: LazyString
    second: LazyString | str
    url: Callable[[Facts], str]


@dataclass(frozen=True)
class Told:
    """A notice in words."""

    id: int
    at: datetime
    unread: bool
    title: str
    second: str


def _review(facts: Facts) -> str:
    return url_for("trainer.reviews.show", slug=facts["slug"], review_id=facts["review"])


def _attempt(facts: Facts) -> str:
    return url_for("attempts.result", attempt_id=facts["attempt"])


def _own_data(_facts: Facts) -> str:
    return url_for("own_data.show", _anchor="corrections")


def _freshness(_facts: Facts) -> str:
    return url_for("trainer.freshness.index")


def _reminders(_facts: Facts) -> str:
    return url_for("reminders.index")


def _asked(facts: Facts) -> str:
    return url_for("trainer.inquiries.show", inquiry_id=facts["inquiry"])


def _own_questions(_facts: Facts) -> str:
    return url_for("inquiries.index")


def _followup(facts: Facts) -> str:
    return url_for("followups.show", followup_id=facts["followup"])


def _followup_answer(facts: Facts) -> str:
    return url_for("followups.ask", followup_id=facts["followup"])


def _programme(facts: Facts) -> str:
    return url_for("programmes.show", programme_id=facts["programme"])


_COURSE = "%(course)s"
_LESSON = "%(lesson)s, %(course)s"
KINDS: dict[str, Kind] = {
    "review.waits": Kind(_l("%(name)s sent a text for your review"), _COURSE, _review),
    "review.approved": Kind(_l("%(name)s approved your text"), _COURSE, _review),
    "review.returned": Kind(_l("%(name)s returned your text with remarks"), _COURSE, _review),
    "mark.corrected": Kind(_l("Your mark was counted anew: %(reason)s"), "%(quiz)s, %(course)s", _attempt),
    "inquiry.asked": Kind(_l("A learner asks about your lesson"), _LESSON, _asked),
    "inquiry.handed": Kind(_l("A question was handed on to you"), _LESSON, _asked),
    "inquiry.answered": Kind(_l("Your question was answered"), _LESSON, _own_questions),
    "inquiry.declined": Kind(_l("Your question was declined, with a reason"), _LESSON, _own_questions),
    "inquiry.entered": Kind(_l("Your question was taken up in the text"), _LESSON, _own_questions),
    "wish.answered": Kind(_l("Your request for correction was answered"), _l("Data about me"), _own_data),
    "law.changed": Kind(_l("A rule of law that your course cites has changed"), _COURSE, _freshness),
    "followup.plan": Kind(_l("Write what you will do at work after the course"), _COURSE, _followup),
    "followup.self": Kind(_l("What did the course change at your work? Four questions"), _COURSE, _followup),
    "followup.asked": Kind(
        _l("You are asked what a course changed at the work of somebody"), _COURSE, _followup_answer
    ),
    "programme.assigned": Kind(_l("A learning path was assigned to you"), "%(title)s", _programme),
    "programme.changed": Kind(_l("A learning path that you are on has changed"), "%(title)s", _programme),
    "reminder": Kind(_l("A reminder of what waits for you"), _l("%(count)s in all"), _reminders),
}


def told(notice: Notice) -> Told:
    """Put a notice into words."""
    kind = KINDS[notice.kind]
    return Told(
        notice.id, notice.at, notice.read_at is None, str(kind.title) % notice.facts,
        str(kind.second) % notice.facts,
    )  # fmt: skip


def address(notice: Notice) -> str:
    """Return where a notice leads."""
    return KINDS[notice.kind].url(notice.facts)
