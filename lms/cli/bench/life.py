"""Years of learning of the invented people: courses, completions, certificates, training elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from lms import clock
from lms.cli.bench.people import PREFIX
from lms.db import Base, db
from lms.domain.accounts.models import User
from lms.domain.catalog.actions import approve_hours
from lms.domain.catalog.models import Course
from lms.domain.certificates import rules
from lms.domain.certificates.models import Certificate
from lms.domain.certificates.snapshot import TEMPLATE_VERSION, Entry, Holder, Issuer, Training, build
from lms.domain.competencies.models import Competency, Evidence
from lms.domain.enrollments.actions import publish_course
from lms.domain.enrollments.models import Enrollment
from lms.domain.outside.models import OutsideTraining

YEARLY = 4  # courses a person joins in a year
UNCREDITED = 10  # every tenth course waits for the approval of its hours
PART = 5000
Row = dict[str, Any]

_COURSE = """---
jenis: kursus
id: {slug}
judul: Pelatihan rekaan {number:02}
bahasa: id
ringkas: Untuk pengukuran.
jp: {jp}
kompetensi: [{code}:2]
lulus: semua-materi
sertifikat: ya
---
Pelatihan rekaan.
"""
_MODULE = "---\njenis: modul\nid: bagian\njudul: Bagian\nbuka: bebas\n---\nPengantar.\n"
_LESSON = "---\njenis: materi\nid: pertama\njudul: Materi\nmenit: 5\nselesai: baca\n---\n\n## Isi\n\nTeks.\n"
_ISSUER = Issuer(
    government="Pemerintah Kota Rekaan", organiser="Badan Rekaan", place="Rekaan", basis="",
    signer_position="Kepala Badan", signer_name="Pejabat Rekaan",
)  # fmt: skip


def add_life(people: int, *, courses: int, years: int) -> dict[str, int]:
    """Let the newest `people` invented people learn for `years`; return how many rows of each kind.

    The same for the same numbers. Certificates have their row and snapshot, no PDF.
    """
    session, today = db.session(), clock.local_date(clock.now())
    learners = session.execute(
        select(User.id, User.name, User.nip, User.unit_id)
        .where(User.name.startswith(PREFIX))
        .order_by(User.id.desc())
        .limit(people)
    ).all()
    made = _courses(session, courses, by=learners[0].id, today=today, years=years)
    rng = random.Random(people)
    enrollments = list(_enrollments(rng, learners, made, today, years))
    _put(session, Enrollment, enrollments)
    keys = _keys(session, made)
    certificates = list(_certificates(learners, made, enrollments, keys, after=_serials(session)))
    _put(session, Certificate, certificates)
    codes = {row.code: row.id for row in session.execute(select(Competency.code, Competency.id))}
    _put(session, Evidence, _evidence(made, enrollments, keys, codes))
    elsewhere = list(_elsewhere(rng, learners, today, years))
    _put(session, OutsideTraining, elsewhere)
    return {
        "courses": len(made), "enrolments": len(enrollments), "certificates": len(certificates),
        "trainings elsewhere": len(elsewhere),
    }  # fmt: skip


def _courses(session: Session, count: int, *, by: int, today: date, years: int) -> list[Row]:
    codes = session.scalars(select(Competency.code).order_by(Competency.id)).all()
    since = _at(date(today.year - years + 1, 1, 2))
    made = []
    for number in range(1, count + 1):
        slug, jp, code = f"pelatihan-rekaan-{number:02}", 1 + number % 4, codes[number % len(codes)]
        text = _COURSE.format(slug=slug, number=number, jp=jp, code=code)
        files = {"kursus.md": text, "bagian/modul.md": _MODULE, "bagian/pertama.md": _LESSON}
        bundle = {path: content.encode() for path, content in files.items()}
        result = publish_course(session, slug, bundle, home="desk", by=by, now=since)
        if result.version is None:
            raise ValueError([problem.code for problem in result.problems])
        credited = number % UNCREDITED != 0
        if credited:
            approve_hours(session, session.get_one(Course, result.version.course_id), jp, by=by, now=since)
        training = Training(
            title=result.version.title, code=code, version=1, jp=jp, minutes_per_jp=45, mode="e-learning",
            started_on=since.date(), completed_on=since.date(),
        )  # fmt: skip
        entry = Entry(number="", code=rules.new_code(), public_url="", issued_at=since)
        made.append({"version": result.version.id, "course": result.version.course_id, "jp": jp,
                     "title": result.version.title, "code": code, "credited": credited,
                     "snapshot": build(Holder(name="", sample=True), training, _ISSUER, entry)})  # fmt: skip
    return made


def _enrollments(
    rng: random.Random, learners: Iterable[Any], made: list[Row], today: date, years: int
) -> Iterator[Row]:
    for learner in learners:
        chosen = iter(rng.sample(made, min(len(made), YEARLY * years)))
        for year in range(today.year - years + 1, today.year + 1):
            for _turn, course in zip(range(YEARLY), chosen, strict=False):
                begun = min(date(year, 1, 5) + timedelta(days=rng.randrange(330)), today - timedelta(days=9))
                done = begun + timedelta(days=1 + rng.randrange(7)) if rng.random() < 0.8 else None
                yield {
                    "user_id": learner.id, "course_id": course["course"], "version_id": course["version"],
                    "cycle": 1, "enrolled_at": _at(begun), "started_at": _at(begun), "withdrawn_at": None,
                    "last_act_at": _at(done or begun), "last_piece": None,
                    "completed_at": _at(done) if done else None, "completed_on": done,
                    "jp_year": done.year if done else None,
                    "credited_jp": course["jp"] if done and course["credited"] else None,
                }  # fmt: skip


def _keys(session: Session, made: list[Row]) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(Enrollment.id, Enrollment.user_id, Enrollment.course_id)
        .where(Enrollment.course_id.in_([course["course"] for course in made]))
        .execution_options(yield_per=PART)
    )
    return {(row.user_id, row.course_id): row.id for row in rows}


def _certificates(
    learners: Iterable[Any], made: list[Row], enrollments: list[Row], keys: dict[tuple[int, int], int],
    *, after: dict[int, int],
) -> Iterator[Row]:  # fmt: skip
    """Their rows; serials go on after the last one of each year."""
    people, courses = {one.id: one for one in learners}, {course["course"]: course for course in made}
    serials = dict(after)
    for row in enrollments:
        if row["credited_jp"] is None:
            continue
        course, day, person = courses[row["course_id"]], row["completed_on"], people[row["user_id"]]
        serial = serials[day.year] = serials.get(day.year, 0) + 1
        number, code = f"REKAAN/{serial}/{day.year}", rules.new_code()
        own = {"number": number, "code": rules.print_code(code), "name": person.name, "nip": person.nip}
        yield {
            "user_id": person.id, "course_id": row["course_id"], "version_id": row["version_id"],
            "enrollment_id": keys[person.id, row["course_id"]], "unit_id": person.unit_id, "cycle": 1,
            "code": code, "number": number, "year": day.year, "serial": serial,
            "issued_at": row["completed_at"], "issued_on": day, "template_version": TEMPLATE_VERSION,
            "revision": 1, "needs_signature": False, "snapshot": {**course["snapshot"], **own},
        }  # fmt: skip


def _serials(session: Session) -> dict[int, int]:
    last = select(Certificate.year, func.max(Certificate.serial)).group_by(Certificate.year)
    return dict(session.execute(last).all())


def _evidence(
    made: list[Row], enrollments: list[Row], keys: dict[tuple[int, int], int], codes: dict[str, int]
) -> Iterator[Row]:
    of_course = {course["course"]: codes[course["code"]] for course in made}
    for row in enrollments:
        if row["completed_on"]:
            yield {
                "user_id": row["user_id"], "competency_id": of_course[row["course_id"]], "level": 2,
                "enrollment_id": keys[row["user_id"], row["course_id"]], "shown_on": row["completed_on"],
            }  # fmt: skip


def _elsewhere(rng: random.Random, learners: Iterable[Any], today: date, years: int) -> Iterator[Row]:
    for learner in learners:
        for year in range(today.year - years + 1, today.year + 1):
            if rng.random() < 0.5:
                continue
            day, jp = date(year, 1, 5) + timedelta(days=rng.randrange(300)), rng.choice((2, 3, 8, 16))
            waits = day.year == today.year and rng.random() < 0.3
            yield {
                "user_id": learner.id, "form": "seminar", "title": "Seminar rekaan", "number": "",
                "organiser": "Lembaga Rekaan", "started_on": day, "ended_on": day, "jp": jp,
                "jp_year": year, "proof": "0" * 64, "proof_kind": "pdf", "submitted_at": _at(day),
                "state": "waiting" if waits else "verified", "credited_jp": None if waits else jp,
                "decided_at": None if waits else _at(day), "note": "",
                "decided_by": None if waits else learner.id,
            }  # fmt: skip


def _put(session: Session, model: type[Base], rows: Iterable[Row]) -> None:
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) == PART:
            session.execute(insert(model), part)
            part = []
    if part:
        session.execute(insert(model), part)
    session.flush()


def _at(day: date) -> datetime:
    return datetime.combine(day, time(3), UTC)
