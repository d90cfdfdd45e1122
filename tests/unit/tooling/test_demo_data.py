"""The invented people have numbers of a valid form, and places that exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lms.cli.demo_data.competencies import COMPETENCIES, RATINGS, TECHNICAL
from lms.cli.demo_data.essays import ESSAYS
from lms.cli.demo_data.people import CAST, OTHERS
from lms.cli.demo_data.units import POSITIONS, UNITS
from lms.content.bundle import read_folder
from lms.content.course import Quiz
from lms.content.parse import COURSE_FILE, parse_course
from lms.domain.accounts.models import PositionClass
from lms.domain.accounts.rules import read_rank
from lms.domain.accounts.rules.identities import nip_warnings, normalise_nip

PEOPLE = CAST + OTHERS
TODAY = date(2026, 11, 24)
COURSES = Path(__file__).resolve().parents[3] / "courses"


def test_numbers_are_unique_and_without_doubt() -> None:
    assert len({person.nip for person in PEOPLE}) == len(PEOPLE)
    assert {person.nip: nip_warnings(normalise_nip(person.nip), TODAY) for person in PEOPLE} == {
        person.nip: () for person in PEOPLE
    }


def test_the_form_of_the_number_fits_the_employment() -> None:
    for person in PEOPLE:
        civil_servant = int(person.nip[12:14]) <= 12
        assert civil_servant == (person.employment in {"pns", "cpns"}), person
        assert person.rank is None or read_rank(person.rank), person


def test_units_and_positions_exist_and_parents_come_first() -> None:
    seen: set[str | None] = {None}
    for code, _name, above in UNITS:
        assert above in seen
        assert code not in seen
        seen.add(code)
    assert {person.unit for person in PEOPLE} <= seen
    assert {person.position for person in PEOPLE} == {code for code, _name, _class in POSITIONS}
    assert {rank for _code, _name, rank in POSITIONS} <= set(PositionClass)


def test_eighteen_kelurahan_in_four_kecamatan() -> None:
    parents = [above for _code, name, above in UNITS if name.startswith("Kelurahan ")]
    assert len(parents) == 18
    assert len(set(parents)) == 4


def test_two_people_of_one_unit_have_one_name() -> None:
    pairs = [(person.name, person.unit) for person in PEOPLE]
    assert any(pairs.count(pair) == 2 for pair in pairs)


def test_ratings_and_requirements_name_known_things() -> None:
    codes = [code for code, *_rest in COMPETENCIES]
    assert codes[:9] == ["M.1", "M.2", "M.3", "M.4", "M.5", "M.6", "M.7", "M.8", "SK.1"]
    assert {code for _position, code, _level in TECHNICAL} <= set(codes)
    assert {nip for nip, _levels in RATINGS} <= {person.nip for person in PEOPLE}
    assert all(len(levels) == 9 and set(levels) <= set(range(6)) for _nip, levels in RATINGS)


def test_essays_are_asked_for_and_marked_by_a_level_of_their_rubric() -> None:
    levels = {}
    for place in sorted(COURSES.iterdir()):
        if not (place / COURSE_FILE).is_file():
            continue
        course = parse_course(read_folder(place), place.name).course
        assert course is not None, place
        for piece in course.pieces():
            for question in piece.questions() if isinstance(piece, Quiz) else ():
                levels[question.id] = {level.value for level in question.rubric}
    for key, essays in ESSAYS.items():
        assert {essay.level for essay in essays} <= levels[key]
