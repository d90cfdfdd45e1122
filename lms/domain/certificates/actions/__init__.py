"""Issue, revoke, replace, sign, reprint; count the checks. Everything flushes and never commits."""

from lms.domain.certificates.actions.counters import count_check
from lms.domain.certificates.actions.issuing import issue, replace
from lms.domain.certificates.actions.marking import add_signed_file, reprint, revoke

__all__ = ["add_signed_file", "count_check", "issue", "replace", "reprint", "revoke"]
