"""The learner's home: the one next step, what fits into ten minutes, JP of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from lms import clock
from lms.db import db
from lms.domain.announcements.queries import announcements_for
from lms.domain.assignments.queries import duties_of
from lms.domain.catalog.models import Piece
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollments_of, hours_from, with_elsewhere
from lms.domain.enrollments.rules import Deadline, deadline
from lms.domain.notices.queries import unread_notices
from lms.domain.obligations.queries import Duty, obligations_due
from lms.domain.programmes.queries import Way as Path
from lms.domain.programmes.queries import ways_of
from lms.domain.progress.queries import progress_of_all, supplements_of
from lms.domain.progress.rules import Progress, Step
from lms.domain.reports.marking import own_essays
from lms.domain.reports.suggestions import suggestions
from lms.domain.settings.rules import target_jp
from lms.web.access import person
from lms.web.context import policy
from lms.web.notice_words import told
from lms.web.obligation_words import STATES, due_text
from lms.web.programme_words import hours as programme_hours
from lms.web.programme_words import steps_done

home = Blueprint("home", __name__)
MINUTES = (5, 10, 20)
SOON_DAYS = 60
"""So long before its day home names a recurring training that was never done."""
TOLD_DAYS = 14
"""So long the home page tells of an essay that was marked."""


@dataclass(frozen=True)
class Way:
    """A course the person is in, with its progress."""

    enrollment: Enrollment
    progress: Progress

    @property
    def deadline(self) -> Deadline | None:
        """Until when the course should be completed."""
        return deadline_of(self.enrollment)

    @property
    def next_url(self) -> str:
        """Where to go on."""
        step = self.progress.next
        return step_url(self.enrollment, step) if step else course_url(self.enrollment)


def deadline_of(enrollment: Enrollment) -> Deadline | None:
    """Return until when an open enrolment should be completed; None without a deadline or when it is done."""
    if enrollment.completed_at is not None:
        return None
    return deadline(enrollment.enrolled_at, enrollment.version.due_days, clock.now())


def step_url(enrollment: Enrollment, step: Step) -> str:
    """Return the address of a lesson or quiz of an enrolment."""
    return piece_url(enrollment, step.piece)


def piece_url(enrollment: Enrollment, piece: Piece) -> str:
    """Return the address of a lesson or quiz by its index row."""
    endpoint = "lessons.show" if piece.kind == "lesson" else "quizzes.show"
    return url_for(endpoint, slug=enrollment.course.slug, key=piece.key)


def course_url(enrollment: Enrollment) -> str:
    """Return the address of the course page."""
    return url_for("catalog.show", slug=enrollment.course.slug)


@home.get("/")
def show() -> str:
    """Show the home of the signed-in person."""
    user, session, now = person(), db.session(), clock.now()
    today = clock.local_date(now)
    enrollments = enrollments_of(session, user.id)
    slugs = {item.id: item.course.slug for item in enrollments}
    open_ones = [item for item in enrollments if item.completed_at is None]
    states = progress_of_all(session, open_ones)
    ways = [Way(item, states[item.id]) for item in open_ones]
    duties = duties_of(session, user.id, today)
    essays = own_essays(session, user.id, since=now - timedelta(days=TOLD_DAYS))
    waiting = {(essay.enrollment_id, essay.quiz_key) for essay in essays if essay.waiting}
    return render_template(
        "learner/home/show.html",
        nav="home",
        greeting=_greeting(now.astimezone(clock.WIB).hour, user.name),
        hours=with_elsewhere(
            hours_from(
                enrollments,
                today.year,
                target_jp(policy(), user.employment, today.year),
                once=policy().jp_once_a_year,
            ),
            today,
            duties.outside_jp,
            duties.outside_waiting,
        ),  # fmt: skip
        ways=ways,
        current=_current(ways, waiting),
        asked=duties.asked,
        recurring=_recurring(user.id, {one.slug for one in duties.asked}, today),
        essays=essays[:5],
        told=[told(one) for one in unread_notices(session, user.id, limit=3)] if user.unread else [],
        additions=[
            (slugs[key], one) for key, one in supplements_of(session, enrollments).items() if one.left
        ],
        finished=[item for item in enrollments if item.completed_at is not None][:5],
        minutes=_minutes(),
        choices=MINUTES,
        short=_short(ways, _minutes()),
        suggested=suggestions(session, user, today, {item.course_id for item in enrollments}),
        step_url=step_url,
        programmes=_programmes(user.id, enrollments),
        programme_hours=programme_hours,
        steps_done=steps_done,
        today=today,
        duty_states=STATES,
        due_text=due_text,
        announcements=announcements_for(session, user.id, today),
    )


def _programmes(user_id: int, enrollments: Sequence[Enrollment]) -> list[Path]:
    """Return the learning paths to go on with: open, joined, not completed."""
    found = ways_of(db.session(), user_id, enrollments)
    return [way for way in found if not way.closed and way.standing.completed is None][:3]


def _recurring(user_id: int, asked: set[str], today: date) -> list[Duty]:
    """Return what is to be done again (or for the first time) soon, and is not assigned anyway."""
    last = today + timedelta(days=SOON_DAYS)
    return [
        duty for duty in obligations_due(db.session(), [user_id], today)
        if duty.slug not in asked and (duty.done_on or duty.standing.due_on <= last)
    ][:3]  # fmt: skip


def _current(ways: list[Way], waiting: set[tuple[int, str]]) -> Way | None:
    """Return the way to go on with: rather not one whose next quiz only waits to be marked."""
    going = [way for way in ways if way.progress.next]
    free = (
        way
        for way in going
        if way.progress.next and (way.enrollment.id, way.progress.next.piece.key) not in waiting
    )
    return next(free, going[0] if going else None)


def _minutes() -> int:
    text = request.args.get("minutes", "")
    return int(text) if text in {str(choice) for choice in MINUTES} else 10


def _short(ways: list[Way], minutes: int) -> list[tuple[Enrollment, Step]]:
    """Return the next steps that fit into so many minutes, at most one a course."""
    found = []
    for way in ways:
        step = way.progress.next
        if step is not None and step.piece.minutes <= minutes:
            found.append((way.enrollment, step))
    return found


def _greeting(hour: int, name: str) -> str:
    short = _without_titles(name)
    if hour < 11:
        text = _("Good morning, %(name)s", name=short)
    elif hour < 15:
        text = _("Good day, %(name)s", name=short)
    elif hour < 18:
        text = _("Good afternoon, %(name)s", name=short)
    else:
        text = _("Good evening, %(name)s", name=short)
    return str(text)


def _without_titles(name: str) -> str:
    """Return the name without the titles behind it ("Tengku Zahara, A.Md." -> "Tengku Zahara")."""
    return name.split(",")[0].strip() or name
