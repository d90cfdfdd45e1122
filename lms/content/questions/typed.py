"""What numeric and short have in common: accepted and named wrong answers as lines with = and !=."""

from collections.abc import Mapping, Sequence

from lms.content.problems import Report
from lms.content.questions.block import Answer, Block
from lms.content.questions.choice import weight_of
from lms.content.questions.question import Question, Random, Unreadable

TYPED_MARKS = frozenset({"equal", "not", "pattern"})
MAX_TYPED = 500


def share_of(answer: Answer, report: Report) -> float:
    """The fraction an accepted line earns; 0 for a named wrong answer."""
    if answer.mark == "not":
        return 0.0
    if not answer.share:
        return 1.0
    share = weight_of(answer.share, answer.line, report)
    if share <= 0:
        report.error(answer.line, "weight_zero")
    return share


def check_typed(block: Block, report: Report) -> None:
    """Only lines with = != ~, at least one of them right; no {tetap}, which belongs to options."""
    for answer in block.answers:
        if answer.mark not in TYPED_MARKS:
            report.error(answer.line, "marks_mixed")
        if answer.fixed:
            report.error(answer.line, "fixed_typed")
    if block.keyless:
        if block.answers:
            report.error(block.head.line, "survey_key")
    elif not any(answer.mark == "equal" and not answer.share for answer in block.answers):
        report.error(block.head.line, "no_right")


def typed(values: Mapping[str, Sequence[str]]) -> str | None:
    """What was typed, trimmed; None when nothing was. Raises Unreadable when it is far too long."""
    text = next(iter(values.get("", ())), "").strip()
    if len(text) > MAX_TYPED:
        raise Unreadable("answer_long")
    return text or None


def shuffled(question: Question, rng: Random) -> list[str]:
    """Nothing to shuffle."""
    return []
