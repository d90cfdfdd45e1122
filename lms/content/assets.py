"""Pictures and documents of a course: is each what its name says, is it harmless, how large is a picture."""

import io
import re
import struct
import zipfile
from collections.abc import Callable

from lms.content.paths import ASSET_TYPES, extension

MAX_PIXELS = 40_000_000

_SVG_BAD = re.compile(
    rb"<\s*/?\s*(?:\w+:)?(?:script|foreignObject|iframe|embed|object|handler|listener)\b"
    rb"|[\s\"'/]on\w+\s*=|<!ENTITY|<!DOCTYPE[^>]*\[|<\?xml-stylesheet|javascript:|@import",
    re.IGNORECASE,
)
_FOREIGN = re.compile(rb"<script\b|<!doctype html|<html\b|<\?php|%PDF-\d", re.I)
"""What no picture holds: a file that is two things at once is taken for the other one by somebody."""
_PAGE = re.compile(rb"<script\b|<!doctype html|<html\b", re.I)
"""What no document of PDF begins with; a browser that guesses would open it as a page."""
_SVG_LINK = re.compile(
    rb"(?:href|src)\s*=\s*(?:\"\s*([^\"]*)\"|'\s*([^']*)'|([^\s>]+))|url\(\s*[\"']?([^)\"']*)", re.I
)
_SVG_RASTER = re.compile(rb"data:image/(png|jpeg|webp|gif);base64,", re.I)


def asset_problem(path: str, data: bytes) -> str | None:
    """The code of what is wrong with an asset, or None: type, content, unsafe SVG."""
    kind = extension(path)
    if kind not in ASSET_TYPES:
        return "asset_type"
    if not data:
        return "asset_empty"
    if not _MAGIC[kind](data):
        return "asset_magic"
    if kind == "svg" and _unsafe_svg(data):
        return "svg_unsafe"
    if kind in {"png", "jpg", "jpeg", "webp", "gif"}:
        size = image_size(data)
        if size is None:
            return "asset_magic"
        if size[0] * size[1] > MAX_PIXELS:
            return "image_pixels"
        if _FOREIGN.search(data) or zipfile.is_zipfile(io.BytesIO(data)):
            return "asset_foreign"
        if kind == "gif" and not _is_only_gif(data):
            return "asset_foreign"
    if kind == "pdf" and _PAGE.search(data[:1024]):
        return "asset_foreign"
    return None


def _is_only_gif(data: bytes) -> bool:
    """Whether the blocks of GIF89a (its appendix A) lead to the trailer, with nothing but padding after it.

    A script that begins with ``GIF89a/*`` has blocks that lead nowhere.
    """
    try:
        at = 13 + _colours(data[10])
        while data[at] != 0x3B:
            if data[at] == 0x2C:
                at += 10 + _colours(data[at + 9]) + 1
            elif data[at] == 0x21:
                at += 2
            else:
                return False
            while size := data[at]:
                at += size + 1
            at += 1
    except IndexError:
        return False
    return not data[at + 1 :].strip(b"\0\r\n ")


def _colours(packed: int) -> int:
    """Bytes of the colour table that a packed field announces."""
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _unsafe_svg(data: bytes) -> bool:
    """Scripts, handlers, entities and anything fetched from elsewhere."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    if _SVG_BAD.search(data):
        return True
    for found in _SVG_LINK.finditer(data):
        target = next((part for part in found.groups() if part is not None), b"").strip()
        if target and not target.startswith(b"#") and not _SVG_RASTER.match(target):
            return True
    return False


def _is_svg(data: bytes) -> bool:
    head = re.sub(rb"(?s)<!--.*?-->|<\?xml.*?\?>|<!DOCTYPE[^>]*>|^\xef\xbb\xbf", b"", data[:8000])
    return head.lstrip().startswith(b"<svg")


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _is_mp3(data: bytes) -> bool:
    return data[:3] == b"ID3" or (data[:1] == b"\xff" and len(data) > 1 and data[1] & 0xE6 == 0xE2)


def _is_jpeg(data: bytes) -> bool:
    return data[:3] == b"\xff\xd8\xff"


def _is_office(data: bytes) -> bool:
    return data[:4] == b"PK\x03\x04" and b"[Content_Types].xml" in data


_MAGIC: dict[str, Callable[[bytes], bool]] = {
    "png": lambda data: data[:8] == b"\x89PNG\r\n\x1a\n",
    "jpg": _is_jpeg,
    "jpeg": _is_jpeg,
    "gif": lambda data: data[:6] in {b"GIF87a", b"GIF89a"},
    "webp": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
    "svg": _is_svg,
    "pdf": lambda data: data[:5] == b"%PDF-",
    "mp3": _is_mp3,
    "wav": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE",
    "webm": lambda data: data[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in data[:64],
    "mp4": lambda data: data[4:8] == b"ftyp",
    "vtt": lambda data: _is_text(data) and data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
    "csv": _is_text,
    "txt": _is_text,
    "xlsx": _is_office,
    "docx": _is_office,
}


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF, WebP or SVG; None when it cannot be told."""
    try:
        size = _size(data)
    except (struct.error, IndexError, ValueError, OverflowError):
        return None
    return size if size and size[0] > 0 and size[1] > 0 else None


def _size(data: bytes) -> tuple[int, int] | None:
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return _pair(">II", data, 16)
    if data[:4] == b"GIF8":
        return _pair("<HH", data, 6)
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    return _svg_size(data) if _is_svg(data) else None


def _pair(form: str, data: bytes, offset: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, data, offset)
    return int(first), int(second)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = _pair(">HH", data, at + 5)
            return width, height
        step: int = struct.unpack_from(">H", data, at + 2)[0]
        at += 2 + max(step, 2)
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    form = data[12:16]
    if form == b"VP8 ":
        width, height = _pair("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L":
        bits: int = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None


def _svg_size(data: bytes) -> tuple[int, int] | None:
    tag = re.search(rb"<svg\b[^>]*>", data[:20_000])
    if tag is None:
        return None
    width, height = (
        re.search(rb"\s" + name + rb"\s*=\s*[\"']\s*([0-9.]+)(?:px)?\s*[\"']", tag[0])
        for name in (b"width", b"height")
    )
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = re.search(rb"viewBox\s*=\s*[\"']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)", tag[0])
    return (round(float(box[1])), round(float(box[2]))) if box else None
