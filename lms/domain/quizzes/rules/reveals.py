"""What may be shown of a paper, and when."""

from __future__ import annotations

from dataclasses import dataclass

from lms.content.questions import Question


@dataclass(frozen=True)
class Reveal:
    """Parts of a result that may be shown; a template prints nothing that is False here."""

    score: bool
    verdicts: bool
    feedback: bool
    keys: bool
    explanation: bool


HIDDEN = Reveal(score=False, verdicts=False, feedback=False, keys=False, explanation=False)
WHOLE = Reveal(score=True, verdicts=True, feedback=True, keys=True, explanation=True)
_SCORE = Reveal(score=True, verdicts=False, feedback=False, keys=False, explanation=False)
_REMARKS = Reveal(score=True, verdicts=True, feedback=True, keys=False, explanation=False)


def revealed(
    rule: str, use: str, *, closed: bool, passed: bool, used_up: bool = False, post_taken: bool = True
) -> Reveal:
    """Return what the rule of the quiz lets be seen of a whole paper.

    `passed` and `used_up` (no attempt is left) are those of the quiz, not of this attempt. As long as
    answers can change nothing is shown. Before passing, "after_passing" shows how each answer was judged
    and the author's word on it, but neither key nor explanation, unless no attempt is left. A pre-test
    shows its score only until an exam of the course was handed in (`post_taken`; True without an exam): its
    questions measure the gain. A survey has no right answers.
    """
    if not closed or use == "survey":
        return HIDDEN
    if rule == "never" or (use == "pretest" and not post_taken):
        return _SCORE
    return _REMARKS if rule == "after_passing" and not (passed or used_up) else WHOLE


def may_check(rule: str, use: str, question: Question) -> bool:
    """Tell whether one answer may be checked, and so fixed, before the paper is handed in.

    Only where the author says "immediately"; never in a pre-test or a survey, nor for an essay, which a
    person marks.
    """
    return rule == "immediately" and use not in {"pretest", "survey"} and question.kind != "essay"
