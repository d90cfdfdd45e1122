"""A sheet of activation codes: one press of a button makes one set, however often its form arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions.codes import IssuedCode, code_problem, issue_codes
from lms.domain.accounts.actions.refusals import Refused
from lms.domain.accounts.models import ActivationCode, User
from lms.domain.accounts.queries import people_for
from lms.domain.accounts.rules import code_hash, derived_code

SHOWN_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Sheet:
    """Codes to print, in the order of units and names; `fresh` says that this call made them."""

    codes: list[IssuedCode]
    fresh: bool


def issue_sheet(
    session: Session, user_ids: Sequence[int], *, by: User, now: datetime, days: int, secret: bytes,
    nonce: str,
) -> Sheet:  # fmt: skip
    """Make one code for each of these people that the issuer looks after; older unused ones are withdrawn.

    `nonce` is the mark of the form. The same form again within ten minutes (a double click, a reload)
    gives the same sheet; later it is Refused("sheet.over"). Refused("sheet.empty") for nobody, and what
    `issue_codes` refuses.
    """
    session.execute(select(User.id).where(User.id == by.id).with_for_update())
    people = people_for(session, by, user_ids)
    if not people:
        raise Refused("sheet.empty")
    clear = {user.id: derived_code(secret, nonce, by.id, user.id) for user in people}
    known = _known(session, [code_hash(code) for code in clear.values()])
    if known and min(row.created_at for row in known.values()) <= now - SHOWN_AGAIN:
        raise Refused("sheet.over")
    missing = [user.id for user in people if user.id not in known]
    made: dict[int, IssuedCode] = {}
    if missing:
        issued = issue_codes(session, missing, by=by, now=now, days=days, make=lambda user: clear[user.id])
        made = {item.user.id: item for item in issued}
    for user in people:
        row = known.get(user.id)
        if row is not None and code_problem(row, user, now) is None:
            made[user.id] = IssuedCode(user, clear[user.id], row.expires_at)
    return Sheet([made[user.id] for user in people if user.id in made], fresh=bool(missing))


def _known(session: Session, hashes: Sequence[str]) -> dict[int, ActivationCode]:
    rows = session.scalars(select(ActivationCode).where(ActivationCode.code_hash.in_(hashes)))
    return {row.user_id: row for row in rows}
