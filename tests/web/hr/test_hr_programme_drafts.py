"""A draft of a learning path is written with buttons, by two people too."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from lms.domain.programmes.models import ProgrammeEdition
from tests.unit.certificates.rows import make_course
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, text_of
from tests.web.hr.paths import TITLE, begin, draft


def test_the_steps_are_written_with_buttons(client: FlaskClient, session: Session, desk: Desk) -> None:
    make_course(session, "arsip-lanjut")
    session.commit()
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    draft(office, place, [], add="pelayanan", act="add-step")
    draft(office, place, [(1, 1, ["pelayanan"])], add="arsip", act="add-step")
    draft(office, place, [(1, 1, ["pelayanan"]), (2, 1, ["arsip"])], act="add-1", **{"add-1": "arsip-lanjut"})
    steps = [(1, 1, ["pelayanan"]), (2, 2, ["arsip", "arsip-lanjut"])]
    draft(office, place, steps, act="down-0")
    page = text_of(office.get(f"{place}/draft"))
    assert page.index("Manajemen Pelayanan") > page.index("Langkah 1") and "dari 2 pelatihan" in page
    found = session.query(ProgrammeEdition).one()
    rows = session.execute(
        text("SELECT s.key, s.position, s.choose, c.slug, p.position FROM programme_step s JOIN "
             "programme_course p ON p.edition_id = s.edition_id AND p.step_key = s.key JOIN course c ON "
             "c.id = p.course_id ORDER BY p.position")
    ).all()  # fmt: skip
    assert [tuple(row) for row in rows] == [
        (2, 0, 2, "arsip", 0), (2, 0, 2, "arsip-lanjut", 1), (1, 1, 1, "pelayanan", 2),
    ]  # fmt: skip
    assert found.revision == 4 and found.title == TITLE
    taken = [(2, 2, ["arsip", "arsip-lanjut"]), (1, 1, ["pelayanan"])]
    draft(office, place, taken, act="out-0-arsip")
    draft(office, place, [(2, 1, ["arsip-lanjut"]), (1, 1, ["pelayanan"])], act="drop-0")
    assert session.execute(text("SELECT count(*) FROM programme_course")).scalar() == 1
    draft(office, place, [(1, 1, ["pelayanan"])], add="pelayanan", act="add-step")
    assert "hanya boleh sekali" in office.get(f"{place}/draft").text


def test_two_who_write_do_not_overwrite_each_other(client: FlaskClient, session: Session, desk: Desk) -> None:
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    form = {"revision": "0", "title": "Satu", "key-0": "0", "course-0": "pelayanan", "act": "save"}
    assert office.post(f"{place}/draft", data=form).status_code == 303
    answer = office.post(f"{place}/draft", data=form | {"title": "Dua"}, follow_redirects=True)
    assert "sudah disimpan sementara itu" in answer.text and "Dua" not in answer.text
    for bad in ({"title": "x" * 201}, {"counts_from": "kapan"}):
        assert office.post(f"{place}/draft", data=form | {"revision": "1"} | bad).status_code == 422
    crafted = {
        "revision": "1", "title": "Satu\0", "key-0": "999999", "choose-0": "99", "course-0": "tidak-ada",
        "key-1": "-1", "choose-1": "99", "course-1": ["pelayanan", "pelayanan"], "act": "up-77",
        "audience": ["ratu"],
    }  # fmt: skip
    assert office.post(f"{place}/draft", data=crafted).status_code == 303
    page = text_of(office.get(f"{place}/draft/opening"))
    assert "Langkah 1: pelatihannya lebih sedikit" in page
    assert office.post(f"{place}/draft/opening").location.endswith("/opening")
    assert session.query(ProgrammeEdition).one().opened_on is None


def test_a_crafted_draft_names_steps_and_courses_once(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    """The form repeats a key and a course, and has more courses than a path holds: no fault, none twice."""
    many = [f"kursus-{number}" for number in range(45)]
    for slug in many:
        make_course(session, slug)
    session.commit()
    office = at_desk(client, desk, "hr_unit")
    place = begin(office, desk)
    form: dict[str, object] = {"title": "Satu", "act": "save"}
    twice = {"key-0": "1", "course-0": "pelayanan", "key-1": "1", "course-1": ["pelayanan", "arsip"]}
    for revision in range(2):
        answer = office.post(f"{place}/draft", data=form | twice | {"revision": str(revision)})
        assert answer.status_code == 303
    rows = session.execute(text("SELECT step_key, course_id FROM programme_course")).all()
    assert len(rows) == 2 and len({row.step_key for row in rows}) == 2
    crowd = {"key-0": "1", "course-0": many, "revision": "2"}
    assert office.post(f"{place}/draft", data=form | crowd).status_code == 303
    assert session.execute(text("SELECT count(*) FROM programme_course")).scalar() == 40
