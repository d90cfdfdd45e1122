"""Make `.venv` and install a lock file into it when the lock changed. Standard library only.

Usage: python3 tools/environment.py requirements.txt | requirements-dev.txt
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
PIP_HINT = "sudo apt-get update && sudo apt-get install -y python3-pip"
INCLUDES = {"requirements-dev.txt": ("requirements-dev.txt", "requirements.txt")}


def main(lock: str) -> None:
    """Make the environment hold exactly what `lock` names; do nothing when it does already."""
    if not _works():
        _create()
    wanted = {name: _digest(ROOT / name) for name in INCLUDES.get(lock, (lock,))}
    installed = _stamp()
    if any(installed.get(name) != digest for name, digest in wanted.items()):
        print(f"Installing {lock} (only when it changed) ...", flush=True)
        STAMP.unlink(missing_ok=True)
        _install(lock)
        STAMP.write_text(json.dumps(wanted), encoding="ascii")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="ascii")))
    except (OSError, ValueError):
        return {}


def _works() -> bool:
    test = "import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", test], stderr=subprocess.DEVNULL).returncode == 0


def _create() -> None:
    print(f"Making {VENV.name} with Python {sys.version.split()[0]} ...", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)


def _install(lock: str) -> None:
    pip = _pip()
    if pip is None:
        sys.exit(f"No usable pip was found. Install it, then try again:\n  {PIP_HINT}")
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command += ["--require-hashes", "--requirement", str(ROOT / lock)]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name
        not in {"PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PIP_PYTHON"}
    }
    if subprocess.run(command, env=environment).returncode != 0:
        sys.exit(f"The packages of {lock} could not be installed; the lines above say why.")


def _pip() -> list[str] | None:
    """Return the command of a pip that can install into the environment, or None."""
    own = [str(PYTHON), "-m", "pip"]
    if _answers(own):
        return own
    for python in (sys.executable, "/usr/bin/python3", "python3"):
        if shutil.which(python) and _answers(command := [python, "-m", "pip", "--python", str(PYTHON)]):
            return command
    made = subprocess.run([PYTHON, "-m", "ensurepip"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return own if made.returncode == 0 else None


def _answers(command: list[str]) -> bool:
    run = subprocess.run([*command, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return run.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1])
