"""Attributes in braces at the end of a heading: ``{#id poin=2 tag=a,b dasar="PP 94/2021"}``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lms.content.header import ID
from lms.content.problems import Report, nearest

_END = re.compile(r"^(.*?)[ ]*\{([^{}]*)\}[ ]*$")
_PART = re.compile(
    r"\s*(?:#(?P<id>[^\s\"]+)|(?P<key>[^\s=\"]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\s\"]*)))(?=\s|$)"
)


@dataclass(frozen=True)
class Attributes:
    """The words of a heading, its id, and its attributes by English name."""

    title: str
    id: str
    values: Mapping[str, str]
    line: int

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.values.get(name, default)


def read_attributes(text: str, line: int, known: Mapping[str, str], report: Report) -> Attributes:
    """Read the braces at the end of a heading; unknown, repeated and malformed attributes are errors."""
    found = _END.fullmatch(text)
    if found is None:
        if "{" in text or "}" in text:
            report.error(line, "braces", text=text)
        return Attributes(text.strip(), "", {}, line)
    values: dict[str, str] = {}
    identity = ""
    inner, at = found[2].rstrip(), 0
    while at < len(inner):
        part = _PART.match(inner, at)
        if part is None:
            report.error(line, "attribute_form", text=inner[at:].strip())
            break
        at = part.end()
        if part["id"]:
            identity = _identity(part["id"], identity, line, report)
        else:
            _keep(part["key"], part["quoted"] or part["plain"] or "", values, line, known, report)
    return Attributes(found[1].strip(), identity, values, line)


def _identity(text: str, before: str, line: int, report: Report) -> str:
    if before:
        report.error(line, "attribute_twice", key="#")
    if not ID.fullmatch(text):
        report.error(line, "value_id", key="#", value=text)
    return text


def _keep(
    word: str, value: str, values: dict[str, str], line: int, known: Mapping[str, str], report: Report
) -> None:
    plain = word.casefold()
    name = known.get(plain) or (plain if plain in known.values() else None)
    if name is None:
        report.error(line, "attribute_unknown", key=word, known=nearest(word, list(known)))
    elif name in values:
        report.error(line, "attribute_twice", key=word)
    elif not value:
        report.error(line, "attribute_empty", key=word)
    else:
        values[name] = value


def listed(value: str) -> tuple[str, ...]:
    """The parts of a comma separated attribute."""
    return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
