"""What a page costs besides time: SQL statements, bytes on the wire, requests.

Every page of the access table is opened in a small office and in one ten times as large: the number of
statements must not grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lms import clock
from tests.cast import NOW
from tests.courses import SLUG
from tests.web.access.growth import make_world, sent_by
from tests.web.access.table import ROWS, Row
from tests.web.access.world import ACTORS, World
from tests.weight import first_visit

AT_MOST = {"home.show": 15, "lessons.show": 7}  # home: newer version, notices, recurring, paths
"""Statements that a page may need (docs/kinerja.md); all others only must not grow."""
FIRST_VISIT_BYTES, FIRST_VISIT_SCRIPT, FIRST_VISIT_REQUESTS = 45 * 1024, 12 * 1024, 8
REPEAT_BYTES = 10 * 1024

PAGES = [row for row in ROWS if row.method == "GET" and "200" in row.answers]


@pytest.fixture(scope="module")
def worlds(
    sqlite_template: Path, static_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, World]]:
    """The same office small and ten times as large."""
    with clock.frozen(NOW):
        small, large = (
            make_world(sqlite_template, static_build, tmp_path_factory.mktemp("office"), large=large)
            for large in (False, True)
        )
        yield small, large


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_statements_do_not_grow_with_the_office(worlds: tuple[World, World], row: Row) -> None:
    small, large = worlds
    for actor in sorted({actor for actor, word in zip(ACTORS, row.answers, strict=True) if word == "200"}):
        few, many = sent_by(small, actor, row), sent_by(large, actor, row)
        grown = [statement for statement in many if many.count(statement) > few.count(statement)]
        assert len(many) <= len(few), (actor, grown)
        assert len(many) <= AT_MOST.get(row.endpoint, len(many)), (actor, many)


def test_first_visit_to_a_lesson_is_light(worlds: tuple[World, World]) -> None:
    world = worlds[0]
    world.restore()
    weight = first_visit(world.app, world.cookies["learner"], f"/courses/{SLUG}/lessons/menyapa")
    assert weight.total <= FIRST_VISIT_BYTES, weight
    assert 0 < weight.script <= FIRST_VISIT_SCRIPT, weight
    assert weight.requests <= FIRST_VISIT_REQUESTS, weight
    assert weight.page <= REPEAT_BYTES, weight
