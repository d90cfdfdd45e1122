"""A course as files: a folder, a ZIP or a draft, all as ``{path: bytes}`` with one digest."""

import codecs
import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lms.content.archive import read_members
from lms.content.limits import MAX_ASSET, MAX_FILES, MAX_TEXT, MAX_TOTAL, BundleError
from lms.content.paths import clean_path, dropped, is_text, natural_key, same_name
from lms.content.problems import Report

Bundle = Mapping[str, bytes]
__all__ = ["Bundle", "BundleError", "decode", "digest", "normalize", "read_folder", "read_zip", "write_zip"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BOMS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


def read_folder(path: Path) -> dict[str, bytes]:
    """The files below `path`. Raises BundleError for symbolic links, bad names or sizes over the limits."""
    report = Report()
    if not path.is_dir():
        report.at(path.name).error(0, "folder_missing")
        raise BundleError(report.items)
    files: dict[str, bytes] = {}
    total = 0
    for item in sorted(path.rglob("*")):
        name = item.relative_to(path).as_posix()
        if dropped(name):
            continue
        if item.is_symlink():
            report.at(name).error(0, "path_link")
        elif item.is_file():
            total += item.stat().st_size
            if item.stat().st_size <= MAX_ASSET and total <= MAX_TOTAL:
                files[name] = item.read_bytes()
            else:
                report.at(name).error(
                    0, "asset_large" if total <= MAX_TOTAL else "bundle_large", limit=_mb(name)
                )
        if len(files) > MAX_FILES or total > MAX_TOTAL:
            break
    return _checked(files, report)


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP, a single top folder stripped. Raises BundleError; never writes to disk."""
    report = Report()
    files = read_members(data, report)
    if report.failed:
        raise BundleError(report.items)
    return _checked(_without_top_folder(files), report)


def write_zip(bundle: Bundle) -> bytes:
    """A ZIP with the same bytes for the same bundle: fixed dates, natural order, no platform marks."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(bundle, key=natural_key):
            info = zipfile.ZipInfo(path, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, bundle[path])
    return target.getvalue()


def normalize(bundle: Bundle) -> dict[str, bytes]:
    """Text files as UTF-8 in NFC with LF and without BOM; by-products dropped; paths in NFC.

    Text that is not UTF-8 is left as it is: the parser names the file.
    """
    files: dict[str, bytes] = {}
    for path in sorted(bundle, key=natural_key):
        name = unicodedata.normalize("NFC", path)
        if not dropped(name):
            files[name] = _plain(bundle[path]) if is_text(name) else bundle[path]
    return files


def digest(bundle: Bundle) -> str:
    """SHA-256 in hexadecimal over the normalised bundle: equal for a copy made on another system."""
    total = hashlib.sha256()
    files = normalize(bundle)
    for path in sorted(files):
        name = path.encode()
        total.update(b"%d:%s%d:" % (len(name), name, len(files[path])))
        total.update(files[path])
    return total.hexdigest()


def decode(data: bytes, report: Report) -> str | None:
    """The text of one file, or None with the problem reported: wrong encoding, NUL bytes, too large."""
    if len(data) > MAX_TEXT:
        report.error(0, "text_large", limit="1 MB")
        return None
    for bom, name in _BOMS:
        if data.startswith(bom):
            report.error(0, "text_encoding", encoding=name)
            return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.error(line, "text_encoding", encoding="UTF-16" if b"\0" in data[:200] else "Windows-1252")
        return None
    if "\0" in text:
        report.error(text.count("\n", 0, text.index("\0")) + 1, "text_nul")
        return None
    return normal_text(text)


def normal_text(text: str) -> str:
    """The text in NFC with LF line ends and without BOM."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def _plain(data: bytes) -> bytes:
    try:
        return normal_text(data.decode()).encode()
    except UnicodeDecodeError:
        return data


def _without_top_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    kept = {path: data for path, data in files.items() if not dropped(path)}
    tops = {path.partition("/")[0] for path in kept}
    if "kursus.md" in kept or len(tops) != 1 or any("/" not in path for path in kept):
        return kept
    return {path.partition("/")[2]: data for path, data in kept.items()}


def _checked(files: dict[str, bytes], report: Report) -> dict[str, bytes]:
    """The files under clean names, or BundleError with every problem of names, numbers and sizes."""
    if len(files) > MAX_FILES:
        report.error(0, "bundle_files", limit=MAX_FILES)
    if sum(map(len, files.values())) > MAX_TOTAL:
        report.error(0, "bundle_large", limit="50 MB")
    kept: dict[str, bytes] = {}
    seen: dict[str, str] = {}
    for raw, data in files.items():
        path = _clean(raw, report)
        if path is None or dropped(path):
            continue
        twin = seen.setdefault(same_name(path), path)
        if twin != path or path in kept:
            report.at(path).error(0, "path_twice", twin=twin)
        limit = MAX_TEXT if is_text(path) else MAX_ASSET
        if len(data) > limit:
            report.at(path).error(0, "text_large" if is_text(path) else "asset_large", limit=_mb(path))
        kept[path] = data
    if not kept and not report.failed:
        report.error(0, "bundle_empty")
    if report.failed:
        raise BundleError(report.items)
    return kept


def _clean(raw: str, report: Report) -> str | None:
    try:
        return clean_path(raw)
    except ValueError as error:
        report.at(raw).error(0, str(error))
        return None


def _mb(path: str) -> str:
    return "1 MB" if is_text(path) else "10 MB"
