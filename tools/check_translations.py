"""Is every text of the site translated into Indonesian, once, whole, with the same placeholders?

Usage: python -m tools.check_translations
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
METHODS = [("**/templates/**.html", "jinja2"), ("templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2), "lazy_gettext": None, "lazy_ngettext": (1, 2)}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sdifgr]")

Key = tuple[str | None, str]
"""Context and (singular) text."""


@dataclass
class Used:
    """A text that the site says: where first, and its plural form."""

    place: str
    plural: str | None


@dataclass
class Translated:
    """The translations of a text: the string and the file of each."""

    found: list[tuple[str, str]] = field(default_factory=list)


def main(package: Path = ROOT / "lms") -> int:
    """Print the problems; return 1 when there are any."""
    problems = check(package)
    print("\n".join(problems) or "Every text is translated into Indonesian.")
    return 1 if problems else 0


def check(package: Path) -> list[str]:
    """Return the problems of the Indonesian translation of a package."""
    used = texts_of(package)
    translated, problems = translations_of(sorted((package / "translations" / "id").glob("*.po")))
    for key, use in sorted(used.items(), key=lambda item: item[1].place):
        if not any(string for string, _file in translated.get(key, Translated()).found):
            problems.append(f"{use.place}: not translated: {key[1]!r}")
    for key, entry in translated.items():
        problems += _problems_of(key, entry, used.get(key))
    return problems


def texts_of(package: Path) -> dict[Key, Used]:
    """Return every translatable text of the Python files and templates."""
    used: dict[Key, Used] = {}
    options = {"**/templates/**.html": {"silent": "false"}, "templates/**.html": {"silent": "false"}}
    found = extract_from_dir(package, METHODS, options, keywords=KEYWORDS, strip_comment_tags=True)
    for filename, line, message, _comments, context in found:
        single, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
        if single:
            used.setdefault((context, single), Used(f"{package.name}/{filename}:{line}", plural))
    return used


def translations_of(files: Iterable[Path]) -> tuple[dict[Key, Translated], list[str]]:
    """Return the entries of the .po files, and what is wrong with the files themselves."""
    translated: defaultdict[Key, Translated] = defaultdict(Translated)
    problems = []
    for path in files:
        with path.open("rb") as file:
            catalog = read_po(file, locale="id", abort_invalid=True)
        problems += [f"{path.name}: obsolete entry, remove it: {key!r}" for key in catalog.obsolete]
        for message in catalog:
            if message.id:
                if message.fuzzy:
                    problems.append(f"{path.name}: fuzzy: {_single(message)!r}")
                translated[message.context, _single(message)].found.append((_string(message), path.name))
    return translated, problems


def _single(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)


def _string(message: Message) -> str:
    return str(message.string[0] if isinstance(message.string, list | tuple) else message.string or "")


def _problems_of(key: Key, entry: Translated, use: Used | None) -> list[str]:
    file = entry.found[0][1]
    if use is None:
        return [f"{file}: no longer used, remove it: {key[1]!r}"]
    problems = []
    if len({string for string, _file in entry.found}) > 1:
        files = ", ".join(file for _string, file in entry.found)
        problems.append(f"{files}: one text, several translations: {key[1]!r}")
    needed = set(_PLACEHOLDER.findall(use.plural or key[1]))
    for string, file in entry.found:
        if string and set(_PLACEHOLDER.findall(string)) != needed:
            problems.append(f"{file}: placeholders differ: {key[1]!r} -> {string!r}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
