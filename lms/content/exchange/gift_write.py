"""GIFT written: ``::title::[markdown]prompt{=right ~wrong#feedback}``; a blank line ends a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lms.content.exchange import items
from lms.content.exchange.choices import moodle_weights, truth_of
from lms.content.exchange.losses import Loss, losses_of
from lms.content.exchange.text import one_line
from lms.content.questions.numbers import plain_text
from lms.content.questions.question import Accepted, Question

KINDS = frozenset({"true_false", "single", "multiple", "numeric", "short", "matching", "essay"})
KEEPS = frozenset(
    {
        "title",
        "id",
        "tags",
        "explanation",
        "option_feedback",
        "weights",
        "named_wrong",
        "tolerance",
        "variants",
        "extra_options",
        "markup",
        "lines",
        "links",
    }
)
_RESERVED = re.compile(r"([~=#{}:\\])")


def losses(question: Question) -> tuple[Loss, ...]:
    """What GIFT cannot hold of a question."""
    found = losses_of(question, KINDS, KEEPS)
    if any(loss.whole for loss in found):
        return found
    matching = question.kind == "matching"
    if matching and any("->" in f"{gap.text}" for gap in question.gaps):
        return (Loss(question.id, "whole_arrow"),)
    if (
        matching
        and any(gap.feedback for gap in question.gaps)
        or matching
        and any(item.feedback for item in question.gaps[0].options)
    ):
        found = (*found, Loss(question.id, "option_feedback"))
    return found


def write(questions: Sequence[Question], assets: Mapping[str, bytes]) -> bytes:
    """The questions as one text; those that are lost as a whole are left out."""
    written = (_written(item) for item in questions if not any(loss.whole for loss in losses(item)))
    return ("\n\n".join(written) + "\n").encode()


def _escape(text: str) -> str:
    return _RESERVED.sub(r"\\\1", text.strip()).replace("\n", "\\n")


def _written(question: Question) -> str:
    meta = "".join(
        f" [{name}:{value}]"
        for name, value in [("id", question.id), *(("tag", tag) for tag in question.tags)]
    )
    title = f"::{_escape(one_line(question.title))}::" if question.title else ""
    general = f"####{_escape(question.explanation)}" if question.explanation else ""
    answers = _answers(question)
    ends = "\n" if general and answers and not answers.endswith("\n") else ""
    return f"//{meta}\n{title}[markdown]{_escape(question.prompt)} {{{answers}{ends}{general}}}"


def _answers(question: Question) -> str:
    if question.kind == "true_false":
        right, benar, salah = truth_of(question)
        wrong_said, right_said = (salah, benar) if right else (benar, salah)
        said = f"#{_escape(wrong_said)}#{_escape(right_said)}" if wrong_said or right_said else ""
        return f"{'TRUE' if right else 'FALSE'}{said}"
    if question.options:
        weights = moodle_weights(question) or [item.weight for item in question.options]
        return "\n" + "".join(
            _line(_mark(question, weight), _escape(item.text), item.feedback)
            for item, weight in zip(question.options, weights, strict=True)
        )
    if question.answers:
        lines = [
            _line(
                _typed_mark(item),
                _number(item) if item.form == "number" else _escape(item.text),
                item.feedback,
            )
            for item in question.answers
            if item.form != "pattern"
        ]
        return ("#" if question.kind == "numeric" else "") + "\n" + "".join(lines)
    if question.kind == "matching":
        lines = [
            _line("=", f"{_escape(gap.text)} -> {_escape(items.right_text(gap))}", "")
            for gap in question.gaps
        ]
        return "\n" + "".join(
            [*lines, *(_line("=", f" -> {_escape(item.text)}", "") for item in items.extras(question))]
        )
    return ""


def _line(mark: str, text: str, feedback: str) -> str:
    return f"\t{mark}{text}{'#' + _escape(feedback) if feedback else ''}\n"


def _mark(question: Question, weight: float) -> str:
    if question.kind == "single" and weight in {0.0, 1.0}:
        return "=" if weight else "~"
    return f"~%{items.percent(weight)}%"


def _typed_mark(item: Accepted) -> str:
    return "=" if item.fraction > 0.99999 else f"=%{items.percent(item.fraction)}%"


def _number(item: Accepted) -> str:
    if ".." in item.text:
        return f"{plain_text(item.low)}..{plain_text(item.high)}"
    value, tolerance = items.middle(item)
    return f"{plain_text(value)}:{plain_text(tolerance)}"
