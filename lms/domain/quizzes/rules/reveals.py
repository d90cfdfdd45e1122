"""What may be shown of a paper after it was handed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reveal:
    """Parts of a result that may be shown; a template prints nothing that is False here."""

    score: bool
    verdicts: bool
    feedback: bool
    keys: bool
    explanation: bool


HIDDEN = Reveal(score=False, verdicts=False, feedback=False, keys=False, explanation=False)
_SCORE = Reveal(score=True, verdicts=False, feedback=False, keys=False, explanation=False)
_REMARKS = Reveal(score=True, verdicts=True, feedback=True, keys=False, explanation=False)
_ALL = Reveal(score=True, verdicts=True, feedback=True, keys=True, explanation=True)


def revealed(rule: str, use: str, *, closed: bool, passed: bool) -> Reveal:
    """Return what the rule of the quiz lets be seen.

    `passed` is that of the quiz, not of this attempt. As long as answers can change nothing is shown,
    also under "immediately", which therefore means: at once after handing in. Before passing, "after_passing"
    shows how each answer was judged and the author's word on it, but neither key nor explanation.
    A survey has no right answers.
    """
    if not closed or use == "survey":
        return HIDDEN
    if rule == "never":
        return _SCORE
    return _REMARKS if rule == "after_passing" and not passed else _ALL
