"""What a file of units or positions would change; the code is the key, old and new by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lms.domain.imports.rules.cells import Wrong, read_nip, shown, text_of
from lms.domain.imports.rules.lines import CODE_MAX, NAME_MAX, Line, read_class
from lms.domain.imports.rules.names import key_of
from lms.domain.imports.rules.plans import CHANGED, NEW, REFUSED, SAME, Change, Plan
from lms.domain.imports.rules.state import Place

TEXTS = {"code": CODE_MAX, "name": NAME_MAX, "parent": CODE_MAX, "rank_class": CODE_MAX}


def _read(lines: Sequence[Line]) -> dict[str, Line]:
    """Turn cells into texts, refuse rows without code or name and codes that stand twice; return by code."""
    by_code: dict[str, Line] = {}
    for line in lines:
        raw, line.values = line.values, {}
        for name, most in TEXTS.items():
            text = text_of(raw.get(name))
            if len(text) > most:
                line.wrong(name, text[:60], "name.length", most=most)
            elif text:
                line.values[name] = text
        if "head" in raw:
            try:
                line.values["head"] = read_nip(raw["head"])
            except Wrong as error:
                line.doubt("head", shown(raw["head"]), error.code, **error.params)
        for name, code in (("code", "code.missing"), ("name", "name.length")):
            if name not in line.values and not line.problems:
                line.wrong(name, "", code, most=NAME_MAX)
        if "code" in line.values:
            twin = by_code.setdefault(line.values["code"].casefold(), line)
            if twin is not line:
                line.wrong("code", line.values["code"], "code.twice", row=twin.row)
                twin.wrong("code", line.values["code"], "code.twice", row=line.row)
    return by_code


def _change(line: Line, known: Place | None, wanted: dict[str, Any], was: dict[str, Any]) -> Change:
    """Return what becomes of a row, given what is wanted and what stands there."""
    code, pending = line.values.get("code", ""), line.values.get("parent", "")
    name = line.values.get("name", "")
    told: dict[str, Any] = {
        "problems": tuple(line.problems),
        "doubts": tuple(line.doubts),
        "cells": line.cells,
    }
    if line.problems:
        return Change(line.row, REFUSED, name, code, known.id if known else None, **told)
    if known is None:
        return Change(line.row, NEW, name, code, values={"code": code, **wanted}, pending=pending, **told)
    changed = {key: value for key, value in wanted.items() if was.get(key) != value}
    before = {key: was.get(key) for key in changed}
    result = CHANGED if changed else SAME
    return Change(
        line.row, result, name, code, known.id, values=changed, before=before, pending=pending, **told
    )


def plan_units(
    lines: Sequence[Line], units: Sequence[Place], people: dict[str, int], heads: dict[int, int]
) -> Plan:
    """Compare rows of units with the tree. `people`: {NIP: id} of open accounts, `heads`: {unit: person}."""
    by_code = _read(lines)
    known = {unit.code.casefold(): unit for unit in units}
    codes = {unit.id: unit.code.casefold() for unit in units}
    for line in lines:
        unit = known.get(line.values.get("code", "").casefold())
        if unit is not None and unit.closed:
            line.wrong("code", unit.code, "unit.closed")
    _check_tree(by_code, known, codes)
    changes = []
    for line in lines:
        unit = known.get(line.values.get("code", "").casefold())
        wanted: dict[str, Any] = {"name": line.values.get("name", "")}
        if parent := line.values.get("parent"):
            above = known.get(parent.casefold())
            wanted["parent_id"] = above.id if above is not None else 0
        if head := line.values.get("head"):
            if head in people:
                wanted["head_id"] = people[head]
            else:
                line.doubt("head", head, "head.unknown")
        was = {"name": unit.name, "parent_id": unit.parent_id, "head_id": heads.get(unit.id)} if unit else {}
        changes.append(_change(line, unit, wanted, was))
    return Plan(changes, [])


def _check_tree(by_code: dict[str, Line], known: dict[str, Place], codes: dict[int, str]) -> None:
    """Refuse rows under an unknown or refused unit, in a circle, or with the name of a neighbour."""
    parents = {code: codes.get(unit.parent_id or 0, "") for code, unit in known.items()}
    names = {code: key_of(unit.name) for code, unit in known.items()}
    for code, line in by_code.items():
        parents[code] = line.values.get("parent", "").casefold() or parents.get(code, "")
        names[code] = key_of(line.values.get("name", ""))
    for code, line in by_code.items():
        seen, at = {code}, parents[code]
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at:
            line.wrong("parent", line.values.get("parent", ""), "parent.cycle")
    beside: dict[tuple[str, str], list[str]] = {}
    for code, name in names.items():
        beside.setdefault((parents[code], name), []).append(code)
    for code, line in by_code.items():
        if len(beside[parents[code], names[code]]) > 1 and not line.problems:
            line.wrong("name", line.values.get("name", ""), "name.beside")
    refused = True
    while refused:
        refused = False
        for code, line in by_code.items():
            above = parents[code]
            missing = above not in known and (above not in by_code or by_code[above].problems)
            closed = above in known and known[above].closed
            if above and not line.problems and (missing or closed):
                line.wrong("parent", line.values.get("parent", ""), "parent.unknown")
                refused = True


def plan_positions(lines: Sequence[Line], positions: Sequence[Place]) -> Plan:
    """Compare rows of positions with the list."""
    _read(lines)
    known = {place.code.casefold(): place for place in positions}
    changes = []
    for line in lines:
        place = known.get(line.values.get("code", "").casefold())
        if place is not None and place.closed:
            line.wrong("code", place.code, "position.closed")
        text = line.values.get("rank_class", "")
        rank_class = read_class(text)
        if rank_class is None and (text or place is None):
            line.wrong("rank_class", text, "class.unreadable")
        wanted = {"name": line.values.get("name", "")}
        if rank_class is not None:
            wanted["rank_class"] = rank_class
        was = {"name": place.name, "rank_class": place.rank_class} if place else {}
        changes.append(_change(line, place, wanted, was))
    return Plan(changes, [])
