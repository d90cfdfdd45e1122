"""Invented people in all units and positions, most of them assessed once or twice."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sqlalchemy import func, insert, select

from lms import clock
from lms.cli.demo_data.loading import load_competencies, load_positions, load_units
from lms.db import db
from lms.domain.accounts.models import User
from lms.domain.competencies.models import Competency, Rating
from lms.domain.competencies.rules import LEVEL_OF_CLASS

PREFIX = "Pegawai Rekaan"
METHOD = "Penilaian rekaan untuk pengukuran"


def add_people(people: int) -> tuple[int, int]:
    """Add people and assessed levels, the same for the same number; return how many of each."""
    session, now, rng = db.session(), clock.now(), random.Random(people)
    units, positions = load_units(session, now=now), load_positions(session, now=now)
    load_competencies(session, now=now)
    above = {unit.parent_id for unit in units.values()}
    leaves = [unit.id for unit in units.values() if unit.id not in above]
    posts = sorted(positions.values(), key=lambda post: post.id)
    weights = [8 if post.rank_class in ("pelaksana", "ahli_pertama") else 1 for post in posts]
    first = (session.scalar(select(func.max(User.id))) or 0) + 1
    holders = rng.choices(posts, weights, k=people)
    session.execute(
        insert(User),
        [
            {
                "id": first + turn, "name": f"{PREFIX} {first + turn:05}", "created_at": now,
                "nip": f"{date(1970, 1, 1) + timedelta(days=turn % 9000):%Y%m%d}2015031{turn // 9000 + 1:03}",
                "employment": "pns", "unit_id": rng.choice(leaves), "position_id": holders[turn].id,
                "is_demo": True,
            }
            for turn in range(people)
        ],
    )  # fmt: skip
    keys = session.scalars(select(Competency.id).where(Competency.kind != "technical")).all()
    today = clock.local_date(now)
    ratings = []
    for turn in range(people):
        expected = LEVEL_OF_CLASS[holders[turn].rank_class]
        for round_ in range(rng.choices((0, 1, 2), (1, 7, 2))[0]):
            day = today - timedelta(days=900 - 500 * round_ + rng.randrange(300))
            ratings += [
                {
                    "user_id": first + turn, "competency_id": key, "assessed_on": day, "method": METHOD,
                    "level": max(0, min(5, expected + rng.choice((-1, -1, 0, 0, 0, 1)))), "recorded_at": now,
                    "valid_until": day + timedelta(days=1095), "assessor": "", "recorded_by": None,
                }
                for key in keys
            ]  # fmt: skip
    if ratings:
        session.execute(insert(Rating), ratings)
    session.flush()
    return people, len(ratings)
