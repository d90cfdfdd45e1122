"""What waits for people, as lines with their reasons: read anew whenever a message is planned or sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.models import User
from lms.domain.accounts.queries import all_staff, superiors_of
from lms.domain.assignments.models import Assignment, AssignmentPerson
from lms.domain.assignments.queries import states_of_people
from lms.domain.assignments.rules import State
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import deadline
from lms.domain.obligations.queries import obligations_due
from lms.domain.plans.models import PlanItem
from lms.domain.reminders.rules import Line, Why, in_order, quarter_end
from lms.domain.settings.rules import Policy

Ids = Select[int]
Found = tuple[int, Line]


def open_people() -> Ids:
    """Return the ids of open accounts of staff, as a statement."""
    return all_staff().with_only_columns(User.id)


def lines_of(session: Session, people: Ids, policy: Policy, now: datetime) -> dict[int, list[Line]]:
    """Return what waits for each of these people, in order; who has nothing is left out."""
    today = local_date(now)
    found: defaultdict[int, dict[str, Line]] = defaultdict(dict)
    parts: tuple[Iterable[Found], ...] = (
        _assigned(session, people, policy, today),
        _recurring(session, people, policy, today),
        _under_way(session, people, policy, now),
        _planned(session, people, policy, today),
        _answers(session, people),
    )
    for part in parts:
        for user_id, line in part:
            found[user_id].setdefault(line.slug or line.key, line)  # a course once, by its first reason
    return {user_id: in_order(lines.values()) for user_id, lines in found.items()}


def _assigned(session: Session, people: Ids, policy: Policy, today: date) -> Iterable[Found]:
    statement, made = states_of_people(today)
    rows = session.execute(
        statement.join(Course, Course.id == Assignment.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .add_columns(Course.slug, CourseVersion.title, Assignment.letter_number, Assignment.letter_on)
        .where(
            AssignmentPerson.user_id.in_(people), Assignment.closed_at.is_(None),
            made["state"].not_in((State.DONE.value, State.EXEMPT.value)),
            made["due"] <= today + timedelta(days=policy.reminder_soon_days),
        )
        .order_by(made["due"], AssignmentPerson.assignment_id)
    )  # fmt: skip
    for row in rows:
        why = Why.ASSIGNED_LATE if row.state == State.LATE.value else Why.ASSIGNED_DUE
        yield row.user_id, Line(why, row.title, row.slug, row.due_on, row.letter_number, row.letter_on)


def _recurring(session: Session, people: Ids, policy: Policy, today: date) -> Iterable[Found]:
    last = today + timedelta(days=policy.reminder_soon_days)
    for duty in obligations_due(session, people, today):
        until = duty.standing.due_on
        if until <= last:
            why = Why.RECURRING_LATE if until < today else Why.RECURRING_DUE
            yield duty.user_id, Line(why, duty.title, duty.slug, until, duty.basis)


def _under_way(session: Session, people: Ids, policy: Policy, now: datetime) -> Iterable[Found]:
    """Courses with a deadline of their own that is near or over, and courses begun and left lying."""
    today = local_date(now)
    idle = now - timedelta(days=policy.reminder_idle_days)
    lying = and_(Enrollment.started_at.is_not(None), Enrollment.last_act_at <= idle)
    rows = session.execute(
        select(
            Enrollment.user_id, Enrollment.enrolled_at, Enrollment.last_act_at, Enrollment.started_at,
            Course.slug, CourseVersion.title, CourseVersion.due_days,
        )
        .join(Course, Course.id == Enrollment.course_id)
        .join(CourseVersion, CourseVersion.id == Enrollment.version_id)
        .where(
            Enrollment.user_id.in_(people), Enrollment.completed_at.is_(None),
            Enrollment.withdrawn_at.is_(None), Course.archived_at.is_(None),
            or_(CourseVersion.due_days > 0, lying),
        )
        .order_by(Enrollment.id)
    )  # fmt: skip
    for row in rows:
        until = deadline(row.enrolled_at, row.due_days, now)
        if until is not None and until.late:
            yield row.user_id, Line(Why.DEADLINE_LATE, row.title, row.slug, until.day)
        elif until is not None and until.day <= today + timedelta(days=policy.reminder_soon_days):
            yield row.user_id, Line(Why.DEADLINE_DUE, row.title, row.slug, until.day)
        elif row.started_at is not None and row.last_act_at is not None and row.last_act_at <= idle:
            yield row.user_id, Line(Why.HALFWAY, row.title, row.slug, local_date(row.last_act_at))


def _planned(session: Session, people: Ids, policy: Policy, today: date) -> Iterable[Found]:
    rows = session.execute(
        select(PlanItem.user_id, PlanItem.title, PlanItem.year, PlanItem.quarter)
        .where(PlanItem.user_id.in_(people), PlanItem.state == "agreed",
               PlanItem.year.between(today.year - 1, today.year))
        .order_by(PlanItem.id)
    )  # fmt: skip
    for row in rows:
        end = quarter_end(row.year, row.quarter)
        if end <= today + timedelta(days=policy.reminder_soon_days):
            yield row.user_id, Line(Why.PLAN, row.title, day=end)


def _answers(session: Session, people: Ids) -> Iterable[Found]:
    proposed = session.execute(
        select(PlanItem.user_id, func.count())
        .join(User, User.id == PlanItem.user_id)
        .where(PlanItem.state == "proposed", User.closed_at.is_(None))
        .group_by(PlanItem.user_id)
    ).all()
    if not proposed:
        return
    counts: defaultdict[int, int] = defaultdict(int)
    above = superiors_of(session, [row[0] for row in proposed])
    for user_id, proposals in proposed:
        if user_id in above:
            counts[above[user_id]] += proposals
    asked = set(session.scalars(people.where(User.id.in_(list(counts)))))
    for user_id in sorted(asked):
        yield user_id, Line(Why.ANSWERS, "", count=counts[user_id])


def late_staff(session: Session, policy: Policy, now: datetime) -> dict[int, list[Line]]:
    """Return for each superior who of the own staff is past the due day of an assigned course, by how many
    days: name, course and days, nothing else. Empty when this is switched off.
    """
    if not policy.reminder_escalation:
        return {}
    today = local_date(now)
    statement, made = states_of_people(today)
    rows = session.execute(
        statement.join(Course, Course.id == Assignment.course_id)
        .join(CourseVersion, CourseVersion.id == Course.live_version_id)
        .add_columns(Course.slug, CourseVersion.title)
        .where(
            User.closed_at.is_(None), Assignment.closed_at.is_(None), made["state"] == State.LATE.value,
            made["due"] <= today - timedelta(days=policy.reminder_escalation_days),
        )
        .order_by(made["due"], AssignmentPerson.assignment_id)
    ).all()  # fmt: skip
    above = superiors_of(session, {row.user_id for row in rows})
    found: defaultdict[int, dict[tuple[int, str], Line]] = defaultdict(dict)
    for row in rows:
        if row.user_id in above:
            line = Line(Why.STAFF_LATE, row.title, day=row.due_on, name=row.name,
                        count=(today - row.due_on).days)  # fmt: skip
            found[above[row.user_id]].setdefault((row.user_id, row.slug), line)
    return {superior: in_order(lines.values()) for superior, lines in found.items()}
