"""Whom a run writes to, why, and who is left out: one reckoning for the trial and for the run itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from lms.clock import local_date
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.reminders.models import Holiday, ReminderChoice, ReminderMessage, ReminderRun
from lms.domain.reminders.queries.lines import Ids, late_staff, lines_of
from lms.domain.reminders.rules import (
    WRITTEN,
    Hours,
    Line,
    Outcome,
    Reader,
    Schedule,
    is_urgent,
    line_of,
    outcome,
    time_of,
    told_keys,
    week_of,
)
from lms.domain.settings.models import Setting
from lms.domain.settings.rules import Policy

TOLD_SINCE = timedelta(days=45)
ALL = "*"
TIMED_BY = ("reminders_on", "reminder_weekday", "reminder_time")


@dataclass(frozen=True)
class Addressee:
    """A person as far as a message needs it."""

    user_id: int
    name: str
    unit: str
    locale: str
    reader: Reader


@dataclass(frozen=True)
class Planned:
    """One person in a run: the kind of message, its lines, what becomes of it."""

    to: Addressee
    kind: str  # weekly | urgent | escalation
    outcome: Outcome
    lines: list[Line]


@dataclass(frozen=True)
class Forecast:
    """A run: people it touches (those with nothing to say are only counted)."""

    rows: list[Planned] = field(default_factory=list)
    nothing: int = 0

    @property
    def written(self) -> list[Planned]:
        """Those who get a message."""
        return [row for row in self.rows if row.outcome in WRITTEN]

    @property
    def counts(self) -> dict[Outcome, int]:
        """Rows by outcome; with the people who have nothing they add up to all."""
        found: defaultdict[Outcome, int] = defaultdict(int)
        for row in self.rows:
            found[row.outcome] += 1
        return {one: found[one] for one in Outcome if found[one]}


def schedule_of(session: Session, policy: Policy, now: datetime) -> Schedule:
    """Return when runs are due, with the days off around now: two statements."""
    today = local_date(now)
    days = session.scalars(
        select(Holiday.day).where(Holiday.day.between(today - timedelta(days=10), today + timedelta(days=90)))
    )
    changed = session.scalar(select(func.max(Setting.updated_at)).where(Setting.key.in_(TIMED_BY)))
    since = changed if policy.reminders_on else now
    hours = Hours(
        time_of(policy.reminder_quiet_from), time_of(policy.reminder_quiet_until),
        policy.reminder_quiet_weekend, frozenset(days),
    )  # fmt: skip
    return Schedule(policy.reminder_weekday, time_of(policy.reminder_time), hours, since)


def done_runs(session: Session, now: datetime) -> set[str]:
    """Return the keys of the runs of the last weeks."""
    return set(session.scalars(select(ReminderRun.key).where(ReminderRun.at >= now - timedelta(days=60))))


def addressees(session: Session, people: Ids) -> dict[int, Addressee]:
    """Return these people with what they chose: one statement."""
    rows = session.execute(_addressees().where(User.id.in_(people)).order_by(func.lower(User.name), User.id))
    return {row.id: _addressee(row) for row in rows}


def _addressees() -> Select[*tuple[Any, ...]]:
    chosen = ReminderChoice
    return (
        select(
            User.id, User.name, User.email, User.locale, OrgUnit.name.label("unit"), chosen.weekly,
            chosen.by_email, chosen.refused_address,
        )
        .outerjoin(OrgUnit, OrgUnit.id == User.unit_id)
        .outerjoin(chosen, chosen.user_id == User.id)
    )  # fmt: skip


def _addressee(row: Row[*tuple[Any, ...]]) -> Addressee:
    reader = Reader(row.email, row.weekly is not False, row.by_email is not False, row.refused_address)
    return Addressee(row.id, row.name, row.unit or "", row.locale or "id", reader)


def forecast(
    session: Session, run: str, people: Ids, policy: Policy, *, at: datetime, server: bool
) -> Forecast:
    """Return what the run "weekly" or "daily" at an instant does with these people; `server`: mails go out.

    A fixed number of statements, however many people.
    """
    known = addressees(session, people)
    waiting = lines_of(session, people, policy, at)
    sent = _sent_in_week(session, people, at)
    today, days = local_date(at), policy.reminder_urgent_days
    told = _told(session, people, at, days) if run == "daily" else {}
    staff = late_staff(session, policy, at) if run == "weekly" else {}
    rows: list[Planned] = []
    nothing = 0
    for to in known.values():
        own = waiting.get(to.user_id, [])
        messages = [("weekly", own)]
        if run == "daily":
            messages = [("urgent", [line for line in own if is_urgent(line, today, days)])]
        elif to.user_id in staff:
            messages.append(("escalation", staff[to.user_id]))
        some = [(kind, lines) for kind, lines in messages if lines]
        nothing += not some
        for kind, lines in some:
            before = told.get(to.user_id, set())
            known_already = ALL in before or all(line.key in before for line in lines)
            found = outcome(
                kind, to.reader, lines=len(lines), told=known_already, sent=sent.get(to.user_id, 0),
                cap=policy.reminder_week_cap, server=server,
            )  # fmt: skip
            if found in WRITTEN:
                sent[to.user_id] = sent.get(to.user_id, 0) + 1
            rows.append(Planned(to, kind, found, lines))
    return Forecast(rows, nothing)


def _sent_in_week(session: Session, people: Ids, at: datetime) -> dict[int, int]:
    when = func.coalesce(ReminderMessage.ended_at, ReminderMessage.planned_at)
    rows = session.execute(
        select(ReminderMessage.user_id, func.count())
        .where(
            ReminderMessage.user_id.in_(people), ReminderMessage.kind != "test",
            ReminderMessage.state.in_(("waiting", "sent")), when >= week_of(at),
        )
        .group_by(ReminderMessage.user_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in rows}


def _told(session: Session, people: Ids, at: datetime, days: int) -> dict[int, set[str]]:
    """Keys of what people were told of while it was urgent; ALL for a digest that waits to be sent."""
    rows = session.execute(
        select(ReminderMessage.user_id, ReminderMessage.state, ReminderMessage.ended_at,
               ReminderMessage.lines)
        .where(
            ReminderMessage.user_id.in_(people), ReminderMessage.planned_at >= at - TOLD_SINCE,
            (ReminderMessage.state == "sent")
            | ((ReminderMessage.state == "waiting") & (ReminderMessage.kind == "weekly")),
        )
    )  # fmt: skip
    found: defaultdict[int, set[str]] = defaultdict(set)
    for user_id, state, ended_at, lines in rows:
        if state == "waiting":
            found[user_id].add(ALL)
        else:
            found[user_id] |= told_keys([(local_date(ended_at), [line_of(plain) for plain in lines])], days)
    return found
