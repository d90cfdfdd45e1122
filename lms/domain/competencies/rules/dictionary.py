"""One competency of the dictionary as people write it, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

KINDS = ("managerial", "sociocultural", "technical")
LEVEL_COUNT = 5
CODE_MAX, NAME_MAX, DESCRIPTION_MAX, SOURCE_MAX, LEVEL_MAX = 24, 120, 500, 200, 500
_CODE = re.compile(r"[A-Za-z0-9]+(?:[._/-][A-Za-z0-9]+)*")
_NAMESPACE = UUID("2b6f8a0e-2f0c-5d0b-9d39-6f0b6f7a6a11")


@dataclass(frozen=True)
class Entry:
    """A competency: code such as "M.5", kind, name, words for it and for each of its five levels.

    `unit` is the code of the unit whose field a technical one belongs to, `source` the rule of law,
    `guid` the identifier that stays when the code changes ("" before the first save).
    """

    code: str
    kind: str
    name: str
    description: str = ""
    source: str = ""
    levels: tuple[str, ...] = ("",) * LEVEL_COUNT
    unit: str | None = None
    retired_on: date | None = None
    guid: str = ""

    def tidy(self) -> Entry:
        """Return the entry with runs of blanks made one; a description that only repeats the name goes."""
        name = _squeezed(self.name)
        description = _squeezed(self.description)
        return replace(
            self,
            code=self.code.strip(),
            name=name,
            description="" if description == name else description,
            source=_squeezed(self.source),
            levels=tuple(_squeezed(text) for text in self.levels),
            unit=self.unit or None,
        )

    def content(self) -> dict[str, Any]:
        """Return what an edition keeps of it, plain values only."""
        return {
            "code": self.code, "kind": self.kind, "name": self.name, "description": self.description,
            "source": self.source, "levels": list(self.levels), "unit": self.unit,
            "retired_on": self.retired_on.isoformat() if self.retired_on else None, "guid": self.guid,
        }  # fmt: skip


def guid_of(*words: str) -> str:
    """Return the identifier that always stands for these words, for example ("competency", "M.5")."""
    return str(uuid5(_NAMESPACE, "/".join(words)))


def entry_problem(entry: Entry) -> tuple[str, str] | None:
    """Return (code, field) of what is wrong with a tidy entry, None when it can be kept."""
    if len(entry.code) > CODE_MAX or not _CODE.fullmatch(entry.code):
        return "competency.code", "code"
    if entry.kind not in KINDS:
        return "competency.kind", "kind"
    if not 1 <= len(entry.name) <= NAME_MAX:
        return "competency.name", "name"
    if len(entry.description) > DESCRIPTION_MAX:
        return "competency.description", "description"
    if len(entry.source) > SOURCE_MAX:
        return "competency.source", "source"
    if len(entry.levels) != LEVEL_COUNT or any(len(text) > LEVEL_MAX for text in entry.levels):
        return "competency.levels", "levels"
    if entry.unit is not None and entry.kind != "technical":
        return "competency.unit_kind", "unit"
    if entry.guid and not _is_guid(entry.guid):
        return "competency.guid", "guid"
    return None


def changed_fields(before: Entry, after: Entry) -> tuple[str, ...]:
    """Return the names of the fields in which two states of a competency differ."""
    old, new = before.content(), after.content()
    return tuple(name for name in new if old[name] != new[name])


def entry_of(content: dict[str, Any]) -> Entry:
    """Return the entry that an edition keeps."""
    levels = tuple(content["levels"]) or ("",) * LEVEL_COUNT
    retired = content["retired_on"]
    return Entry(
        **{**content, "levels": levels, "retired_on": date.fromisoformat(retired) if retired else None}
    )


def natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """Return the key by which codes sort as people count: M.2 before M.10."""
    parts = re.findall(r"\d+|\D+", code)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _is_guid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _squeezed(text: str) -> str:
    return " ".join(text.split())
