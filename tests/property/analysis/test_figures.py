"""Under any marks: figures stay within their bounds, and none depends on the order of the people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.domain.analysis.rules import Item, analyse

ROWS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 1 / 3, 0.5, 1.0]), min_size=width, max_size=width), max_size=12
    )
)


@given(ROWS, st.randoms())
def test_bounds_and_order(rows: list[list[float]], rng) -> None:  # type: ignore[no-untyped-def]
    def figures_of(people: list[list[float]]) -> list[tuple[float | None, ...]]:
        found = analyse([Item(1.0, column) for column in zip(*people, strict=True)])
        return [
            (one.facility, one.spread, one.discrimination, one.efficiency, one.effective, one.top_bottom,
             *one.quarters)
            for one in found.items
        ]  # fmt: skip

    first = figures_of(rows)
    mixed = list(rows)
    rng.shuffle(mixed)
    for before, after in zip(first, figures_of(mixed), strict=True):
        assert [one is None for one in before] == [one is None for one in after]
        assert all(abs((a or 0) - (b or 0)) < 1e-6 for a, b in zip(before, after, strict=True))
        facility, spread, discrimination, efficiency, _effective, difference, *_quarters = before
        assert 0 <= (facility or 0) <= 100.0001
        assert 0 <= (spread or 0) <= 71
        assert -100 <= (discrimination or 0) <= 100
        assert (efficiency or 0) <= 100.0001
        assert -1 <= (difference or 0) <= 1.0001
    assert not first or abs(sum(row[4] or 0 for row in first) - 100) < 1e-6 or not any(r[4] for r in first)
