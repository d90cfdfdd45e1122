"""A statement that is right or wrong: the two options are *Benar* and *Salah* (or *True* and *False*)."""

from lms.content.problems import Report
from lms.content.questions.block import Block, draft, with_parts
from lms.content.questions.choice import CHOICE_MARKS, read_options
from lms.content.questions.question import Question, Random
from lms.content.questions.single import grade, read, right_answer, show

__all__ = ["EXTRA", "fits", "grade", "parse", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"shuffle"})
_PAIRS = ({"benar", "salah"}, {"true", "false"})


def fits(block: Block) -> bool:
    """Exactly two options with those words."""
    words = [answer.text.casefold().rstrip(".") for answer in block.answers]
    return len(words) == 2 and set(words) in _PAIRS and block.marks <= CHOICE_MARKS - {"weight"}


def parse(block: Block, report: Report) -> Question | None:
    """Build the question: exactly one of the two is right."""
    question = with_parts(draft(block, "true_false", report, EXTRA), read_options(block, report))
    if not fits(block):
        report.error(question.line, "true_false_words")
    right = sum(option.right for option in question.options)
    if block.keyless and right:
        report.error(question.line, "survey_key")
    elif right == 2:
        report.error(question.line, "true_false_both")
    elif right == 0 and not block.keyless:
        report.error(question.line, "no_right")
    return question


def shuffled(question: Question, rng: Random) -> list[str]:
    """Always the order of the source: Benar before Salah is what readers expect."""
    return [option.key for option in question.options]
