"""The way of a text from draft to catalogue: its stage, who may approve it, where a remark stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

REMARK_MAX = 2_000
"""Characters of a remark, a message to the reviewer or an answer."""
QUOTE_MAX = 300
"""Characters of a line that a remark keeps."""


class Stage(StrEnum):
    """Where the text of a course stands: being written, under review, published, out of the catalogue."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"
    ARCHIVED = "archived"


def stage_of(*, draft: bool, sent: bool, live: bool, archived: bool) -> Stage:
    """Return the stage of a course: a draft comes before what is live, the archive before all."""
    if archived:
        return Stage.ARCHIVED
    if draft:
        return Stage.REVIEW if sent else Stage.DRAFT
    return Stage.LIVE if live else Stage.DRAFT


def may_decide(user_id: int, sent_by: int | None, writers: Collection[int]) -> bool:
    """Tell whether a member may approve or return a text: nobody who wrote or sent it (four eyes)."""
    return user_id != sent_by and user_id not in writers


def place_of(quote: str, line: int, lines: Sequence[str]) -> int | None:
    """Return where a remarked line stands now: the nearest line (from 1) with its words, None when gone."""
    found = [number for number, text in enumerate(lines, 1) if text.strip()[:QUOTE_MAX] == quote]
    return min(found, key=lambda number: (abs(number - line), number), default=None)


@dataclass(frozen=True)
class FileChange:
    """A file that differs: `kind` is added, changed, moved or removed; digests are SHA-256 or None."""

    path: str
    kind: str
    before: str | None
    after: str | None


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """Return the files that differ between two texts ({path: SHA-256}), by path.

    A file that only got another name is one change of kind "moved" under its new name.
    """
    found = []
    gone = {path: digest for path, digest in before.items() if path not in after}
    for path, digest in sorted(after.items()):
        old = before.get(path)
        if old == digest:
            continue
        if old is not None:
            found.append(FileChange(path, "changed", old, digest))
            continue
        source = next((one for one, kept in sorted(gone.items()) if kept == digest), None)
        if source is not None:
            del gone[source]
            found.append(FileChange(path, "moved", digest, digest))
        else:
            found.append(FileChange(path, "added", None, digest))
    found += [FileChange(path, "removed", digest, None) for path, digest in gone.items()]
    return sorted(found, key=lambda one: one.path)
