"""What only the whole course can tell: ids, links, pictures, the completion rule, JP against minutes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lms.content.course import Course, Lesson, Quiz
from lms.content.header import Header
from lms.content.limits import MAX_CELLS, MAX_PAGE_CELLS
from lms.content.lines import Lines, Link, asset_name, cut, links
from lms.content.media import AUDIO, VIDEO, companions, is_media
from lms.content.paths import extension
from lms.content.problems import Report, nearest
from lms.content.questions.question import Question
from lms.content.tables import table_sizes

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_TRANSCRIPT = re.compile(r"^(?:#+|/{3,}).*trans[ck]rip", re.I | re.M)
_SAFE = ("http://", "https://", "mailto:", "tel:", "#")


@dataclass(frozen=True)
class Places:
    """What the checks look things up in."""

    bundle: Mapping[str, bytes]
    headers: Mapping[str, Header]
    banks: Mapping[str, tuple[Question, ...]]
    slug: str
    minutes_per_jp: int


def check_course(course: Course, places: Places, report: Report) -> None:
    """Report everything that needs more than one file to be seen."""
    top = report.at("kursus.md")
    header = places.headers["kursus.md"]
    if course.id and not SLUG.fullmatch(course.id):
        top.error(header.line_of("id"), "course_slug", value=course.id)
    elif course.id and places.slug and course.id != places.slug:
        top.error(header.line_of("id"), "course_folder", value=course.id, folder=places.slug)
    if not course.modules:
        top.error(1, "course_empty")
    _check_evaluation(course, header, top)
    _check_ids(course, places, report)
    _check_links(course, places, report)
    if not report.failed:
        _check_jp(course, places.minutes_per_jp, header, top)


def _check_evaluation(course: Course, header: Header, report: Report) -> None:
    surveys = [piece.id for piece in course.pieces() if isinstance(piece, Quiz) and piece.use == "survey"]
    known = ["standar", "tidak", *surveys]
    if course.evaluation not in {*known, "standard", "none"}:
        report.error(
            header.line_of("evaluation"),
            "evaluation_unknown",
            value=course.evaluation,
            known=nearest(course.evaluation, known),
        )


def _check_jp(course: Course, minutes_per_jp: int, header: Header, report: Report) -> None:
    """Warn when JP and the summed minutes differ by more than a quarter (format.md)."""
    if course.jp == 0:
        if course.certificate:
            report.warn(header.line_of("jp"), "jp_missing")
        return
    promised = course.jp * minutes_per_jp
    if abs(course.minutes - promised) > promised / 4:
        report.warn(
            header.line_of("jp"), "jp_minutes", jp=course.jp, promised=promised, minutes=course.minutes
        )


def _check_ids(course: Course, places: Places, report: Report) -> None:
    """Ids of modules, lessons and quizzes, and those of questions, are unique in the course."""
    pieces: dict[str, str] = {}
    for item in [*course.modules, *course.pieces()]:
        if item.id and item.id in pieces:
            report.at(item.path).error(
                places.headers[item.path].line_of("id"), "id_twice", id=item.id, other=pieces[item.id]
            )
        pieces.setdefault(item.id, item.path)
    for lesson in (piece for piece in course.pieces() if isinstance(piece, Lesson)):
        for check in lesson.checks:
            place = f"{lesson.path}:{check.line}"
            if check.id and check.id in pieces:
                report.at(lesson.path).error(check.line, "id_twice", id=check.id, other=pieces[check.id])
            pieces.setdefault(check.id, place)
    own = [
        question for piece in course.pieces() for question in piece.questions() if question.path == piece.path
    ]
    seen: dict[str, str] = {}
    for question in [*own, *(question for bank in places.banks.values() for question in bank)]:
        place = f"{question.path}:{question.line}"
        if question.id and seen.get(question.id, place) != place:
            report.at(question.path).error(question.line, "id_twice", id=question.id, other=seen[question.id])
        seen.setdefault(question.id, place)


def _check_links(course: Course, places: Places, report: Report) -> None:
    lessons = [piece.id for piece in course.pieces() if isinstance(piece, Lesson)]
    quizzes = [piece.id for piece in course.pieces() if isinstance(piece, Quiz)]
    used: set[str] = set()
    for path, header in places.headers.items():
        source, there = cut(header.body), report.at(path)
        _check_tables(source, header, there)
        for link in links(source):
            line = link.line + header.body_line
            if link.image and not link.text:
                there.error(line, "alt_missing", target=link.target)
            name = asset_name(link.target)
            if name is not None:
                used.add(name)
                if name not in places.bundle:
                    _no_asset(name, line, places, there)
                elif is_media(name) and link.image:
                    used |= _check_media(name, line, header.body, places, there)
            else:
                _check_target(link, line, lessons, quizzes, there)
    for lesson in (piece for piece in course.pieces() if isinstance(piece, Lesson)):
        for name in filter(None, map(asset_name, lesson.sources)):
            used.add(name)
            if name not in places.bundle:
                line = places.headers[lesson.path].line_of("sources")
                _no_asset(name, line, places, report.at(lesson.path))
    for path in places.bundle:
        if path.startswith("aset/") and path not in used and not report.at(path).failed_here:
            report.at(path).warn(0, "asset_unused")


def _check_tables(source: Lines, header: Header, report: Report) -> None:
    """Report a table, or tables of one page, that would take seconds to show."""
    total = 0
    for line, cells in table_sizes(source):
        total += cells
        if cells > MAX_CELLS:
            report.error(line + header.body_line, "table_large", cells=cells, limit=MAX_CELLS)
        elif total > MAX_PAGE_CELLS >= total - cells and header.kind() not in {"quiz", "bank"}:
            report.error(line + header.body_line, "tables_large", limit=MAX_PAGE_CELLS)


def _no_asset(name: str, line: int, places: Places, report: Report) -> None:
    known = [known for known in places.bundle if known.startswith("aset/")]
    code = "asset_missing" if known else "asset_absent"
    report.error(line, code, target=name, known=nearest(name, known))


def _check_media(name: str, line: int, body: str, places: Places, report: Report) -> set[str]:
    """The files that belong to a sound or film; warn when those who cannot hear get nothing."""
    own = {kind: next((path for path in paths if path in places.bundle), "") for kind, paths in
           companions(name).items()}  # fmt: skip
    if extension(name) in VIDEO and not own["captions"]:
        report.warn(line, "captions_missing", name=name.rpartition(".")[0])
    if extension(name) in AUDIO and not own["transcript"] and not _TRANSCRIPT.search(body):
        report.warn(line, "transcript_missing", name=name.rpartition(".")[0])
    return {path for path in own.values() if path}


def _check_target(link: Link, line: int, lessons: list[str], quizzes: list[str], report: Report) -> None:
    scheme, _, key = link.target.partition(":")
    if link.image:
        report.error(line, "image_place", target=link.target)
    elif scheme in {"materi", "lesson"}:
        if key.partition("#")[0] not in lessons:
            code = "link_lesson" if lessons else "link_lesson_none"
            report.error(line, code, target=key, known=nearest(key, lessons))
    elif scheme in {"kuis", "quiz"}:
        if key not in quizzes:
            code = "link_quiz" if quizzes else "link_quiz_none"
            report.error(line, code, target=key, known=nearest(key, quizzes))
    elif not link.target.casefold().startswith(_SAFE):
        report.error(line, "link_unsafe", target=link.target)
