"""A small office in the middle of its work, and a copy of it for each request."""

from __future__ import annotations

import base64
import hashlib
import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import files
from lms.db import db
from lms.domain.accounts.actions import issue_codes
from lms.domain.accounts.models import LoginSession, RoleGrant, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.assignments.actions import Order as Assigned
from lms.domain.assignments.actions import assign
from lms.domain.assignments.rules import Rule
from lms.domain.catalog.actions import keep_import, new_course, publish, save_draft
from lms.domain.catalog.models import DraftSave, IndexedQuestion
from lms.domain.catalog.queries import file_digests
from lms.domain.certificates.models import CertificateFile
from lms.domain.competencies.models import Competency, Requirement
from lms.domain.corrections.actions import ask
from lms.domain.enrollments.actions import act
from lms.domain.evaluations.actions import give
from lms.domain.evaluations.rules import Evaluation
from lms.domain.jobs.actions import enqueue
from lms.domain.outside.actions import report_training
from lms.domain.outside.proofs import proof_of
from lms.domain.outside.rules import Report
from lms.domain.progress.actions import submit_attempt
from lms.domain.quizzes.models import Attempt
from lms.domain.reports.actions import Order, finish, make, order_export
from lms.domain.settings.actions import change
from tests.cast import NOW, Cast, grant, make_cast, make_user, sign_in
from tests.course_files import CHECK, LESSON
from tests.courses import SLUG, enroll_in, make_bundle
from tests.essays import ANSWERS, ESSAY, ESSAY_QUIZ, essay_bundle
from tests.essays import PATH as ESSAY_PATH
from tests.learning import EXAM, answered_attempt, approve, complete, course_of, office_of, read_lessons
from tests.media import photo
from tests.web.access.additions import ADDED, complete_older, reviewing
from tests.web.access.asked import asked_and_told
from tests.web.access.laws import of_laws
from tests.web.access.people import of_people
from tests.web.access.plans import plans_and_files

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8H0z"/></svg>'
EMBLEM = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SECOND = "arsip-rapi"
UNPUBLISHED = "naskah-baru"

Columns = tuple[str, ...]
ACTORS: Columns = (
    "out", "learner", "stranger", "trainer", "other_trainer", "hr", "hr_other", "bkpsdm", "admin"
)  # fmt: skip
"""Nobody; the learner of the village; a learner of the clinic; the trainer of the courses and another one;
HR of the district above the village; HR of the clinic; HR of the city; the administrator."""


def bundle_of(slug: str, picture: bool = False) -> dict[str, bytes]:
    """The small course under another slug; with a picture, questions in its first lesson, an essay."""
    found = {
        path: data.replace(f"id: {SLUG}".encode(), f"id: {slug}".encode())
        for path, data in make_bundle(quiz={"tampil_jawaban": "langsung"}).items()
    }
    if picture:
        found["aset/titik.svg"] = PICTURE
        found["aset/foto.jpg"] = photo()
        found[LESSON] += b"\n![Titik](../aset/titik.svg)\n\n![Foto](../aset/foto.jpg)\n" + CHECK.encode()
        found[ESSAY_PATH] = essay_bundle()[ESSAY_PATH]
    return found


@dataclass
class World:
    """The app on a file that is put back before each request; `things` are what addresses name."""

    app: Flask = field(repr=False)
    path: Path
    kept: Path
    things: dict[str, str | int]
    cookies: dict[str, str]

    def ask(
        self, actor: str, method: str, url: str, data: dict[str, str] | None = None, *, fresh: bool = True
    ) -> TestResponse:
        """The answer of the site to one request of a person, in the world as it was built."""
        if fresh:
            self.restore()
        client = FlaskClient(self.app, self.app.response_class, use_cookies=True)
        if actor != "out":
            client.set_cookie(str(self.app.config["SESSION_COOKIE_NAME"]), self.cookies[actor])
        with client.open(url, method=method, data=data or {}) as response:
            response.get_data()  # the whole answer, also of a file that is sent in parts
        return response

    def restore(self) -> None:
        """Put the world back to what it was when it was built."""
        with self.app.app_context():
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.path)

    def facts(self, without: frozenset[str] = frozenset()) -> dict[str, str]:
        """A digest of the rows of each table, but those left out."""
        with self.app.app_context():
            db.engine.dispose()
        connection = sqlite3.connect(self.path)
        try:
            names = [
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            ]
            return {
                name: hashlib.sha256(repr(connection.execute(f'SELECT * FROM "{name}"').fetchall()).encode())
                .hexdigest()
                for name in names if name not in without
            }  # fmt: skip
        finally:
            connection.close()


def build(app: Flask, path: Path, kept: Path) -> World:
    """Fill the empty SQLite database of the app and keep a copy."""
    things, cookies = fill(app)
    with app.app_context():
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        db.engine.dispose()
    shutil.copyfile(path, kept)
    return World(app, path, kept, things, cookies)


def fill(app: Flask) -> tuple[dict[str, str | int], dict[str, str]]:
    """Fill the empty database of the app; return the things that addresses name and everybody's cookie."""
    with app.app_context():
        session = db.session()
        cast = make_cast(session)
        people, things = _fill(app, session, cast)
        session.commit()
        cookies = {name: _cookie(app, user) for name, user in people.items()}
        for name in ("learner", "hr"):
            login = session.query(LoginSession).filter_by(user_id=people[name].id).one()
            things[f"login_of_{name}"] = login.id
        session.commit()
        db.session.remove()
        db.engine.dispose()
    return things, cookies


def _cookie(app: Flask, user: User) -> str:
    client = FlaskClient(app, app.response_class, use_cookies=True)
    cookie = sign_in(client, user).get_cookie(str(app.config["SESSION_COOKIE_NAME"]))
    assert cookie is not None
    return cookie.value


def _fill(app: Flask, session: Session, cast: Cast) -> tuple[dict[str, User], dict[str, str | int]]:
    hr_other = make_user(
        session, "Dang Anom", "sdm-klinik@gurindam.example", cast.clinic, "198512122010012003"
    )
    grant(session, hr_other, "hr", cast.clinic)
    session.commit()
    people = {
        "learner": cast.learner, "stranger": cast.stranger, "trainer": cast.trainer,
        "other_trainer": cast.other_trainer, "hr": cast.hr_unit, "hr_other": hr_other,
        "bkpsdm": cast.bkpsdm, "admin": cast.admin,
    }  # fmt: skip
    things: dict[str, str | int] = {}
    for name, user in people.items():
        things[f"person_{name}"] = user.id
    things |= {
        "village": cast.village.id, "clinic": cast.clinic.id, "district": cast.district.id,
        "position": cast.clerk.id,
        "hr_grant": session.query(RoleGrant).filter_by(user_id=cast.hr_unit.id).one().id,
    }  # fmt: skip
    things |= _courses(session, cast)
    things |= _learning(app, session, cast)
    things |= _desk(app, session, cast, hr_other)
    things |= plans_and_files(app, session, cast)
    things |= asked_and_told(session, cast)
    return people, things


def _courses(session: Session, cast: Cast) -> dict[str, str | int]:
    competency = Competency(code="M.5", kind="managerial", name="Pelayanan publik")
    session.add(competency)
    session.flush()
    session.add(
        Requirement(position_id=cast.clerk.id, competency_id=competency.id, level=3, valid_from=NOW.date())
    )
    for slug in (SLUG, SECOND):
        made = publish(session, slug, bundle_of(slug, picture=True), home="desk", by=cast.trainer.id, now=NOW)
        assert made.version is not None, made.problems
    approve(session, cast.bkpsdm, now=NOW, slug=SECOND)
    save_draft(session, course_of(session), bundle_of(SLUG, picture=True), by=cast.trainer.id, now=NOW)
    new_course(session, UNPUBLISHED, bundle_of(UNPUBLISHED), by=cast.trainer.id, now=NOW)
    live = course_of(session).live_version_id
    saves = session.scalars(select(DraftSave.id).where(DraftSave.path == LESSON)).all()
    assert live is not None
    return {
        "course": SLUG, "second": SECOND, "added": ADDED, "unpublished": UNPUBLISHED,
        "course_id": course_of(session).id,
        "lesson": "menyapa", "quiz": "kuis-loket", "exam": EXAM, "question": "k-01", "none": "tidak-ada",
        "quiz_file": "01-loket/03-kuis.md", "text": LESSON, "save": saves[0], **reviewing(session, cast),
        "picture": "aset/titik.svg", "digest": file_digests(session, live)["aset/titik.svg"],
        "jpg": "aset/foto.jpg", "photo": file_digests(session, live)["aset/foto.jpg"],
        "competency": competency.id, "competency_code": "M.5",
    }  # fmt: skip


def _learning(app: Flask, session: Session, cast: Cast) -> dict[str, str | int]:
    """The learner is in the first course and done with the second; the stranger is done with the second."""
    office = office_of(app, session)
    enrollment = enroll_in(session, cast.learner, now=NOW)
    closed = answered_attempt(session, enrollment, now=NOW, answers={"k-01": "o1"})
    submit_attempt(session, closed, now=NOW, office=office)
    opened: Attempt = answered_attempt(session, enrollment, now=NOW, answers={"k-01": "o2"})
    read_lessons(session, enrollment, office, now=NOW)
    essay = answered_attempt(session, enrollment, now=NOW, answers=ANSWERS, key=ESSAY_QUIZ)
    submit_attempt(session, essay, now=NOW, office=office)
    certificate = complete(session, cast.learner, office, now=NOW, slug=SECOND)
    strange = complete(session, cast.stranger, office, now=NOW, slug=SECOND)
    assert certificate is not None and strange is not None
    complete_older(session, cast, office, bundle_of(ADDED))
    for number in range(5):
        user = make_user(session, f"Penilai {number}", f"n{number}@gurindam.example", cast.city)
        evaluated = enroll_in(session, user, now=NOW, slug=SECOND)
        act(evaluated, "menyapa", now=NOW)
        session.refresh(evaluated, ["version"])
        give(session, evaluated, Evaluation({"org-info": 3}, {"text-good": "Ringkas."}), now=NOW)
    file = session.query(CertificateFile).filter_by(certificate_id=certificate.id).one()
    return {
        "file": file.id, "enrollment": enrollment.id, "attempt": opened.id, "closed_attempt": closed.id,
        "essay_attempt": essay.id, "essay": ESSAY,
        "certificate": certificate.id, "code": certificate.code, "certificate_stranger": strange.id,
        "pdf_key": _pdf_key(app, certificate.code),
    }  # fmt: skip


def _pdf_key(app: Flask, code: str) -> str:
    """What the check page gives to whoever has typed the NIP of a certificate."""
    return str(URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="certificate-pdf").dumps(code))


def _desk(app: Flask, session: Session, cast: Cast, hr_other: User) -> dict[str, str | int]:
    issuer, other = (user_with_grants(session, user.id) for user in (cast.hr_unit, hr_other))
    assert issuer is not None and other is not None
    [code] = issue_codes(session, [cast.colleague.id], by=issuer, now=NOW, days=30)
    folder = Path(app.instance_path) / "files"
    exports = []
    for user, person in ((issuer, cast.learner), (other, cast.stranger)):
        order = Order("staff", "csv", NOW.date(), people=(person.id,))
        export, _new = order_export(session, order, by=user, now=NOW)
        finish(session, export, make(session, export, folder, lambda _done: None), now=NOW)
        exports.append(export)
    enqueue(session, "sweep", {}, now=NOW, unique_key="sweep")
    change(session, {"emblem_sha256": files.keep(folder, EMBLEM)}, by=cast.admin.id, now=NOW)
    wish = ask(session, cast.learner, "Pangkat saya seharusnya Penata, III/c.", now=NOW)
    orders = [
        assign(session, Assigned(course_of(session).id, Rule(people=(person.id,)), NOW.date(), NOW.date()),
               [person.id], nonce=f"n-{person.id}", by=by, now=NOW)[0]
        for person, by in ((cast.learner, cast.hr_unit), (cast.stranger, hr_other))
    ]  # fmt: skip
    photograph = proof_of(photo())
    trainings = [
        report_training(
            session, person, Report("bimtek", "Bimtek Arsip", "Dinas Perpustakaan dan Kearsipan",
                                    NOW.date(), NOW.date(), 6),
            photograph, files=folder, today=NOW.date(), now=NOW,
        )
        for person in (cast.learner, cast.stranger)
    ]  # fmt: skip
    strange = ask(session, cast.stranger, "Nama saya ditulis keliru.", now=NOW)
    tried = keep_import(
        session, course_of(session), name="soal.txt", dialect="gift", path="bank/impor.md",
        data=b"Benarkah? {T}", by=cast.trainer.id, now=NOW,
    )  # fmt: skip
    session.flush()
    indexed = session.scalars(select(IndexedQuestion.id).where(IndexedQuestion.key == "k-01")).first() or 0
    return {
        "question_file": tried.id, "indexed": indexed, "wish": wish.id, "wish_stranger": strange.id,
        "order": orders[0].id, "order_stranger": orders[1].id,
        "training": trainings[0].id, "training_stranger": trainings[1].id,
        "person_colleague": cast.colleague.id, "activation": code.code,
        **of_people(session, cast, issuer, folder), **of_laws(session, cast, SECOND),
        "export": exports[0].id, "export_other": exports[1].id,
    }  # fmt: skip
