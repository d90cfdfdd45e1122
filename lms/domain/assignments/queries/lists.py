"""The people whom a file names, and the rows that name nobody the actor may assign anything to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import FormerNip, MergedRecord, User
from lms.domain.accounts.queries import staff_for
from lms.domain.accounts.rules import subtree_paths
from lms.domain.assignments.lists import ListRow, PeopleList
from lms.domain.imports.queries import pairs
from lms.domain.imports.rules import Problem

PART = 500


@dataclass(frozen=True)
class Named:
    """Ids of the people, in order, and the rows left out, each with its problem."""

    people: tuple[int, ...]
    refused: tuple[ListRow, ...]
    heads: tuple[str, ...]


def named_by(session: Session, actor: User, found: PeopleList) -> Named:
    """Return whom a list names among the actor's people: three statements for each 500 rows.

    A former NIP, and that of a record that was merged, means the person of today. Rows are left out for what
    the reading found ("row.repeated" too, when two numbers are of one person) and for "person.unknown" and
    "person.closed". Who does not look after everybody hears "person.elsewhere" in place of these two: a list
    of numbers must not tell who works in other units, nor who has left.
    """
    everywhere = subtree_paths(actor) is None
    ids = _ids(session, {row.nip for row in found.rows if row.nip and not row.problem})
    wanted = set(ids.values())
    mine = set[int]()
    for part in _parts(sorted(wanted)):
        seen = staff_for(actor).where(User.id.in_(part)).with_only_columns(User.id)
        mine |= set(session.scalars(seen))
    refused: list[ListRow] = []
    taken: dict[int, int] = {}
    for row in found.rows:
        person = ids.get(row.nip)
        if row.problem is not None:
            refused.append(row)
        elif person is None or person not in mine:
            reason = "person.unknown" if person is None else "person.closed"
            refused.append(_left(row, reason if everywhere else "person.elsewhere"))
        elif person in taken:
            problem = Problem("nip", row.nip, "row.repeated", {"row": taken[person]})
            refused.append(replace(row, problem=problem))
        else:
            taken[person] = row.number
    return Named(tuple(sorted(taken)), tuple(refused), found.heads)


def _left(row: ListRow, code: str) -> ListRow:
    return replace(row, problem=Problem("nip", row.nip, code))


def _ids(session: Session, nips: set[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for part in _parts(sorted(nips)):
        former = select(FormerNip.nip, FormerNip.user_id).where(FormerNip.nip.in_(part))
        ids.update(pairs(session, former))
        current = session.execute(
            select(User.nip, User.id, MergedRecord.into_id)
            .outerjoin(MergedRecord, MergedRecord.user_id == User.id)
            .where(User.nip.in_(part))
        )
        ids.update({str(nip): into or user_id for nip, user_id, into in current})
    return ids


def _parts(values: list[int] | list[str]) -> Iterable[list[int] | list[str]]:
    return (values[start : start + PART] for start in range(0, len(values), PART))
