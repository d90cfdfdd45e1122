"""A quiz file and a question bank: groups, questions, and pools that draw from banks."""

import re
from collections.abc import Mapping
from dataclasses import replace

from lms.content.course import Pool, Quiz
from lms.content.header import Header, Values, claims, read
from lms.content.lines import Lines, cut
from lms.content.pools import Banks, Group, read_pool
from lms.content.problems import Report
from lms.content.prose import check_prose
from lms.content.questions.attributes import read_attributes
from lms.content.questions.block import read_block
from lms.content.questions.question import Question
from lms.content.questions.reading import read_question
from lms.content.vocabulary import ATTRIBUTES, POOL_ATTRIBUTES

MAX_QUESTIONS = 1000

_HEADING = re.compile(r"(#{1,2})(?:[ ]+(.*))?$")
_NO_SPACE = re.compile(r"#{1,2}[^#\s]")


def read_quiz(header: Header, report: Report, banks: Banks) -> Quiz:
    """The quiz of a file whose front matter says `jenis: kuis`; what is wrong is in the report."""
    values = read(header, "quiz", report)
    use = values.text("use", "quiz")
    intro, groups = _groups(header, use == "survey", POOL_ATTRIBUTES, report)
    pools = tuple(read_pool(group, banks, report) for group in groups)
    if not any(pool.questions for pool in pools) and not report.failed_here:
        report.error(1, "quiz_empty")
    _check_once(groups, pools, report)
    _check_use(use, values, report)
    return Quiz(
        id=values.text("id"),
        title=values.text("title"),
        use=use,
        pass_mark=_pass_mark(values, use),
        attempts=_attempts(values, use),
        wait_hours=(values.number("wait_hours") or 0) if use not in _UNLIMITED else 0,
        minutes_limit=values.number("minutes_limit"),
        counts=values.text("counts", "highest"),
        layout=values.text("layout", "all"),
        reveal=values.text("reveal", "after_submission"),
        shuffle=values.yes("shuffle", default=False),
        intro=intro,
        pools=pools,
        path=report.path,
    )


def read_bank(header: Header, report: Report) -> tuple[Question, ...]:
    """The questions of a file whose front matter says `jenis: bank`.

    A bank of one competency lends it to those of its questions that name none.
    """
    named = claims(read(header, "bank", report), "competencies", report)
    questions = read_questions(header, report)
    if len(named) == 1:
        questions = tuple(
            item if item.competency else replace(item, competency=named[0]) for item in questions
        )
    if not questions and not report.failed_here:
        report.error(1, "quiz_empty")
    return questions


def read_questions(header: Header, report: Report) -> tuple[Question, ...]:
    """The questions below a front matter that has been read, whatever groups they stand in."""
    _, groups = _groups(header, False, {}, report)
    return tuple(question for group in groups for question in group.questions)


def _pass_mark(values: Values, use: str) -> int:
    written = values.number("pass_mark")
    if written is not None:
        return written
    return 70 if use in {"quiz", "exam"} else 0


_UNLIMITED = frozenset({"practice", "pretest"})
"""Uses whose number of attempts is fixed: practice without a limit, a pre-test once, both without a pause."""


def _attempts(values: Values, use: str) -> int | None:
    return 1 if use == "pretest" else None if use == "practice" else values.number("attempts")


def _check_use(use: str, values: Values, report: Report) -> None:
    if use == "survey" and "pass_mark" in values.lines:
        report.error(values.line("pass_mark"), "survey_pass")
    if use == "practice" and (values.number("attempts") or values.number("wait_hours")):
        report.warn(values.line("attempts" if values.number("attempts") else "wait_hours"), "practice_limit")
    if use == "pretest" and (values.number("attempts") or 1) > 1:
        report.warn(values.line("attempts"), "pretest_once")


def _groups(
    header: Header, keyless: bool, known: Mapping[str, str], report: Report
) -> tuple[str, list[Group]]:
    """The introduction, and the groups in order; questions before the first `#` form a group of their own."""
    source = cut(header.body)
    check_prose(source, header.body_line, report)
    marks = question_headings(source, header.body_line, report)
    intro = "\n".join(source.lines[: marks[0][0]] if marks else source.lines).strip("\n")
    groups: list[Group] = []
    for number, (at, level, words) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(source.lines)
        line = at + header.body_line
        if level == 1:
            groups.append(Group(read_attributes(words, line, known, report), ()))
            _check_empty(source, at + 1, end, header.body_line, report)
            continue
        if not groups:
            groups.append(Group(None, ()))
        head = read_attributes(words, line, ATTRIBUTES, report)
        block = read_block(source, at + 1, end, head, keyless, report, header.body_line)
        if question := read_question(block, report):
            groups[-1] = Group(groups[-1].head, (*groups[-1].questions, question))
    if len(marks) > MAX_QUESTIONS:
        report.error(1, "questions_many", limit=MAX_QUESTIONS)
    return intro, groups


def question_headings(source: Lines, offset: int, report: Report) -> list[tuple[int, int, str]]:
    """Line (from 0), level and words of each heading that begins a group (1) or a question (2)."""
    found: list[tuple[int, int, str]] = []
    for at, line in enumerate(source.lines):
        if source.code[at] or not line.startswith("#"):
            continue
        if match := _HEADING.fullmatch(line.rstrip()):
            found.append((at, len(match[1]), match[2] or ""))
        elif _NO_SPACE.match(line) and (line.startswith("##") or "{" in line):
            report.error(at + offset, "heading_space", text=line)
    return found


def _check_empty(source: Lines, start: int, end: int, offset: int, report: Report) -> None:
    for at in range(start, end):
        if source.lines[at].strip():
            report.error(at + offset, "group_text", text=source.lines[at])
            return


def _check_once(groups: list[Group], pools: tuple[Pool, ...], report: Report) -> None:
    """A question that two pools could draw would be asked twice."""
    seen: set[str] = set()
    for group, pool in zip(groups, pools, strict=True):
        line = group.head.line if group.head else 1
        for question in pool.questions:
            if question.id and question.id in seen and question.path != report.path:
                report.error(line, "pool_overlap", id=question.id)
            seen.add(question.id)
