"""Numbers in addresses: a number that no row can have leads nowhere (404), before any query."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest id of a row on both databases."""


class RowId(IntegerConverter):
    """An id of a row, for `<int:...>` in a route."""

    regex = "[0-9]{1,10}"

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **options})
