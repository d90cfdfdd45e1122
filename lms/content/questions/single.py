"""One choice out of several; options may earn part of the points (``- [50%]``)."""

from collections.abc import Mapping, Sequence

from lms.content.problems import Report
from lms.content.questions.block import Block, draft, with_parts
from lms.content.questions.choice import CHOICE_MARKS, chosen, read_options, shuffled, texts_of
from lms.content.questions.question import BLANK, Mark, Question, Unreadable, mark

__all__ = ["EXTRA", "fits", "grade", "parse", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"shuffle"})
_ALL_WORDS = ("pilih semua", "semua yang benar", "select all", "choose all")


def fits(block: Block) -> bool:
    """Choice marks with exactly one right option, or round brackets; in a survey no mark at all."""
    if not block.marks or not block.marks <= CHOICE_MARKS:
        return False
    full = [
        item for item in block.answers if item.mark in {"right", "radio"} or item.share in {"100", "100.0"}
    ]
    return bool(block.marks & {"radio", "radio_wrong"}) or len(full) == 1 or block.marks == {"wrong"}


def parse(block: Block, report: Report) -> Question | None:
    """Build the question: exactly one option earns all points."""
    question = with_parts(draft(block, "single", report, EXTRA), read_options(block, report))
    full = [option for option in question.options if option.right]
    if block.keyless:
        if any(option.weight for option in question.options):
            report.error(question.line, "survey_key")
    elif not full:
        report.error(question.line, "no_right")
    elif len(full) > 1:
        report.error(question.line, "single_rights")
    if any(word in question.prompt.casefold() for word in _ALL_WORDS) and not block.head.get("type"):
        report.warn(question.line, "single_says_all")
    return question


def read(question: Question, values: Mapping[str, Sequence[str]]) -> str | None:
    """The chosen key, or None. Raises Unreadable when several or unknown keys came in."""
    keys = chosen(question, values)
    if len(keys) > 1:
        raise Unreadable("option_several")
    return keys[0] if keys else None


def grade(question: Question, answer: object) -> Mark:
    """The weight of the chosen option."""
    option = question.option(answer)
    if option is None:
        return BLANK
    return mark(option.weight if question.keyed else 1.0, (option.feedback,))


def show(question: Question, answer: object) -> str:
    """The text of the chosen option, Markdown."""
    return texts_of(question, [answer] if isinstance(answer, str) else [])


def right_answer(question: Question) -> str:
    """The text of the right option, Markdown."""
    return texts_of(question, [option.key for option in question.options if option.right])
