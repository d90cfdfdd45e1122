"""What is wrong with a source text: a code with its place and parameters, never a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One finding in one file. `line` counts from 1; 0 means the file as a whole."""

    path: str
    line: int
    code: str
    params: dict[str, str] = field(default_factory=dict, hash=False)
    severity: Severity = "error"


class Report:
    """Collects the problems of one file; `at()` gives the report of another file in the same collection."""

    def __init__(self, path: str = "", items: list[Problem] | None = None) -> None:
        self.path = path
        self.items: list[Problem] = [] if items is None else items

    def at(self, path: str) -> "Report":
        """The report of another file; what it collects lands in the same list."""
        return Report(path, self.items)

    def error(self, line: int, code: str, **params: object) -> None:
        """Record something that forbids publishing."""
        self._add(line, code, params, "error")

    def warn(self, line: int, code: str, **params: object) -> None:
        """Record something that deserves a look but does not forbid publishing."""
        self._add(line, code, params, "warning")

    @property
    def failed(self) -> bool:
        """Whether any file of the collection has an error."""
        return any(item.severity == "error" for item in self.items)

    @property
    def failed_here(self) -> bool:
        """Whether this file has an error."""
        return any(item.path == self.path for item in self.errors())

    def failed_lines(self, first: int, last: int) -> bool:
        """Whether this file has an error on a line from `first` to `last`."""
        return any(item.path == self.path and first <= item.line <= last for item in self.errors())

    def errors(self) -> Iterator[Problem]:
        """The errors alone."""
        return (item for item in self.items if item.severity == "error")

    def _add(self, line: int, code: str, params: dict[str, object], severity: Severity) -> None:
        words = {name: shorten(str(value)) for name, value in params.items()}
        self.items.append(Problem(self.path, line, code, words, severity))


def shorten(text: str, limit: int = 80) -> str:
    """The text on one line, cut to `limit` characters, so that a message stays readable."""
    flat = "".join(char if char.isprintable() else " " for char in text[: limit * 2])
    flat = " ".join(flat.split())
    return flat if len(flat) <= limit else flat[: limit - 3] + "..."


def nearest(word: str, known: list[str]) -> str:
    """The known word most like `word`; without a likeness the first few known words, comma separated."""
    close = get_close_matches(word.casefold()[:80], known, n=1, cutoff=0.6)
    return close[0] if close else ", ".join(known[:12])


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sorted by file and line, without repetitions."""
    seen: set[tuple[str, int, str, str]] = set()
    kept: list[Problem] = []
    for item in problems:
        key = (item.path, item.line, item.code, repr(sorted(item.params.items())))
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return tuple(sorted(kept, key=lambda item: (item.path, item.line)))
