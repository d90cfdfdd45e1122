"""Words for the codes of quizzes, in the language of the reader."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.content.course import Quiz
from lms.content.questions import Question
from lms.domain.quizzes.rules import Given, Permit, Refusal
from lms.i18n import formats
from lms.i18n.locale import current_locale

USES: dict[str, LazyString] = {
    "practice": _l("Practice"),
    "pretest": _l("Pre-test"),
    "quiz": _l("Quiz"),
    "exam": _l("Exam"),
    "survey": _l("Evaluation"),
}
RULES: dict[str, LazyString] = {
    "practice": _l("Practice: as often as you like. It never counts for completion."),
    "pretest": _l("Pre-test: once, before you begin. It shows what you know already and closes nothing."),
    "quiz": _l("Quiz: checks one part of the course."),
    "exam": _l("Exam: checks the whole course."),
    "survey": _l("Evaluation: your opinion, without right and wrong. The answers are kept under your name."),
}
"""What a quiz is for, as a sentence of the page before it is taken."""
KINDS: dict[str, LazyString] = {
    "single": _l("choose one"),
    "multiple": _l("choose all that are right"),
    "true_false": _l("right or wrong"),
    "numeric": _l("a number"),
    "short": _l("a short answer"),
    "matching": _l("match the pairs"),
    "ordering": _l("put in order"),
    "essay": _l("an essay"),
    "cloze": _l("fill in the blanks"),
}
SCORING: dict[str, LazyString] = {
    "exact": _l("all or nothing"),
    "partial": _l("part of the points; a wrong choice costs some"),
    "partial_strict": _l("part of the points; one wrong choice gives none"),
}
GAP_SCORING: dict[str, LazyString] = {
    "exact": _l("all or nothing"),
    "partial": _l("points for each right part"),
    "partial_strict": _l("points for each right part; one wrong part gives none"),
}
ORDER_SCORING: dict[str, LazyString] = {
    "exact": _l("all or nothing"),
    "partial": _l("points for each step that directly follows the right one"),
    "partial_strict": _l("points for each step that directly follows the right one; one wrong gives none"),
}
COUNTS: dict[str, LazyString] = {
    "highest": _l("The highest"),
    "latest": _l("The latest"),
    "first": _l("The first"),
}
REVEALS: dict[str, LazyString] = {
    "immediately": _l(
        "You may check each answer while you work: its key and explanation are shown, and that answer can no "
        "longer be changed. The others are shown after you hand in."
    ),
    "after_submission": _l("Right answers and explanations are shown after you hand in."),
    "after_passing": _l(
        "After handing in you see which answers were right; the key and the explanations are shown once you "
        "pass, or when no attempt is left."
    ),
    "never": _l("After handing in you see your score only."),
}
REFUSALS: dict[Refusal, LazyString] = {
    Refusal.OPEN: _l("You have an attempt under way."),
    Refusal.PASSED: _l("You have passed; this quiz need not be taken again."),
    Refusal.USED_UP: _l("All attempts are used. Ask the trainer or your HR office what to do next."),
    Refusal.MARKING: _l("An essay of your last attempt is still being marked. You can try again after that."),
    Refusal.CLOSED: _l("This attempt has been handed in; answers can no longer be changed."),
    Refusal.LATE: _l("The time is over. What was saved before is graded."),
    Refusal.FIXED: _l("This answer was checked, so it can no longer be changed."),
    Refusal.UNKNOWN: _l("This question is not part of your paper. Open the page again."),
}
VERDICTS: dict[str, tuple[str, LazyString]] = {
    "right": ("ok", _l("Right")),
    "partial": ("warn", _l("Partly right")),
    "wrong": ("danger", _l("Wrong")),
    "blank": ("quiet", _l("Not answered")),
    "pending": ("info", _l("Waits to be marked")),
    "unreadable": ("warn", _l("Could not be read")),
}
"""Verdict -> kind of badge and its word."""
CHECKED: dict[str, tuple[str, LazyString]] = {
    "right": ("ok", _l("Right.")),
    "partial": ("warn", _l("Partly right.")),
    "wrong": ("danger", _l("Not right yet.")),
}
"""Verdict on a question inside a lesson -> kind of note and its words."""


def question_note(question: Question) -> str:
    """Return what stands beside the number of a question: points, kind, how it is scored."""
    points = question.points if question.keyed else 0.0
    return _note(
        current_locale(), question.kind, question.keyed, points, question.scoring, bool(question.gaps)
    )


@lru_cache(512)
def _note(_language: str, kind: str, keyed: bool, points: float, scoring: str, gaps: bool) -> str:
    """Kept, because a paper asks for one of each question."""
    parts = [points_text(points)] if keyed else []
    parts.append(kind_text(kind))
    if kind == "multiple" and keyed:
        parts.append(str(SCORING.get(scoring, scoring)))
    if gaps:
        words = ORDER_SCORING if kind == "ordering" else GAP_SCORING
        parts.append(str(words.get(scoring, scoring)))
    return ", ".join(parts)


def kind_text(kind: str) -> str:
    """Return how a kind of question is answered."""
    return str(KINDS.get(kind, kind))


def points_text(points: float) -> str:
    """Return "2 poin"."""
    return str(_("%(points)s points", points=formats.number(points)) if points != 1 else _("1 point"))


def refusal_text(permit: Permit) -> str:
    """Return why no attempt can be started now; "" when one can."""
    if permit.refusal is None:
        return ""
    if permit.refusal is Refusal.WAIT:
        return str(_("The next attempt opens on %(when)s.", when=formats.date_clock(permit.wait_until)))
    return str(REFUSALS[permit.refusal])


def attempts_left(left: int | None) -> str:
    """Return how many attempts are left, in words."""
    if left is None:
        return str(_("As many attempts as you like"))
    return str(ngettext("%(num)s attempt left", "%(num)s attempts left", left))


def extra_text(given: Given) -> str:
    """Return "20 menit dan 1 percobaan" of what a trainer gave."""
    minutes = ngettext("%(num)s minute", "%(num)s minutes", given.minutes) if given.minutes else ""
    attempts = ngettext("%(num)s attempt", "%(num)s attempts", given.attempts) if given.attempts else ""
    both = _("%(minutes)s and %(attempts)s", minutes=minutes, attempts=attempts)
    return str(both if minutes and attempts else minutes or attempts)


def newer_text(count: int) -> str:
    """Return that later answers from elsewhere were kept."""
    return str(
        ngettext(
            "%(num)s answer was changed later on another device or tab. The later one was kept.",
            "%(num)s answers were changed later on another device or tab. The later ones were kept.",
            count,
        )
    )


def saved_text(saved_at: datetime | None, whole: bool = True) -> str:
    """Return "Tersimpan 10.32", that something of it is still missing, or that there is no answer yet."""
    return _saved(current_locale(), formats.clock(saved_at), whole)


@lru_cache(2048)
def _saved(_language: str, clock: str, whole: bool) -> str:
    """Kept, because a paper says it at each question."""
    if clock and not whole:
        return str(_("Not complete, saved %(clock)s", clock=clock))
    return str(_("Saved %(clock)s", clock=clock) if clock else _("Not answered yet"))


def reveal_text(quiz: Quiz) -> str:
    """Return what is shown after handing in, as a sentence."""
    if quiz.use == "survey":
        return str(_("There are no right or wrong answers."))
    if quiz.use == "pretest" and quiz.reveal != "never":
        return str(
            _("After handing in you see your score. Keys are shown once an exam of the course is handed in.")
        )
    return str(REVEALS[quiz.reveal])
