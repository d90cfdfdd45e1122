"""The questions of a text by file, read one by one: other files may have errors, or the text be a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.content.bundle import decode
from lms.content.header import read, split
from lms.content.lesson import read_lesson
from lms.content.problems import Report
from lms.content.questions.question import Question
from lms.content.quiz import read_bank, read_quiz
from lms.content.vocabulary import TYPES


@dataclass(frozen=True)
class Source:
    """A bank or quiz: its kind (bank, quiz), id, title, own questions, and the files its pools draw from."""

    path: str
    kind: str
    id: str
    title: str
    use: str
    questions: tuple[Question, ...]
    drawn: tuple[Question, ...] = ()


def sources_of(files: Mapping[str, bytes]) -> list[Source]:
    """The banks, then the quizzes of a text that can be read, with those questions that have no error."""
    report = Report()
    headers = {}
    for path in sorted(files):
        text = decode(files[path], report.at(path)) if path.endswith(".md") else None
        header = split(text, report.at(path)) if text else None
        if header is not None and header.kind() in {"bank", "quiz"}:
            headers[path] = header
    banks = {
        path: read_bank(header, Report(path)) for path, header in headers.items() if header.kind() == "bank"
    }
    found = []
    for path, header in headers.items():
        if path in banks:
            values = read(header, "bank", Report())
            found.append(Source(path, "bank", values.text("id"), values.text("title"), "", banks[path]))
    for path, header in headers.items():
        if path not in banks:
            quiz = read_quiz(header, Report(path), banks)
            own = tuple(item for item in quiz.questions() if item.path == path)
            drawn = tuple({item.id: item for item in quiz.questions() if item.path != path}.values())
            found.append(Source(path, "quiz", quiz.id, quiz.title, quiz.use, own, drawn))
    return found


def check_kinds(before: Mapping[str, bytes], questions: Iterable[Question], report: Report) -> None:
    """Report questions that have another kind than the text of `before` has under their id."""
    kinds = _kinds_of(before)
    words = {name: word for word, name in TYPES.items()}
    for item in questions:
        if (kind := kinds.get(item.id, item.kind)) != item.kind:
            there = report.at(item.path)
            there.error(item.line, "question_kind", id=item.id, before=words[kind], now=words[item.kind])


def _kinds_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The kind of each question by its id: of banks, of quizzes, and of the checks in lessons."""
    kinds = {item.id: item.kind for source in sources_of(files) for item in source.questions}
    for path, data in files.items():
        text = decode(data, Report(path)) if path.endswith(".md") and b":::" in data else None
        header = split(text, Report(path)) if text else None
        if header is not None and header.kind() == "lesson":
            kinds |= {item.id: item.kind for item in read_lesson(header, Report(path)).questions()}
    return kinds
