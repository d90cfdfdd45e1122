"""A whole course in canonical form, with ids for questions and checks that have none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lms.content.bundle import Bundle, normal_text
from lms.content.formatting.text import canonical, language_of
from lms.content.header import Header, split
from lms.content.lesson_checks import check_blocks
from lms.content.lines import cut
from lms.content.parse import COURSE_FILE, is_page, parse_course
from lms.content.problems import Problem, Report
from lms.content.questions.attributes import read_attributes
from lms.content.quiz import question_headings
from lms.content.shared import is_shared
from lms.content.vocabulary import ATTRIBUTES
from lms.content.writing.fixes import new_id, with_id

_MENDED = frozenset({"question_id", "check_id"})
_USED = re.compile(r"\{#([A-Za-z0-9_.-]+)|^id:[ ]*(\S+)", re.M)


@dataclass(frozen=True)
class Formatted:
    """The texts that change, by path; or, when the course has errors, none and what is wrong."""

    texts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def format_course(bundle: Bundle, slug: str) -> Formatted:
    """Every text of the course in canonical form. Errors other than missing ids change nothing."""
    found = parse_course(bundle, slug).problems
    errors = tuple(one for one in found if one.severity == "error" and one.code not in _MENDED)
    if errors:
        return Formatted(problems=errors)
    texts = {path: data.decode("utf-8-sig") for path, data in bundle.items() if is_page(path)}
    taken = {one for text in texts.values() for pair in _USED.findall(text) for one in pair if one}
    language = language_of(texts[COURSE_FILE])
    changed: dict[str, str] = {}
    for path, text in texts.items():
        written = canonical(path, with_ids(normal_text(text), taken), language)
        if written.encode() != bundle[path] and not is_shared(path):
            changed[path] = written
    return Formatted(changed)


def with_ids(text: str, taken: set[str]) -> str:
    """The text of a lesson, quiz or bank with an id for each question and check that has none.

    An id is made of the id of the file and of what the question says: it stays the same however often it is
    asked for, is none of `taken` (which it joins), and never is the id of a question that was removed.
    """
    header = split(text, Report())
    kind = header.kind() if header else None
    if header is None or kind not in {"lesson", "quiz", "bank"}:
        return text
    lines = text.split("\n")
    base = _id_of(header)
    for at, end, plain in _without_id(header, kind):
        said = "\n".join(line.strip() for line in lines[at + 1 : end]) + plain
        lines[at] = with_id(plain, new_id(base, said, taken)) + lines[at][len(plain) :]
    return "\n".join(lines)


def _without_id(header: Header, kind: str) -> Iterator[tuple[int, int, str]]:
    """Line (from 0, in the file), end and text without comment of each heading that needs an id."""
    source, shift = cut(header.body), header.body_line - 1
    blocks = check_blocks(source, 0, Report()) if kind == "lesson" else []
    marks = [
        mark
        for mark in question_headings(source, 0, Report())
        if kind != "lesson" or any(start < mark[0] < end for start, end, _ in blocks)
    ]
    ends = [*(at for at, _, _ in marks), *(end for _, end, _ in blocks), len(source.lines)]
    none: Mapping[str, str] = {}
    heads = [(start, words, none) for start, _, words in blocks]
    heads += [(at, words, ATTRIBUTES) for at, level, words in marks if level == 2]
    for at, words, known in sorted(heads, key=lambda head: head[0]):
        if not read_attributes(words, 1, known, Report()).id:
            yield at + shift, min(end for end in ends if end > at) + shift, source.lines[at].rstrip()


def _id_of(header: Header) -> str:
    value = next((entry.value for entry in header.entries if entry.word.casefold() == "id"), "soal")
    return value.split(" ")[0][:40]
