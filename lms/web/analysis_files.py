"""Item analysis as CSV: the figures, and the marks from which another program reckons the same.

Heads and codes are the same in every language: a program reads them (docs/analisis-butir.R).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from lms.domain.analysis.queries import QuestionAnalysis, QuizAnalysis, Sheet
from lms.domain.reports.spreadsheet import Cell, Column, csv_text

RULE = "first attempt of each person, handed in and marked"
_FIGURES = (
    "question", "title", "kind", "versions", "rule", "n", "max", "blank", "seconds", "F", "F_low", "F_high",
    "SD", "RGS", "IW", "EW", "D", "D_low", "D_high", "DE", "D27", "n_top", "n_bottom", "Q1", "Q2", "Q3",
    "Q4", "mean", "median", "skewness", "kurtosis", "CIC", "ER", "SE", "KR20", "near_pass_mark", "flags",
)  # fmt: skip


def figures_file(slug: str, found: QuizAnalysis) -> Response:
    """Return one row a question and one for the whole quiz; what is not defined is empty."""
    rows = [_question(found, one) for one in found.questions]
    return _csv(f"analisis-{slug}-{found.edition.quiz.id}.csv", _FIGURES, [*rows, _whole(found)])


def marks_file(slug: str, sheet: Sheet) -> Response:
    """Return one row a person, numbered, and one column a question: `id|maximum|all` or `id|maximum|drawn`.

    An empty cell is a question that this person was not asked.
    """
    heads = [
        f"{question.id}|{question.points:g}|{'drawn' if drawn else 'all'}"
        for question, drawn in sheet.edition.asked
    ]
    versions = versions_text(sheet.edition.numbers)
    marks = zip(*(sheet.marks[question.id] for question, _drawn in sheet.edition.asked), strict=True)
    rows: list[list[Cell]] = [[number, versions, RULE, *row] for number, row in enumerate(marks, 1)]
    name = f"nilai-{slug}-{sheet.edition.quiz.id}.csv"
    return _csv(name, ("person", "versions", "rule", *heads), rows)


def versions_text(numbers: Sequence[int]) -> str:
    """Return the numbers of versions as one word, such as 1+2+3."""
    return "+".join(str(number) for number in numbers)


def _question(found: QuizAnalysis, one: QuestionAnalysis) -> list[Cell]:
    figures = one.figures
    return [
        one.question.id, one.question.title, one.question.kind, versions_text(found.edition.numbers), RULE,
        figures.count, one.question.points, one.blank, _round(one.seconds), *_pair(figures.facility,
        figures.facility_interval), _round(figures.spread), _round(figures.random), _round(figures.intended),
        _round(figures.effective), *_pair(figures.discrimination, figures.discrimination_interval),
        _round(figures.efficiency), _round(figures.top_bottom), figures.top, figures.bottom,
        *(_round(value) for value in figures.quarters or (None,) * 4),
        *(None,) * 9, " ".join(flag.code for flag in one.flags),
    ]  # fmt: skip


def _whole(found: QuizAnalysis) -> list[Cell]:
    whole, row = found.whole, dict[str, Cell](
        question="*", title=found.edition.quiz.title, kind="quiz", rule=RULE, n=found.people,
        versions=versions_text(found.edition.numbers), max=found.edition.max_points,
        near_pass_mark=found.near,
    )  # fmt: skip
    if whole is not None:
        row |= {
            "SD": _round(whole.deviation), "mean": _round(whole.mean), "median": _round(whole.median),
            "skewness": _round(whole.skewness), "kurtosis": _round(whole.kurtosis),
            "CIC": _round(whole.consistency), "ER": _round(whole.error_ratio), "SE": _round(whole.error),
            "KR20": _round(whole.kr20),
        }  # fmt: skip
    return [row.get(head) for head in _FIGURES]


def _pair(value: float | None, interval: tuple[float, float] | None) -> tuple[Cell, Cell, Cell]:
    low, high = interval or (None, None)
    return _round(value), _round(low), _round(high)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _csv(name: str, heads: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Response:
    body = csv_text([Column(head) for head in heads], rows).encode("utf-8-sig")
    response = Response(body, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
