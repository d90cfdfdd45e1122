"""The files of a course as an author arranges them: modules with their pieces, banks, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.content.bundle import decode
from lms.content.header import Header, split
from lms.content.lines import ASSETS
from lms.content.parse import COURSE_FILE, MODULE_FILE
from lms.content.paths import extension, natural_key
from lms.content.problems import Report
from lms.content.shared import is_shared
from lms.content.vocabulary import KINDS, name_of

BANKS = "bank/"


@dataclass(frozen=True)
class Entry:
    """A file: what kind its header says ("" when it says none), its title (else its name) and its id."""

    path: str
    kind: str
    title: str
    id: str = ""


@dataclass(frozen=True)
class Part:
    """A module folder: its file (None while it is missing) and its pieces in reading order."""

    folder: str
    entry: Entry | None
    pieces: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The title of the module, else the name of its folder."""
        return self.entry.title if self.entry else self.folder


@dataclass(frozen=True)
class Outline:
    """Every file of a course, each once, in reading order; `shared` are copies of banks written elsewhere."""

    course: Entry | None
    modules: tuple[Part, ...]
    quizzes: tuple[Entry, ...]
    banks: tuple[Entry, ...]
    assets: tuple[Entry, ...]
    others: tuple[Entry, ...]
    shared: tuple[Entry, ...] = ()

    def texts(self) -> Iterable[Entry]:
        """The files that are written, in the order of the outline."""
        if self.course:
            yield self.course
        for part in self.modules:
            if part.entry:
                yield part.entry
            yield from part.pieces
        yield from self.quizzes
        yield from self.banks
        yield from (entry for entry in self.others if extension(entry.path) == "md")

    @property
    def count(self) -> tuple[int, int, int]:
        """How many modules, lessons and quizzes."""
        pieces = [*self.quizzes, *(piece for part in self.modules for piece in part.pieces)]
        kinds = [piece.kind for piece in pieces]
        return len(self.modules), kinds.count("lesson"), kinds.count("quiz")


def outline(files: Mapping[str, bytes]) -> Outline:
    """Arrange files by where they lie; `files` may leave out the bytes of what is no text (b"")."""
    course: Entry | None = None
    folders: dict[str, list[Entry]] = {}
    quizzes: list[Entry] = []
    banks: list[Entry] = []
    assets: list[Entry] = []
    others: list[Entry] = []
    shared: list[Entry] = []
    for path in sorted(files, key=natural_key):
        entry = entry_of(path, files[path])
        folder, _, name = path.rpartition("/")
        if is_shared(path):
            shared.append(entry)
        elif path == COURSE_FILE:
            course = entry
        elif path.startswith(ASSETS):
            assets.append(entry)
        elif extension(path) != "md" or "/" in folder:
            others.append(entry)
        elif path.startswith(BANKS):
            banks.append(entry)
        elif folder:
            folders.setdefault(folder, []).append(entry)
        elif entry.kind == "quiz":
            quizzes.append(entry)
        else:
            others.append(entry)
    modules = tuple(_part(folder, inside) for folder, inside in folders.items())
    return Outline(course, modules, tuple(quizzes), tuple(banks), tuple(assets), tuple(others), tuple(shared))


def _part(folder: str, inside: list[Entry]) -> Part:
    own = next((entry for entry in inside if entry.path == f"{folder}/{MODULE_FILE}"), None)
    return Part(folder, own, tuple(entry for entry in inside if entry is not own))


def entry_of(path: str, data: bytes) -> Entry:
    """What a file says of itself, read leniently: errors are the business of the parser."""
    name = path.rpartition("/")[2]
    header = header_of(data) if extension(path) == "md" else None
    if header is None:
        return Entry(path, "", name)
    kind = header.kind() or ""
    return Entry(path, kind, value_of_key(header, kind, "title") or name, value_of_key(header, kind, "id"))


def header_of(data: bytes) -> Header | None:
    """The front matter of a text, or None when there is none that can be read."""
    report = Report()
    text = decode(data, report)
    return split(text, report) if text is not None else None


def value_of_key(header: Header, kind: str, name: str) -> str:
    """The rest of the line of a key by its English name; "" when it is absent."""
    for entry in header.entries:
        key = name_of(entry.word, KINDS.get(kind, ()))
        if key is not None and key.name == name:
            return entry.value.partition(" #")[0].strip() if name == "id" else entry.value
    return ""
