"""Short names of rules of law as courses cite them, and what a change of one makes outdated. Pure."""

from lms.domain.regulations.rules.changes import EFFECTS, outdated
from lms.domain.regulations.rules.names import (
    KIND_ORDER,
    LONGEST,
    Name,
    key_of,
    names_in,
    read_name,
    title_in,
)

__all__ = [
    "EFFECTS",
    "KIND_ORDER",
    "LONGEST",
    "Name",
    "key_of",
    "names_in",
    "outdated",
    "read_name",
    "title_in",
]
