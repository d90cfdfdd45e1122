"""Each import contract refuses an import that breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

PLANTED = [
    ("layers", "domain/accounts/models.py", "import lms.web.access"),
    ("layers", "content/problems.py", "import lms.domain.catalog.models"),
    ("layers", "web/listing.py", "import lms.cli.demo"),
    ("concepts", "domain/settings/models.py", "import lms.domain.accounts.models"),
    ("concepts", "domain/quizzes/models.py", "import lms.domain.certificates.models"),
    ("concepts", "domain/certificates/models.py", "import lms.domain.competencies.models"),
    ("concepts", "domain/evaluations/models.py", "import lms.domain.quizzes.models"),
    ("concepts", "domain/plans/rules.py", "import lms.domain.competencies.models"),
    ("concepts", "domain/enrollments/models.py", "import lms.domain.progress.models"),
    ("concepts", "domain/analysis/rules/numbers.py", "import lms.domain.reports.models"),
    ("content", "content/problems.py", "import sqlalchemy"),
    ("content", "content/problems.py", "import lms.db"),
    ("domain-without-web", "domain/audit/actions.py", "import flask"),
    ("rules", "domain/settings/rules.py", "import sqlalchemy"),
    ("rules", "domain/accounts/rules/ranks.py", "import lms.db"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copytree(
        ROOT / "lms", tmp_path / "lms", ignore=shutil.ignore_patterns("static", "templates", "__pycache__")
    )
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports as lint; "
    code += f"sys.exit(lint(limit_to_contracts=({contract!r},), no_cache=True, no_logo=True))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_import_breaks_its_contract(copy: Path, contract: str, file: str, line: str) -> None:
    path = copy / "lms" / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    run = lint(copy, contract)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 broken" in run.stdout
    assert line.removeprefix("import ") in run.stdout


def test_every_contract_has_a_planted_import() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, _file, _line in PLANTED}
