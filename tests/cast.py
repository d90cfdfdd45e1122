"""The people that tests speak of."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.accounts.models import LoginSession, OrgUnit, Position, RoleGrant, User
from lms.web.access import token_hash

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Tuesday, 24 November 2026, 10.00 WIB."""


@dataclass
class Cast:
    """City > District > Village, and City > Clinic."""

    city: OrgUnit
    district: OrgUnit
    village: OrgUnit
    clinic: OrgUnit
    clerk: Position
    learner: User  # of the village
    colleague: User  # of the village too
    stranger: User  # of the clinic
    trainer: User
    other_trainer: User
    hr_unit: User  # HR of the district
    bkpsdm: User
    admin: User


def make_unit(session: Session, code: str, name: str, parent: OrgUnit | None = None) -> OrgUnit:
    """Add a unit with its path."""
    unit = OrgUnit(code=code, name=name, parent_id=parent.id if parent else None)
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    session.flush()
    return unit


def make_user(session: Session, name: str, email: str, unit: OrgUnit, nip: str | None = None,
              position: Position | None = None) -> User:  # fmt: skip
    """Add a person without a password."""
    user = User(name=name, email=email, unit_id=unit.id, nip=nip, employment="pns", rank="Penata Muda, III/a",
                position_id=position.id if position else None, created_at=NOW)  # fmt: skip
    session.add(user)
    session.flush()
    return user


def grant(session: Session, user: User, role: str, unit: OrgUnit | None = None) -> None:
    """Give a role."""
    session.add(RoleGrant(user_id=user.id, role=role, unit_id=unit.id if unit else None))
    session.flush()


def trains_no_more(session: Session, user: User) -> None:
    """Take all roles from somebody and leave that of a reviewer; memberships of courses stay."""
    session.execute(delete(RoleGrant).where(RoleGrant.user_id == user.id))
    grant(session, user, "reviewer")
    session.commit()


def make_cast(session: Session) -> Cast:
    """Add everybody."""
    city = make_unit(session, "KOTA", "Pemerintah Kota Tanjungpinang")
    district = make_unit(session, "KEC-01", "Kecamatan Tanjungpinang Kota", city)
    village = make_unit(session, "KEL-0101", "Kelurahan Penyengat", district)
    clinic = make_unit(session, "PKM-01", "Puskesmas Sei Jang", city)
    clerk = Position(code="PLK-01", name="Pengadministrasi Umum", rank_class="pelaksana")
    session.add(clerk)
    session.flush()
    at = "@gurindam.example"
    people = {
        "learner": make_user(
            session, "Tengku Zahara, A.Md.", f"peserta{at}", village, "199002142015032003", clerk
        ),
        "colleague": make_user(session, "Siti", f"siti{at}", village, "199403052024212017", clerk),
        "stranger": make_user(session, "Bulan Permatasari", f"bulan{at}", clinic, "199206302023212041"),
        "trainer": make_user(session, "Raja Fauziah Hanim", f"pengajar{at}", city, "198111032006042009"),
        "other_trainer": make_user(session, "Megat Sulaiman", f"megat{at}", clinic),
        "hr_unit": make_user(session, "Encik Ahmad", f"kepegawaian{at}", district, "198809092010011002"),
        "bkpsdm": make_user(session, "Muhammad Syahrul", f"bkpsdm{at}", city, "197008171996031004"),
        "admin": make_user(session, "Wan Nurhaliza", f"admin{at}", city, "199607252022032011"),
    }
    grant(session, people["trainer"], "trainer")
    grant(session, people["other_trainer"], "trainer")
    grant(session, people["hr_unit"], "hr", district)
    grant(session, people["bkpsdm"], "bkpsdm")
    grant(session, people["admin"], "admin")
    return Cast(city=city, district=district, village=village, clinic=clinic, clerk=clerk, **people)


def sign_in(client: FlaskClient, user: User | None) -> FlaskClient:
    """Let the client be this person (None: nobody) without the form."""
    with client.session_transaction() as cookie:
        cookie.clear()
    if user is None:
        return client
    token, user_id = secrets.token_urlsafe(32), user.id
    db.session.commit()
    with Session(db.engine) as session:
        session.add(
            LoginSession(user_id=user_id, token_hash=token_hash(token), created_at=NOW, last_seen_at=NOW)
        )
        session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(user_id)
        cookie["_fresh"] = True
        cookie["token"] = token
    return client
