"""The members of an uploaded ZIP, read with suspicion: names, links, real sizes, checksums."""

import io
import stat
import zipfile
import zlib
from lzma import LZMAError

from lms.content.limits import MAX_ASSET, MAX_FILES, MAX_RATIO, MAX_TEXT, MAX_TOTAL
from lms.content.paths import clean_path, dropped, is_text, same_name
from lms.content.problems import Report

_CHUNK = 64 * 1024
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    OverflowError, KeyError, IndexError, LZMAError,
)  # fmt: skip
"""All that the library raises for an archive that is damaged or was made to be."""


def read_members(data: bytes, report: Report) -> dict[str, bytes]:
    """The files of the archive by clean path; whatever is unsafe is reported and left out."""
    if len(data) > MAX_TOTAL:
        report.error(0, "bundle_large", limit="50 MB")
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, report)
    except BROKEN:
        report.error(0, "zip_broken")
        return {}


def _read(archive: zipfile.ZipFile, report: Report) -> dict[str, bytes]:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > MAX_FILES:
        report.error(0, "bundle_files", limit=MAX_FILES)
        return {}
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for info in members:
        path = _name(info, report)
        if path is None or dropped(path):
            continue
        if same_name(path) in seen:
            report.at(path).error(0, "path_twice", twin=path)
            continue
        seen.add(same_name(path))
        content = _content(archive, info, path, MAX_TOTAL - total, report)
        if content is None:
            if any(item.code == "bundle_large" for item in report.items):
                break
            continue
        total += len(content)
        files[path] = content
    return files


def _name(info: zipfile.ZipInfo, report: Report) -> str | None:
    raw = info.orig_filename if info.flag_bits & 0x800 else _local_name(info.orig_filename)
    try:
        path = clean_path(raw)
    except ValueError as error:
        report.at(raw).error(0, str(error))
        return None
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        report.at(path).error(0, "path_link")
        return None
    if info.flag_bits & 0x1:
        report.at(path).error(0, "zip_encrypted")
        return None
    return path


def _local_name(name: str) -> str:
    """Names without the UTF-8 flag: many programs write UTF-8 all the same, old ones write cp437."""
    try:
        return name.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, room: int, report: Report
) -> bytes | None:
    """The real bytes, counted while reading: the sizes written in the archive are not believed."""
    limit = MAX_TEXT if is_text(path) else MAX_ASSET
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as source:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > room:
                    report.error(0, "bundle_large", limit="50 MB")
                    return None
                if size > limit:
                    report.at(path).error(
                        0,
                        "text_large" if is_text(path) else "asset_large",
                        limit="1 MB" if is_text(path) else "10 MB",
                    )
                    return None
                parts.append(chunk)
    except BROKEN:
        report.at(path).error(0, "zip_damaged")
        return None
    if size > 1_000_000 and size > MAX_RATIO * max(info.compress_size, 1):
        report.at(path).error(0, "zip_ratio")
        return None
    return b"".join(parts)
