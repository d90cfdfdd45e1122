"""Item analysis in words: flags as sentences, what a figure means, heads of the tables."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.analysis.queries import QuestionAnalysis
from lms.domain.analysis.rules import Flag, FlagCode, Shown, shown_of
from lms.i18n.formats import number

F = FlagCode
TITLES: dict[FlagCode, LazyString] = {
    F.KEY_UNCHOSEN: _l("The key may be wrong"),
    F.KEY_WRONG: _l("The key may be wrong"),
    F.KEY_AGAINST: _l("The key may be wrong"),
    F.TWO_RIGHT: _l("Two right answers?"),
    F.DEAD_OPTION: _l("Dead option"),
    F.NO_DIFFERENCE: _l("Does not tell people apart"),
    F.TOO_HARD: _l("Too hard"),
    F.KNOWN_BEFORE: _l("Does not test the lesson"),
    F.TOO_QUICK: _l("Does not test the lesson"),
    F.SKIPPED: _l("Often left out"),
    F.SLOW: _l("Takes long"),
    F.WEIGHT: _l("Weight does not fit"),
}
SENTENCES: dict[FlagCode, LazyString] = {
    F.KEY_UNCHOSEN: _l(
        "None of %(people)s people chose the key “%(key)s”. Check whether it is the right answer."
    ),
    F.KEY_WRONG: _l(
        "%(wrong_people)s people answered “%(wrong)s”, %(key_people)s the key “%(key)s”, and those with the "
        "other answer did better on the whole quiz (%(wrong_mean)s against %(key_mean)s of 100)."
    ),
    F.KEY_AGAINST: _l(
        "People who have this question right did worse on the other questions. Either the key is wrong, or "
        "the sentence misleads those who know."
    ),
    F.TWO_RIGHT: _l(
        "“%(option)s” counts as wrong, yet %(top)s%% of the strongest people answered so. It may be right, "
        "too, or the question can be read in two ways."
    ),
    F.DEAD_OPTION: _l(
        "%(people)s people chose “%(option)s”. An option that nobody believes makes guessing easy: write one "
        "that a beginner could believe, or leave it out."
    ),
    F.NO_DIFFERENCE: _l(
        "People who did well on the quiz and people who did not have it right about equally often. Often the "
        "sentence can be read in two ways."
    ),
    F.TOO_HARD: _l(
        "Only %(facility)s%% of the points were reached; at least %(limit)s%% are to be expected after the "
        "lesson. Either the lesson does not teach it, or the question is not clear."
    ),
    F.KNOWN_BEFORE: _l(
        "%(before)s%% had it right in the pre-test already, %(after)s%% after the lesson: the lesson added "
        "next to nothing here."
    ),
    F.TOO_QUICK: _l(
        "Nearly everybody has it right within %(seconds)s seconds, although reading it takes about "
        "%(reading)s: the answer shows without the lesson."
    ),
    F.SKIPPED: _l("%(people)s people (%(share)s%%) left it empty."),
    F.SLOW: _l(
        "Half of the people need more than %(seconds)s seconds, at this quiz usually %(quiz_seconds)s."
    ),
    F.WEIGHT: _l(
        "It is meant to weigh %(intended)s%% of the quiz and decides %(effective)s%% of what sets people "
        "apart."
    ),
}  # fmt: skip
RULE = _l(
    "Counted is the first attempt of each person at this version of the questions, handed in and marked; "
    "members of the course are left out, an empty answer counts 0."
)


def flag_title(flag: Flag) -> str:
    """Return the name of a reason."""
    return str(TITLES[flag.code])


def flag_sentence(flag: Flag, plain: Callable[[str], str]) -> str:
    """Return the reason in one sentence; `plain` makes plain words of the text of an answer."""
    values = {
        name: plain(value) if isinstance(value, str) else number(value, 0)
        for name, value in flag.values.items()
    }
    return str(SENTENCES[flag.code]) % values


def advice(one: QuestionAnalysis) -> tuple[str, str]:
    """Return what to do with a question and the kind of its badge."""
    if any(flag.severe for flag in one.flags):
        return str(_("Mend")), "danger"
    if one.flags:
        return str(_("Read again")), "warn"
    if shown_of(one.figures.count) is Shown.COUNTS:
        return str(_("Too few people")), "quiet"
    return str(_("Leave as it is")), "ok"


_MEANINGS = (
    (11, _l("Very hard")),
    (35, _l("Hard")),
    (66, _l("Middling")),
    (81, _l("Fairly easy")),
)


def meaning(one: QuestionAnalysis, use: str) -> str:
    """Return what the share right means in a quiz of that use; empty below ten people."""
    facility = one.figures.facility
    if facility is None or shown_of(one.figures.count) is Shown.COUNTS:
        return ""
    easy = _l("Known before") if use == "pretest" else _l("Easy, as it should be after the lesson")
    return str(next((word for limit, word in _MEANINGS if facility < limit), easy))


def summary(questions: tuple[QuestionAnalysis, ...]) -> str:
    """Return in one sentence how the questions fare."""
    if not any(shown_of(one.figures.count) is not Shown.COUNTS for one in questions):
        return str(_("So few people have answered that only counts are shown."))
    kinds = [advice(one)[1] for one in questions]
    mend, read = kinds.count("danger"), kinds.count("warn")
    if not mend and not read:
        return str(_("Nothing stands out."))
    counts = {"mend": number(mend), "read": number(read), "fine": number(len(kinds) - mend - read)}
    return str(_("To mend: %(mend)s. To read again: %(read)s. Fine: %(fine)s.", **counts))
