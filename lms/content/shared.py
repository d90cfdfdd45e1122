"""Banks that several courses draw from: a course holds a frozen copy of each under `bersama/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lms.content.bundle import decode
from lms.content.header import check_title, claims, read, split
from lms.content.lines import asset_name, cut, links
from lms.content.paths import SHARED
from lms.content.problems import Problem, Report, in_order
from lms.content.questions.question import Question
from lms.content.quiz import read_bank
from lms.content.sources import check_kinds

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMED = re.compile(rb"(?m)^# .*\{[^}\n]*\b(?:dari|from)=\"?([^ \"}\n]+)")


@dataclass(frozen=True)
class SharedText:
    """A shared bank as read: its title, the questions without an error, and what is wrong with it.

    `competencies` are those of its header, each CODE:level.
    """

    title: str
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    competencies: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid to store it."""
        return tuple(item for item in self.problems if item.severity == "error")


def shared_path(slug: str) -> str:
    """The file under which a course holds the copy of a shared bank."""
    return f"{SHARED}{slug}.md"


def is_shared(path: str) -> bool:
    """Whether a file of a course is the copy of a shared bank: it is written elsewhere."""
    return path.startswith(SHARED)


def shared_slug(path: str) -> str:
    """The name of the shared bank that a file is a copy of."""
    return path.removeprefix(SHARED).removesuffix(".md")


def named_banks(files: Mapping[str, bytes]) -> frozenset[str]:
    """The names of the shared banks that groups of the texts draw from (`dari=bersama/nama`)."""
    words = (
        word.strip()
        for path, data in files.items()
        if path.endswith(".md") and not is_shared(path)
        for found in _NAMED.findall(data)
        for word in found.decode(errors="replace").split(",")
    )
    slugs = {shared_slug(word) for word in words if is_shared(word)}
    return frozenset(slug for slug in slugs if is_name(slug))


def is_name(slug: str) -> bool:
    """Whether a shared bank may have this name: at most 40 lower-case letters, digits and hyphens."""
    return len(slug) <= 40 and _SLUG.fullmatch(slug) is not None


def with_banks(files: Mapping[str, bytes], banks: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts with copies of those `banks` (by name) that they draw from, and no other copies of them.

    A copy of a bank that is not known here stays as it is.
    """
    wanted = named_banks(files)
    kept = {
        path: data
        for path, data in files.items()
        if not is_shared(path) or (shared_slug(path) in wanted and shared_slug(path) not in banks)
    }
    return kept | {shared_path(slug): banks[slug] for slug in sorted(wanted & banks.keys())}


def read_shared(data: bytes, slug: str, before: Mapping[str, bytes] | None = None) -> SharedText:
    """Read a shared bank. One without questions is no error: it may have been begun just now.

    Pictures are refused, since courses hold their own files; so is an id twice, and an id that stands for
    another kind of question in the text of `before`: courses would find it only when they draw from the bank.
    """
    report = Report(shared_path(slug))
    text = decode(data, report)
    header = split(text, report) if text is not None else None
    if header is None or header.kind() != "bank":
        if not report.failed:
            report.error(1, "place_bank")
        return SharedText("", (), in_order(report.items))
    check_title(header, "bank", report)
    questions = read_bank(header, report)
    values = read(header, "bank", Report())
    codes = tuple(f"{one.code}:{one.level}" for one in claims(values, "competencies", Report()))
    for link in links(cut(header.body)):
        if asset_name(link.target) is not None:
            report.error(link.line + header.body_line, "shared_picture", target=link.target)
    check_kinds(before or {}, questions, report)
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            report.error(question.line, "id_twice", id=question.id, other=report.path)
        seen.add(question.id)
    found = [item for item in report.items if item.code != "quiz_empty"]
    return SharedText(values.text("title"), questions, in_order(found), codes)


def begun_bank(slug: str, title: str, competencies: tuple[str, ...]) -> bytes:
    """The text of a shared bank that has no question yet; `competencies` are CODE:level."""
    codes = f"kompetensi: [{', '.join(competencies)}]\n" if competencies else ""
    return f"---\njenis: bank\nid: {slug}\njudul: {' '.join(title.split())}\n{codes}---\n".encode()
