"""Questions of a foreign file against a bank of ours: what is new, changed, the same, refused; the merge."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from lms.content.exchange.items import Item, Reading, Unread
from lms.content.exchange.markdown import bare, read_back, write_question
from lms.content.exchange.text import pictures_elsewhere, pictures_in
from lms.content.header import ID, split
from lms.content.lines import cut
from lms.content.problems import Problem, Report
from lms.content.questions.attributes import read_attributes
from lms.content.questions.question import Question
from lms.content.quiz import question_headings, read_questions
from lms.content.vocabulary import ATTRIBUTES

State = Literal["new", "changed", "same", "refused"]


@dataclass(frozen=True)
class Judged:
    """A question of a file as it would come into the bank; `source` is empty when it is refused."""

    line: int
    name: str
    state: State
    id: str
    source: str
    question: Question | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Why it is refused."""
        return tuple(item for item in self.problems if item.severity == "error")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is kept differently, and what deserves a look."""
        return tuple(item for item in self.problems if item.severity != "error")


@dataclass(frozen=True)
class _Pictures:
    known: Collection[str]
    same: Mapping[str, str]


@dataclass(frozen=True)
class _Place:
    """Where a question stands in the text of a bank: its lines, and the question when it can be read."""

    start: int
    end: int
    question: Question | None


def judge(
    reading: Reading,
    bank: str,
    taken: Mapping[str, str],
    assets: Collection[str],
    same: Mapping[str, str] | None = None,
) -> tuple[Judged, ...]:
    """Compare every question with the bank's text ("" for a new one).

    `taken` are the ids used elsewhere in the course with their files, `assets` the files that it has;
    `same` says of pictures of the file under which name the course has them already.
    """
    known = _places(bank)
    used: set[str] = set()
    found = []
    for item in reading.items:
        judged = _judged(item, known, used, taken, _Pictures({*assets, *reading.files}, same or {}))
        used.add(judged.id)
        found.append(judged)
    return tuple(found)


def _judged(
    item: Item, known: Mapping[str, _Place], used: set[str], taken: Mapping[str, str], pictures: _Pictures
) -> Judged:
    identity = item.source_id
    if item.question is None:
        return Judged(item.line, item.name, "refused", identity, "", None, item.problems)
    try:
        identity = identity_of(item, used)
        source, question, problems = _settled(replace(item.question, id=identity), pictures)
        if identity in taken:
            raise Unread("exchange_id_elsewhere", id=identity, path=taken[identity])
    except Unread as error:
        return Judged(item.line, item.name, "refused", identity, "", None, (error.problem(item.line),))
    notes = (*item.problems, *problems)
    if question is None:
        return Judged(item.line, item.name, "refused", identity, "", None, notes)
    place = known.get(identity)
    same = place is not None and place.question is not None and bare(place.question) == bare(question)
    state: State = "new" if place is None else "same" if same else "changed"
    return Judged(item.line, item.name, state, identity, source, question, notes)


def _settled(question: Question, pictures: _Pictures) -> tuple[str, Question | None, tuple[Problem, ...]]:
    """The source, the question as our parser reads it, and what it says; None when it has an error."""
    for name in pictures_in(list(question.texts())):
        if name not in pictures.known:
            raise Unread("exchange_picture", name=name)
    for target in pictures_elsewhere(list(question.texts())):
        raise Unread("exchange_picture_elsewhere", source=target[:60])
    source = write_question(question)
    for name, here in pictures.same.items():
        source = source.replace(f"]({name}", f"]({here}")
    found, problems = read_back(source)
    if found is not None and found.id != question.id:
        raise Unread("exchange_answers", text=question.title or question.prompt)
    return source, found, tuple(replace(item, line=0) for item in problems)


def identity_of(item: Item, used: Collection[str]) -> str:
    """The id of a question: from the file's own, else from its content, so that it never changes.

    Raises Unread when the file names two questions alike.
    """
    if item.source_id:
        plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", item.source_id.strip()).strip("-")[:60]
        identity = plain if ID.fullmatch(plain) else f"s-{plain}"
        if not plain:
            identity = f"s-{_digest(item.source_id)}"
    else:
        question = item.question
        prompt = question.prompt if question else ""
        identity = f"s-{_digest(prompt)}"
        if identity in used and question:
            identity = f"s-{_digest(write_question(replace(question, id='x')))}"
    if identity in used:
        raise Unread("exchange_id_twice", id=item.source_id or identity)
    return identity


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:10]


def _places(text: str) -> dict[str, _Place]:
    """The questions of a bank's text by id."""
    report = Report()
    header = split(text, report) if text else None
    if header is None:
        return {}
    own = {question.line: question for question in read_questions(header, Report())}
    source = cut(header.body)
    marks = question_headings(source, header.body_line, Report())
    ends = [*(at for at, _, _ in marks[1:]), len(source.lines)] if marks else []
    offset = header.body_line - 1
    return {
        head.id: _Place(at + offset, end + offset, own.get(at + header.body_line))
        for (at, level, words), end in zip(marks, ends, strict=True)
        if level == 2 and (head := read_attributes(words, at + 1, ATTRIBUTES, Report())).id
    }


def merge(text: str, chosen: Iterable[Judged]) -> str:
    """The text of a bank with the chosen questions: changed ones in their place, new ones at the end."""
    known = _places(text)
    lines = text.rstrip("\n").split("\n")
    kept = [item for item in chosen if item.source and item.state in {"new", "changed"}]
    changed = sorted((item for item in kept if item.id in known), key=lambda item: -known[item.id].start)
    for item in changed:
        place = known[item.id]
        rest = [""] if place.end < len(lines) else []
        lines[place.start : place.end] = [*item.source.split("\n"), *rest]
    for item in kept:
        if item.id not in known:
            bare_header = lines[-1] == "---" and "\n".join(lines).count("\n---") == 1
            lines += [*([] if bare_header else [""]), *item.source.split("\n")]
    return "\n".join(lines).rstrip("\n") + "\n"


def empty_bank(identity: str, title: str) -> str:
    """The text of a bank without questions yet."""
    return f"---\njenis: bank\nid: {identity}\njudul: {title}\n---\n"


def ids_in(texts: Mapping[str, str]) -> dict[str, str]:
    """The ids of all questions in those files, each with its file."""
    return {key: path for path, text in texts.items() for key in _ids(text)}


_HEAD_ID = re.compile(r"(?m)^##[ ]+.*\{[^{}\n]*#([A-Za-z_][A-Za-z0-9_.-]{0,63})")


def _ids(text: str) -> Iterable[str]:
    return (found[1] for found in _HEAD_ID.finditer(text))
