"""The file store of the instance: bytes under the SHA-256 of their content, never changed.

A file is written beside its place, brought to the disk and renamed; only then may a row name it.
A file that no row names (the transaction failed) is harmless.
"""

import os
import re
import secrets
from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")


def keep(folder: Path, data: bytes) -> str:
    """Store the bytes on disk and return their SHA-256; what is there already stays."""
    digest = sha256(data).hexdigest()
    target = folder / digest
    if not target.is_file():
        write_whole(target, [data])
    return digest


def write_whole(target: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place, bring it to the disk and rename it: it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent / f".{secrets.token_hex(8)}.part"
    try:
        with part.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def adopt(folder: Path, part: Path) -> str:
    """Take over a finished file that lies in the folder under another name; return its SHA-256.

    The caller has brought its bytes to the disk; the file is read in blocks, so its size does not matter.
    """
    with part.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    target = folder / digest
    if target.is_file():
        part.unlink()
    else:
        part.replace(target)
        _sync_folder(folder)
    return digest


def path_of(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie; ValueError for anything that is no SHA-256."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256")
    return folder / digest


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too, where the system can (Windows cannot)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
