"""From the cut source of a question to the question: which kind it is, and that kind's parser."""

import re

from lms.content.problems import Report
from lms.content.questions import KINDS
from lms.content.questions.block import Block
from lms.content.questions.cloze import has_gaps
from lms.content.questions.question import Question
from lms.content.vocabulary import TYPES, value_of

_STEP = re.compile(r"(?m)^1[.)] ")


def read_question(block: Block, report: Report) -> Question | None:
    """The question, or None with the problem: no id, no answers, an unknown kind."""
    head = block.head
    if not head.id:
        report.error(head.line, "question_id")
    if not block.prompt:
        report.error(head.line, "prompt_empty")
    kind = _kind(block, report)
    return KINDS[kind].parse(block, report) if kind else None


def _kind(block: Block, report: Report) -> str | None:
    head = block.head
    word = head.get("type")
    if word:
        named = value_of(word, TYPES)
        if named is None:
            report.error(head.line, "value_choice", key="tipe", value=word, known=", ".join(TYPES))
        elif not block.answers and not _needs_none(named, block):
            report.error(head.line, "answers_missing")
        else:
            return named
        return None
    if not block.answers and block.flawed:
        return None
    if not block.answers and block.note("rubric"):
        report.error(head.line, "essay_unnamed")
        return None
    fitting = next((name for name, kind in KINDS.items() if kind.fits(block)), None)
    if fitting is None and not block.answers:
        _explain(block, report)
    elif block.answers and has_gaps(block):
        report.warn(head.line, "cloze_answers")
    if fitting is None and block.answers:
        report.error(head.line, "marks_mixed")
    return fitting


def _needs_none(kind: str, block: Block) -> bool:
    """Whether a question of that kind has no answer lines."""
    return kind in {"essay", "cloze"} or (block.keyless and kind == "short")


def _explain(block: Block, report: Report) -> None:
    """Say what is missing where no line was taken for an answer, guessed from the prompt."""
    if _STEP.search(block.prompt):
        report.error(block.head.line, "order_type")
    else:
        report.error(block.head.line, "answers_missing")
