"""What is on record while a file is compared with it: plain values, no database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.domain.accounts.rules import covers_unit
from lms.domain.imports.rules.names import bare_name, place_core, place_key


@dataclass(frozen=True)
class Known:
    """A person on record; `mighty`: the one who imports may not change these data."""

    id: int
    name: str
    nip: str | None
    email: str | None
    employment: str
    rank: str | None
    unit_id: int | None
    unit_path: str | None
    position_id: int | None
    superior_id: int | None = None
    closed: bool = False
    mighty: bool = False


@dataclass(frozen=True)
class Place:
    """A unit (with its path and the name of the unit above it) or a position (path "")."""

    id: int
    code: str
    name: str
    path: str = ""
    above: str = ""
    closed: bool = False
    rank_class: str = ""
    parent_id: int | None = None


@dataclass
class State:
    """People, former numbers, units and positions, and the subtrees of the one who imports (None: all)."""

    people: Sequence[Known]
    former: dict[str, int]
    units: Sequence[Place]
    positions: Sequence[Place]
    scope: tuple[str, ...] | None = None
    by_id: dict[int, Known] = field(init=False)
    by_nip: dict[str, Known] = field(init=False)
    by_email: dict[str, Known] = field(init=False)
    by_birth: dict[tuple[str, str], list[Known]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {one.id: one for one in self.people}
        self.by_nip = {one.nip: one for one in self.people if one.nip}
        self.by_email = {one.email: one for one in self.people if one.email}
        found: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
        for one in self.people:
            if one.nip:
                found[one.nip[:8], bare_name(one.name)].append(one)
        self.by_birth = dict(found)

    def reaches(self, path: str | None) -> bool:
        """Say whether a unit lies in the scope."""
        return covers_unit(self.scope, path)


@dataclass(frozen=True)
class Found:
    """What a text means: the place, or else why not, with the places it could mean."""

    place: Place | None = None
    code: str = ""
    candidates: tuple[Place, ...] = ()


class Directory:
    """Finds units (or positions) by code, else by name; names repeat, so a name may ask."""

    def __init__(self, places: Sequence[Place], kind: str) -> None:
        self.kind = kind
        self.by_code = {place.code.casefold(): place for place in places}
        self.by_name: defaultdict[str, list[Place]] = defaultdict(list)
        self.by_core: defaultdict[str, list[Place]] = defaultdict(list)
        for place in places:
            if not place.closed:
                self.by_name[place_key(place.name)].append(place)
                self.by_core[place_core(place.name)].append(place)

    def find(self, code: str | None, name: str | None, chosen: Place | None) -> Found:
        """Return the place of a code; without a code that of a name, or what a person chose for the name."""
        if code:
            place = self.by_code.get(code.casefold())
            if place is None:
                return Found(code=f"{self.kind}.unknown_code")
            return Found(code=f"{self.kind}.closed") if place.closed else Found(place)
        if chosen is not None:
            return Found(chosen)
        same = self.by_name.get(place_key(name or ""), [])
        if len(same) == 1 and not self._rivals(same[0], name or ""):
            return Found(same[0])
        near = {place.id: place for place in (*same, *self.by_core.get(place_core(name or ""), []))}
        return Found(
            code=f"{self.kind}.ambiguous" if near else f"{self.kind}.unknown", candidates=tuple(near.values())
        )

    def _rivals(self, place: Place, name: str) -> bool:
        """Say whether others have this name too, without the word for their kind."""
        core = place_core(name)
        return place_key(name) == core and len(self.by_core[core]) > 1
