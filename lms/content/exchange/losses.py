"""What of a question a foreign format cannot hold: each loss by a code (words: lms/i18n)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.content.exchange.choices import counted, moodle_weights, truth_lost
from lms.content.exchange.items import GAPPED, extras
from lms.content.exchange.text import has_links, is_plain, pictures_in
from lms.content.questions.question import Option, Question


@dataclass(frozen=True)
class Loss:
    """Something of one question that an export does not keep; `whole`: the question itself."""

    question_id: str
    code: str

    @property
    def whole(self) -> bool:
        """Whether the question is not written at all."""
        return self.code.startswith("whole")


KEEPS_ALL = frozenset(
    {
        "title",
        "id",
        "tags",
        "points",
        "competency",
        "difficulty",
        "legal",
        "shuffle",
        "fixed",
        "hints",
        "explanation",
        "messages",
        "option_feedback",
        "weights",
        "scoring",
        "pattern",
        "named_wrong",
        "unit",
        "case",
        "tolerance",
        "variants",
        "extra_options",
        "rubric",
        "words",
        "pictures",
        "links",
        "markup",
        "lines",
        "truth_words",
    }
)
"""Every loss that a format may declare, apart from the whole question."""


def features(question: Question) -> frozenset[str]:
    """What a question uses of that which a foreign format may lack."""
    answers, options = question.answers, question.options
    texts = list(question.texts())
    shown = [*texts, *(item.text for item in options)]
    found = {
        "title": question.title,
        "id": question.id,
        "tags": question.tags,
        "points": question.points != 1,
        "competency": question.competency,
        "difficulty": question.difficulty,
        "legal": question.legal_basis,
        "shuffle": not question.shuffle and question.kind != "true_false",
        "fixed": any(item.fixed for item in (*options, *_gap_options(question))),
        "hints": question.hints,
        "explanation": question.explanation,
        "messages": question.feedback_right or question.feedback_partial or question.feedback_wrong,
        "option_feedback": any(
            [item.feedback for item in (*options, *_gap_options(question))]
            + [item.feedback for item in answers]
            + [gap.feedback for gap in question.gaps]
        ),
        "weights": any(0 < abs(item.weight) < 0.99999 or item.weight < 0 for item in options)
        or any(0 < item.fraction < 0.99999 for item in answers),
        "scoring": question.scoring != "partial"
        and (question.kind in GAPPED or question.kind == "multiple" and counted(question)),
        "pattern": any(item.form == "pattern" for item in answers),
        "named_wrong": any(item.fraction <= 0 for item in answers),
        "unit": question.unit,
        "case": question.case_sensitive,
        "tolerance": any(item.form == "number" and item.low != item.high for item in answers),
        "variants": len(answers) > 1,
        "extra_options": question.kind == "matching" and extras(question),
        "rubric": question.rubric,
        "words": question.min_words or question.max_words,
        "pictures": pictures_in(texts),
        "links": any(has_links(text) for text in texts) and not pictures_in(texts),
        "markup": any(not is_plain(text) for text in shown if text),
        "truth_words": question.kind == "true_false" and truth_lost(question),
        "lines": any("\n" in text for text in shown),
    }
    return frozenset(name for name, used in found.items() if used)


def _gap_options(question: Question) -> Iterable[Option]:
    return () if not question.gaps or question.kind == "cloze" else question.gaps[0].options


def losses_of(question: Question, kinds: frozenset[str], keeps: frozenset[str]) -> tuple[Loss, ...]:
    """The losses of a question in a format that takes those kinds and keeps those features."""
    if not question.keyed and question.kind != "essay":
        return (Loss(question.id, "whole_survey"),)
    if question.kind not in kinds:
        return (Loss(question.id, "whole_kind"),)
    if moodle_weights(question) is None and "any_weights" not in keeps:
        return (Loss(question.id, "whole_many"),)
    return tuple(Loss(question.id, code) for code in sorted(features(question) - keeps))
