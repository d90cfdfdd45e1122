"""Verbs of the competencies: they flush and never commit."""

from lms.domain.competencies.actions.dictionary import save_entries
from lms.domain.competencies.actions.evidence import (
    record_evidence,
    record_outside_evidence,
    withdraw_outside_evidence,
)
from lms.domain.competencies.actions.ratings import add_ratings
from lms.domain.competencies.actions.standards import set_levels

__all__ = [
    "add_ratings", "record_evidence", "record_outside_evidence", "save_entries", "set_levels",
    "withdraw_outside_evidence",
]  # fmt: skip
