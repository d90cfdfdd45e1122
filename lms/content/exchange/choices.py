"""Choices between our format and others: shares as Moodle writes them, statements that are true or false."""

from __future__ import annotations

from collections.abc import Sequence

from lms.content.exchange import items
from lms.content.exchange.items import Unread, new
from lms.content.questions.choice import WEIGHTS
from lms.content.questions.question import Question

_NEAR = 0.0005
_STATEMENTS = ({"benar", "salah"}, {"true", "false"})


def counted(question: Question) -> bool:
    """Whether the options are only right or wrong, and a rule shares the points."""
    return all(item.weight in {0.0, 1.0} for item in question.options)


def moodle_weights(question: Question) -> list[float] | None:
    """The shares of the options as Moodle counts them; None when its list has none so small.

    Several right options share 100 %, wrong ones take as much away in all: the scoring *sebagian*.
    """
    if question.kind != "multiple" or not counted(question):
        return [item.weight for item in question.options]
    rights = sum(item.right for item in question.options)
    wrongs = len(question.options) - rights
    plus, minus = _part(rights), _part(wrongs) if wrongs else 0.0
    if plus is None or minus is None:
        return None
    return [plus if item.right else -minus for item in question.options]


def _part(count: int) -> float | None:
    close = [float(known) for known in WEIGHTS if abs(float(known) - 100 / count) < 0.001]
    return round(close[0] / 100, 7) if close else None


def choice(
    prompt: str, parts: Sequence[tuple[str, float, str]], *, single: bool, shuffle: bool = True
) -> Question:
    """A question of text, share and feedback; shares that follow Moodle's rule become right and wrong.

    Raises Unread when no option is right, or when two are where only one may be.
    """
    full = sum(weight > 0.99999 for _, weight, _ in parts)
    if single:
        if full > 1:
            raise Unread("exchange_two_right", count=full)
        if not full:
            raise Unread("exchange_no_right")
        words = {text.casefold().rstrip(".") for text, _, _ in parts}
        kind = "true_false" if len(parts) == 2 and words in _STATEMENTS else "single"
        return new(kind, prompt, options=items.options(parts), shuffle=shuffle)
    rights = [weight for _, weight, _ in parts if weight > 0]
    wrongs = [weight for _, weight, _ in parts if weight <= 0]
    if not rights:
        raise Unread("exchange_no_right")
    even = all(abs(weight - 1 / len(rights)) < _NEAR for weight in rights)
    taken = all(abs(weight + 1 / len(wrongs)) < _NEAR for weight in wrongs)
    if even and taken:
        plain = [(text, float(weight > 0), said) for text, weight, said in parts]
        return new("multiple", prompt, options=items.options(plain), shuffle=shuffle, scoring="partial")
    return new("multiple", prompt, options=items.options(parts), shuffle=shuffle)


TRUE, FALSE = "Benar", "Salah"


def truth(prompt: str, right: bool, said_true: str = "", said_false: str = "") -> Question:
    """A statement that is true or false, with the feedback of both answers."""
    parts = [(TRUE, float(right), said_true), (FALSE, float(not right), said_false)]
    return new("true_false", prompt, options=items.options(parts))


def truth_of(question: Question) -> tuple[bool, str, str]:
    """Whether a statement is true, and the feedback of the answers true and false."""
    words = {item.text.casefold().rstrip("."): item for item in question.options}
    first = words.get("benar") or words["true"]
    second = words.get("salah") or words["false"]
    return first.right, first.feedback, second.feedback


def truth_lost(question: Question) -> bool:
    """Whether a statement is not answered with Benar before Salah, which other formats do not keep."""
    return [item.text for item in question.options] != [TRUE, FALSE]
