"""Make the city on paper, through the actions of the office where they decide anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from lms.domain.accounts.actions.placements import Move, record_moves
from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.assignments.actions import Grounds, Order, assign, exempt
from lms.domain.assignments.rules import Rule
from lms.domain.catalog.actions import approve_hours
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.competencies.actions import add_ratings, save_entries, set_levels
from lms.domain.competencies.queries import dictionary
from lms.domain.competencies.rules import Entry
from lms.domain.competencies.rules.plans import Found, Wanted
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.rules import completion_day
from lms.domain.outside.actions import cancel, refuse, verify
from lms.domain.outside.models import OutsideTraining
from lms.domain.plans.models import PlanItem
from lms.domain.progress.actions import Office, certify
from lms.domain.settings.actions import change
from lms.domain.settings.queries import policy
from tests.cast import NOW, grant, make_unit, make_user
from tests.paper_city.people import LEFT, MOVED, PEOPLE, TARGETS, Written

TODAY = date(2026, 11, 24)
ASSESSED = date(2026, 3, 2)
UNITS = (
    ("KOTA", "Pemerintah Kota Rekaan", ""), ("SETDA", "Sekretariat Daerah", "KOTA"),
    ("UMUM", "Bagian Umum", "SETDA"), ("HUKUM", "Bagian Hukum", "SETDA"), ("KEC", "Kecamatan Satu", "KOTA"),
    ("KEL1", "Kelurahan Satu", "KEC"), ("KEL2", "Kelurahan Dua", "KEC"), ("PKM", "Puskesmas Tiga", "KOTA"),
    ("KOSONG", "Unit Kosong", "KOTA"),
)  # fmt: skip
POSITIONS = {"AWS": "pengawas", "PLK": "pelaksana", "AHP": "ahli_pertama"}
COURSES = {"A": 6, "B": 10, "C": 8, "D": 4}
STANDARD = (
    ("AWS", "M.1", 2, date(2025, 1, 1)), ("AWS", "M.2", 3, date(2025, 1, 1)),
    ("PLK", "M.1", 1, date(2025, 1, 1)), ("AHP", "M.1", 1, date(2025, 1, 1)),
    ("AHP", "T.1", 2, date(2025, 1, 1)), ("PLK", "M.1", 2, date(2026, 7, 1)),
)  # fmt: skip
TURNS = {"n25": datetime(2025, 12, 31, 16, 59, tzinfo=UTC), "n26": datetime(2025, 12, 31, 17, 1, tzinfo=UTC)}


@dataclass(repr=False)
class PaperCity:
    """Units by code, people by key, competencies by code; the actors have their grants loaded."""

    units: dict[str, OrgUnit]
    people: dict[str, User]
    codes: dict[str, int]
    courses: dict[str, CourseVersion]
    bkpsdm: User
    hr: User  # of the district
    hr_empty: User  # of the unit without people


def make_paper_city(session: Session, files: Path) -> PaperCity:
    """Add all of it; commits."""
    units: dict[str, OrgUnit] = {}
    for code, name, above in UNITS:
        units[code] = make_unit(session, code, name, units.get(above))
    places = {
        code: Position(code=code, name=f"Jabatan {code}", rank_class=POSITIONS[code]) for code in POSITIONS
    }
    session.add_all(places.values())
    session.flush()
    people = {key: _person(session, one, units, places) for key, one in PEOPLE.items()}
    actors = [make_user(session, f"Meja {name}", f"{name}@gurindam.example", units["KOTA"]) for name in "ab"]
    for actor in actors:
        actor.employment = "lainnya"
    grant(session, actors[0], "bkpsdm")
    grant(session, actors[1], "hr", units["KEC"])
    empty = people["P4"]
    grant(session, empty, "hr", units["KOSONG"])
    first, later = TARGETS[2025], TARGETS[2026]
    rule = {"since": 2026, "minutes_per_jp": 45, "source": "Surat Edaran Rekaan 1/2025"}
    rule |= {f"target_jp_{status}": jp for status, jp in later.items()}
    targets = {f"target_jp_{status}": jp for status, jp in first.items()}
    change(session, {**targets, "hours_rules": [rule]}, by=actors[0].id, now=NOW)
    codes = _standard(session, places)
    courses = {letter: _course(session, letter, actors[0].id) for letter in COURSES}
    office = Office(policy(session), "https://gurindam.example", files)
    for key, one in PEOPLE.items():
        for act in one.acts:
            _act(session, people[key], act, courses, actors[0], office)
        _found(session, people[key], one.levels, codes)
    _plans(session, people, codes, actors[0])
    asked = [people[f"U{place}"].id for place in range(1, 8)]
    order = Order(
        courses["A"].course_id, Rule(units=(units["UMUM"].id,)), date(2026, 11, 30), date(2026, 1, 1)
    )
    session.commit()
    bkpsdm, hr = (_whole(session, actor.id) for actor in actors)
    made, _new = assign(session, order, asked, nonce="kertas", by=bkpsdm, now=NOW)
    exempt(session, made, [people["U5"].id], Grounds("Cuti besar", "SK 1"), files=files, by=bkpsdm, now=NOW)
    people[LEFT].closed_at = datetime(2026, 10, 1, 3, tzinfo=UTC)
    record_moves(
        session,
        [Move(people[MOVED].id, (units["HUKUM"].id, places["PLK"].id), date(2026, 7, 1),
              (units["PKM"].id, places["PLK"].id))],
        now=NOW, actor=bkpsdm.id,
    )  # fmt: skip
    session.commit()
    return PaperCity(units, people, codes, courses, *(_whole(session, one.id) for one in (bkpsdm, hr, empty)))


def _whole(session: Session, user_id: int) -> User:
    found = user_with_grants(session, user_id)
    assert found is not None
    return found


def _person(
    session: Session, one: Written, units: dict[str, OrgUnit], places: dict[str, Position]
) -> User:  # fmt: skip
    unit = units[one.unit] if one.unit != "-" else units["KOTA"]
    made = make_user(
        session, one.name, f"{one.key.lower()}@gurindam.example", unit, one.nip, places.get(one.position)
    )
    made.employment = one.employment
    if one.unit == "-":
        made.unit_id = None
    return made


def _standard(session: Session, places: dict[str, Position]) -> dict[str, int]:
    entries = [
        Entry("M.1", "managerial", "Integritas"), Entry("M.2", "managerial", "Kerja sama"),
        Entry("T.1", "technical", "Arsip"),
    ]  # fmt: skip
    save_entries(session, entries, now=NOW, actor=None)
    codes = {kept.entry.code: kept.id for kept in dictionary(session)}
    for position, code, level, since in STANDARD:
        wanted = [Wanted(places[position].id, codes[code], level)]
        set_levels(session, wanted, valid_from=since, now=NOW, actor=None)
    return codes


def _course(session: Session, letter: str, by: int) -> CourseVersion:
    """A course that gives no certificate; C is not approved."""
    course = Course(slug=f"kursus-{letter.lower()}", created_at=NOW)
    session.add(course)
    session.flush()
    version = CourseVersion(
        course_id=course.id, number=1, digest=letter * 64, published_at=NOW, title=f"Pelatihan {letter}",
        jp=COURSES[letter], minutes=60, gives_certificate=False,
    )  # fmt: skip
    session.add(version)
    session.flush()
    course.live_version_id = version.id
    if letter != "C":
        approve_hours(session, course, version.jp, by=by, now=NOW)
    return version


def _act(
    session: Session, user: User, act: str, courses: dict[str, CourseVersion], by: User, office: Office
) -> None:
    if act[0] in COURSES:
        _complete(session, user, courses[act[0]], _instant(act[1:]), office)
    else:
        _elsewhere(session, user, act, by)


def _instant(text: str) -> datetime:
    return TURNS[text] if text in TURNS else datetime.combine(_day(text), datetime.min.time(), UTC)


def _day(text: str) -> date:
    return datetime.strptime(text, "%y%m%d").date()


def _complete(session: Session, user: User, version: CourseVersion, at: datetime, office: Office) -> None:
    before = session.query(Enrollment).filter_by(user_id=user.id, course_id=version.course_id).count()
    day, year = completion_day(at)
    made = Enrollment(
        user_id=user.id, course_id=version.course_id, version_id=version.id, enrolled_at=at, started_at=at,
        completed_at=at, completed_on=day, jp_year=year, cycle=before + 1,
    )  # fmt: skip
    session.add(made)
    session.flush()
    assert certify(session, made, now=NOW, office=office) is None


def _elsewhere(session: Session, user: User, act: str, by: User) -> None:
    kind, reported, counted, day = re.fullmatch(r"([OWRX])(\d+)(?:>(\d+))?@(\d{6})", act).groups()  # type: ignore[union-attr]
    on, jp = _day(day), int(reported)
    made = OutsideTraining(
        user_id=user.id, form="seminar", title=f"Seminar {day}", organiser="Lembaga Rekaan", started_on=on,
        ended_on=on, jp=jp, jp_year=on.year, proof="0" * 64, proof_kind="pdf", submitted_at=NOW,
    )  # fmt: skip
    session.add(made)
    session.flush()
    if kind in "OX":
        verify(session, made, int(counted or jp), note="", by=by, now=NOW)
    if kind == "X":
        cancel(session, made, note="Bukti keliru", by=by, now=NOW)
    if kind == "R":
        refuse(session, made, note="Bukan pelatihan", by=by, now=NOW)


def _found(session: Session, user: User, levels: tuple[str, ...], codes: dict[str, int]) -> None:
    found = []
    for text in levels:
        code, level, since, until = re.fullmatch(r"(.+)=(\d)(?:@(\d+))?(?:~(\d+))?", text).groups()  # type: ignore[union-attr]
        day = _day(since) if since else ASSESSED
        found.append(Found(user.id, codes[code], int(level), day, "AC", "", _day(until) if until else None))
    if found:
        add_ratings(session, found, today=TODAY, now=NOW, actor=None)


def _plans(session: Session, people: dict[str, User], codes: dict[str, int], by: User) -> None:
    """U1 has agreed on 10 JP for M.2, H3 has done 4 JP for M.1; what U3 proposed was refused."""
    for key, code, jp, state in (
        ("U1", "M.2", 10, "agreed"),
        ("H3", "M.1", 4, "done"),
        ("U3", "M.1", 8, "refused"),
    ):
        session.add(
            PlanItem(
                user_id=people[key].id, year=2026, quarter=4, form="seminar", title="Kegiatan", jp=jp,
                proposed_at=NOW, competency_id=codes[code], state=state, decided_at=NOW, decided_by=by.id,
                done_on=TODAY if state == "done" else None,
            )
        )  # fmt: skip
