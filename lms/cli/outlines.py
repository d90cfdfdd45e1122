"""What `flask courses outline` prints of a course: its pieces, and its questions counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from lms.content.course import Course, Lesson, Quiz
from lms.content.outline import Count, by_kind, by_outcome


def outline_lines(course: Course) -> Iterator[str]:
    """Yield pieces by module with words, minutes and kinds, totals, and questions by kind and outcome."""
    yield f"{course.title} ({course.jp} JP, {course.minutes} min)"
    for module in course.modules:
        yield f"\n{module.title}"
        yield from map(_line, module.pieces)
    if course.quizzes:
        yield ""
    yield from map(_line, course.quizzes)
    yield "\n" + _totals(course)
    yield from _table(_("Questions by kind"), by_kind(course))
    yield from _table(_("Questions by competency and level"), by_outcome(course))


def _line(piece: Lesson | Quiz) -> str:
    if isinstance(piece, Lesson):
        words = _("%(count)s words", count=piece.words)
        return f"  {piece.id:<24} {piece.minutes:>3} min  {words}  {piece.title}"
    kinds = Counter(question.kind for question in piece.questions())
    counted = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    return f"  {piece.id:<24} {piece.minutes:>3} min  {piece.use}: {counted}  {piece.title}"


def _totals(course: Course) -> str:
    lessons = [piece for piece in course.pieces() if isinstance(piece, Lesson)]
    quizzes = [piece for piece in course.pieces() if isinstance(piece, Quiz)]
    return str(
        _(
            "%(lessons)s lessons with %(words)s words, %(quizzes)s quizzes with %(questions)s questions",
            lessons=len(lessons),
            words=sum(lesson.words for lesson in lessons),
            quizzes=len(quizzes),
            questions=sum(1 for quiz in quizzes for _question in quiz.questions()),
        )
    )


def _table(title: str, counts: Sequence[Count]) -> Iterator[str]:
    heads = [_("in lessons"), _("in quizzes"), _("in banks"), _("together")]
    yield f"\n{title}"
    yield f"  {'':<16}" + "".join(f"{head:>12}" for head in heads)
    sums = [sum(column) for column in zip(*map(_cells, counts), strict=True)] or [0] * 4
    for name, cells in [*((count.name or "-", _cells(count)) for count in counts), (_("together"), sums)]:
        yield f"  {name:<16}" + "".join(f"{cell:>12}" for cell in cells)


def _cells(count: Count) -> list[int]:
    return [count.checks, count.quizzes, count.banks, count.total]
