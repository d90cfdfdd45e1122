"""Right answers to any question, made from the course as it is read and given in a browser."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

from lms.content.questions import Accepted, Question, kind_of
from lms.content.questions.numbers import plain_text, spoken

ESSAY = "Saya menulis rencana ini untuk unit saya sendiri."


def right_values(question: Question) -> dict[str, list[str]]:
    """The right answer as the content package takes it: by gap, or under "" where there is one field.

    An essay has no right answer: it gets as many words as it asks for.
    """
    if question.kind == "essay":
        times = question.min_words // len(ESSAY.split()) + 1
        return {"": [" ".join([ESSAY] * times)]}
    if question.kind == "ordering":
        values = {gap.key: [str(number)] for number, gap in enumerate(question.gaps, 1)}
    elif question.gaps:
        values = {gap.key: [gap.right or _typed(gap.answers)] for gap in question.gaps}
    elif question.options:
        values = {"": [option.key for option in question.options if option.right]}
    else:
        values = {"": [_typed(question.answers)]}
    kind = kind_of(question)
    mark = kind.grade(question, kind.read(question, values))
    assert mark.verdict == "right", f"{question.path}:{question.line}: {values} is {mark}"
    return values


def _typed(accepted: Sequence[Accepted]) -> str:
    """What a person types: the best accepted answer, a number the Indonesian way."""
    best = max((item for item in accepted if item.form != "pattern"), key=lambda item: item.fraction)
    return spoken(plain_text((best.low + best.high) / 2)) if best.form == "number" else best.text


def fill_in(page: Page, question: Question) -> None:
    """Give the right answer in the fields of the question."""
    chosen = {gap.key for gap in question.gaps if gap.options}
    for gap, values in right_values(question).items():
        name = f"q-{question.id}:{gap}" if gap else f"q-{question.id}"
        for value in values:
            if question.options:
                page.locator(f"[name='{name}'][value='{value}']").check()
            elif gap in chosen:
                page.locator(f"[name='{name}']").select_option(value)
            else:
                page.locator(f"[name='{name}']").fill(value)
