"""Many PDFs at once: files sent together and ZIPs of them, opened within limits. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from lms.content.archive import BROKEN
from lms.domain.certificates.actions.marking import MAX_SIGNED_BYTES

MOST_UPLOAD = 60 * 1024 * 1024
MOST_FILES = 300
MOST_MEMBERS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
NAME_MAX = 120
_ZIP = b"PK\x03\x04"


class BadBatch(Exception):
    """The upload cannot be opened; `code` says why: empty, many, zip_large, zip_locked, zip_damaged."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


class Batch:
    """The PDFs of an upload, one in memory at a time; `passed` counts what in ZIPs is no PDF by its name."""

    def __init__(self, sent: Iterable[tuple[str, bytes]]) -> None:
        """Take the files as they were sent: name and bytes."""
        self.sent = sent
        self.passed = 0
        self._files = 0
        self._unpacked = 0

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of each file, ZIPs opened; one longer than allowed is cut behind the limit.

        Raises BadBatch.
        """
        for name, data in self.sent:
            if data.startswith(_ZIP):
                yield from self._members(data)
            elif data:
                yield self._counted(name, data)
        if not self._files:
            raise BadBatch("empty")

    def _counted(self, name: str, data: bytes) -> tuple[str, bytes]:
        self._files += 1
        if self._files > MOST_FILES:
            raise BadBatch("many")
        return PurePosixPath(name.replace("\\", "/")).name[-NAME_MAX:] or "-", data

    def _members(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = [one for one in archive.infolist() if not one.is_dir()]
                if len(members) > MOST_MEMBERS:
                    raise BadBatch("many")
                for one in members:
                    if not one.filename.casefold().endswith(".pdf") or "__MACOSX" in one.filename:
                        self.passed += 1
                        continue
                    if one.flag_bits & 1:
                        raise BadBatch("zip_locked")
                    with archive.open(one) as opened:
                        content = opened.read(MAX_SIGNED_BYTES + 1)
                    self._unpacked += len(content)
                    if self._unpacked > MOST_UNPACKED:
                        raise BadBatch("zip_large")
                    yield self._counted(one.filename, content)
        except BROKEN as error:
            raise BadBatch("zip_damaged") from error
