"""What the index of a version says: pieces with minutes and weight, what counts, what changed."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import chain
from typing import Any, Protocol

from lms.content.bundle import Bundle, decode
from lms.content.course import CompletionRule, Course, Lesson, Module, Quiz
from lms.content.freshness import review_days
from lms.content.header import ID, read, split
from lms.content.media import companions, is_media
from lms.content.parse import COURSE_FILE
from lms.content.paths import extension
from lms.content.pictures import is_raster, weight
from lms.content.problems import Report
from lms.domain.accounts.models import RoleName

COUNTING_USES = frozenset({"quiz", "exam"})
"""Uses of a quiz that count when a course asks for all quizzes; practice, pre-test and survey do not."""
WRITERS = frozenset({"owner", "author"})
"""Roles of a member that may change and publish a course; a reviewer reads."""
ROLES_NEEDED: dict[str, tuple[RoleName, ...]] = {
    "owner": (RoleName.TRAINER,), "author": (RoleName.TRAINER,),
    "reviewer": (RoleName.TRAINER, RoleName.REVIEWER),
}  # fmt: skip
"""Role of a member -> roles of which a person must hold one; they open the trainers' desk."""
IMAGES = frozenset({"png", "jpg", "jpeg", "webp", "gif", "svg"})
FRAME_BYTES = 5_000
"""What a page costs on the wire besides its own text: the compressed frame, menus and buttons."""
MAX_WORDS = 8


@dataclass(frozen=True)
class PieceRow:
    """An index row before it is stored; `digest` is equal when a learner would see the same."""

    kind: str
    key: str
    title: str
    path: str
    digest: str
    module_key: str | None
    minutes: int
    size_bytes: int
    required: bool
    finish: str = "read"
    use: str | None = None
    questions: int = 0


def piece_rows(course: Course, bundle: Bundle) -> list[PieceRow]:
    """Return modules, lessons and quizzes in reading order: course pre-tests, modules, course quizzes."""
    rows = [_piece(quiz, None, course, bundle) for quiz in course.quizzes if quiz.use == "pretest"]
    for module in course.modules:
        inside = [_piece(piece, module.id, course, bundle) for piece in module.pieces]
        rows += [_module(module, inside, bundle), *inside]
    rows += [_piece(quiz, None, course, bundle) for quiz in course.quizzes if quiz.use != "pretest"]
    return rows


def _module(module: Module, inside: Sequence[PieceRow], bundle: Bundle) -> PieceRow:
    return PieceRow(
        kind="module", key=module.id, title=module.title, path=module.path,
        digest=_digest([bundle.get(module.path, b"")]), module_key=None,
        minutes=sum(row.minutes for row in inside), size_bytes=sum(row.size_bytes for row in inside),
        required=False, finish=module.open,
    )  # fmt: skip


def _piece(piece: Lesson | Quiz, module_key: str | None, course: Course, bundle: Bundle) -> PieceRow:
    sources = [bundle[path] for path in _sources(piece)]
    own = [path for path in piece.assets if path in bundle]
    beside = [found for path in own if is_media(path) if (found := _companions(path, bundle))]
    assets = [bundle[path] for path in [*own, *chain(*beside)]]
    posters = [path for path in chain(*beside) if extension(path) in IMAGES]
    shown = [(path, bundle[path]) for path in [*own, *posters] if extension(path) in IMAGES]
    pictures = sum(_weight(path, data) for path, data in shown)
    size = FRAME_BYTES + sum(_wire(data) for data in sources) + pictures
    if isinstance(piece, Lesson):
        return PieceRow(
            kind="lesson", key=piece.id, title=piece.title, path=piece.path, digest=_digest(sources + assets),
            module_key=module_key, minutes=piece.minutes, size_bytes=size,
            required=course.completion.all_lessons, finish=piece.finish,
        )  # fmt: skip
    return PieceRow(
        kind="quiz", key=piece.id, title=piece.title, path=piece.path, digest=_digest(sources + assets),
        module_key=module_key, minutes=piece.minutes, size_bytes=size,
        required=quiz_required(piece, course.completion), finish="pass" if piece.pass_mark else "submit",
        use=piece.use, questions=sum(pool.drawn for pool in piece.pools),
    )  # fmt: skip


def _companions(path: str, bundle: Bundle) -> list[str]:
    """The captions, transcript and picture that a sound or film has in the course."""
    found = (next((name for name in names if name in bundle), "") for names in companions(path).values())
    return [name for name in found if name]


def bank_paths(quiz: Quiz) -> list[str]:
    """Return the files besides its own that a quiz takes questions from."""
    return sorted({question.path for question in quiz.questions()} - {quiz.path})


def _sources(piece: Lesson | Quiz) -> list[str]:
    return [piece.path, *bank_paths(piece)] if isinstance(piece, Quiz) else [piece.path]


def quiz_required(quiz: Quiz, rule: CompletionRule) -> bool:
    """Tell whether the quiz must be passed: it is named, or all quizzes count and it is one that does."""
    return quiz.id in rule.quizzes or (rule.all_quizzes and quiz.use in COUNTING_USES)


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for data in parts:
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


def _wire(data: bytes) -> int:
    return len(zlib.compress(data, 6))


def _weight(path: str, data: bytes) -> int:
    """Bytes of a picture on the wire; drawings are sent compressed, photographs as a page shows them."""
    if extension(path) == "svg":
        return _wire(data)
    return (weight(data) if is_raster(path) else None) or len(data)


def header_of(course: Course) -> dict[str, Any]:
    """Return what the page of a course prints and no list searches, as plain JSON values."""
    rule = course.completion
    return {
        "authors": list(course.authors),
        "organiser": course.organiser,
        "audience": list(course.audience),
        "legal_basis": list(course.legal_basis),
        "prerequisites": list(course.prerequisites),
        "completion": {
            "all_lessons": rule.all_lessons, "all_quizzes": rule.all_quizzes, "quizzes": list(rule.quizzes),
        },
        "refresh": course.refresh,
        "retake": course.retake,
        "supplement": list(course.supplement),
        "evaluation": course.evaluation,
        "licence": course.licence,
        "review_by": {key: day.isoformat() for key, day in review_days(course).items()},
        "as_of": course.as_of.isoformat() if course.as_of else None,
        "description": course.description,
        "aims": {module.id: list(module.aims) for module in course.modules},
        "quizzes": {
            quiz.id: {"pass_mark": quiz.pass_mark, "attempts": quiz.attempts, "minutes": quiz.minutes_limit}
            for quiz in course.pieces() if isinstance(quiz, Quiz)
        },
    }  # fmt: skip


class Indexed(Protocol):
    """What comparing needs of a row, stored or not."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def digest(self) -> str: ...


@dataclass(frozen=True)
class Changes:
    """What differs between two versions, as titles in reading order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.reordered)


def changes(before: Sequence[Indexed], after: Sequence[Indexed]) -> Changes:
    """Compare the index rows of two versions by key; a renamed file or a moved piece is no new piece."""
    old = {row.key: row for row in before}
    new = {row.key: row for row in after}
    kept = [row.key for row in before if row.key in new]
    return Changes(
        added=tuple(row.title for row in after if row.key not in old),
        changed=tuple(
            row.title for row in after
            if row.key in old and (row.digest, row.title, row.kind)
            != (old[row.key].digest, old[row.key].title, old[row.key].kind)
        ),
        removed=tuple(row.title for row in before if row.key not in new),
        reordered=kept != [row.key for row in after if row.key in old],
    )  # fmt: skip


def nearest_word(word: str, texts: Iterable[str]) -> str | None:
    """Return the word of the texts that is most like a word without a result, if one is like it."""
    known = {part.lower() for text in texts for part in re.findall(r"[^\W\d_]{3,}", text)}
    close = get_close_matches(word.lower()[:60], sorted(known), n=1, cutoff=0.72)
    return close[0] if close else None


@dataclass(frozen=True)
class Issue:
    """A version in the history that travels with an export. `by` is a name, empty for the server itself."""

    number: int
    day: date
    by: str
    digest: str


HISTORY_FILE = "riwayat.txt"
"""Written by exports, dropped by imports: it would change the digest."""


def history_text(slug: str, live: int | None, jp: int | None, issues: Sequence[Issue]) -> bytes:
    """Return the history of a course as a text file of the format (Indonesian), newest version first."""
    hours = f"{jp} JP disetujui" if jp is not None else "JP belum disetujui"
    lines = [
        f"Riwayat pelatihan {slug}",
        hours,
        "Berkas ini ditulis saat ekspor dan diabaikan saat impor.",
        "",
    ]
    for issue in issues:
        mark = " (yang tampil)" if issue.number == live else ""
        by = f" oleh {issue.by}" if issue.by else ""
        lines.append(f"Versi {issue.number}{mark}: {issue.day.isoformat()}{by}, {issue.digest}")
    return ("\n".join(lines) + "\n").encode()


@dataclass(frozen=True)
class Word:
    """A word of a search and the competency codes it means (by code or by name)."""

    text: str
    codes: frozenset[str] = field(default_factory=frozenset)


def search_words(text: str, competencies: Mapping[str, str]) -> tuple[Word, ...]:
    """Cut a search into at most eight words; `competencies` maps code to name."""
    found = []
    for word in re.findall(r"[^\s\"“”]+", text.lower())[:MAX_WORDS]:
        codes = {code for code, name in competencies.items() if word in code.lower() or word in name.lower()}
        found.append(Word(word[:60], frozenset(codes)))
    return tuple(found)


def like_pattern(word: str) -> str:
    """Return a LIKE pattern (escape character: backslash) that finds the word anywhere."""
    escaped = re.sub(r"([\\%_])", r"\\\1", word)
    return f"%{escaped}%"


def title_of(data: bytes) -> str:
    """Return the title that a course file says, "" when it cannot be read."""
    report = Report(COURSE_FILE)
    text = decode(data, report)
    header = split(text, report) if text else None
    if header is None or header.kind() != "course":
        return ""
    return read(header, "course", report).text("title")


def slug_of(bundle: Bundle) -> str | None:
    """Return the id that the course file names, or None when it cannot be read."""
    report = Report(COURSE_FILE)
    text = decode(bundle.get(COURSE_FILE, b""), report)
    header = split(text, report) if text else None
    if header is None or header.kind() != "course":
        return None
    slug = read(header, "course", report).text("id")
    return slug if ID.fullmatch(slug) else None
