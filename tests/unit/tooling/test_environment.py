"""The environment is made once, again when the lock changes, and says what it lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without environment; what would be done is written to `done`."""
    venv = tmp_path / ".venv"
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "STAMP", venv / "installed.json")
    monkeypatch.setattr(environment, "_works", venv.exists)
    monkeypatch.setattr(environment, "_create", venv.mkdir)
    monkeypatch.setattr(environment, "_install", lambda lock: _note(tmp_path, lock))
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(name)
    return tmp_path


def _note(folder: Path, lock: str) -> None:
    with (folder / "done").open("a") as file:
        file.write(f"{lock}\n")


def done(folder: Path) -> list[str]:
    path = folder / "done"
    return path.read_text().split() if path.exists() else []


def test_packages_are_installed_once(folder: Path) -> None:
    environment.main("requirements.txt")
    environment.main("requirements.txt")
    assert done(folder) == ["requirements.txt"]


def test_a_changed_lock_is_installed_again(folder: Path) -> None:
    environment.main("requirements.txt")
    (folder / "requirements.txt").write_text("newer")
    environment.main("requirements.txt")
    assert done(folder) == ["requirements.txt"] * 2


def test_the_tools_bring_the_packages_of_the_site(folder: Path) -> None:
    environment.main("requirements-dev.txt")
    environment.main("requirements.txt")
    assert done(folder) == ["requirements-dev.txt"]


def test_the_tools_are_missing_after_the_site_changed_alone(folder: Path) -> None:
    environment.main("requirements-dev.txt")
    (folder / "requirements.txt").write_text("newer")
    environment.main("requirements.txt")
    environment.main("requirements-dev.txt")
    assert done(folder) == ["requirements-dev.txt", "requirements.txt", "requirements-dev.txt"]


def test_a_broken_install_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.main("requirements.txt")
    (folder / "requirements.txt").write_text("newer")
    monkeypatch.setattr(environment, "_install", _fail)
    with pytest.raises(SystemExit):
        environment.main("requirements.txt")
    assert not (folder / ".venv" / "installed.json").exists()


def _fail(_lock: str) -> None:
    raise SystemExit(1)


def test_without_any_pip_the_line_to_type_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_pip", lambda: None)
    with pytest.raises(SystemExit, match="apt-get install -y python3-pip"):
        environment._install("requirements.txt")


def test_an_unreadable_stamp_counts_as_none(folder: Path) -> None:
    (folder / ".venv").mkdir()
    (folder / ".venv" / "installed.json").write_text("{")
    environment.main("requirements.txt")
    assert json.loads((folder / ".venv" / "installed.json").read_text()).keys() == {"requirements.txt"}
