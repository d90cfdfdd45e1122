"""Fill an empty database with the demonstration. Every step may run again: what is there stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.demo_data.assigned import assign_some
from lms.cli.demo_data.competencies import COMPETENCIES, RATINGS, TECHNICAL, levels_of
from lms.cli.demo_data.courses import approve_courses, publish_courses
from lms.cli.demo_data.crowd import take_quiz
from lms.cli.demo_data.effects import follow_up
from lms.cli.demo_data.essays import mark_essays
from lms.cli.demo_data.evaluations import evaluate
from lms.cli.demo_data.life import live, revoke_one
from lms.cli.demo_data.partners import add_partner
from lms.cli.demo_data.paths import lay
from lms.cli.demo_data.people import CAST, OTHERS, DemoPerson
from lms.cli.demo_data.plans import plan, recur
from lms.cli.demo_data.regulations import add_known
from lms.cli.demo_data.shared import share_bank
from lms.cli.demo_data.units import POSITIONS, UNITS
from lms.cli.demo_data.waiting import leave_two
from lms.domain.accounts.actions import Person, create_position, create_unit, create_user, grant_role
from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.rules import read_rank
from lms.domain.competencies.actions import save_entries
from lms.domain.competencies.models import Competency, Rating, Requirement
from lms.domain.competencies.rules import LEVEL_OF_CLASS, Entry
from lms.domain.progress.actions import Office
from lms.domain.settings.actions import change
from lms.domain.settings.queries import policy

REGULATION = "PermenPANRB 38/2017"
ASSESSMENT = "Penilaian kompetensi (data contoh)"
SIGNER = CAST[3]
LIVED_DAYS = 200  # how long the demonstration has been lived in


def is_empty(session: Session) -> bool:
    """Tell whether nobody has an account yet."""
    return session.scalar(select(User.id).limit(1)) is None


def load(session: Session, app: Flask, *, now: datetime) -> list[str]:
    """Fill an empty database: structure, people, courses, half a year of learning; return what was done."""
    since = now - timedelta(days=LIVED_DAYS)
    count = load_people(session, now=since)
    people = {user.nip: user for user in session.scalars(select(User).order_by(User.id))}
    learner, trainer, _hr, bkpsdm, admin = (people[person.nip] for person in CAST)
    folder = Path(app.config["COURSES_DIR"])
    versions = publish_courses(session, folder, trainer=trainer, now=since + timedelta(days=1))
    approve_courses(session, versions, by=bkpsdm, now=since + timedelta(days=1))
    office = Office(policy(session), str(app.config["PUBLIC_URL"]), Path(app.config["INSTANCE"]) / "files")
    others = [people[person.nip] for person in OTHERS]
    certificates = live(session, versions, [learner, *others], office=office, since=since, until=now)
    take_quiz(session, versions, others, office=office, now=now)
    mark_essays(session, by=trainer, office=office, now=now)
    leave_two(session, versions, others, office=office, now=now)
    evaluate(session, now=now)
    add_known(session, now=since)
    share_bank(session, trainer=trainer, now=now - timedelta(days=21))
    month = now - timedelta(days=30)
    add_partner(session, by=bkpsdm, admin=admin, trainer=trainer, folder=office.files, now=month)
    revoke_one(session, by=bkpsdm, spare=learner, now=now)
    plan(session, [learner, *others], by=bkpsdm, now=now)
    follow_up(session, by=bkpsdm, now=now)
    if versions:
        recur(session, versions[0].course_id, by=bkpsdm, now=now)
        assign_some(
            session, versions[-1].course_id, others[:12], by=bkpsdm, files=office.files, now=now
        )  # fmt: skip
    courses = [version.course_id for version in [*versions[1:], *versions[:1]]]
    lay(session, courses, [learner, *others], by=bkpsdm, now=now)
    loaded = f"{count} invented people, {len(versions)} courses, {certificates} certificates"
    return [f"Demonstration loaded: {loaded}."]


def load_people(session: Session, *, now: datetime) -> int:
    """Add units, positions, people, competencies, requirements and ratings; return the number of people."""
    units = load_units(session, now=now)
    positions = load_positions(session, now=now)
    known = set(session.scalars(select(User.nip)))
    missing = [person for person in CAST + OTHERS if person.nip not in known]
    for person in missing:
        _add_person(session, person, units, positions, now=now)
    load_competencies(session, now=now)
    _rate(session, now=now)
    _sign(session, now=now)
    return len(missing)


def load_units(session: Session, *, now: datetime) -> dict[str, OrgUnit]:
    """Add the units whose code is missing; return all by code."""
    known = {unit.code: unit for unit in session.scalars(select(OrgUnit))}
    for code, name, above in UNITS:
        if code not in known:
            parent_id = known[above].id if above else None
            known[code] = create_unit(session, code=code, name=name, parent_id=parent_id, now=now, actor=None)
    return known


def load_positions(session: Session, *, now: datetime) -> dict[str, Position]:
    """Add the positions whose code is missing; return all by code."""
    known = {position.code: position for position in session.scalars(select(Position))}
    for code, name, rank_class in POSITIONS:
        if code not in known:
            known[code] = create_position(
                session, code=code, name=name, rank_class=rank_class, now=now, actor=None
            )
    return known


def load_competencies(session: Session, *, now: datetime) -> None:
    """Add missing competencies, and the required level of positions that have no requirement yet.

    Managerial and sociocultural levels follow the class of the position (PermenPANRB 38/2017).
    """
    present_codes = set(session.scalars(select(Competency.code)))
    missing = [
        Entry(code, kind, name, description, "" if kind == "technical" else REGULATION, levels_of(code))
        for code, kind, name, description in COMPETENCIES
        if code not in present_codes
    ]
    save_entries(session, missing, now=now, actor=None)
    known = {entry.code: entry for entry in session.scalars(select(Competency))}
    positions = {position.code: position for position in session.scalars(select(Position))}
    present = {(row.position_id, row.competency_id) for row in session.scalars(select(Requirement))}
    wanted = [
        (position, code, LEVEL_OF_CLASS[position.rank_class])
        for position in positions.values()
        for code, kind, _name, _description in COMPETENCIES
        if kind != "technical"
    ]
    wanted += [(positions[code], competency, level) for code, competency, level in TECHNICAL]
    valid_from = date(now.year, 1, 1)
    for position, code, level in wanted:
        if (position.id, known[code].id) not in present:
            session.add(
                Requirement(
                    position_id=position.id, competency_id=known[code].id, level=level, valid_from=valid_from
                )
            )
    session.flush()


def _add_person(
    session: Session,
    person: DemoPerson,
    units: dict[str, OrgUnit],
    positions: dict[str, Position],
    *,
    now: datetime,
) -> None:
    data = Person(
        name=person.name,
        nip=person.nip,
        email=person.email,
        employment=person.employment,
        rank=read_rank(person.rank) if person.rank else None,
        unit_id=units[person.unit].id,
        position_id=positions[person.position].id,
    )
    user = create_user(session, data, now=now, actor=None, is_demo=True)
    for role in person.roles:
        unit_id = units[role.unit].id if role.unit else None
        grant_role(session, user, role.name, unit_id, now=now, actor=None)


def _rate(session: Session, *, now: datetime) -> None:
    people = {user.nip: user.id for user in session.scalars(select(User))}
    codes = {entry.code: entry.id for entry in session.scalars(select(Competency))}
    rated = set(session.scalars(select(Rating.user_id)))
    assessed_on = (now - timedelta(days=400)).date()
    for nip, levels in RATINGS:
        if people[nip] in rated:
            continue
        for (code, _kind, _name, _description), level in zip(COMPETENCIES, levels, strict=False):
            session.add(
                Rating(
                    user_id=people[nip],
                    competency_id=codes[code],
                    level=level,
                    assessed_on=assessed_on,
                    method=ASSESSMENT,
                    valid_until=assessed_on.replace(year=assessed_on.year + 3, day=min(assessed_on.day, 28)),
                    recorded_at=now,
                )
            )
    session.flush()


def _sign(session: Session, *, now: datetime) -> None:
    values = {
        "signer_name": SIGNER.name,
        "signer_nip": SIGNER.nip,
        "signer_rank": read_rank(SIGNER.rank or "") or "",
        "signer_position": "Kepala BKPSDM",
    }
    change(session, values, by=None, now=now)
