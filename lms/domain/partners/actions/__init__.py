"""Keep the list of institutions, and the accounts of their authors."""

from lms.domain.partners.actions.authors import add_author, edit_author
from lms.domain.partners.actions.institutions import add, close, edit, remove, reopen, set_logo

__all__ = ["add", "add_author", "close", "edit", "edit_author", "remove", "reopen", "set_logo"]
