"""The pictures say what the figures say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from lms.web import drawings


def states(done: float, soon: float, target: float) -> list[str]:
    return [tooth.state for tooth in drawings.ring(done, soon, target)]


def test_ring_lights_one_tooth_a_jp_clockwise_from_the_top() -> None:
    teeth = drawings.ring(12, 3, 20)
    assert [tooth.state for tooth in teeth] == ["on"] * 12 + ["soon"] * 3 + [""] * 5
    assert teeth[0].turn == 9
    assert teeth[-1].turn == 351


def test_ring_never_shows_more_than_was_reached() -> None:
    assert states(11.9, 0, 20).count("on") == 11
    assert states(0.9, 0, 20).count("on") == 0


def test_ring_of_a_reached_target_is_full_and_not_overfull() -> None:
    assert states(34, 10, 20) == ["on"] * 20


def test_ring_counts_parts_of_jp_together() -> None:
    assert states(1.5, 0.5, 20) == ["on", "soon"] + [""] * 18


def test_a_small_target_has_as_many_teeth_and_a_large_one_shares_twenty() -> None:
    assert len(states(0, 0, 6)) == 6
    assert states(24, 0, 48).count("on") == 10


def test_ring_without_target_is_empty() -> None:
    assert drawings.ring(3, 0, 0) == []


def test_radar_of_full_level_is_the_outer_ring() -> None:
    drawn = drawings.radar(["a", "b", "c"], [5, 5, 5], [5, 5, 5])
    assert drawn.have == drawn.need == drawn.rings[-1]
    assert drawn.rings[-1].startswith("190.0,35.0 ")


def test_radar_draws_an_unknown_level_in_the_centre() -> None:
    drawn = drawings.radar(["a", "b", "c"], [1, 1, 1], [None, 1, 1])
    assert drawn.have.startswith("190.0,150.0 ")


def test_radar_marks_only_what_was_learnt() -> None:
    drawn = drawings.radar(["a", "b", "c"], [1, 1, 1], [1, 1, 1], [None, 2, None])
    assert [bool(axis.learnt) for axis in drawn.axes] == [False, True, False]


def test_radar_labels_run_away_from_the_picture() -> None:
    drawn = drawings.radar(["atas", "kanan", "bawah", "kiri"], [1] * 4, [1] * 4)
    assert [axis.label.anchor for axis in drawn.axes] == ["middle", "start", "middle", "end"]


NAMES = [
    "Integritas", "Kerja sama", "Komunikasi", "Orientasi pada hasil", "Pelayanan publik",
    "Pengembangan diri dan orang lain", "Mengelola perubahan", "Pengambilan keputusan", "Perekat bangsa",
    "Penyusunan naskah dinas", "Pengelolaan arsip dinamis", "Pemanfaatan aplikasi perkantoran",
    "Keamanan informasi dan pelindungan data", "Pelayanan administrasi kependudukan",
]  # fmt: skip


@pytest.mark.parametrize("count", [9, 13, 14])
@pytest.mark.parametrize("turn", range(0, 13, 3))
def test_radar_labels_of_a_side_stand_apart(count: int, turn: int) -> None:
    names = [NAMES[(place + turn) % count] for place in range(count)]
    drawn = drawings.radar(names, [1] * count, [1] * count)
    for side in ("start", "end"):
        labels = sorted(
            (axis.label for axis in drawn.axes if axis.label.anchor == side), key=lambda one: one.lines[0][1]
        )
        for above, below in pairwise(labels):
            assert below.lines[0][1] - above.lines[-1][1] >= drawings.LINE_HEIGHT
    assert all(y < drawn.height for axis in drawn.axes for _, y, _ in axis.label.lines)


@pytest.mark.parametrize(
    ("names", "need"), [(["a", "b"], [1, 1]), (["a", "b", "c"], [1, 1])], ids=["two axes", "rows differ"]
)
def test_radar_refuses_what_it_cannot_draw(names: list[str], need: list[float]) -> None:
    with pytest.raises(ValueError):
        drawings.radar(names, need, [1] * len(names))


def test_labels_break_between_words_and_end_in_dots_when_too_long() -> None:
    assert drawings.wrap("Orientasi pada hasil", 12) == ["Orientasi", "pada hasil"]
    assert drawings.wrap("satu dua tiga empat", 4, most=3) == ["satu", "dua", "tiga…"]
    assert drawings.wrap("", 12) == [""]


def test_bars_reach_from_zero_to_the_top_and_not_beyond() -> None:
    drawn = drawings.bars([0, 50, 100, 140], top=100)
    assert [bar.width for bar in drawn.bars] == [0, 174, 348, 348]
    assert [value for _, value in drawn.grid] == [0, 25, 50, 75, 100]


@pytest.mark.parametrize(
    ("value", "above"), [(0, 1), (0.4, 0.4), (1, 1), (3, 4), (7, 10), (41, 50), (100, 100), (101, 200)]
)
def test_the_axis_ends_at_a_round_number(value: float, above: float) -> None:
    assert drawings.round_above(value) == pytest.approx(above)
