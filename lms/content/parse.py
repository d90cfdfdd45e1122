"""The parser: from {path: bytes} to a Course, or to the problems with file and line."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from lms.content.advice import advise
from lms.content.assets import asset_problem
from lms.content.bundle import Bundle, decode, normal_text
from lms.content.checks import Places, check_course
from lms.content.course import Course, Lesson, Module, Quiz
from lms.content.course_keys import completion_of, organiser_of, supplement_of
from lms.content.freshness import advise_review
from lms.content.header import Header, check_title, claims, read, split
from lms.content.lesson import read_lesson, read_module
from lms.content.limits import MAX_ASSET
from lms.content.lines import ASSETS, cut
from lms.content.paths import ASSET_TYPES, SHARED, dropped, extension, natural_key
from lms.content.pictures import is_raster, weight
from lms.content.problems import Problem, Report, in_order
from lms.content.prose import check_prose
from lms.content.questions.question import Question
from lms.content.quiz import read_bank, read_quiz
from lms.content.vocabulary import KIND_WORDS

COURSE_FILE = "kursus.md"
MODULE_FILE = "modul.md"
_Piece = TypeVar("_Piece", Lesson, Quiz)
_IGNORED = frozenset({"readme.md", "readme.txt", "license.txt", "lisensi.txt", "license.md", "lisensi.md"})


@dataclass(frozen=True)
class Parsed:
    """What came of parsing: the course when there is no error, and every problem, warnings too.

    `banks` are the questions of its banks, those that no quiz draws too.
    """

    course: Course | None
    problems: tuple[Problem, ...]
    banks: tuple[Question, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question of the course once, in quizzes, in lessons and in banks."""
        if self.course is not None:
            yield from self.banks
            for piece in self.course.pieces():
                yield from (item for item in piece.questions() if item.path == piece.path)


def parse_course(
    bundle: Bundle, slug: str, minutes_per_jp: int = 45, *, advice: bool = False, today: date | None = None,
    organisers: Collection[str] | None = None,
) -> Parsed:  # fmt: skip
    """Read a whole course. Never raises; `minutes_per_jp` is the policy for the warning about JP.

    `advice`: a course without errors is looked at for what can be better, too; authors ask for it. With
    `today` it says, too, what has to be reviewed soon. `organisers`: keys of the institutions that the course
    may name as its organiser; where nobody knows them (None), any is taken.
    """
    return _Parser(bundle, slug, minutes_per_jp, organisers).run(advice, today)


def parse_lesson(text: str, path: str) -> Lesson:
    """Read a lesson that was valid when it was published. Raises ValueError when it is not."""
    report = Report(path)
    header = split(normal_text(text), report)
    lesson = read_lesson(header, report) if header else None
    return _valid(lesson, report)


def parse_quiz(text: str, path: str, banks: Mapping[str, str] | None = None) -> Quiz:
    """Read a quiz that was valid when it was published; `banks` are the texts of its banks by path.

    Raises ValueError when it is not valid.
    """
    report = Report(path)
    pools: dict[str, tuple[Question, ...]] = {}
    for name, source in (banks or {}).items():
        there = report.at(name)
        found = split(normal_text(source), there)
        pools[name] = read_bank(found, there) if found else ()
    header = split(normal_text(text), report)
    quiz = read_quiz(header, report, pools) if header else None
    return _valid(quiz, report)


def is_page(path: str) -> bool:
    """Whether a file of a course is a text that the parser reads."""
    return extension(path) == "md" and path.casefold() not in _IGNORED and not dropped(path)


def _valid(piece: _Piece | None, report: Report) -> _Piece:
    if piece is None or report.failed:
        first = next(report.errors())
        raise ValueError(f"{first.path}:{first.line}: {first.code}")
    return piece


class _Parser:
    def __init__(
        self, bundle: Bundle, slug: str, minutes_per_jp: int, organisers: Collection[str] | None
    ) -> None:
        self.bundle = {path: data for path, data in bundle.items() if not dropped(path)}
        self.slug, self.minutes_per_jp, self.organisers = slug, minutes_per_jp, organisers
        self.report = Report()
        self.headers: dict[str, Header] = {}
        self.kinds: dict[str, str] = {}

    def run(self, advice: bool, today: date | None) -> Parsed:
        for path in sorted(self.bundle, key=natural_key):
            self._open(path)
        course = self._course()
        if course is not None:
            places = Places(self.bundle, self.headers, self.banks, self.slug, self.minutes_per_jp)
            check_course(course, places, self.report)
            if advice and not self.report.failed:
                advise(course, self.bundle, self.headers, self.banks, self.report)
                if today is not None:
                    advise_review(course, self.headers, self.report, today)
        problems = in_order(self.report.items)
        banks = tuple(item for bank in self.banks.values() for item in bank)
        return Parsed(None if self.report.failed else course, problems, banks)

    def _open(self, path: str) -> None:
        report = self.report.at(path)
        if path.casefold() in _IGNORED:
            return
        if extension(path) == "md":
            self._open_text(path, report)
        elif extension(path) not in ASSET_TYPES:
            report.error(0, "asset_type", known=", ".join(sorted(ASSET_TYPES - {"jpeg"})))
        elif not path.startswith(ASSETS):
            report.error(0, "asset_place")
        elif len(self.bundle[path]) > MAX_ASSET:
            report.error(0, "asset_large", limit="10 MB")
        elif code := asset_problem(path, self.bundle[path]):
            report.error(0, code, type=extension(path).upper())
        elif is_raster(path) and weight(self.bundle[path]) is None:
            report.error(0, "picture_unreadable")

    def _open_text(self, path: str, report: Report) -> None:
        text = decode(self.bundle[path], report)
        header = split(text, report) if text is not None else None
        if header is None:
            return
        kind = header.kind()
        if kind is None:
            _no_kind(header, report)
        elif expected := _misplaced(path, kind):
            report.error(header.line_of("kind"), expected)
        else:
            self.headers[path], self.kinds[path] = header, kind
            check_title(header, kind, report)

    def _course(self) -> Course | None:
        self.banks = {path: read_bank(self.headers[path], self.report.at(path)) for path in self._of("bank")}
        quizzes = {
            path: read_quiz(self.headers[path], self.report.at(path), self.banks) for path in self._of("quiz")
        }
        lessons = {path: read_lesson(self.headers[path], self.report.at(path)) for path in self._of("lesson")}
        pieces: dict[str, Lesson | Quiz] = {**quizzes, **lessons}
        modules = self._modules(pieces)
        if COURSE_FILE not in self.headers:
            if COURSE_FILE not in self.bundle:
                near = next((path for path in self.bundle if path.casefold().endswith(COURSE_FILE)), "")
                code = "course_elsewhere" if near else "course_missing"
                self.report.at(COURSE_FILE).error(0, code, near=near)
            return None
        own = tuple(quizzes[path] for path in sorted(quizzes, key=natural_key) if "/" not in path)
        return self._read_course(self.headers[COURSE_FILE], modules, own, self.report.at(COURSE_FILE))

    def _of(self, kind: str) -> list[str]:
        return [path for path, found in self.kinds.items() if found == kind]

    def _modules(self, pieces: Mapping[str, Lesson | Quiz]) -> tuple[Module, ...]:
        folders = {path.rpartition("/")[0] for path in pieces} | {
            path.rpartition("/")[0] for path in self._of("module")
        }
        modules: list[Module] = []
        for folder in sorted(folders - {""}, key=natural_key):
            path = f"{folder}/{MODULE_FILE}"
            inside = [name for name in sorted(pieces, key=natural_key) if name.rpartition("/")[0] == folder]
            if path in self.headers:
                if not inside:
                    self.report.at(path).error(1, "module_empty")
                own = tuple(pieces[name] for name in inside)
                modules.append(read_module(self.headers[path], own, self.report.at(path)))
            elif path not in self.bundle:
                self.report.at(path).error(0, "module_missing")
        return tuple(modules)

    def _read_course(
        self, header: Header, modules: tuple[Module, ...], quizzes: tuple[Quiz, ...], report: Report
    ) -> Course:
        values = read(header, "course", report)
        check_prose(cut(header.body), header.body_line, report)
        uses = {
            quiz.id: quiz.use
            for quiz in (*(piece for module in modules for piece in module.pieces), *quizzes)
            if isinstance(quiz, Quiz)
        }
        return Course(
            id=values.text("id"),
            title=values.text("title"),
            language=values.text("language", "id"),
            summary=values.text("summary"),
            jp=values.number("jp") or 0,
            audience=values.items("audience"),
            authors=values.items("authors"),
            competencies=claims(values, "competencies", report),
            legal_basis=values.items("legal_basis"),
            prerequisites=values.items("prerequisites"),
            completion=completion_of(values, uses, report),
            certificate=values.yes("certificate", default=True),
            valid_months=values.number("valid_months"),
            refresh=values.text("refresh", "changed"),
            retake=values.yes("retake", default=False),
            supplement=supplement_of(values, modules, report),
            due_days=values.number("due_days"),
            evaluation=values.text("evaluation", "standar"),
            as_of=values.day("as_of"),
            licence=values.text("licence"),
            description=header.body.strip("\n"),
            modules=modules,
            quizzes=quizzes,
            review_by=values.day("review_by"),
            organiser=organiser_of(values, self.organisers, report),
        )


def _no_kind(header: Header, report: Report) -> None:
    word = header.kind_word()
    if word:
        known = ", ".join(KIND_WORDS)
        report.error(header.line_of("kind"), "value_choice", key="jenis", value=word, known=known)
    else:
        report.error(1, "kind_missing")


def _misplaced(path: str, kind: str) -> str | None:
    """The code of why a file of that kind may not lie there."""
    folder, _, name = path.rpartition("/")
    if kind == "course" or path == COURSE_FILE:
        return None if kind == "course" and path == COURSE_FILE else "place_course"
    if kind == "module" or name == MODULE_FILE:
        banks = folder in {"bank", SHARED.rstrip("/")}
        good = kind == "module" and name == MODULE_FILE and folder and "/" not in folder and not banks
        return None if good else "place_module"
    if kind == "bank" or folder in {"bank", SHARED.rstrip("/")}:
        good = kind == "bank" and folder in {"bank", SHARED.rstrip("/")}
        return None if good else "place_bank"
    if "/" in folder or folder == "aset":
        return "place_deep"
    return "place_lesson" if kind == "lesson" and not folder else None
