"""Names of files in a course: which are safe, which are dropped, how they are ordered."""

import re
import unicodedata

SHARED = "bersama/"
"""Where a course holds copies of the banks that several courses draw from."""
TEXT_TYPES = frozenset({"md", "txt"})
ASSET_TYPES = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "webp",
        "gif",
        "svg",
        "pdf",
        "mp3",
        "wav",
        "mp4",
        "webm",
        "vtt",
        "csv",
        "xlsx",
        "docx",
        "txt",
    ]
)
MAX_PATH = 240
MAX_DEPTH = 4

_DROPPED = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".git", ".gitignore", ".gitkeep"})
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def extension(path: str) -> str:
    """The part after the last dot of the file name, in lower case; empty when there is none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].casefold() if "." in name else ""


def is_text(path: str) -> bool:
    """Whether the file is one of those that are normalised as text."""
    return extension(path) in TEXT_TYPES


def dropped(path: str) -> bool:
    """Whether the file is a by-product of a system or of an export and no part of the course."""
    if path == "riwayat.txt":
        return True
    parts = path.casefold().split("/")
    return any(part in _DROPPED or part.startswith("._") for part in parts)


def clean_path(raw: str) -> str:
    """The path with '/' separators, in NFC, without '.' steps.

    Raises ValueError with a problem code when it is absolute, climbs, or cannot be a file name everywhere.
    """
    path = unicodedata.normalize("NFC", raw.replace("\\", "/"))
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise ValueError("path_absolute")
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if ".." in parts:
        raise ValueError("path_climbs")
    if not parts or any(not _good_name(part) for part in parts):
        raise ValueError("path_name")
    if len(path) > MAX_PATH or len(parts) > MAX_DEPTH:
        raise ValueError("path_long")
    return "/".join(parts)


def _good_name(part: str) -> bool:
    if any(not char.isprintable() or char in '<>:"|?*' for char in part):
        return False
    return not (part.endswith((" ", ".")) or part.startswith(" ") or _RESERVED.fullmatch(part))


def same_name(path: str) -> str:
    """Equal for two paths that some file system would take for one file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def natural_key(path: str) -> list[tuple[int, int, str]]:
    """Sort key that compares numbers as numbers: 2-satu before 10-dua, and files of a folder together."""
    key: list[tuple[int, int, str]] = []
    for part in path.split("/"):
        for digits, word in re.findall(r"([0-9]+)|([^0-9]+)", part):
            key.append((1, int(digits[:18]), digits) if digits else (2, 0, word.casefold()))
        key.append((0, 0, part))
    return key
