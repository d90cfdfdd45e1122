"""Read what offices send and say what it would change; pure, the clock is an argument."""

from lms.domain.imports.rules.fields import FIELDS, KINDS, PEOPLE, POSITIONS, REQUIRED, UNITS
from lms.domain.imports.rules.headers import Column, Layout, find_layout
from lms.domain.imports.rules.lines import Line, Problem, read_lines
from lms.domain.imports.rules.reading import read_file
from lms.domain.imports.rules.tables import KEPT_DAYS, MAX_BYTES, MAX_ROWS, UNDO_DAYS, Unreadable

__all__ = [
    "FIELDS", "KEPT_DAYS", "KINDS", "MAX_BYTES", "MAX_ROWS", "PEOPLE", "POSITIONS", "REQUIRED", "UNDO_DAYS",
    "UNITS",
    "Column", "Layout", "Line", "Problem", "Unreadable", "find_layout", "read_file", "read_lines",
]  # fmt: skip
