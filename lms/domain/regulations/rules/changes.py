"""When a place in a course is behind the law."""

from __future__ import annotations

from collections.abc import Collection

EFFECTS = ("replaced", "amended")
"""What a newer rule does to an older one."""


def outdated(cited: Collection[str], old: Collection[str], new: Collection[str]) -> bool:
    """Tell whether a place cites a rule without the newer one beside it; all three are keys of names.

    Law is cited in chains ("UU 31/1999 jo. UU 20/2001"): who names the newer rule beside the older one has
    seen it, so the place is up to date.
    """
    names = set(cited)
    return bool(names & set(old)) and not names & set(new)
