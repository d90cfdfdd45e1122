"""What a file would change: compared with what is there, row by row; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.queries import staff_for
from lms.domain.accounts.rules import InvalidNip, normalise_nip
from lms.domain.competencies.queries.dictionary import Kept, dictionary
from lms.domain.competencies.queries.ratings import latest
from lms.domain.competencies.queries.standards import standard
from lms.domain.competencies.rules.dictionary import Entry, changed_fields, entry_problem
from lms.domain.competencies.rules.plans import Found, Listed, Plan, Wanted, rating_problem
from lms.domain.competencies.rules.tables import (
    RATING_HEADS,
    STANDARD_HEADS,
    Row,
    RowProblem,
    cell_of,
    heads_of,
    level_columns,
    read_day,
    read_level,
)


def dictionary_plan(
    session: Session, found: Sequence[tuple[int, Entry]], problems: Sequence[RowProblem] = ()
) -> Plan[Entry]:
    """Compare entries of a file (with their lines) with the dictionary: two statements."""
    kept = dictionary(session)
    known = {item.entry.guid: item.entry for item in kept}
    by_code = {item.entry.code.casefold(): item.entry for item in kept}
    units = set(session.scalars(select(OrgUnit.code)))
    refused, rows, listed, same, seen = list(problems), [], [], 0, set[str]()
    for line, entry in found:
        problem = entry_problem(entry)
        code = problem[0] if problem else ""
        before = known.get(entry.guid) if entry.guid else by_code.get(entry.code.casefold())
        twin = by_code.get(entry.code.casefold())
        if not code and entry.unit is not None and entry.unit not in units:
            code = "competency.unit"
        if not code and entry.code.casefold() in seen:
            code = "row.twice"
        if not code and twin is not None and twin is not before:
            code = "competency.code_taken"
        seen.add(entry.code.casefold())
        if code:
            refused.append(RowProblem(line, code, entry.code))
            continue
        if before is None:
            listed.append(Listed(f"{entry.code} {entry.name}", "new", "", ""))
            rows.append(entry)
            continue
        fields = [name for name in changed_fields(before, entry) if name != "guid" or entry.guid]
        if not fields:
            same += 1
            continue
        rows.append(entry)
        old, new = before.content(), entry.content()
        listed += [
            Listed(f"{entry.code} {entry.name}", field, _short(old[field]), _short(new[field]))
            for field in fields
        ]
    return Plan(rows, listed, refused, same)


def _short(value: object) -> str:
    text = "; ".join(part for part in value if part) if isinstance(value, list) else str(value or "")
    return text if len(text) <= 160 else text[:159] + "…"


def standard_plan(session: Session, rows: Sequence[Row], valid_from: date) -> Plan[Wanted]:
    """Compare a table of positions and levels with the standard of a day. Raises NoTable."""
    columns, body = heads_of(rows, STANDARD_HEADS[:1])
    kept = dictionary(session, retired=False)
    competencies = {item.entry.code: item for item in kept}
    places, problems = level_columns(columns, competencies, STANDARD_HEADS)
    positions = {row.code.casefold(): row for row in session.scalars(select(Position))}
    present = standard(session, valid_from)
    found, listed, same, seen = [], [], 0, set[int]()
    for line, cells in body:
        code = cell_of(cells, columns[STANDARD_HEADS[0].casefold()])
        position = positions.get(code.casefold())
        if position is None:
            problems.append(RowProblem(line, "row.position", code))
            continue
        if position.id in seen:
            problems.append(RowProblem(line, "row.twice", code))
            continue
        seen.add(position.id)
        for name, place in places.items():
            text = cell_of(cells, place)
            if not text:
                continue
            level, item = read_level(text), competencies[name]
            before = present.get(position.id, {}).get(item.id)
            if level is None:
                problems.append(RowProblem(line, "row.level", f"{name}: {text[:20]}"))
            elif level == before:
                same += 1
            else:
                found.append(Wanted(position.id, item.id, level))
                listed.append(Listed(position.name, name, "" if before is None else str(before), str(level)))
    return Plan(found, listed, problems, same)


def rating_plan(session: Session, rows: Sequence[Row], *, actor: User, today: date) -> Plan[Found]:
    """Compare a table of assessments with what is known of the actor's people. Raises NoTable."""
    columns, body = heads_of(rows, (RATING_HEADS[0], RATING_HEADS[2], RATING_HEADS[3]))
    competencies = {item.entry.code: item for item in dictionary(session, retired=False)}
    places, problems = level_columns(columns, competencies, RATING_HEADS)
    people = {row.nip: row for row in session.execute(staff_for(actor).with_only_columns(
        User.id, User.name, User.nip).where(User.nip.is_not(None)))}  # fmt: skip
    read: list[tuple[str, str, Found]] = []
    for line, cells in body:
        values = [cell_of(cells, columns.get(head.casefold())) for head in RATING_HEADS]
        person = people.get(_nip(values[0]))
        day, until = read_day(values[2]), read_day(values[5])
        if person is None:
            problems.append(RowProblem(line, "row.nip", values[0]))
        elif person.id == actor.id:
            problems.append(RowProblem(line, "rating.own", values[0]))
        elif day is None or (values[5] and until is None):
            problems.append(RowProblem(line, "row.day", values[2] if day is None else values[5]))
        else:
            first = Found(person.id, 0, 0, day, values[3], values[4], until)
            code = rating_problem(first, today)
            if code is not None:
                problems.append(RowProblem(line, code, values[3] if code == "rating.method" else str(day)))
                continue
            read += _levels(line, cells, places, competencies, first, person.name, problems)
    present = latest(session, sorted({item.user_id for _name, _code, item in read}))
    new = [row for row in read if present.get(row[2].key) != row[2]]
    listed = [
        Listed(name, code, str(present[item.key].level) if item.key in present else "", str(item.level))
        for name, code, item in new
    ]
    return Plan([item for _name, _code, item in new], listed, problems, len(read) - len(new))


def _levels(
    line: int, cells: Sequence[str], places: dict[str, int], competencies: dict[str, Kept], first: Found,
    name: str, problems: list[RowProblem],
) -> list[tuple[str, str, Found]]:  # fmt: skip
    found = []
    for code, place in places.items():
        text = cell_of(cells, place)
        level = read_level(text)
        if level is not None:
            item = Found(**{**vars(first), "competency_id": competencies[code].id, "level": level})
            found.append((name, code, item))
        elif text:
            problems.append(RowProblem(line, "row.level", f"{code}: {text[:20]}"))
    return found


def _nip(text: str) -> str:
    try:
        return normalise_nip(text)
    except InvalidNip:
        return ""
