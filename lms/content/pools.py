"""Groups of a quiz: which questions they hold, from banks too, and how many are drawn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.content.claims import read_claim
from lms.content.course import Pool
from lms.content.paths import SHARED
from lms.content.problems import Report, nearest
from lms.content.questions.attributes import Attributes, listed
from lms.content.questions.question import Question
from lms.content.questions.values import difficulty_of

Banks = Mapping[str, tuple[Question, ...]]
_FILTERS = {"tag": "tag", "competency": "kompetensi", "difficulty": "kesulitan", "except": "kecuali"}
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True)
class Group:
    """A heading `#` with the questions below it; without a heading those before the first one."""

    head: Attributes | None
    questions: tuple[Question, ...]


def read_pool(group: Group, banks: Banks, report: Report) -> Pool:
    """The pool of a group: its own questions, and those of banks that its filters let pass."""
    head = group.head
    if head is None:
        return Pool("", None, group.questions)
    drawn = [question for name in listed(head.get("from")) for question in _bank(name, head, banks, report)]
    if not head.get("from"):
        for name, word in _FILTERS.items():
            if head.get(name) and not (name == "except" and group.questions):
                report.error(head.line, "pool_tag", key=word)
    _check_excepted(head, [*group.questions, *drawn], report)
    excepted = listed(head.get("except"))
    questions = tuple(
        item for item in (*group.questions, *_filtered(head, drawn, report)) if item.id not in excepted
    )
    incomplete = report.failed if head.get("from") else report.failed_here
    if not questions and not incomplete:
        report.error(head.line, "pool_empty", title=head.title)
    take = _take(head, len(questions), incomplete, report)
    pinned = _pinned(head, questions, take, incomplete, report)
    return Pool(head.title, take, questions, pinned, excepted)


def _filtered(head: Attributes, drawn: Sequence[Question], report: Report) -> list[Question]:
    """Those with one of the tags, one of the competencies, and the difficulty that the heading names."""
    tags, codes = set(listed(head.get("tag"))), listed(head.get("competency"))
    difficulty = difficulty_of(head, report)
    for code in codes:
        if read_claim(code) is None and not _CODE.fullmatch(code):
            report.error(head.line, "value_claim", value=code)
    return [
        item
        for item in drawn
        if (not tags or tags & set(item.tags))
        and (not codes or any(_tests(item, code) for code in codes))
        and (not difficulty or item.difficulty == difficulty)
    ]


def _tests(question: Question, code: str) -> bool:
    """Whether a question names the competency, at the level where the code has one."""
    claim = question.competency
    return claim is not None and code in {claim.code, f"{claim.code}:{claim.level}"}


def _check_excepted(head: Attributes, known: Sequence[Question], report: Report) -> None:
    ids = [item.id for item in known]
    for name in listed(head.get("except")):
        if name not in ids and not report.failed:
            report.error(head.line, "pool_except", id=name, known=nearest(name, ids))


def _pinned(
    head: Attributes, questions: Sequence[Question], take: int | None, incomplete: bool, report: Report
) -> tuple[str, ...]:
    ids = [item.id for item in questions]
    pinned = listed(head.get("pinned"))
    for name in pinned:
        if name not in ids and not incomplete:
            report.error(head.line, "pool_pinned", id=name, known=nearest(name, ids))
    if pinned and take is None:
        report.error(head.line, "pool_pinned_all")
    elif take is not None and len(pinned) > take:
        report.error(head.line, "pool_pinned_many", take=take, count=len(pinned))
    return pinned


def _bank(name: str, head: Attributes, banks: Banks, report: Report) -> tuple[Question, ...]:
    path = name if name.endswith(".md") else f"{name}.md"
    if path not in banks:
        known = [known.removesuffix(".md") for known in banks]
        code = "bank_shared" if name.startswith(SHARED) else "bank_missing" if known else "bank_none"
        report.error(head.line, code, bank=name.removeprefix(SHARED), known=nearest(name, known))
    return banks.get(path, ())


def _take(head: Attributes, available: int, incomplete: bool, report: Report) -> int | None:
    raw = head.get("take")
    if not raw:
        return None
    take = int(raw) if re.fullmatch(r"[1-9][0-9]{0,3}", raw) else 0
    if not take:
        report.error(head.line, "pool_take", value=raw)
    elif take > available and not incomplete:
        report.error(head.line, "pool_short", take=take, available=available)
    return take or None
