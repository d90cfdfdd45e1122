"""Words of the trainers' desk for questions: their kinds, how hard they are."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

QUESTION_KINDS = {
    "single": _l("One right answer"),
    "multiple": _l("Several right answers"),
    "true_false": _l("True or false"),
    "numeric": _l("A number"),
    "short": _l("Short answer"),
    "matching": _l("Pairs"),
    "ordering": _l("Putting in order"),
    "cloze": _l("Gaps"),
    "essay": _l("Essay"),
}
DIFFICULTIES = {"easy": _l("Easy"), "medium": _l("Medium"), "hard": _l("Hard")}
SCORINGS = {
    "exact": _l("All or nothing"),
    "partial": _l("Each right part counts, wrong ones are taken off"),
    "partial_strict": _l("Each right part counts, nothing once one is wrong"),
}
SIGNS = {
    "equal": _l("Accepted"),
    "not": _l("Wrong, with its own feedback"),
    "pattern": _l("Pattern (regular expression)"),
}
"""What an answer line of a typed question is."""
