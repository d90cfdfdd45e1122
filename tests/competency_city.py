"""A city of fourteen whose gaps, shares and job matches are worked out on paper.

Standard: overseers M.1 level 2 and M.2 level 3; clerks M.1 level 1 and T.1 level 2 (M.2 level 0: not
required). Levels found ("." not assessed) on 2 March 2026 where nothing else is said:

    village   v1 overseer M.1 2  M.2 1     v2 overseer M.1 3  M.2 3     v3 overseer .  .
              v4 clerk    M.1 1  T.1 1
    district  d1 overseer M.1 1  M.2 2     d2 clerk    M.1 0  T.1 .
    clinic    c1 clerk    M.1 1 (until 31 July 2026)  T.1 2
              c2 clerk    M.1 0, on 1 September 2026 M.1 1  T.1 3
              c3 clerk, account closed, M.1 0          c4 without a position, M.1 5

Today is 24 November 2026; v3 has learnt M.1 up to level 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.queries import user_with_grants
from lms.domain.competencies.actions import add_ratings, record_evidence, save_entries, set_levels
from lms.domain.competencies.queries import dictionary
from lms.domain.competencies.rules import Entry
from lms.domain.competencies.rules.plans import Found, Wanted
from tests.cast import NOW, grant, make_unit, make_user
from tests.unit.certificates.rows import complete, make_course

TODAY = date(2026, 11, 24)
ASSESSED = date(2026, 3, 2)
LEVELS = {
    "v1": {"M.1": 2, "M.2": 1}, "v2": {"M.1": 3, "M.2": 3}, "v3": {}, "v4": {"M.1": 1, "T.1": 1},
    "d1": {"M.1": 1, "M.2": 2}, "d2": {"M.1": 0}, "c1": {"T.1": 2}, "c2": {"M.1": 0, "T.1": 3},
    "c3": {"M.1": 0}, "c4": {"M.1": 5},
}  # fmt: skip


@dataclass
class City:
    """Units, people by their short names, ids of competencies by code; actors have their grants loaded."""

    city: OrgUnit
    district: OrgUnit
    village: OrgUnit
    clinic: OrgUnit
    people: dict[str, User]
    codes: dict[str, int]
    bkpsdm: User
    hr: User  # of the district

    def id(self, name: str) -> int:
        """The id of a person."""
        return self.people[name].id


def make_city(session: Session) -> City:
    """Add all of it."""
    city = make_unit(session, "KOTA", "Pemerintah Kota")
    district = make_unit(session, "KEC", "Kecamatan Satu", city)
    village = make_unit(session, "KEL", "Kelurahan Dua", district)
    clinic = make_unit(session, "PKM", "Puskesmas Tiga", city)
    overseer = Position(code="PWS", name="Pengawas", rank_class="pengawas")
    clerk = Position(code="PLK", name="Pelaksana", rank_class="pelaksana")
    session.add_all([overseer, clerk])
    session.flush()
    units = {"v": village, "d": district, "c": clinic}
    people = {
        name: make_user(
            session, f"Orang {name}", f"{name}@gurindam.example", units[name[0]],
            f"1990021420150320{place:02}",
            {"c4": None}.get(name, overseer if name in ("v1", "v2", "v3", "d1") else clerk),
        )
        for place, name in enumerate(LEVELS, 1)
    }  # fmt: skip
    actors = [make_user(session, f"Meja {name}", f"{name}@gurindam.example", city) for name in ("hr", "bk")]
    grant(session, actors[0], "hr", district)
    grant(session, actors[1], "bkpsdm")
    codes = _standard(session, overseer, clerk)
    people["c3"].closed_at = NOW
    found = [
        Found(people[name].id, codes[code], level, ASSESSED, "AC")
        for name, levels in LEVELS.items()
        for code, level in levels.items()
    ]
    found.append(Found(people["c1"].id, codes["M.1"], 1, ASSESSED, "AC", "", date(2026, 7, 31)))
    found.append(Found(people["c2"].id, codes["M.1"], 1, date(2026, 9, 1), "AC"))
    add_ratings(session, found, today=TODAY, now=NOW, actor=None)
    learnt = complete(session, people["v3"], make_course(session))
    record_evidence(session, learnt, {"M.1": 2}, shown_on=TODAY, valid_until=None)
    session.commit()
    hr, bkpsdm = (user_with_grants(session, actor.id) for actor in actors)
    assert hr is not None and bkpsdm is not None
    return City(city, district, village, clinic, people, codes, bkpsdm, hr)


def _standard(session: Session, overseer: Position, clerk: Position) -> dict[str, int]:
    entries = [
        Entry("M.1", "managerial", "Integritas"), Entry("M.2", "managerial", "Kerja sama"),
        Entry("T.1", "technical", "Arsip"),
    ]  # fmt: skip
    save_entries(session, entries, now=NOW, actor=None)
    codes = {kept.entry.code: kept.id for kept in dictionary(session)}
    wanted = [
        Wanted(overseer.id, codes["M.1"], 2), Wanted(overseer.id, codes["M.2"], 3),
        Wanted(clerk.id, codes["M.1"], 1), Wanted(clerk.id, codes["M.2"], 0),
        Wanted(clerk.id, codes["T.1"], 2),
    ]  # fmt: skip
    set_levels(session, wanted, valid_from=date(2026, 1, 1), now=NOW, actor=None)
    return codes
