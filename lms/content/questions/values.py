"""The values that the heading of any question may carry; a wrong one is reported."""

import re

from lms.content.claims import Claim, read_claim
from lms.content.problems import Report
from lms.content.questions.attributes import Attributes
from lms.content.vocabulary import DIFFICULTY, SCORING, value_of


def points_of(head: Attributes, report: Report) -> float:
    """The points of a question, 1 where its heading names none."""
    raw = head.get("points", "1")
    value = float(raw) if re.fullmatch(r"\d{1,4}(\.\d{1,2})?", raw) else 0.0
    if value <= 0:
        report.error(head.line, "points_value", value=raw)
        return 1.0
    return value


def competency_of(head: Attributes, report: Report) -> Claim | None:
    """The competency that a question tests."""
    raw = head.get("competency")
    claim = read_claim(raw) if raw else None
    if raw and claim is None:
        report.error(head.line, "value_claim", value=raw)
    return claim


def shuffle_of(head: Attributes, report: Report) -> bool:
    """Whether the answers are shuffled."""
    raw = head.get("shuffle", "ya").casefold()
    if raw not in {"ya", "tidak", "yes", "no"}:
        report.error(head.line, "value_yes", key="acak", value=raw)
    return raw in {"ya", "yes"}


def difficulty_of(head: Attributes, report: Report) -> str:
    """The difficulty that a heading names; "" when it names none, or one that is unknown and reported."""
    raw = head.get("difficulty")
    value = value_of(raw, DIFFICULTY) if raw else ""
    if value is None:
        report.error(head.line, "value_choice", key="kesulitan", value=raw, known=", ".join(DIFFICULTY))
    return value or ""


def scoring_of(head: Attributes, report: Report) -> str:
    """How a question with several right parts is marked: exact, partial or partial_strict."""
    raw = head.get("scoring", "persis")
    value = value_of(raw, SCORING)
    if value is None:
        report.error(head.line, "value_choice", key="nilai", value=raw, known=", ".join(SCORING))
    return value or "exact"
