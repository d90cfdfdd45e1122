"""The canonical form of one file of a course."""

from __future__ import annotations

from lms.content.bundle import normal_text
from lms.content.formatting.header import written_header
from lms.content.formatting.headings import on_line, with_attributes
from lms.content.formatting.prose import tidy, trimmed
from lms.content.formatting.questions import written_questions
from lms.content.formatting.words import check_word
from lms.content.header import Header, read, split
from lms.content.lesson_checks import check_blocks
from lms.content.lines import crowded, cut
from lms.content.problems import Report


def canonical(path: str, text: str, language: str = "id") -> str:
    """The text of a file as the format writes it: one form for all ways of writing the same.

    Prose, comments and the order of everything but the keys of the front matter stay as they are. What
    has an error stays as it is, too, so that the text may come from an editor in the middle of writing;
    a file without a front matter that can be read is returned with its line ends mended and no more.
    `language` is that of the course: its words (``judul`` or ``title``) are written. Never raises.
    """
    plain = normal_text(text)
    report = Report(path)
    header = split(plain, report)
    kind = header.kind() if header else None
    if header is None or kind is None or report.failed:
        return plain
    english = language == "en"
    lines = written_header(header, plain.split("\n")[1 : header.body_line - 2], kind, english)
    body = _body(header, kind, english)
    return "\n".join(["---", *lines, "---", *([body] if body else []), ""])


def language_of(kursus: str) -> str:
    """The language that the text of a ``kursus.md`` names: id or en."""
    header = split(normal_text(kursus), Report())
    return read(header, "course", Report()).text("language", "id") if header else "id"


def _body(header: Header, kind: str, english: bool) -> str:
    body = tidy(header.body)
    if crowded(body) is not None:
        return body  # an error of the text; reading its brackets would take seconds
    if kind == "lesson":
        return _with_checks(body, english)
    if kind in {"quiz", "bank"}:
        keyless = kind == "quiz" and read(header, kind, Report()).text("use") == "survey"
        return written_questions(body, keyless, english)
    return body


def _with_checks(body: str, english: bool) -> str:
    """The text of a lesson with the questions inside it written anew; all else stays."""
    report = Report()
    source = cut(body)
    blocks = check_blocks(source, 0, report)
    if report.failed:
        return body
    lines = body.split("\n")
    for start, end, words in reversed(blocks):
        inner = trimmed(lines[start + 1 : end])
        inside = written_questions("\n".join(inner), False, english).split("\n")
        opening = with_attributes(f"::: {check_word(english)}", words, {}, english)
        head = on_line(lines[start], source.lines[start], opening)
        lines[start : end + 1] = [head, "", *inside, "", ":::"]
    return "\n".join(lines)
