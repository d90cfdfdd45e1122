"""Words for questions at places of lessons."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

KINDS: dict[str, LazyString] = {
    "question": _l("A question to the trainers"),
    "error": _l("An error in the lesson"),
}

STATES: dict[str, tuple[LazyString, str, str]] = {
    "open": (_l("Waits for an answer"), "info", "clock"),
    "answered": (_l("Has an answer"), "ok", ""),
    "declined": (_l("Not answered"), "warn", ""),
    "withdrawn": (_l("Taken back"), "quiet", ""),
}
"""State -> word, kind of badge, icon ("": that of the kind)."""
