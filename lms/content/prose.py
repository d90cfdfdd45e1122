"""Checks of a Markdown text that need no rendering: lengths, nesting, fences, blocks, notices."""

import re

from lms.content.dollars import BLOCK, INLINE, begins, is_amount
from lms.content.formulas import MAX_FORMULA, FormulaError, mathml
from lms.content.lines import (
    MAX_BRACKETS,
    MAX_DEPTH,
    MAX_LINE,
    Lines,
    crowded,
    cut,
    depth,
    headings,
    without_inline_code,
)
from lms.content.notices import CLOSING, NOTICES, OPENING, WORDS
from lms.content.problems import Report, nearest
from lms.content.tags import TAGS

_QUOTED_NOTICE = re.compile(r"(?:[ ]{0,3}>[ ]?)+\[!\w+\]")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])")
_FOREIGN = re.compile(r"[ ]{0,3}(:::+|!!!+|\?\?\?\+?)[ ]*\{?\.?([\w-]*)")


def check_prose(source: Lines, offset: int, report: Report, *, with_checks: bool = False) -> None:
    """Report lines that are too long or too deep, open fences and comments, unknown blocks and notices.

    `with_checks`: blocks of questions are allowed, at the beginning of a line.
    """
    if source.open_fence is not None:
        report.error(source.open_fence + offset, "fence_open")
    if source.open_comment is not None:
        report.error(source.open_comment + offset, "comment_open")
    for at, line in enumerate(source.lines):
        if len(line) > MAX_LINE:
            report.error(at + offset, "line_long", limit=MAX_LINE)
        elif not source.code[at]:
            _check_line(line, at + offset, report, with_checks)
    _check_blocks(source, offset, report)
    _check_formulas(source, offset, report)
    if (crowd := crowded("\n".join(source.lines))) is not None:
        report.error(crowd + offset, "brackets_many", limit=MAX_BRACKETS)
    for at, line in source.prose():
        for tag in _TAG.findall(line) if "<" in line else ():
            if tag.casefold() not in TAGS or tag.casefold() == "img":
                report.error(at + offset, "html_tag", tag=tag)


def _check_line(line: str, number: int, report: Report, with_checks: bool) -> None:
    if "\t" in line:
        report.error(number, "tab")
    if line[:1] in {" ", ">", "-", "*", "+"} and depth(line) > MAX_DEPTH:
        report.error(number, "nesting_deep", limit=MAX_DEPTH)
    if "[!" in line and _QUOTED_NOTICE.match(line):
        report.error(number, "notice_quoted", text=line)
    if (found := _FOREIGN.match(line)) and (found[2] or found[1][0] == "!"):
        quiz = found[2].casefold() in {"kuis", "quiz"}
        if not (quiz and with_checks and line.startswith(":")):
            report.error(number, "lesson_quiz" if quiz else "block_foreign", text=line)


def _check_blocks(source: Lines, offset: int, report: Report) -> None:
    """Blocks between slashes: known words, each closed."""
    opened: list[tuple[str, int]] = []
    for at, line in enumerate(source.lines):
        if source.code[at] or "///" not in line:
            continue
        if found := CLOSING.fullmatch(line):
            if not opened:
                report.error(at + offset, "block_close")
            elif opened[-1][0] == found[1]:
                opened.pop()
        elif found := OPENING.fullmatch(line):
            if found[2].casefold() not in WORDS:
                known = nearest(found[2], [*NOTICES, *WORDS])
                report.error(at + offset, "block_unknown", word=found[2], known=known)
            opened.append((found[1], at + offset))
    for _, line_number in opened:
        report.error(line_number, "block_open")


_MARKS = re.compile(r"(?:[ ]*(?:[-*+]|\d+[.)])[ ]+(?:\[[ xX]\][ ]+)?)+")
_QUOTE = re.compile(r"[ ]*>[ ]?")


def _check_formulas(source: Lines, offset: int, report: Report, level: int = 0) -> None:
    """Formulas that cannot be read, in quotations too, and blocks that are not closed."""
    if not any("$" in line for line in source.lines):
        return
    for first, last in source.formulas:
        found = BLOCK.fullmatch("\n".join(source.lines[first : last + 1]))
        _check_formula(found[1] if found else "", first + offset, report)
    quoted = [
        _QUOTE.match(line) if not code else None for line, code in zip(source.lines, source.code, strict=True)
    ]
    for at, _ in source.prose():
        if quoted[at] or "$" not in source.lines[at]:
            continue
        text = _MARKS.sub("", without_inline_code(source.lines[at]), count=1)
        if block := BLOCK.fullmatch(text):
            _check_formula(block[1], at + offset, report)
        elif begins(text):
            report.error(at + offset, "formula_open")
        for found in INLINE.finditer(text):
            if not is_amount(found[1]):
                _check_formula(found[1], at + offset, report)
    if level < MAX_DEPTH and any(quoted):
        inner = [line[mark.end() :] if mark else "" for line, mark in zip(source.lines, quoted, strict=True)]
        _check_formulas(cut("\n".join(inner)), offset, report, level + 1)


def _check_formula(latex: str, line: int, report: Report) -> None:
    try:
        mathml(latex, block=True)
    except FormulaError as error:
        report.error(line, error.code, text=error.detail or latex, limit=MAX_FORMULA)


def check_headings(source: Lines, offset: int, report: Report) -> None:
    """Warn of a heading that skips a level: a screen reader's outline would have a hole."""
    before = 0
    for at, level, words in headings(source):
        if not words:
            report.error(at + offset, "heading_empty")
        if before and level > before + 1:
            report.warn(at + offset, "heading_jump", before="#" * before, now="#" * level)
        before = level
