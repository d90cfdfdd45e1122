"""Stages of a text, who may decide, where a remark stands, which files differ."""

from __future__ import annotations

from lms.domain.catalog.rules import Stage, differing, may_decide, place_of, stage_of


def test_stages_follow_from_what_there_is() -> None:
    def stage(**facts: bool) -> Stage:
        return stage_of(**{"draft": False, "sent": False, "live": False, "archived": False, **facts})

    assert stage() is stage(draft=True) is stage(draft=True, live=True) is Stage.DRAFT
    assert stage(draft=True, sent=True, live=True) is Stage.REVIEW
    assert stage(live=True) is Stage.LIVE
    assert stage(draft=True, sent=True, live=True, archived=True) is Stage.ARCHIVED


def test_nobody_decides_on_the_own_text() -> None:
    assert may_decide(3, 1, {1, 2})
    assert not may_decide(1, 1, set())
    assert not may_decide(2, 1, {2})


def test_a_remark_follows_its_line() -> None:
    lines = ["a", "  b ", "c", "b"]
    assert place_of("b", 2, lines) == 2
    assert place_of("b", 4, lines) == 4
    assert place_of("b", 3, lines) == 2  # of two as near, the first
    assert place_of("d", 1, lines) is None


def test_files_that_differ_are_named_once() -> None:
    before = {"a.md": "1", "b.md": "2", "c.md": "3", "d.md": "4"}
    after = {"a.md": "1", "b.md": "9", "e.md": "3", "f.md": "5"}
    found = [(one.path, one.kind) for one in differing(before, after)]
    assert found == [("b.md", "changed"), ("d.md", "removed"), ("e.md", "moved"), ("f.md", "added")]
    assert differing(after, after) == []
