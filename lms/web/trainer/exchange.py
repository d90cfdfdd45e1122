"""The questions of a course travel: banks and quizzes out in other formats, with their losses told before."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from lms import clock
from lms.content.exchange.dialects import DIALECTS, Dialect
from lms.content.exchange.losses import Loss
from lms.content.questions import Question
from lms.content.sources import Source, sources_of
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.catalog.queries import Membership, QuestionFile, draft_of, question_files, working_bundle
from lms.i18n.exchange_problems import LOSS_WORDS
from lms.web.access import me
from lms.web.listing import page_of
from lms.web.trainer.forms import QuestionFileForm
from lms.web.trainer.own import course_page, own_course

exchange = Blueprint("exchange", __name__, url_prefix="/courses/<slug>/questions")


@exchange.get("")
def index(slug: str) -> str:
    """List banks and quizzes with the forms to export and to import."""
    return questions_page(own_course(slug), QuestionFileForm())


def questions_page(own: Membership, form: QuestionFileForm) -> str:
    """Render the page of exports and imports with the form as it is."""
    session = db.session()
    files = question_files(session, own.course.id)
    return course_page(
        "trainer/questions/index.html", own, "questions", form=form, files=files, dialects=DIALECTS.values(),
        banks=[_bank_name(file) for file in files if file.path.startswith("bank/")],
        draft=draft_of(session, own.course.id),
    )  # fmt: skip


def _bank_name(file: QuestionFile) -> str:
    return file.path.removeprefix("bank/").removesuffix(".md")


def _source(own: Membership) -> tuple[Source, dict[str, bytes]]:
    """Return the file that is asked for, and all files; 404 when there is none."""
    bundle = working_bundle(db.session(), own.course)
    path = request.values.get("path", "")
    found = next((one for one in sources_of(bundle) if one.path == path and one.questions), None)
    if found is None:
        abort(404)
    return found, bundle


def _dialect() -> Dialect:
    found = DIALECTS.get(request.values.get("format", ""))
    if found is None:
        abort(404)
    return found


@exchange.get("/export")
def losses(slug: str) -> str:
    """Say of each question what the format cannot hold, before any file is written."""
    own, dialect = own_course(slug), _dialect()
    source, _files = _source(own)
    lost = [(question, found) for question in source.questions if (found := dialect.losses(question))]
    whole = sum(any(loss.whole for loss in found) for _, found in lost)
    page = page_of(request.args, len(lost), 50)
    return course_page(
        "trainer/questions/export.html", own, "questions", source=source, dialect=dialect, page=page,
        lost=[(question, _words(found)) for question, found in lost[page.offset : page.offset + page.size]],
        counts=(len(source.questions) - len(lost), len(lost) - whole, whole),
    )  # fmt: skip


def _words(found: tuple[Loss, ...]) -> list[str]:
    return [str(LOSS_WORDS[loss.code]) for loss in found]


@exchange.post("/export")
def create(slug: str) -> Response:
    """Send the file. Keys are in it, so it is logged."""
    own, dialect = own_course(slug), _dialect()
    source, files = _source(own)
    session = db.session()
    record(session, "questions.exported", now=clock.now(), actor=me().id, subject=("course", own.course.id),
           path=source.path, dialect=dialect.name)  # fmt: skip
    session.commit()
    stem = source.path.removesuffix(".md").replace("/", "-")
    return _file(dialect, dialect.write(_kept(dialect, source), files), f"{slug}-{stem}.{dialect.extension}")


def _kept(dialect: Dialect, source: Source) -> list[Question]:
    return [item for item in source.questions if not any(loss.whole for loss in dialect.losses(item))]


@exchange.get("/template/<any(xlsx, csv):kind>")
def template(slug: str, kind: str) -> Response:
    """Send the empty table with its examples and explanations."""
    own_course(slug)
    dialect = DIALECTS[kind]
    return _file(dialect, dialect.template(), f"templat-soal.{dialect.extension}")


def _file(dialect: Dialect, data: bytes, name: str) -> Response:
    response = Response(data, mimetype=dialect.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
