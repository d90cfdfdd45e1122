"""One file of a course read alone, as far as it goes: for a preview while it is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.content.bundle import decode
from lms.content.course import Lesson, Quiz
from lms.content.header import read, split
from lms.content.lesson import read_lesson
from lms.content.lines import cut
from lms.content.problems import Problem, Report, in_order
from lms.content.prose import check_prose
from lms.content.questions.question import Question
from lms.content.quiz import read_bank, read_quiz


@dataclass(frozen=True)
class Single:
    """A file as read: its kind and title, a lesson or quiz, else its text; and what is wrong in it alone."""

    kind: str
    title: str
    piece: Lesson | Quiz | None
    prose: str
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def read_single(data: bytes, path: str, banks: Mapping[str, bytes]) -> Single:
    """Read a file; `banks` are those of the course. Never raises; errors are in it."""
    report = Report(path)
    text = decode(data, report)
    header = split(text, report) if text is not None else None
    if header is None:
        return Single("", "", None, text or "", (), in_order(report.items))
    kind = header.kind() or ""
    piece: Lesson | Quiz | None = None
    title, prose, questions = "", header.body, tuple[Question, ...]()
    if kind == "lesson":
        piece = read_lesson(header, report)
    elif kind == "quiz":
        piece = read_quiz(header, report, _banks(banks))
    elif kind == "bank":
        title = read(header, kind, Report()).text("title")
        questions, prose = read_bank(header, report), ""
    elif kind:
        title = read(header, kind, report).text("title")
        check_prose(cut(header.body), header.body_line, report)
    own = tuple(item for item in in_order(report.items) if item.path == path)
    return Single(kind, piece.title if piece else title, piece, prose, questions, own)


def _banks(texts: Mapping[str, bytes]) -> dict[str, tuple[Question, ...]]:
    found: dict[str, tuple[Question, ...]] = {}
    for path, data in texts.items():
        report = Report(path)
        text = decode(data, report)
        header = split(text, report) if text is not None else None
        if header is not None:
            found[path] = read_bank(header, report)
    return found
