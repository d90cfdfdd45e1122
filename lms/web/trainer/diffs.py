"""What differs between two texts of a course, file by file and line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.content.paths import is_text
from lms.content.writing.compare import Row, compare
from lms.db import db
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import blobs, version_digests
from lms.domain.catalog.rules import FileChange, differing


@dataclass(frozen=True)
class FileDiff:
    """A file that differs, with its rows; a file that is no text has none."""

    change: FileChange
    rows: Sequence[Row]

    @property
    def added(self) -> int:
        """Lines that are new."""
        return sum(row.kind == "new" for row in self.rows)

    @property
    def removed(self) -> int:
        """Lines that are gone."""
        return sum(row.kind == "old" for row in self.rows)


def live_digests(course: Course) -> dict[str, str]:
    """Return {path: SHA-256} of what learners read now; nothing before the first version."""
    if course.live_version_id is None:
        return {}
    return version_digests(db.session(), course.live_version_id)


def file_changes(course: Course, after: Mapping[str, str]) -> list[FileChange]:
    """Return the files of a text that differ from the published one."""
    return differing(live_digests(course), after)


def file_diffs(changes: Sequence[FileChange]) -> list[FileDiff]:
    """Compare files line by line (one statement for all)."""
    texts = [one for one in changes if is_text(one.path)]
    data = blobs(db.session(), {digest for one in texts for digest in (one.before, one.after) if digest})
    return [FileDiff(one, _rows(one, data) if one in texts else ()) for one in changes]


def _rows(change: FileChange, data: Mapping[str, bytes]) -> list[Row]:
    old, new = (as_text(data[one]) if one else "" for one in (change.before, change.after))
    if change.before is None:
        return [Row("new", line, number) for number, line in enumerate(new.split("\n"), 1)]
    if change.after is None:
        return [Row("old", line, number) for number, line in enumerate(old.split("\n"), 1)]
    return compare(old, new)


def as_text(data: bytes) -> str:
    """Return the text of a file; what is no UTF-8 shows as replacement characters."""
    return data.decode(errors="replace")
