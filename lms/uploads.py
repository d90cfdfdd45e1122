"""Files that wait for a second look under their SHA-256: each person's lie in a folder of their own.

They lie beside the file store: they hold data of people, and go once they are stored or after a day.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from lms.files import write_whole

KEPT = timedelta(days=1)


def folder_of(instance: Path, user_id: int) -> Path:
    """Where the files of a person wait."""
    return instance / "uploads" / str(user_id)


def keep(folder: Path, data: bytes) -> str:
    """Let a file wait and return its SHA-256; the day of one that waits already begins anew."""
    digest = sha256(data).hexdigest()
    write_whole(folder / digest, [data])
    return digest


def forget(instance: Path, *, before: datetime) -> None:
    """Remove files of anybody that came before an instant."""
    for path in (instance / "uploads").rglob("*"):
        with suppress(FileNotFoundError):  # stored or removed meanwhile
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                path.unlink()
