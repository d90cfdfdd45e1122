"""The dictionary as a CASE 1.1 package (1EdTech Competencies and Academic Standards Exchange), and back.

A CFPackage in JSON: one CFDocument, a CFItem for each competency and for each described level, and an
isChildOf CFAssociation from each item to what it stands under. Identifiers follow from the competency's own,
so that the same dictionary gives the same file, and a file read here and written again is the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from lms.domain.competencies.rules.dictionary import LEVEL_COUNT, Entry, guid_of

KIND_TYPES = {
    "managerial": "Kompetensi manajerial",
    "sociocultural": "Kompetensi sosial kultural",
    "technical": "Kompetensi teknis",
}
LEVEL_TYPE = "Level"
TITLE = "Kamus kompetensi"
_KINDS = {word: kind for kind, word in KIND_TYPES.items()}


class NotCase(ValueError):
    """The text is no CASE package that can be read; `code` says why, `place` where."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.code, self.place = code, place


@dataclass(frozen=True)
class Issue:
    """What a package says of the whole dictionary: who keeps it, under which address, edition and time."""

    creator: str
    address: str
    edition: int
    changed_at: datetime


def write_case(entries: Sequence[Entry], issue: Issue) -> str:
    """Return the package as JSON text; the entries must have identifiers."""
    document = guid_of("dictionary", issue.address)
    moment = issue.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    items: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    top = _node(TITLE, document)
    for place, entry in enumerate(entries, 1):
        item = _competency(entry, moment)
        items.append(item)
        links.append(_child(item, top, place, moment))
        for level, text in enumerate(entry.levels, 1):
            if text:
                below = _level(entry, level, text, moment)
                items.append(below)
                links.append(_child(below, _node(entry.name, entry.guid), level, moment))
    whole = {
        "CFDocument": {
            "identifier": document, "uri": _uri(document), "caseVersion": "1.1", "creator": issue.creator,
            "title": TITLE, "lastChangeDateTime": moment, "language": "id", "version": str(issue.edition),
            "adoptionStatus": "Adopted", "officialSourceURL": issue.address,
        },
        "CFItems": items,
        "CFAssociations": links,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _competency(entry: Entry, moment: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "identifier": entry.guid, "uri": _uri(entry.guid), "humanCodingScheme": entry.code,
        "CFItemType": KIND_TYPES[entry.kind], "fullStatement": entry.description or entry.name,
        "abbreviatedStatement": entry.name, "language": "id", "lastChangeDateTime": moment,
    }  # fmt: skip
    if entry.source:
        item["notes"] = entry.source
    if entry.retired_on:
        item["statusEndDate"] = entry.retired_on.isoformat()
    if entry.unit:
        item["extensions"] = {"gurindam:unit": entry.unit}
    return item


def _level(entry: Entry, level: int, text: str, moment: str) -> dict[str, Any]:
    key = guid_of(entry.guid, str(level))
    return {
        "identifier": key, "uri": _uri(key), "humanCodingScheme": f"{entry.code}.{level}",
        "listEnumeration": str(level), "CFItemType": LEVEL_TYPE, "fullStatement": text, "language": "id",
        "lastChangeDateTime": moment,
    }  # fmt: skip


def _child(item: Mapping[str, Any], above: Mapping[str, str], place: int, moment: str) -> dict[str, Any]:
    key = guid_of(item["identifier"], "isChildOf")
    title = item.get("abbreviatedStatement", item["humanCodingScheme"])
    return {
        "identifier": key, "associationType": "isChildOf", "sequenceNumber": place, "uri": _uri(key),
        "originNodeURI": _node(title, item["identifier"]), "destinationNodeURI": dict(above),
        "lastChangeDateTime": moment,
    }  # fmt: skip


def _node(title: str, key: str) -> dict[str, str]:
    return {"title": title, "identifier": key, "uri": _uri(key)}


def _uri(key: str) -> str:
    return f"urn:uuid:{key}"


def read_case(text: str) -> list[Entry]:
    """Return the entries of a package in the order of its associations.

    Raises NotCase: "case.json" (no JSON), "case.package" (a part is missing or of another shape),
    "case.item" (an item without identifier, code or statement), "case.type" (an item of another type),
    "case.level" (a level that stands under no competency, or none from 1 to 5).
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise NotCase("case.json") from None
    if not isinstance(whole, dict):
        raise NotCase("case.package")
    items = _listed(whole, "CFItems")
    above, order = _associations(_listed(whole, "CFAssociations"))
    found: dict[str, Entry] = {}
    levels: dict[str, dict[int, str]] = {}
    for item in items:
        kind = item.get("CFItemType")
        if kind == LEVEL_TYPE:
            _take_level(item, above, levels)
        elif kind in _KINDS:
            entry = _entry(item, _KINDS[kind])
            found[entry.guid] = entry
        else:
            raise NotCase("case.type", str(kind)[:60])
    if unknown := set(levels) - set(found):
        raise NotCase("case.level", min(unknown))
    entries = [
        Entry(**{**vars(entry), "levels": _described(levels.get(key, {}))}) for key, entry in found.items()
    ]
    return sorted(entries, key=lambda entry: order.get(entry.guid, len(order)))


def _listed(whole: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = whole.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotCase("case.package", name)
    return rows


def _associations(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, str], dict[str, int]]:
    above: dict[str, str] = {}
    order: dict[str, int] = {}
    for row in rows:
        origin, target = row.get("originNodeURI"), row.get("destinationNodeURI")
        if row.get("associationType") != "isChildOf":
            continue
        if not isinstance(origin, dict) or not isinstance(target, dict):
            raise NotCase("case.package", "CFAssociations")
        key, place = str(origin.get("identifier")), row.get("sequenceNumber")
        above[key] = str(target.get("identifier"))
        order[key] = place if isinstance(place, int) else len(order) + 1
    return above, order


def _entry(item: Mapping[str, Any], kind: str) -> Entry:
    key, code, statement = (
        _text(item, name) for name in ("identifier", "humanCodingScheme", "fullStatement")
    )
    name = _text(item, "abbreviatedStatement") or statement
    if not key or not code or not name:
        raise NotCase("case.item", code or key)
    extensions = item.get("extensions")
    unit = extensions.get("gurindam:unit") if isinstance(extensions, dict) else None
    return Entry(
        code=code,
        kind=kind,
        name=name,
        description="" if statement == name else statement,
        source=_text(item, "notes"),
        unit=unit if isinstance(unit, str) else None,
        retired_on=_day(_text(item, "statusEndDate")),
        guid=key,
    )


def _take_level(item: Mapping[str, Any], above: Mapping[str, str], levels: dict[str, dict[int, str]]) -> None:
    number, parent = _text(item, "listEnumeration"), above.get(_text(item, "identifier"))
    if parent is None or number not in {str(level) for level in range(1, LEVEL_COUNT + 1)}:
        raise NotCase("case.level", _text(item, "humanCodingScheme"))
    levels.setdefault(parent, {})[int(number)] = _text(item, "fullStatement")


def _described(texts: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(texts.get(level, "") for level in range(1, LEVEL_COUNT + 1))


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
