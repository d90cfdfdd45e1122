"""Gaps in a sentence: ``[[*right | other]]`` to choose, ``[[word | variant]]`` and ``[[=20]]`` to type.

The prompt that is kept holds ⟦1⟧, ⟦2⟧ ... where the gaps were: it can be shown anywhere without a key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.content.lines import cut, links
from lms.content.problems import Report
from lms.content.questions import gaps as shared
from lms.content.questions.block import MAX_ANSWERS, Block
from lms.content.questions.gaps import UNREADABLE, chosen_option, given_to, opaque, option_text, unread
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
from lms.content.questions.question import (
    BLANK,
    Accepted,
    Gap,
    Mark,
    Option,
    Part,
    Question,
    Random,
    Unreadable,
    mark,
)
from lms.content.questions.short import case_matters, normal
from lms.content.questions.typed import MAX_TYPED

__all__ = ["EXTRA", "fits", "grade", "parse", "parts", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"shuffle", "scoring", "case"})
GAP = re.compile(r"\[\[(.*?)\]\]")
_MARK = re.compile(r"⟦(\d+)⟧")


@dataclass(frozen=True)
class _Source:
    """A gap as written: its number from 1, its line, the text between the brackets."""

    number: int
    line: int
    text: str


def fits(block: Block) -> bool:
    """Brackets in the prompt, and no answer line."""
    return not block.answers and has_gaps(block)


def has_gaps(block: Block) -> bool:
    """Whether the prompt holds the brackets of a gap outside code."""
    return any("[[" in line for _, line in cut(block.prompt).prose())


def parse(block: Block, report: Report) -> Question | None:
    """Build the question; each gap is read by itself."""
    if block.answers:
        report.error(block.answers[0].line, "cloze_answers")
    prompt, sources = _cut(block, report)
    if not sources and not block.flawed and not report.failed_lines(block.head.line, block.last):
        report.error(block.head.line, "cloze_none")
    if len(sources) > MAX_ANSWERS:
        report.error(block.head.line, "answers_many", limit=MAX_ANSWERS)
    sensitive = case_matters(block, report)
    gaps = [_gap(source, block.head.id, sensitive, report) for source in sources[:MAX_ANSWERS]]
    question = shared.gapped(replace(block, prompt=prompt), "cloze", report, EXTRA, gaps)
    return replace(question, case_sensitive=sensitive)


def _cut(block: Block, report: Report) -> tuple[str, list[_Source]]:
    """The prompt with numbers in place of its gaps, and the gaps; code stays as it is."""
    source = cut(block.prompt)
    lines, gaps = list(source.lines), list[_Source]()
    for at, plain in source.prose():
        if _MARK.search(plain):
            report.error(block.prompt_at[at], "cloze_mark")
        kept, end = "", 0
        for found in GAP.finditer(plain):
            gaps.append(_Source(len(gaps) + 1, block.prompt_at[at], lines[at][found.start(1) : found.end(1)]))
            kept += f"{lines[at][end : found.start()]}⟦{len(gaps)}⟧"
            end = found.end()
        rest = GAP.sub("", plain)
        if "[[" in rest or "]]" in rest:
            report.error(block.prompt_at[at], "cloze_open")
        lines[at] = kept + lines[at][end:]
    prompt = "\n".join(lines)
    for link in links(cut(prompt)):
        if _MARK.search(link.text + link.target):
            report.error(block.prompt_at[link.line], "cloze_link")
    return prompt, gaps


def _gap(source: _Source, question_id: str, sensitive: bool, report: Report) -> Gap:
    key = f"g{source.number}"
    if source.text.strip().startswith("="):
        return Gap(key, answers=_number(source, report))
    texts = [text.strip() for text in source.text.split("|")]
    starred = [text.removeprefix("*").strip() for text in texts if text.startswith("*")]
    words = [text.removeprefix("*").strip() for text in texts]
    if not all(words):
        report.error(source.line, "cloze_empty", text=f"[[{source.text}]]")
    same = [normal(word, sensitive) for word in words]
    if len(set(same)) < len(same):
        report.error(source.line, "cloze_twice", text=f"[[{source.text}]]")
    if not starred:
        if any(source_range(word) or comma_number(word) for word in words):
            report.warn(source.line, "cloze_number_text", text=words[0])
        return Gap(key, answers=tuple(Accepted(word, 1.0, "") for word in words))
    if len(starred) != 1 or len(words) < 2:
        report.error(source.line, "cloze_star", text=f"[[{source.text}]]")
    options = tuple(
        Option(f"{key}.{opaque(question_id, word)}", word, 0.0, False, "", fixed=False) for word in words
    )
    right = next(option.key for option in options if option.text == starred[0])
    return Gap(key, options=options, right=right)


def _number(source: _Source, report: Report) -> tuple[Accepted, ...]:
    text = source.text.strip().removeprefix("=").strip()
    found = source_range(text)
    if found is None:
        code = "number_comma" if comma_number(text) else "number_source"
        report.error(source.line, code, value=text)
        return (Accepted(text, 1.0, "", "number"),)
    if like_thousands(text):
        read_as, meant = spoken(plain_text(found.low)), text.replace(".", "")
        report.warn(source.line, "number_thousands", value=text, read=read_as, meant=meant)
    return (Accepted(text, 1.0, "", "number", found.low, found.high),)


def is_number(gap: Gap) -> bool:
    """Whether a number is typed into the gap."""
    return bool(gap.answers) and gap.answers[0].form == "number"


def read(question: Question, values: Mapping[str, Sequence[str]]) -> dict[str, Any] | None:
    """What was chosen or typed: {gap: answer}; a number that cannot be read stays as typed.

    Raises Unreadable for gaps and options that the question does not have.
    """
    given = shared.fields(question, values)
    return {gap.key: _read(gap, given[gap.key]) for gap in question.gaps if gap.key in given} or None


def _read(gap: Gap, text: str) -> Any:
    if gap.options:
        return chosen_option(gap, text)
    if len(text) > MAX_TYPED:
        return {UNREADABLE: text[: MAX_TYPED + 1]}
    if not is_number(gap):
        return text
    try:
        return plain_text(learner_number(text))
    except Unreadable:
        return {UNREADABLE: text}


def parts(question: Question, answer: object) -> tuple[Part, ...]:
    """Each gap with what was given."""
    given = given_to(question, answer)
    return tuple(_part(question, gap, given.get(gap.key)) for gap in question.gaps)


def _part(question: Question, gap: Gap, value: object) -> Part:
    if gap.options:
        text = option_text(gap, value)
        return Part(gap, text, value == gap.right if text else None, option_text(gap, gap.right))
    correct = _correct(gap)
    typed = unread(value)
    if typed is not None:
        code = "answer_long" if len(typed) > MAX_TYPED else "number_unreadable"
        return Part(gap, typed, None, correct, typed=True, problem=code)
    if not isinstance(value, str) or not value.strip():
        return Part(gap, "", None, correct, typed=True)
    if not is_number(gap):
        plain = normal(value, question.case_sensitive)
        right = any(normal(item.text, question.case_sensitive) == plain for item in gap.answers)
        return Part(gap, " ".join(value.split()), right, correct, typed=True)
    number = source_number(value)
    if number is None:
        return Part(gap, "", None, correct, typed=True)
    met = any(item.low <= number <= item.high for item in gap.answers)
    return Part(gap, spoken(value), met, correct, typed=True)


def _correct(gap: Gap) -> str:
    first = gap.answers[0]
    return range_text(first.low, first.high) if is_number(gap) else first.text


def grade(question: Question, answer: object) -> Mark:
    """The share of gaps that are filled rightly."""
    judged = parts(question, answer)
    if not any(part.given for part in judged):
        return BLANK
    right, wrong = shared.counted(judged)
    return mark(shared.earned(question, right, wrong, len(judged)))


def show(question: Question, answer: object) -> str:
    """What was given to each gap, with its number, on one line."""
    found = enumerate(parts(question, answer), 1)
    return "; ".join(f"({number}) {part.given}" for number, part in found if part.given)


def right_answer(question: Question) -> str:
    """The right text of each gap, with its number, on one line."""
    return "; ".join(f"({number}) {part.correct}" for number, part in enumerate(parts(question, None), 1))


def shuffled(question: Question, rng: Random) -> list[str]:
    """The options of all gaps to choose in, those of each gap in the order to show them in."""
    keys: list[str] = []
    for gap in question.gaps:
        own = [option.key for option in gap.options]
        if question.shuffle:
            rng.shuffle(own)
        keys += own
    return keys
