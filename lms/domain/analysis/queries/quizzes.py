"""The analysis of a quiz, kept by the versions of its questions and the attempts and marks there are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.content.questions import GAPPED, Question
from lms.domain.analysis import rules
from lms.domain.analysis.queries.answers import OPTIONS, TYPED
from lms.domain.analysis.queries.editions import Edition, editions_of, signature
from lms.domain.analysis.queries.sheets import Sheet, read_sheets, stamp_of
from lms.domain.analysis.rules import Choice, Flag, ItemFigures, Look, Offer, TotalFigures

MOST_TYPED = 40
"""Different typed answers that are counted; the rest are rare."""


@dataclass(frozen=True)
class QuestionAnalysis:
    """What first attempts say of one question. `form`: options, typed, parts, or "" without a table.

    `seconds` is the median time, None where fewer than ten could be measured.
    """

    number: int
    question: Question
    drawn: bool
    figures: ItemFigures
    form: str
    choices: tuple[Choice, ...]
    blank: int
    seconds: float | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class QuizAnalysis:
    """What first attempts say of one edition of a quiz; `near` is None where no error can be reckoned.

    `minutes` is the median from the start to the handing in; `mean` the mean total in percent.
    """

    edition: Edition
    people: int
    waiting: int
    passed: int
    minutes: float | None
    mean: float | None
    whole: TotalFigures | None
    near: int | None
    questions: tuple[QuestionAnalysis, ...]

    def question(self, key: str) -> QuestionAnalysis | None:
        """Return the analysis of one question."""
        return next((one for one in self.questions if one.question.id == key), None)


Key = tuple[object, ...]
_kept: Cache[Key, tuple[QuizAnalysis, ...]] = Cache(32)


def analyses_of(
    session: Session, course_id: int, quiz_key: str, pretest_key: str | None = None
) -> tuple[QuizAnalysis, ...]:
    """Return the analysis of each edition of a quiz, the newest first; empty for none of that key.

    `pretest_key` names the pre-test whose answers to the same questions tell what was known before. At most
    twelve statements; three for a quiz (six with a pre-test) when nothing has changed since the last time.
    """
    before: dict[tuple[str, str], float] = {}
    if pretest_key is not None:
        before = _shares(analyses_of(session, course_id, pretest_key))
    editions = editions_of(session, course_id, quiz_key)
    stamp = stamp_of(session, course_id, quiz_key)
    key = (course_id, quiz_key, *(signature(edition.quiz) for edition in editions), stamp,
           tuple(edition.version_ids for edition in editions), tuple(before.items()))  # fmt: skip
    return _kept.get(
        key,
        lambda: tuple(
            analysis_of(sheet, before) for sheet in read_sheets(session, course_id, quiz_key, editions)
        ),
    )


def _shares(analyses: Sequence[QuizAnalysis]) -> dict[tuple[str, str], float]:
    """The share right (0 to 1) by id and digest of a question, from ten people on; of the newest edition."""
    found: dict[tuple[str, str], float] = {}
    for analysis in analyses:
        for one in analysis.questions:
            if one.figures.facility is not None and one.figures.count >= rules.INDICATIVE:
                found.setdefault((one.question.id, one.question.digest), one.figures.facility / 100)
    return found


def analysis_of(sheet: Sheet, before: Mapping[tuple[str, str], float]) -> QuizAnalysis:
    """Return all figures, tables and flags of a sheet."""
    asked = sheet.edition.asked
    found = rules.analyse(
        [
            rules.Item(question.points, sheet.marks[question.id], drawn, rules.random_share(question))
            for question, drawn in asked
        ]
    )
    medians = {
        key: rules.median(seconds) for key, seconds in sheet.seconds.items() if len(seconds) >= rules.ENOUGH
    }
    quiz_seconds = rules.median(list(medians.values())) if medians else None
    totals = [math.fsum(mark or 0 for mark in row) for row in zip(*sheet.marks.values(), strict=True)]
    most = _most(sheet)
    questions = []
    for number, ((question, drawn), figures) in enumerate(zip(asked, found.items, strict=True), 1):
        choices = _choices(sheet, question, drawn, totals, most) if figures.count else ()
        blank = sum(
            not given and mark is not None
            for given, mark in zip(sheet.answers[question.id], sheet.marks[question.id], strict=True)
        )
        look = Look(
            figures, choices if question.kind not in GAPPED else (), question.kind in OPTIONS,
            question.kind == "multiple", blank, medians.get(question.id), quiz_seconds,
            rules.reading_seconds(question), before.get((question.id, question.digest)),
            sheet.edition.quiz.use == "pretest",
        )  # fmt: skip
        questions.append(
            QuestionAnalysis(
                number, question, drawn, figures, _form(question), choices, blank,
                medians.get(question.id), tuple(rules.flags_of(look)),
            )
        )  # fmt: skip
    whole, border = found.whole, sheet.edition.quiz.pass_mark / 100 * most
    return QuizAnalysis(
        edition=sheet.edition,
        people=len(sheet.people),
        waiting=sheet.waiting,
        passed=sum(sheet.passed),
        minutes=rules.median(sheet.minutes) if sheet.minutes else None,
        mean=100 * whole.mean / most if whole and most else None,
        whole=whole,
        near=rules.near(totals, border, whole.error) if whole and whole.error is not None else None,
        questions=tuple(questions),
    )


def _most(sheet: Sheet) -> float:
    """What a paper gives at most; groups draw questions of equal points, as a rule."""
    return sum(
        pool.drawn * sum(question.points for question in pool.questions) / len(pool.questions)
        for pool in sheet.edition.quiz.pools
        if pool.questions
    )


def _form(question: Question) -> str:
    if question.kind in OPTIONS:
        return "options"
    return "typed" if question.kind in TYPED else "parts" if question.kind in GAPPED else ""


def _choices(
    sheet: Sheet, question: Question, drawn: bool, totals: Sequence[float], most: float
) -> tuple[Choice, ...]:
    """The table of the answers of those who were asked."""
    rows = [
        (given, total, mark)
        for given, total, mark in zip(
            sheet.answers[question.id], totals, sheet.marks[question.id], strict=True
        )
        if mark is not None
    ]
    offers = _offers(sheet, question, [given for given, _total, _mark in rows])
    return tuple(
        rules.choices_of(
            offers,
            [given for given, _total, _mark in rows],
            [total for _given, total, _mark in rows],
            [total if drawn else total - mark for _given, total, mark in rows],
            most,
        )
    )


def _offers(sheet: Sheet, question: Question, given: Sequence[frozenset[str]]) -> list[Offer]:
    if question.kind in OPTIONS:
        several = question.kind == "multiple"  # each option with points belongs to the key
        return [
            Offer(option.key, option.text, float(option.weight > 0) if several else max(0.0, option.weight))
            for option in question.options
        ]
    if question.kind in GAPPED:
        return [Offer(gap.key, gap.text, 0.5) for gap in question.gaps]
    if question.kind not in TYPED:
        return []
    texts = sheet.typed[question.id]
    common = Counter(key for keys in given for key in keys).most_common(MOST_TYPED)
    return [Offer(key, *texts[key]) for key, _count in common]
