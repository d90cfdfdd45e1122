"""Run pytest with what it needs: chromium, a PostgreSQL server, R. Prints pytest's own closing line.

Usage: python -m tools.run_tests [--browser] [--postgresql] [--r] [--serial] PYTEST-ARGUMENTS
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools import services

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Return pytest's exit code."""
    os.chdir(ROOT)
    environment = {**os.environ, "CHROMIUM": ""}
    if _take(arguments, "--browser"):
        environment["CHROMIUM"] = services.chromium()
    if _take(arguments, "--r"):
        services.r()
    command = [sys.executable, "-m", "pytest", "-p", "tools.no_skips", "-q"]
    if not _take(arguments, "--serial"):
        command += ["-n", os.environ.get("TEST_WORKERS", "2"), "--dist", "worksteal"]
    if not _take(arguments, "--postgresql"):
        return subprocess.run([*command, "--db", "sqlite", *arguments], env=environment).returncode
    with services.postgresql() as url:
        environment["TEST_POSTGRES_URL"] = url
        return subprocess.run([*command, "--db", "both", *arguments], env=environment).returncode


def _take(arguments: list[str], flag: str) -> bool:
    found = flag in arguments
    if found:
        arguments.remove(flag)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
