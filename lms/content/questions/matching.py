"""Pairs: each item on the left gets one of the texts on the right; some of these may fit nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lms.content.lines import cut, links, without_code
from lms.content.paths import natural_key
from lms.content.problems import Report
from lms.content.questions.block import Answer, Block
from lms.content.questions.gaps import (
    chosen_option,
    counted,
    earned,
    fields,
    gapped,
    given_to,
    opaque,
    option_text,
)
from lms.content.questions.question import BLANK, Gap, Mark, Option, Part, Question, Random, mark

__all__ = ["EXTRA", "fits", "grade", "parse", "parts", "read", "right_answer", "show", "shuffled"]

EXTRA = frozenset({"shuffle", "scoring"})
_MARKS = frozenset({"pair", "extra"})


def fits(block: Block) -> bool:
    """Lines of the form left -> right."""
    return bool(block.marks) and block.marks <= _MARKS


def parse(block: Block, report: Report) -> Question | None:
    """Build the question: at least two items and two texts to choose from, each item once."""
    pairs: list[Answer] = []
    seen: dict[str, int] = {}
    for answer in block.answers:
        if answer.mark not in _MARKS:
            report.error(answer.line, "marks_mixed")
        elif answer.mark == "pair":
            _check_once(answer.left, answer.line, seen, report)
            pairs.append(answer)
    options = _options(block, report)
    if (len(pairs) < 2 or len(options) < 2) and not block.flawed:
        report.error(block.head.line, "pairs_few")
    gaps = [
        Gap(f"p{number}", pair.left, tuple(options.values()), options[_plain(pair.text)].key,
            feedback=pair.feedback)
        for number, pair in enumerate(pairs, 1)
    ]  # fmt: skip
    return gapped(block, "matching", report, EXTRA, gaps)


def _options(block: Block, report: Report) -> dict[str, Option]:
    """The texts on the right, each once, in source order; an extra one must fit nothing."""
    options: dict[str, Option] = {}
    for answer in block.answers:
        plain = _plain(answer.text)
        if any(link.image for link in links(cut(answer.text))):
            report.error(answer.line, "option_picture")
        if "->" in without_code(answer.text):
            report.error(answer.line, "pair_arrows", text=answer.text)
        if answer.mark == "extra" and plain in options:
            report.error(answer.line, "extra_fits", text=answer.text)
        key = opaque(block.head.id, plain)
        feedback = answer.feedback if answer.mark == "extra" else ""
        options.setdefault(plain, Option(key, answer.text, 0.0, False, feedback, answer.fixed))
    return options


def _check_once(text: str, line: int, seen: dict[str, int], report: Report) -> None:
    plain = _plain(text)
    if plain in seen:
        report.error(line, "option_twice", first=seen[plain])
    seen.setdefault(plain, line)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def read(question: Question, values: Mapping[str, Sequence[str]]) -> dict[str, str] | None:
    """The chosen text of each item: {item: option}; None when nothing was chosen. Raises Unreadable."""
    given = fields(question, values)
    pairs = {gap.key: chosen_option(gap, given[gap.key]) for gap in question.gaps if gap.key in given}
    return pairs or None


def parts(question: Question, answer: object) -> tuple[Part, ...]:
    """Each item with what was chosen for it."""
    given = given_to(question, answer)
    return tuple(_part(gap, given.get(gap.key)) for gap in question.gaps)


def _part(gap: Gap, chosen: object) -> Part:
    text = option_text(gap, chosen)
    return Part(gap, text, chosen == gap.right if text else None, option_text(gap, gap.right))


def grade(question: Question, answer: object) -> Mark:
    """The share of items with the right text; feedback of the lines that the learner put together."""
    judged = parts(question, answer)
    right, wrong = counted(judged)
    if not right + wrong:
        return BLANK
    remarks = [part.gap.feedback for part in judged if part.right]
    given = set(given_to(question, answer).values())
    remarks += [option.feedback for option in question.gaps[0].options if option.key in given]
    return mark(earned(question, right, wrong, len(judged)), tuple(remarks))


def show(question: Question, answer: object) -> str:
    """Each item with what was chosen for it, Markdown on one line."""
    return "; ".join(
        f"{' '.join(part.gap.text.split())} → {part.given}" for part in parts(question, answer) if part.given
    )


def right_answer(question: Question) -> str:
    """All pairs, Markdown on one line."""
    return show(question, {gap.key: gap.right for gap in question.gaps})


def shuffled(question: Question, rng: Random) -> list[str]:
    """The texts on the right shuffled, or by alphabet when the source asks for a firm order.

    Never the order of the source, which would give the pairs away; {tetap} stays last.
    """
    options = question.gaps[0].options
    ordered = sorted(options, key=lambda option: natural_key(option.text))
    moving = [option.key for option in ordered if not option.fixed]
    if question.shuffle:
        rng.shuffle(moving)
    return moving + [option.key for option in ordered if option.fixed]
