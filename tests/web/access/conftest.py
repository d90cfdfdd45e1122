"""The world in which the table is tried: once for a test worker, on SQLite."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms import clock, create_app
from tests.cast import NOW
from tests.conftest import settings
from tests.web.access.world import World, build


@pytest.fixture(scope="session")
def world(
    sqlite_template: Path, static_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """An office in the middle of its work."""
    folder = tmp_path_factory.mktemp("world")
    path = folder / "world.sqlite3"
    shutil.copyfile(sqlite_template, path)
    app = create_app({**settings(folder, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    with clock.frozen(NOW):
        yield build(app, path, folder / "kept.sqlite3")


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    """It is 24 November 2026, 10.00 WIB."""
    with clock.frozen(NOW):
        yield
