"""The map of gaps of the city on paper (tests/competency_city.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from lms.domain.accounts.queries import units_for
from lms.domain.competencies.actions import add_ratings, record_evidence, save_entries, set_levels
from lms.domain.competencies.queries import dictionary, profile
from lms.domain.competencies.rules import band, job_match, match_trend
from lms.domain.competencies.rules.plans import Found, Wanted
from lms.domain.reports.matching import Tally, map_lines, quarter_ends, shade, steps, whole_line
from lms.domain.reports.queries.gap_sums import GapsWanted, gap_cells
from lms.domain.reports.queries.gaps import count_behind, find_behind
from tests.cast import NOW
from tests.competency_city import ASSESSED, TODAY, City, make_city
from tests.unit.certificates.rows import complete, make_course

ON = GapsWanted(TODAY)


@pytest.fixture
def city(session: Session) -> City:
    return make_city(session)


def test_the_map_adds_up_as_on_paper(session: Session, city: City) -> None:
    m1, m2, t1 = (city.codes[code] for code in ("M.1", "M.2", "T.1"))
    cells = gap_cells(session, ON, actor=city.bkpsdm)
    assert cells[city.village.id] == {
        m1: Tally(4, 3, 3, 0, 5, 5), m2: Tally(3, 2, 1, 2, 4, 6), t1: Tally(1, 1, 0, 1, 1, 2),
    }  # fmt: skip
    assert cells[city.district.id] == {
        m1: Tally(2, 2, 0, 2, 1, 3), m2: Tally(1, 1, 0, 1, 2, 3), t1: Tally(1, 0, 0, 0, 0, 0),
    }  # fmt: skip
    assert cells[city.clinic.id] == {m1: Tally(2, 1, 1, 0, 1, 1), t1: Tally(2, 2, 2, 0, 4, 4)}
    lines = map_lines(units_for(session, city.bkpsdm), cells, None)
    assert [line.unit.name if line.unit else "" for line in lines] == ["Kecamatan Satu", "Puskesmas Tiga"]
    district = lines[0].cells
    assert district[m1] == Tally(6, 5, 3, 2, 6, 8)
    assert (district[m1].share, district[m1].gap, district[m1].match) == (60.0, -0.4, 75.0)
    assert district[m2].gap == -1.0 and district[m2].match == pytest.approx(100 * 6 / 9)
    whole = whole_line(cells).total
    assert whole == Tally(16, 12, 7, 6, 18, 24) == lines[0].total + lines[1].total
    assert (whole.gap, whole.match, whole.coverage) == (-0.5, 75.0, 75.0)
    assert whole.share == pytest.approx(58.333, abs=0.001)


def test_a_personnel_office_sees_its_subtree_only(session: Session, city: City) -> None:
    cells = gap_cells(session, ON, actor=city.hr)
    assert set(cells) == {city.village.id, city.district.id}
    inside = map_lines(units_for(session, city.hr), cells, city.district)
    assert [(line.unit.name if line.unit else "", line.direct) for line in inside] == [
        ("Kecamatan Satu", True), ("Kelurahan Dua", False),
    ]  # fmt: skip
    behind = GapsWanted(TODAY, unit_path=city.clinic.path)
    assert find_behind(session, behind, city.codes["M.1"], actor=city.hr, state="", limit=9) == []


def test_narrowed_by_unit_kind_and_source(session: Session, city: City) -> None:
    technical = gap_cells(session, GapsWanted(TODAY, kind="technical"), actor=city.bkpsdm)
    assert {key for cells in technical.values() for key in cells} == {city.codes["T.1"]}
    own = gap_cells(session, GapsWanted(TODAY, unit_id=city.district.id), actor=city.bkpsdm)
    assert set(own) == {city.district.id}
    learnt = gap_cells(session, GapsWanted(TODAY, source="learnt"), actor=city.bkpsdm)
    assert learnt[city.village.id][city.codes["M.1"]] == Tally(4, 1, 1, 0, 2, 2)


def test_the_people_behind_a_figure(session: Session, city: City) -> None:
    def names(state: str, code: str = "M.1") -> list[tuple[str, int | None]]:
        found = find_behind(session, ON, city.codes[code], actor=city.bkpsdm, state=state, limit=20)
        assert count_behind(session, ON, city.codes[code], actor=city.bkpsdm, state=state) == len(found)
        return [(row.name.removeprefix("Orang "), row.gap) for row in found]

    assert names("below") == [("d1", -1), ("d2", -1)]
    assert names("met") == [("c2", 0), ("v1", 0), ("v4", 0), ("v2", 0)]
    assert names("unknown") == [("c1", None), ("v3", None)]
    assert len(names("")) == 8
    assert names("below", "M.2") == [("v1", -2), ("d1", -1)]


def test_quarters_see_what_held_then(session: Session, city: City) -> None:
    m1, june = city.codes["M.1"], date(2026, 6, 30)
    then = whole_line(gap_cells(session, GapsWanted(june), actor=city.bkpsdm)).cells[m1]
    assert then == Tally(8, 7, 4, 3, 7, 10)  # c1 still holds level 1, c2 is still at 0
    assert not gap_cells(session, GapsWanted(date(2025, 12, 31)), actor=city.bkpsdm)
    assert quarter_ends(TODAY, 3) == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), TODAY]
    assert quarter_ends(date(2026, 1, 1), 1) == [date(2025, 12, 31), date(2026, 1, 1)]


def test_the_profile_of_a_person_agrees_with_the_map(session: Session, city: City) -> None:
    v1, c2 = (profile(session, city.people[name], TODAY) for name in ("v1", "c2"))
    assert [(line.code, line.required, line.gap) for line in v1] == [("M.1", 2, 0), ("M.2", 3, -2)]
    assert job_match(v1).percent == 60.0  # (2 + 1) / (2 + 3)
    assert band(60.0, 80, 68) == "below" and band(68.0, 80, 68) == "almost" and band(80.0, 80, 68) == "meets"
    assert [(point.day, point.match.percent) for point in match_trend(c2)] == [
        (ASSESSED, pytest.approx(100 * 2 / 3)), (date(2026, 9, 1), 100.0),
    ]  # fmt: skip
    faded = profile(session, city.people["c1"], TODAY)[0]
    assert (faded.code, faded.assessed, len(faded.history)) == ("M.1", None, 1)


def test_colours_follow_what_is_missing() -> None:
    share, match, gap = (steps(measure, 80, 68) for measure in ("share", "match", "gap"))
    assert [shade("share", value, share) for value in (100, 95, 85, 70, 55, None)] == [0, 1, 2, 3, 4, 0]
    assert [shade("match", value, match) for value in (96, 95, 80, 68, 40)] == [0, 1, 2, 3, 4]
    assert [shade("gap", value, gap) for value in (0, -0.05, -0.3, -0.5, -2)] == [0, 1, 2, 3, 4]


def test_kept_sums_follow_every_change(session: Session, city: City) -> None:
    """The sums are kept between calls; each thing that they hang on makes them anew."""

    def total(source: str = "assessed") -> Tally:
        cells = gap_cells(session, replace(ON, source=source), actor=city.bkpsdm)
        return whole_line(cells).total

    m1, overseer, learnt = city.codes["M.1"], city.people["d1"].position_id or 0, total("learnt")
    seen = [total()]
    assert total() == seen[0]
    add_ratings(session, [Found(city.id("d2"), m1, 5, TODAY, "AC")], today=TODAY, now=NOW, actor=None)
    seen.append(total())
    assert (seen[1].met, seen[1].lacking, seen[1].have) == (8, 5, 19)
    city.people["v4"].closed_at = NOW
    seen.append(total())
    city.people["d2"].position_id = overseer
    seen.append(total())
    set_levels(session, [Wanted(overseer, m1, 5)], valid_from=TODAY, now=NOW, actor=None)
    seen.append(total())
    entry = next(kept.entry for kept in dictionary(session) if kept.id == m1)
    save_entries(session, [replace(entry, retired_on=TODAY)], now=NOW, actor=None)
    seen.append(total())
    assert len(set(seen)) == 6
    done = complete(session, city.people["v1"], make_course(session, "lain"))
    record_evidence(session, done, {"M.2": 3}, shown_on=TODAY, valid_until=None)
    assert total("learnt") != learnt
