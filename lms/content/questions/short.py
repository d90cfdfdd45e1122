"""A short text: compared after Unicode NFKC, without fuzziness; patterns for what varies by rule."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lms.content.problems import Report
from lms.content.questions.block import Answer, Block, draft, with_parts
from lms.content.questions.numbers import comma_number, source_range
from lms.content.questions.patterns import matches, pattern_problem
from lms.content.questions.question import BLANK, Accepted, Mark, Question, mark
from lms.content.questions.typed import TYPED_MARKS, check_typed, share_of, shuffled, typed
from lms.content.vocabulary import CASE, value_of

__all__ = ["EXTRA", "fits", "grade", "normal", "parse", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"case"})


def fits(block: Block) -> bool:
    """Lines with = != or ~ that are not all numbers."""
    return bool(block.answers) and block.marks <= TYPED_MARKS


def parse(block: Block, report: Report) -> Question | None:
    """Build the question; every pattern needs a readable example in a = line."""
    check_typed(block, report)
    sensitive = case_matters(block, report)
    answers: list[Accepted] = []
    seen: dict[str, int] = {}
    for answer in block.answers:
        accepted = _accepted(answer, report)
        plain = answer.text if answer.mark == "pattern" else normal(answer.text, sensitive)
        if plain in seen:
            report.error(answer.line, "answer_twice", first=seen[plain])
        seen.setdefault(plain, answer.line)
        answers.append(accepted)
    _check_examples(block, sensitive, report)
    if not block.head.get("type") and any(
        source_range(item.text) or comma_number(item.text) for item in block.answers if item.mark != "pattern"
    ):
        report.warn(block.head.line, "short_with_number")
    question = with_parts(draft(block, "short", report, EXTRA), answers=answers)
    return replace(question, case_sensitive=sensitive)


def case_matters(block: Block, report: Report) -> bool:
    """Whether the heading says huruf=peka."""
    raw = block.head.get("case")
    value = value_of(raw, CASE) if raw else "any"
    if value is None:
        report.error(block.head.line, "value_choice", key="huruf", value=raw, known=", ".join(CASE))
    return value == "sensitive"


def _accepted(answer: Answer, report: Report) -> Accepted:
    if answer.mark != "pattern":
        return Accepted(answer.text, share_of(answer, report), answer.feedback)
    if code := pattern_problem(answer.text):
        report.error(answer.line, code)
        return Accepted(r"(?!)", 1.0, answer.feedback, "pattern")
    return Accepted(answer.text, 1.0, answer.feedback, "pattern")


def _check_examples(block: Block, sensitive: bool, report: Report) -> None:
    examples = [item.text for item in block.answers if item.mark == "equal"]
    for answer in block.answers:
        if (
            answer.mark == "pattern"
            and not pattern_problem(answer.text)
            and not any(matches(answer.text, normal(text, sensitive=True), sensitive) for text in examples)
        ):
            report.error(answer.line, "pattern_example")


def normal(text: str, sensitive: bool = False) -> str:
    """NFKC, one space for many, no final full stop, and lower case unless case counts."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = plain.removesuffix(".").rstrip()
    return plain if sensitive else unicodedata.normalize("NFKC", plain.casefold())


def read(question: Question, values: Mapping[str, Sequence[str]]) -> str | None:
    """What was typed, trimmed, or None. Raises Unreadable when it is far too long."""
    return typed(values)


def grade(question: Question, answer: object) -> Mark:
    """Written answers first, right or wrong; then the patterns; else wrong."""
    if not isinstance(answer, str) or not answer.strip():
        return BLANK
    if not question.keyed:
        return mark(1.0)
    plain = normal(answer, question.case_sensitive)
    for item in question.answers:
        if item.form == "text" and normal(item.text, question.case_sensitive) == plain:
            return mark(item.fraction, (item.feedback,))
    for item in question.answers:
        if item.form == "pattern" and matches(item.text, normal(answer, True), question.case_sensitive):
            return mark(item.fraction, (item.feedback,))
    return mark(0.0)


def show(question: Question, answer: object) -> str:
    """What was typed, on one line. It is plain text, not Markdown."""
    return " ".join(answer.split()) if isinstance(answer, str) else ""


def right_answer(question: Question) -> str:
    """The first fully right written answer."""
    return next((item.text for item in question.answers if item.form == "text" and item.fraction == 1), "")
