"""What choosing at random earns."""

from __future__ import annotations

from lms.content.questions import Question


def random_share(question: Question) -> float | None:
    """Return the expected mark of a random choice in percent; None where that is not defined.

    Single choice: the mean of the weights; right or wrong: 50; pairs: one in as many as there are texts to
    choose from (all of them, when only all right pairs earn points).
    """
    if not question.keyed:
        return None
    if question.kind == "true_false":
        return 50.0
    if question.kind == "single":
        return 100 * sum(max(0.0, option.weight) for option in question.options) / len(question.options)
    if question.kind == "matching":
        share: float = 1 / len(question.gaps[0].options)
        return 100 * (share ** len(question.gaps) if question.scoring == "exact" else share)
    return None
