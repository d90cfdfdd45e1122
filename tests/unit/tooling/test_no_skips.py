"""With CI=true a skipped test fails the run; the closing line of pytest stays the last one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEST = "import pytest\n\ndef test_one():\n    {}\n"


def run(folder: Path, body: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(TEST.format(body))
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tools.no_skips",
        "-p",
        "no:cacheprovider",
        "test_it.py",
    ]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("body", "ci", "code", "closing"),
    [
        ("pytest.skip('no browser')", "true", 1, "1 skipped"),
        ("pytest.skip('no browser')", "", 0, "1 skipped"),
        ("assert True", "true", 0, "1 passed"),
    ],
)
def test_a_skip_fails_only_in_ci(tmp_path: Path, body: str, ci: str, code: int, closing: str) -> None:
    result = run(tmp_path, body, ci)
    assert result.returncode == code, result.stdout + result.stderr
    assert closing in result.stdout.strip().splitlines()[-1]
