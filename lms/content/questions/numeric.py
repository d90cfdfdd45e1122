"""A number, with tolerance or range, a unit that is shown, and named wrong answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lms.content.problems import Report
from lms.content.questions.block import Block, draft, with_parts
from lms.content.questions.numbers import (
    comma_number,
    learner_number,
    like_thousands,
    plain_text,
    range_text,
    source_number,
    source_range,
    spoken,
)
from lms.content.questions.question import BLANK, Accepted, Mark, Question, mark
from lms.content.questions.typed import check_typed, share_of, shuffled, typed

__all__ = ["EXTRA", "fits", "grade", "parse", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"unit"})


def fits(block: Block) -> bool:
    """Every = and != line is a number (also one with a decimal comma, so that it is reported)."""
    return (
        bool(block.answers)
        and block.marks <= {"equal", "not"}
        and all(source_range(answer.text) or comma_number(answer.text) for answer in block.answers)
    )


def parse(block: Block, report: Report) -> Question | None:
    """Build the question; a decimal comma is an error, a point that looks like thousands a warning."""
    check_typed(block, report)
    answers: list[Accepted] = []
    for answer in block.answers:
        found = source_range(answer.text)
        if found is None:
            report.error(
                answer.line,
                "number_comma" if comma_number(answer.text) else "number_source",
                value=answer.text,
            )
            continue
        if like_thousands(answer.text):
            report.warn(
                answer.line,
                "number_thousands",
                value=answer.text,
                read=spoken(plain_text(found.low)),
                meant=answer.text.replace(".", ""),
            )
        answers.append(
            Accepted(answer.text, share_of(answer, report), answer.feedback, "number", found.low, found.high)
        )
        if answer.mark == "not" and any(
            item.low <= found.low and found.high <= item.high and item.fraction == 1 for item in answers[:-1]
        ):
            report.error(answer.line, "wrong_is_right", value=answer.text)
    question = with_parts(draft(block, "numeric", report, EXTRA), answers=answers)
    return replace(question, unit=block.head.get("unit"))


def read(question: Question, values: Mapping[str, Sequence[str]]) -> str | None:
    """The number in digits with a decimal point; a unit typed after it is dropped. Raises Unreadable."""
    text = typed(values)
    if text is None:
        return None
    if question.unit and text.casefold().endswith(question.unit.casefold()):
        text = text[: -len(question.unit)].strip()
    return plain_text(learner_number(text))


def grade(question: Question, answer: object) -> Mark:
    """The best accepted line that the number meets; else a named wrong answer; else wrong."""
    value = source_number(answer) if isinstance(answer, str) else None
    if value is None:
        return BLANK
    if not question.keyed:
        return mark(1.0)
    met = [item for item in question.answers if item.low <= value <= item.high]
    best = max(met, key=lambda item: item.fraction, default=None)
    return mark(best.fraction, (best.feedback,)) if best else mark(0.0)


def show(question: Question, answer: object) -> str:
    """The number as it was read, written the Indonesian way, with its unit."""
    if not isinstance(answer, str) or source_number(answer) is None:
        return ""
    return f"{spoken(answer)} {question.unit}".strip()


def right_answer(question: Question) -> str:
    """The first fully right value, with its range when there is one, and the unit."""
    best = max(question.answers, key=lambda item: item.fraction, default=None)
    if best is None:
        return ""
    return f"{range_text(best.low, best.high)} {question.unit}".strip()
