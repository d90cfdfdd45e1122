"""Several choices at once, scored exactly, by share, or by share without any wrong choice."""

from collections.abc import Mapping, Sequence

from lms.content.problems import Report
from lms.content.questions.block import Block, draft, with_parts
from lms.content.questions.choice import CHOICE_MARKS, chosen, read_options, shuffled, texts_of
from lms.content.questions.question import BLANK, Mark, Question, mark

__all__ = ["EXTRA", "fits", "grade", "parse", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"shuffle", "scoring"})


def fits(block: Block) -> bool:
    """Square brackets with several right options, or with weights that add up."""
    return bool(block.marks) and block.marks <= CHOICE_MARKS - {"radio", "radio_wrong"}


def parse(block: Block, report: Report) -> Question | None:
    """Build the question; with weights, the positive ones add up to 100 %."""
    question = with_parts(draft(block, "multiple", report, EXTRA), read_options(block, report))
    if block.keyless:
        if any(option.weight for option in question.options):
            report.error(question.line, "survey_key")
    elif "weight" in block.marks:
        total = sum(option.weight for option in question.options if option.weight > 0)
        if block.marks & {"right"}:
            report.error(question.line, "weights_mixed")
        elif abs(total - 1) > 0.001:
            report.error(question.line, "weights_sum", total=f"{total * 100:.5g}%")
        if block.head.get("scoring"):
            report.error(question.line, "weights_scoring")
    elif not any(option.right for option in question.options):
        report.error(question.line, "no_right")
    return question


def read(question: Question, values: Mapping[str, Sequence[str]]) -> list[str] | None:
    """The chosen keys in source order, or None when nothing was chosen. Raises Unreadable."""
    return chosen(question, values) or None


def grade(question: Question, answer: object) -> Mark:
    """By the rule of the question: exact, partial, partial_strict, or the sum of written weights."""
    keys = answer if isinstance(answer, list) else []
    picked = [option for option in question.options if option.key in keys]
    if not picked:
        return BLANK
    return mark(
        _share(question, {option.key for option in picked}), tuple(option.feedback for option in picked)
    )


def _share(question: Question, keys: set[str]) -> float:
    if not question.keyed:
        return 1.0
    right = {option.key for option in question.options if option.right}
    if _weighted(question):
        return sum(option.weight for option in question.options if option.key in keys)
    hits, misses = len(keys & right), len(keys - right)
    wrong = len(question.options) - len(right)
    if question.scoring == "exact":
        return float(keys == right)
    if question.scoring == "partial_strict":
        return 0.0 if misses else hits / len(right)
    return hits / len(right) - (misses / wrong if wrong else 0.0)


def _weighted(question: Question) -> bool:
    return any(0 < abs(option.weight) < 0.99999 for option in question.options)


def show(question: Question, answer: object) -> str:
    """The texts of the chosen options, Markdown."""
    return texts_of(
        question, [key for key in answer if isinstance(key, str)] if isinstance(answer, list) else []
    )


def right_answer(question: Question) -> str:
    """The texts of all options that earn points, Markdown."""
    return texts_of(question, [option.key for option in question.options if option.weight > 0])
