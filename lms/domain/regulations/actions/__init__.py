"""Keep the list of rules of law, mark what changed, and follow what it makes outdated in courses."""

from lms.domain.regulations.actions.changes import mark, withdraw
from lms.domain.regulations.actions.rows import Entry, add, edit
from lms.domain.regulations.actions.work import handle, index_version, settle_all, settle_course

__all__ = [
    "Entry", "add", "edit", "handle", "index_version", "mark", "settle_all", "settle_course", "withdraw",
]  # fmt: skip
