"""Pictures that come inside a foreign file: kept under a name of the course, once they proved harmless."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from urllib.parse import unquote

from lms.content.assets import asset_problem
from lms.content.exchange.items import Notes, Unread
from lms.content.limits import MAX_ASSET
from lms.content.paths import extension


def keep_picture(name: str, data: bytes, notes: Notes, line: int) -> str:
    """Keep a file and return its path in the course. Raises Unread: too large, unsafe, of no known type."""
    path = asset_path(name, data)
    if len(data) > MAX_ASSET:
        raise Unread("exchange_picture_large", line, name=name, limit="10 MB")
    if asset_problem(path, data):
        raise Unread("exchange_picture_bad", line, name=name)
    notes.files[path] = data
    return path


def keep_inline(source: str, notes: Notes, line: int) -> str:
    """Keep a picture that is written as `data:image/png;base64,...` and return its path. Raises Unread."""
    kind, _, body = source.removeprefix("data:").partition(";base64,")
    ending = {"jpeg": "jpg", "svg+xml": "svg"}.get(kind.rpartition("/")[2], kind.rpartition("/")[2])
    try:
        data = base64.b64decode("".join(unquote(body).split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unread("exchange_picture_bad", line, name=kind) from None
    return keep_picture(f"gambar.{ending}", data, notes, line)


def asset_path(name: str, data: bytes) -> str:
    """``aset/<name>-<digest>.<type>``: safe on every system, and the same for the same bytes."""
    plain = unicodedata.normalize("NFKD", name.rpartition("/")[2].rpartition(".")[0])
    stem = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().casefold()).strip("-")[:40]
    digest = hashlib.sha256(data).hexdigest()[:8]
    own = stem if stem.endswith(digest) else f"{stem or 'gambar'}-{digest}"
    return f"aset/{own}.{extension(name)}"
