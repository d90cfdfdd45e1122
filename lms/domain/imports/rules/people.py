"""What a file of people would change: row by row, old and new, decided on plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lms.domain.accounts.models import Employment
from lms.domain.imports.rules.lines import Line, Problem
from lms.domain.imports.rules.names import bare_name, key_of, place_key
from lms.domain.imports.rules.plans import CHANGED, NEW, REFUSED, SAME, Change, Plan, Question
from lms.domain.imports.rules.state import Directory, Known, Place, State

TAKEN = ("name", "nip", "email", "employment", "rank")


class Planner:
    """Compares lines with what is on record; `choices` are the answers {question key: id as text}."""

    def __init__(self, state: State, choices: Mapping[str, str]) -> None:
        self.state, self.choices = state, choices
        self.units = Directory(state.units, "unit")
        self.positions = Directory(state.positions, "position")
        self.unit_by_id = {place.id: place for place in state.units}
        self.position_by_id = {place.id: place for place in state.positions}
        self.asked: dict[str, tuple[str, str, list[int], tuple[tuple[int, str, str], ...]]] = {}

    def plan(self, lines: Sequence[Line]) -> Plan:
        """Return what becomes of each line."""
        self.nips = {line.values["nip"] for line in lines if "nip" in line.values}
        _find_twins(lines)
        changes = _superiors_found([self._change(line) for line in lines])
        questions = [Question(key, kind, text, tuple(rows), near)
                     for key, (kind, text, rows, near) in self.asked.items()]  # fmt: skip
        return Plan(changes, questions)

    def _change(self, line: Line) -> Change:
        values = line.values
        if any(doubt.code == "row.repeated" for doubt in line.doubts):
            return self._result(line, SAME, self.state.by_nip.get(values["nip"]))
        wanted: dict[str, Any] = {name: values[name] for name in TAKEN if name in values}
        for kind, directory in (("unit", self.units), ("position", self.positions)):
            place = self._place(line, kind, directory)
            if place is not None:
                wanted[f"{kind}_id"] = place.id
        unit = self.unit_by_id.get(wanted.get("unit_id", 0))
        if unit is not None and not self.state.reaches(unit.path):
            line.wrong("unit", unit.name, "unit.scope")
        known = None if line.problems else self._person(line)
        if not line.problems and known is None and unit is None:
            line.wrong("unit", "", "unit.missing")
        superior = self._superior(line, known)
        if superior is not None:
            wanted["superior_id"] = superior
        if line.problems:
            return self._result(line, REFUSED, known)
        return self._existing(line, known, wanted) if known else self._new(line, wanted)

    def _new(self, line: Line, wanted: dict[str, Any]) -> Change:
        email = wanted.get("email")
        if email in self.state.by_email:
            line.wrong("email", str(email), "email.held")
            return self._result(line, REFUSED, None)
        if "employment" not in wanted:
            wanted["employment"] = _employment_by(wanted["nip"])
            line.doubt("employment", "", "employment.guessed")
        return self._result(line, NEW, None, wanted)

    def _existing(self, line: Line, known: Known, wanted: dict[str, Any]) -> Change:
        if known.email or wanted.get("email") in self.state.by_email:
            wanted.pop("email", None)
        if key_of(wanted["name"]) == key_of(known.name):
            wanted.pop("name")
        changed = {name: value for name, value in wanted.items() if getattr(known, name) != value}
        before = {name: getattr(known, name) for name in changed}
        if not changed:
            return self._result(line, SAME, known)
        if known.mighty:
            line.wrong("nip", known.nip or "", "person.mighty")
            return self._result(line, REFUSED, known)
        return self._result(line, CHANGED, known, changed, before)

    def _result(
        self, line: Line, result: str, known: Known | None, values: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
    ) -> Change:  # fmt: skip
        moved = bool(values) and not {"unit_id", "position_id"}.isdisjoint(values or {})
        return Change(
            line.row, result, line.values.get("name", ""), line.values.get("nip", ""),
            known.id if known else None, known, values or {}, before or {},
            line.values.get("since") if moved else None, line.values.get("superior", ""),
            tuple(line.problems), tuple(line.doubts), line.cells,
        )  # fmt: skip

    def _person(self, line: Line) -> Known | None:
        """Return the person a line speaks of, None for a new one; what forbids it becomes a problem."""
        nip, old = line.values["nip"], line.values.get("old_nip")
        known = self.state.by_nip.get(nip)
        if known is None and nip in self.state.former:
            line.wrong("nip", nip, "nip.was_former")
            return None
        if known is None and old is not None:
            known = self.state.by_nip.get(old)
        if known is None:
            known = self._renumbered(line)
        if known is None or line.problems:
            return None
        if not self.state.reaches(known.unit_path):
            line.wrong("nip", nip, "person.scope")
        elif known.closed:
            line.wrong("nip", nip, "person.closed")
        return known if not line.problems else None

    def _renumbered(self, line: Line) -> Known | None:
        """Ask whether somebody of this name and birth date, whose number is not in the file, is the same."""
        nip = line.values["nip"]
        same = [
            one for one in self.state.by_birth.get((nip[:8], bare_name(line.values["name"])), ())
            if one.nip not in self.nips and not one.closed
        ]  # fmt: skip
        if not same:
            return None
        if not all(self.state.reaches(one.unit_path) for one in same):
            line.wrong("nip", nip, "person.namesake_elsewhere")
            return None
        key = f"person|{nip}"
        answer = self.choices.get(key, "")
        chosen = next((one for one in same if str(one.id) == answer), None)
        if chosen is not None or answer == "new":
            return chosen
        near = tuple((one.id, one.name, one.nip or "") for one in same)
        self._ask(key, "person", line.values["name"], line.row, near)
        line.wrong("nip", nip, "person.renumbered")
        return None

    def _place(self, line: Line, kind: str, directory: Directory) -> Place | None:
        code, name = line.values.get(f"{kind}_code"), line.values.get(kind)
        if not code and not name:
            return None
        key = f"{kind}|{place_key(name or '')}"
        places = self.unit_by_id if kind == "unit" else self.position_by_id
        answer = self.choices.get(key, "")
        chosen = places.get(int(answer)) if answer.isascii() and answer.isdigit() else None
        found = directory.find(code, name, None if chosen is None or chosen.closed else chosen)
        if found.place is not None:
            return found.place
        line.wrong(kind, code or name or "", found.code)
        if not code:
            near = [place for place in found.candidates if kind != "unit" or self.state.reaches(place.path)]
            told = tuple((one.id, one.name, one.above or one.code) for one in near)
            self._ask(key, kind, name or "", line.row, told)
        return None

    def _ask(self, key: str, kind: str, text: str, row: int, near: tuple[tuple[int, str, str], ...]) -> None:
        self.asked.setdefault(key, (kind, text, [], near))[2].append(row)

    def _superior(self, line: Line, known: Known | None) -> int | None:
        nip = line.values.get("superior")
        if nip is None:
            return None
        superior = self.state.by_nip.get(nip)
        if nip == line.values.get("nip") or (superior and known and superior.id == known.id):
            line.doubt("superior", nip, "superior.self")
        elif superior is not None and not superior.closed:
            return superior.id
        elif superior is None and nip in self.nips:
            return 0
        else:
            line.doubt("superior", nip, "superior.unknown")
        return None


def _employment_by(nip: str) -> str:
    """Return the employment that the digits 13 and 14 tell: a month is a PNS, 21 to 29 a PPPK."""
    if 1 <= int(nip[12:14]) <= 12:
        return Employment.PNS.value
    return Employment.PPPK.value if 21 <= int(nip[12:14]) <= 29 else Employment.OTHER.value


def _superiors_found(changes: list[Change]) -> list[Change]:
    """Return the rows without superiors of the same file who are not going to be added."""
    added = {change.nip for change in changes if change.result == NEW}
    found = []
    for change in changes:
        if change.values.get("superior_id") == 0 and change.pending not in added:
            values = {name: value for name, value in change.values.items() if name != "superior_id"}
            doubt = Problem("superior", change.pending, "superior.unknown")
            result = SAME if change.result == CHANGED and not values else change.result
            change = replace(change, values=values, result=result, doubts=(*change.doubts, doubt))
        found.append(change)
    return found


def _find_twins(lines: Sequence[Line]) -> None:
    """Refuse rows whose number or e-mail stands in another row too, unless both say the same."""
    for name in ("nip", "email"):
        first: dict[str, Line] = {}
        for line in lines:
            value = line.values.get(name)
            if value is None:
                continue
            twin = first.setdefault(value, line)
            if twin is line:
                continue
            if twin.values == line.values:
                line.doubt(name, value, "row.repeated", row=twin.row)
            else:
                line.wrong(name, value, f"{name}.twice", row=twin.row)
                twin.wrong(name, value, f"{name}.twice", row=line.row)
