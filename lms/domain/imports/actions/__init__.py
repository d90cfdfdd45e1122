"""What is done with an uploaded file: keep it, map its columns, try it, apply it, take it back."""

from lms.domain.imports.actions.applying import apply_import
from lms.domain.imports.actions.undoing import undo_import
from lms.domain.imports.actions.uploads import (
    choose,
    discard,
    forget_waiting,
    layout_of,
    map_columns,
    plan_of,
    receive,
)

__all__ = [
    "apply_import", "choose", "discard", "forget_waiting", "layout_of", "map_columns", "plan_of", "receive",
    "undo_import",
]  # fmt: skip
