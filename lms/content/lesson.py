"""A lesson and a module file."""

from lms.content.course import WORDS_A_MINUTE, Lesson, Module, Quiz
from lms.content.header import Header, read
from lms.content.lesson_checks import read_checks
from lms.content.lines import asset_name, assets_in, cut, word_count
from lms.content.problems import Report
from lms.content.prose import check_headings, check_prose

WORDS_A_QUESTION = 100
"""What a question of a check adds to the reading time: half a minute."""


def read_lesson(header: Header, report: Report) -> Lesson:
    """The lesson of a file whose front matter says `jenis: materi`; what is wrong is in the report."""
    values = read(header, "lesson", report)
    source = cut(header.body)
    check_prose(source, header.body_line, report, with_checks=True)
    found = read_checks(header.body, source, header.body_line, report)
    check_headings(found.outside, header.body_line, report)
    words = word_count(found.outside)
    sources = values.items("sources")
    if not words and not assets_in(header.body) and not report.failed_here:
        report.error(header.body_line, "lesson_empty")
    finish = values.text("finish", "read")
    asked = sum(len(check.questions) for check in found.checks)
    if finish == "answer_checks" and not found.opened:
        report.error(values.line("finish"), "finish_checks")
    return Lesson(
        id=values.text("id"),
        title=values.text("title"),
        minutes=values.number("minutes") or minutes_of(words + WORDS_A_QUESTION * asked),
        finish=finish,
        legal_basis=values.items("legal_basis"),
        sources=sources,
        change=values.text("change", "substance"),
        body=found.body.strip("\n"),
        path=report.path,
        words=words,
        assets=tuple(dict.fromkeys([*assets_in(header.body), *filter(None, map(asset_name, sources))])),
        checks=found.checks,
        review_by=values.day("review_by"),
    )


def read_module(header: Header, pieces: tuple[Lesson | Quiz, ...], report: Report) -> Module:
    """The module of a `modul.md` with the pieces of its folder."""
    values = read(header, "module", report)
    source = cut(header.body)
    check_prose(source, header.body_line, report)
    return Module(
        id=values.text("id"),
        title=values.text("title"),
        open=values.text("open", "free"),
        aims=values.items("aims"),
        intro=header.body.strip("\n"),
        path=report.path,
        pieces=pieces,
    )


def minutes_of(words: int) -> int:
    """Reading time at 200 words a minute, rounded up, at least one minute."""
    return max(1, -(-words // WORDS_A_MINUTE))
