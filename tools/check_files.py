"""Rules of the house that no linter knows: size, leftovers, templates, addresses, documents, locks.

Usage: python -m tools.check_files
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from flask.cli import AppGroup

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("lms", "tests", "tools", "docs", "migrations", ".ci")
TEXT = {
    ".py",
    ".js",
    ".css",
    ".html",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".po",
    ".typ",
    ".svg",
    ".mako",
    ".ini",
    "",
}
SIZED = {".py", ".js", ".css", ".html"}
MAX_LINES = 300
LEFTOVERS = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
REGISTRIES = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + "js", "--(?:extra-)?index" + "-url"))
)
ENVIRONMENT = re.compile(r"environ(?:\.get\(|\[)\s*[\"']([A-Z_]+)[\"']")
COMMITS = re.compile(r"\.commit\(\)")
CLOCKS = re.compile(r"\bclock\.now\b|from lms\.clock import .*\bnow\b|datetime\.(?:utc)?now\(|date\.today\(")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
INLINE = {
    "an inline event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b|<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE),
}


def main(root: Path = ROOT) -> int:
    """Print the problems; return 1 when there are any."""
    problems = check(root) + undocumented(root)
    print("\n".join(problems) or "Files keep the rules of the house.")
    return 1 if problems else 0


def check(root: Path) -> list[str]:
    """Return the problems of the files under a root."""
    problems = []
    for path in sorted(_files(root)):
        name = path.relative_to(root).as_posix()
        content = path.read_text(encoding="utf-8", errors="replace")
        problems += [f"{name}: {problem}" for problem in _problems(name, content)]
    return problems + _lock_problems(root) + _vendor_problems(root / "lms" / "static" / "vendor")


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            parts = path.relative_to(root).parts
            if (
                path.is_file()
                and path.suffix in TEXT
                and not {"vendor", "__pycache__", "LC_MESSAGES"} & set(parts)
            ):
                yield path
    yield from (
        path for path in root.glob("*") if path.is_file() and path.suffix in TEXT and path.name[0] != "."
    )


def _problems(name: str, content: str) -> Iterator[str]:
    lines = content.count("\n")
    if Path(name).suffix in SIZED and lines > MAX_LINES and not name.startswith("migrations/"):
        yield f"{lines} lines, more than {MAX_LINES}; split it by noun"
    for number, line in enumerate(content.splitlines(), 1):
        if LEFTOVERS.search(line):
            yield f"line {number}: a leftover note: {line.strip()[:80]}"
        if REGISTRIES.search(line):
            yield f"line {number}: the address of a package registry"
    if name.startswith("lms/templates/"):
        html = JINJA.sub("x", content)
        yield from (f"has {what}" for what, pattern in INLINE.items() if pattern.search(html))
    if name.startswith("lms/domain/") and not name.startswith("lms/domain/jobs/") and COMMITS.search(content):
        yield "commits; only web, commands and jobs do"
    if name.startswith("lms/domain/") and not name.startswith("lms/domain/jobs/") and CLOCKS.search(content):
        yield "asks the clock; the time is an argument"


def _lock_problems(root: Path) -> list[str]:
    locked, tools = (_pins(root / name) for name in ("requirements.txt", "requirements-dev.txt"))
    return [
        f"requirements-dev.txt: {name} is {tools.get(name)}, requirements.txt has {version} (make lock)"
        for name, version in locked.items()
        if tools.get(name) != version
    ]


def _pins(path: Path) -> dict[str, str]:
    found = re.findall(r"^([\w.\-]+)==(\S+?)[\s;\\]", path.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found)


def _vendor_problems(vendor: Path) -> list[str]:
    """Each foreign file stands in SHA256SUMS (the format of sha256sum) and is as it was taken."""
    sums = vendor / "SHA256SUMS"
    if not vendor.is_dir():
        return []
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.exists() else []
    wanted = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path != sums
    }
    return [
        f"lms/static/vendor/{name}: differs from SHA256SUMS"
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name)
    ]


def undocumented(root: Path) -> list[str]:
    """Return the settings and commands that neither README.md nor docs/ names."""
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    written = "\n".join(path.read_text(encoding="utf-8") for path in pages if path.exists())
    problems = []
    for name in ("config.py", "gunicorn.conf.py"):
        settings = set(ENVIRONMENT.findall((root / name).read_text(encoding="utf-8")))
        missing = sorted(setting for setting in settings if not re.search(rf"\b{setting}\b", written))
        problems += [f"{name}: setting {setting} is in no document" for setting in missing]
    return problems + [
        f"command `flask {name}` is in no document" for name in commands() if name not in written
    ]


def commands() -> list[str]:
    """Return our own commands as "group command"."""
    from lms import create_app

    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "check", "JOBS_THREAD": False})
    return [
        f"{group.name} {command}"
        for group in app.cli.commands.values()
        if isinstance(group, AppGroup) and group.name != "db"
        for command in sorted(group.commands)
    ]


if __name__ == "__main__":
    sys.exit(main())
