"""Files made from files of courses: pictures in several widths, sound and film to be sent in parts.

They lie in the folder `made` of the instance, under names that say what they were made from. Each is made at
its first use; the folder may be emptied at any time.
"""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from lms.content.pictures import MAKER, as_webp
from lms.domain.catalog.queries import file_data, file_parts, file_size
from lms.files import path_of, write_whole
from lms.web.stored_files import file_folder


def picture_file(session: Session, digest: str, width: int) -> Path | None:
    """Where a picture lies as WebP, at most `width` pixels wide; None when it cannot be read."""
    target = _folder() / f"{digest}-{width}-{MAKER}.webp"
    if not target.is_file():
        data = file_data(session, digest)
        made = as_webp(data, width) if data else None
        if made is None:
            return None
        write_whole(target, [made])
    return target


def stored_picture(digest: str, width: int) -> Path | None:
    """Where a picture of the file store lies as WebP, at most `width` pixels wide; None without one."""
    target = _folder() / f"{digest}-{width}-{MAKER}.webp"
    if not target.is_file():
        try:
            made = as_webp(path_of(file_folder(), digest).read_bytes(), width)
        except (OSError, ValueError):
            return None
        if made is None:
            return None
        write_whole(target, [made])
    return target


def media_file(session: Session, digest: str) -> Path | None:
    """Where the bytes of a sound or film lie as they are; None when there are none."""
    target = _folder() / digest
    if not target.is_file():
        if file_size(session, digest) is None:
            return None
        write_whole(target, file_parts(session, digest))
    return target


def _folder() -> Path:
    return Path(current_app.instance_path) / "made"
