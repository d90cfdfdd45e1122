"""How large a course may be, and the error that says it is larger or unsafe. Sizes are in bytes."""

from collections.abc import Iterable

from lms.content.problems import Problem, in_order

MAX_FILES = 2_000
MAX_TEXT = 1_000_000
MAX_ASSET = 10_000_000
MAX_TOTAL = 50_000_000
MAX_RATIO = 200
MAX_CELLS = 3_000
"""Cells of one table, its heading included; a cell takes about 0.05 ms to render."""
MAX_PAGE_CELLS = 10_000
"""Cells of all tables that are shown on one page."""


class BundleError(ValueError):
    """The files cannot be taken as a course; `problems` says which and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(list(problems))
        super().__init__("; ".join(f"{item.path}: {item.code}" for item in self.problems[:5]))
