"""Keys of a course header whose values must name something: quizzes, lessons, an institution."""

from collections.abc import Collection, Mapping, Sequence

from lms.content.course import CompletionRule, Lesson, Module
from lms.content.header import Values
from lms.content.problems import Report, nearest

_ALL_LESSONS = frozenset({"semua-materi", "all-lessons"})
_ALL_QUIZZES = frozenset({"semua-kuis", "all-quizzes"})


def completion_of(values: Values, quizzes: Mapping[str, str], report: Report) -> CompletionRule:
    """All lessons and all quizzes unless `lulus` says otherwise; `quizzes` are the uses by id.

    Practice never counts: one that is named is passed over, with a warning.
    """
    words = values.items("completion")
    if not words:
        return CompletionRule(all_lessons=True, all_quizzes=True)
    named = tuple(word for word in words if word not in _ALL_LESSONS | _ALL_QUIZZES)
    for word in named:
        if word not in quizzes:
            known = nearest(word, ["semua-materi", "semua-kuis", *quizzes])
            report.error(values.line("completion"), "completion_unknown", value=word, known=known)
        elif quizzes[word] == "practice":
            report.warn(values.line("completion"), "completion_practice", value=word)
    named = tuple(word for word in named if quizzes.get(word) != "practice")
    return CompletionRule(bool(_ALL_LESSONS & set(words)), bool(_ALL_QUIZZES & set(words)), named)


def organiser_of(values: Values, known: Collection[str] | None, report: Report) -> str:
    """The key of the institution that organises the course; one that is not kept here is reported."""
    key = values.text("organiser")
    if key and known is not None and key not in known:
        line = values.line("organiser")
        if known:
            report.error(line, "organiser_unknown", value=key, known=nearest(key, sorted(known)))
        else:
            report.error(line, "organiser_none", value=key)
    return key


def supplement_of(values: Values, modules: Sequence[Module], report: Report) -> tuple[str, ...]:
    """Ids of the lessons that people who completed an earlier version are offered."""
    lessons = [piece.id for module in modules for piece in module.pieces if isinstance(piece, Lesson)]
    for word in values.items("supplement"):
        if word not in lessons:
            known = nearest(word, lessons)
            report.error(values.line("supplement"), "supplement_unknown", value=word, known=known)
    return values.items("supplement")
