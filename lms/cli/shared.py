"""The banks in the folder bersama/ of COURSES_DIR, from which several courses draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lms.content.limits import MAX_TEXT
from lms.content.paths import SHARED, dropped
from lms.content.problems import Problem, Report
from lms.content.shared import is_name, read_shared, shared_path, with_banks

FOLDER = SHARED.rstrip("/")


def banks_of(root: Path) -> dict[str, bytes]:
    """Return {name: text} of the shared banks beside the courses of a folder; none is fine."""
    return {path.stem: path.read_bytes() for path in _files(root) if path.stat().st_size <= MAX_TEXT}


def bank_problems(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the shared banks of a folder, file by file."""
    found: list[Problem] = []
    for path in _files(root):
        report = Report(shared_path(path.stem))
        if path.suffix != ".md" or not is_name(path.stem):
            report.error(0, "shared_name", name=path.name)
            found += report.items
        elif path.stat().st_size > MAX_TEXT:
            report.error(0, "text_large", limit="1 MB")
            found += report.items
        else:
            found += read_shared(path.read_bytes(), path.stem).problems
    return tuple(found)


def with_folder(files: Mapping[str, bytes], place: Path) -> dict[str, bytes]:
    """Return the files of a course with copies of the banks beside it that its quizzes draw from."""
    return with_banks(files, banks_of(place.resolve().parent))


def _files(root: Path) -> Iterator[Path]:
    folder = root / FOLDER
    if folder.is_dir():
        yield from (
            path
            for path in sorted(folder.iterdir())
            if path.is_file() and not path.is_symlink() and not dropped(path.name)
        )
