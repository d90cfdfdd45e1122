"""Static files: joined, named by their content, compressed once, cached for ever.

`lms/static` holds readable sources. At start they are built into a folder of the
instance: style sheets joined to bundles, references rewritten, a digest of the content
in each name, a `.br` and a `.gz` beside each file. Because a name belongs to one content,
two workers may build at once, and pages from before a deployment still find their files.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from wsgiref.headers import Headers

import brotli  # type: ignore[import-untyped]
from flask import Flask
from whitenoise import WhiteNoise

SOURCES = Path(__file__).resolve().parent.parent / "static"
YEAR_SECONDS = 365 * 24 * 3600

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "app.css": ("tokens", "base", "layout", "forms", "components", "charts", "tables", "print"),
    "lesson.css": ("lesson",),
    "desk.css": ("desk",),
    "hr.css": ("hr",),
    "writing.css": ("writing",),
    "slips.css": ("slips",),
    "verify.css": ("tokens", "base", "verify"),
    "parts.css": ("parts",),
}
"""Style sheet of a page -> the files of `static/css` it is joined from, in order."""

TEXT = frozenset({".css", ".js", ".svg", ".json", ".webmanifest"})
BINARY = frozenset({".png", ".webp", ".ico", ".woff2"})
VERSION = "1"
"""Part of the source digest: raise it when this file changes what it makes."""

_DIGEST_IN_NAME = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SPACE = re.compile(r"\s*\n\s*")
_URL = re.compile(r"url\(([^)\"']+)\)")
_IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*)(["'])\./([^"']+)\2""")


class AssetError(RuntimeError):
    """A source refers to a file that is not there, or two sources claim one name."""


@dataclass(frozen=True)
class Built:
    """A finished build: where it lies and the digest name of each source name."""

    folder: Path
    names: Mapping[str, str]

    def path(self, name: str) -> Path:
        """The built file of a source name; KeyError when there is none."""
        return self.folder / self.names[name]


class _Builder:
    """One run over the sources; each file is written before the files that name it."""

    def __init__(self, sources: Path, folder: Path) -> None:
        self.sources = sources
        self.folder = folder
        self.names: dict[str, str] = {}
        self.files = {path.name: path for path in _plain_files(sources)}

    def run(self) -> dict[str, str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in sorted(self.files):
            self.emit(name)
        for name, parts in BUNDLES.items():
            self.write(name, self.stylesheet(parts).encode())
        return self.names

    def emit(self, name: str) -> str:
        """Write one plain file, unless done already; return its digest name."""
        if name in self.names:
            return self.names[name]
        path = self.files.get(name)
        if path is None:
            raise AssetError(f"{name}: no such file under {self.sources}")
        data = path.read_bytes()
        if path.suffix == ".js":
            data = _IMPORT.sub(self._import, data.decode()).encode()
        return self.write(name, data)

    def stylesheet(self, parts: Iterable[str]) -> str:
        text = "\n".join((self.sources / "css" / f"{part}.css").read_text("utf-8") for part in parts)
        text = _SPACE.sub("\n", _COMMENT.sub("", text)).strip()
        return _URL.sub(self._url, text)

    def write(self, name: str, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()[:12]
        stem, dot, suffix = name.rpartition(".")
        self.names[name] = f"{stem}.{digest}{dot}{suffix}"
        target = self.folder / self.names[name]
        if f".{suffix}" in TEXT:
            _write_once(target.with_name(target.name + ".br"), brotli.compress(data, quality=11))
            _write_once(target.with_name(target.name + ".gz"), gzip.compress(data, 9, mtime=0))
        _write_once(target, data)
        return self.names[name]

    def _import(self, found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}./{self.emit(Path(found[3]).name)}{found[2]}"

    def _url(self, found: re.Match[str]) -> str:
        return f"url({self.emit(Path(found[1]).name)})"


def build(sources: Path, folder: Path) -> Built:
    """Bring `folder` up to date with `sources`; do nothing when it already is.

    Raises AssetError when a source names a missing file.
    """
    source = source_digest(sources)
    manifest = folder / "manifest.json"
    names = _known_names(manifest, source)
    if not names or not all((folder / name).is_file() for name in names.values()):
        names = _Builder(sources, folder).run()
        known = {"source": source, "names": names}
        _replace(manifest, json.dumps(known, indent=1, sort_keys=True).encode())
    return Built(folder, names)


def source_digest(sources: Path) -> str:
    """SHA-256 over names and contents of all sources, and over what this module does."""
    digest = hashlib.sha256(VERSION.encode())
    digest.update(json.dumps({name: list(parts) for name, parts in BUNDLES.items()}).encode())
    for path in sorted((*_plain_files(sources), *(sources / "css").glob("*.css"))):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(sources).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def init_assets(app: Flask, sources: Path = SOURCES) -> None:
    """Build the static files, serve them under /static and give templates `asset(name)`.

    `STATIC_BUILD` names the folder; without it the build lies in the instance folder.
    """
    folder = Path(app.config.get("STATIC_BUILD") or Path(app.config["INSTANCE"]) / "static")
    built = build(sources, folder)
    app.extensions["assets"] = built

    def asset(name: str) -> str:
        """Address of a static file, for example asset("app.css")."""
        return f"/static/{app.extensions['assets'].names[name]}"

    def rebuild() -> None:
        app.extensions["assets"] = build(sources, folder)

    if app.debug:
        app.before_request(rebuild)
    app.add_template_global(asset)
    served = WhiteNoise(
        app.wsgi_app,
        autorefresh=app.debug,
        max_age=YEAR_SECONDS,
        immutable_file_test=lambda path, url: bool(_DIGEST_IN_NAME.search(url)),
        allow_all_origins=False,
        add_headers_function=_static_headers,
    )
    served.add_files(str(folder), prefix="static/")
    app.wsgi_app = served  # type: ignore[method-assign]


def _static_headers(headers: Headers, path: str, url: str) -> None:
    """Files bypass Flask, so they bring their own protection; an opened SVG runs nothing."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"


def _plain_files(sources: Path) -> list[Path]:
    """All sources that keep their own name: scripts, pictures, vendored files."""
    found: dict[str, Path] = {}
    for path in sorted(sources.rglob("*")):
        if path.suffix not in TEXT | BINARY or path.suffix == ".css" and path.parent.name == "css":
            continue
        if path.name in found or path.name in BUNDLES:
            raise AssetError(f"{path.name}: two sources have this name")
        found[path.name] = path
    return list(found.values())


def _known_names(manifest: Path, source: str) -> dict[str, str]:
    """What the last build made from these very sources; nothing when it was from others."""
    try:
        known = json.loads(manifest.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return dict(known["names"]) if isinstance(known, dict) and known.get("source") == source else {}


def _write_once(target: Path, data: bytes) -> None:
    """Write a file whose name belongs to its content; an existing one is already right."""
    if not target.is_file():
        _replace(target, data)


def _replace(target: Path, data: bytes) -> None:
    """Write elsewhere, then rename: a reader sees the old file or the new one, never a half.

    The unfinished file lies in a neighbour of the folder, which other workers are listing.
    """
    parts = target.parent.with_name(target.parent.name + ".part")
    parts.mkdir(parents=True, exist_ok=True)
    part = parts / f"{secrets.token_hex(8)}-{target.name}"
    part.write_bytes(data)
    part.replace(target)
