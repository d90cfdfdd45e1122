"""Emblems and logos: a small PNG that paper can print, too; SVG is refused, it may carry scripts."""

from __future__ import annotations

import struct
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from lms import files
from lms.domain.certificates.pdf import emblem_works

SIZE_MAX = 300 * 1000  # bytes
SIDE_MAX = 2400  # pixels
SIDE_MIN = 64
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read(upload: FileStorage) -> bytes:
    """Return at most one byte more of an uploaded file than is allowed; an empty file is a wrong one."""
    return upload.stream.read(SIZE_MAX + 1) or b"\0"


def problem(data: bytes) -> str | None:
    """Return in words why a picture cannot be an emblem or logo, None if it can."""
    texts: dict[str, str] = {
        "large": _("The file is larger than 300 KB. Save it smaller and try again."),
        "kind": _("This is no PNG file. SVG, JPEG and others cannot be used; save the picture as PNG."),
        "sides": _(
            "The picture must be %(least)s to %(most)s pixels wide and high.", least=SIDE_MIN, most=SIDE_MAX
        ),
        "damaged": _("The file is damaged and cannot be printed. Export it anew as PNG."),
    }
    code = _problem(data)
    return texts[code] if code else None


def _problem(data: bytes) -> str:
    if len(data) > SIZE_MAX:
        return "large"
    sides = _sides(data)
    if sides is None:
        return "kind"
    if max(sides) > SIDE_MAX or min(sides) < SIDE_MIN:
        return "sides"
    return "" if emblem_works(data) else "damaged"


def _sides(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _folder() -> Path:
    return Path(str(current_app.config["INSTANCE"])) / "files"


def keep(data: bytes) -> str:
    """Store the picture and return its SHA-256."""
    return files.keep(_folder(), data)


def stored(digest: str) -> bytes:
    """Return the stored picture, empty when there is none."""
    if not digest:
        return b""
    try:
        return files.path_of(_folder(), digest).read_bytes()
    except (OSError, ValueError):
        return b""
