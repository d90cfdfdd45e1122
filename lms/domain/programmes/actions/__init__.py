"""Verbs on paths; they flush and never commit."""

from lms.domain.programmes.actions.people import Closed, Order, assign, close, join, leave, reopen
from lms.domain.programmes.actions.writing import (
    Changed,
    NotReady,
    Writing,
    begin_edition,
    create,
    discard,
    open_edition,
    write,
)

__all__ = [
    "Changed", "Closed", "NotReady", "Order", "Writing", "assign", "begin_edition", "close", "create",
    "discard", "join", "leave", "open_edition", "reopen", "write",
]  # fmt: skip
