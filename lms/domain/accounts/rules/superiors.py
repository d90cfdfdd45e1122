"""Heads of units in the tree: the nearest one above a person, that is not the person, is the superior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Heads:
    """The tree as {unit: parent}, who heads which unit, and the unit to which each head belongs."""

    parents: Mapping[int, int | None]
    heads: Mapping[int, int]
    homes: Mapping[int, int | None]

    def above(self, user_id: int, unit_id: int | None) -> int | None:
        """Return the head of the unit or of the nearest one above it who is not this person."""
        for _step in range(len(self.parents)):
            if unit_id is None:
                return None
            head = self.heads.get(unit_id)
            if head is not None and head != user_id:
                return head
            unit_id = self.parents.get(unit_id)
        return None

    def led_by(self, user_id: int) -> tuple[list[int], list[int]]:
        """Return the units whose people this person leads, and the heads of units whom this person leads.

        Whoever heads a unit counts by the second list alone: the nearest head of the own unit is the person.
        """
        units = [unit for unit in self.parents if self.above(0, unit) == user_id]
        own = [head for head, home in self.homes.items() if self.above(head, home) == user_id]
        return units, own
