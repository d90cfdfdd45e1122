"""Heads of units: the nearest one above a person who is somebody else."""

from lms.domain.accounts.rules.superiors import Heads

# city 1 (head 10) > office 2 (no head) > section 3 (head 30); city > village 4 (head 40, of the city)
TREE = Heads({1: None, 2: 1, 3: 2, 4: 1}, {1: 10, 3: 30, 4: 40}, {10: 1, 30: 3, 40: 1})


def test_the_nearest_head_above_is_the_superior() -> None:
    assert [TREE.above(99, unit) for unit in (1, 2, 3, 4, None)] == [10, 10, 30, 40, None]
    assert TREE.above(30, 3) == 10, "the head of a section has the head above it"
    assert TREE.above(10, 1) is None


def test_a_head_leads_the_people_without_a_nearer_head_and_the_heads_below() -> None:
    assert TREE.led_by(10) == ([1, 2], [30, 40])
    assert TREE.led_by(30) == ([3], [])
    assert TREE.led_by(99) == ([], [])


def test_a_damaged_tree_ends() -> None:
    assert Heads({1: 2, 2: 1}, {}, {}).above(5, 1) is None
