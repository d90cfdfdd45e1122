"""What makes a course without errors better: short sentences, light pictures, explained questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lms.content.course import Course, Lesson, Quiz
from lms.content.header import Header
from lms.content.lines import cut
from lms.content.paths import extension
from lms.content.pictures import is_raster, weight
from lms.content.problems import Report
from lms.content.questions.question import Question

MAX_SENTENCE = 30
"""Words; longer sentences are hard to read on a phone."""
MAX_MINUTES = 10
"""Of a lesson; longer ones are left half read."""
MAX_PICTURE = 250_000
"""Bytes as a page sends it: two seconds on a line of 1 Mbit/s."""

_WORD = re.compile(r"\w+(?:[-'./]\w+)*")
_END = re.compile(r"(?<=[.!?;])[\"”')]*\s+")
_MARKUP = re.compile(r"\]\([^)]*\)|[*_`]")
_APART = re.compile(r"[ ]*(?:[#>|:/-]|\d+[.)][ ]|[*+][ ]|$)")
_ALL = re.compile(
    r"(?:semua|seluruh)(?:nya)? (?:jawaban |pilihan |pernyataan )?(?:di atas |tersebut )?(?:benar|salah)?"
    r"|(?:semua|tidak ada)(?: jawaban| pilihan)?(?: yang benar)? di atas(?: benar| salah)?"
    r"|tidak ada (?:jawaban |pilihan )?yang benar|(?:all|none) of (?:the above|these)",
    re.I,
)


def advise(
    course: Course,
    bundle: Mapping[str, bytes],
    headers: Mapping[str, Header],
    banks: Mapping[str, tuple[Question, ...]],
    report: Report,
) -> None:
    """Warn of what can be better in a course that has no errors."""
    for path, header in headers.items():
        for line, words in long_sentences(header.body):
            report.at(path).warn(line + header.body_line, "sentence_long", words=words, limit=MAX_SENTENCE)
    for lesson in (piece for piece in course.pieces() if isinstance(piece, Lesson)):
        if lesson.minutes > MAX_MINUTES:
            line = headers[lesson.path].line_of("minutes")
            report.at(lesson.path).warn(line, "lesson_long", minutes=lesson.minutes, limit=MAX_MINUTES)
    for question in _asked(course, banks):
        _check_question(question, headers[question.path], report.at(question.path))
    _check_claims(course, banks, headers["kursus.md"], report.at("kursus.md"))
    for path, data in bundle.items():
        size = (weight(data) or 0) if is_raster(path) else len(data) if extension(path) == "svg" else 0
        if size > MAX_PICTURE:
            report.at(path).warn(0, "picture_heavy", kilobytes=size // 1000, limit=MAX_PICTURE // 1000)


def long_sentences(body: str) -> Iterator[tuple[int, int]]:
    """The line (from 0) where a sentence of more than MAX_SENTENCE words begins, and how many it has."""
    source = cut(body)
    part: list[tuple[int, str]] = []
    for at, line in [*enumerate(source.lines), (len(source.lines), "")]:
        code = at < len(source.lines) and source.code[at]
        if code or _APART.match(line):
            yield from _too_long(part)
            item = re.match(r"[ ]*(?:[-*+>]|\d+[.)])[ ]+(?:\[.\] )?", line)
            part = [(at, line[item.end() :])] if item and not code else []
        else:
            part.append((at, line))


def _too_long(part: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    if not part:
        return
    text = "\n".join(_MARKUP.sub("", line) for _, line in part)
    begun = 0
    for sentence in _END.split(text):
        count = len(_WORD.findall(sentence))
        if count > MAX_SENTENCE:
            yield part[text.count("\n", 0, text.index(sentence, begun))][0], count
        begun = text.index(sentence, begun) + len(sentence)


def _asked(course: Course, banks: Mapping[str, tuple[Question, ...]]) -> Iterator[Question]:
    """Every question once; those of surveys have no key and need no explanation."""
    seen: set[str] = set()
    surveys = {piece.path for piece in course.pieces() if isinstance(piece, Quiz) and piece.use == "survey"}
    own = (question for piece in course.pieces() for question in piece.questions())
    for question in [*own, *(question for bank in banks.values() for question in bank)]:
        if question.path not in surveys and question.id not in seen:
            seen.add(question.id)
            yield question


def _check_question(question: Question, header: Header, report: Report) -> None:
    explained = [
        question.explanation, question.feedback_right, question.feedback_wrong, question.feedback_partial,
        *(option.feedback for option in question.options), *(answer.feedback for answer in question.answers),
    ]  # fmt: skip
    if question.kind != "essay" and not any(explained):
        report.warn(question.line, "explanation_missing")
    if not question.shuffle or question.kind not in {"single", "multiple"}:
        return
    lines = header.body.split("\n")
    for option in question.options:
        if not option.fixed and _ALL.fullmatch(option.text.strip().rstrip(".")):
            first = question.line - header.body_line
            at = next((at for at in range(first, len(lines)) if option.text in lines[at]), first)
            report.warn(at + header.body_line, "all_of_above", text=option.text)


def _check_claims(
    course: Course, banks: Mapping[str, tuple[Question, ...]], header: Header, report: Report
) -> None:
    tested = {question.competency.code for question in _asked(course, banks) if question.competency}
    for claim in course.competencies:
        if claim.code not in tested:
            report.warn(header.line_of("competencies"), "claim_untested", claim=claim.code)
