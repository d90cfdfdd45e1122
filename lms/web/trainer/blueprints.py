"""What quizzes are made of, and wrong answers that nearly were right: pages for authors."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms import clock
from lms.content.blueprint import plan_of, uncovered, untested_modules
from lms.content.bundle import normal_text
from lms.content.course import Quiz
from lms.content.questions import Question
from lms.content.questions.near import near_miss, typed_parts
from lms.content.sources import sources_of
from lms.content.writing.variants import accept_variant
from lms.db import db
from lms.domain.audit.actions import record
from lms.domain.catalog.actions import ChangedMeanwhile, PublishedElsewhere, begin_draft, save_file
from lms.domain.catalog.queries import Membership, draft_of, working_bundle
from lms.domain.reports.questions import Typed, answered, typed_answers
from lms.web.access import me
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.own import checked, course_page, own_course
from lms.web.trainer.question_words import DIFFICULTIES, QUESTION_KINDS

blueprints = Blueprint("blueprints", __name__, url_prefix="/courses/<slug>/questions")
MISSES = {
    "signs": _l("only signs or spaces differ"),
    "unit": _l("the unit is missing or added"),
    "spelling": _l("a letter or two differ"),
}


@blueprints.get("/blueprint")
def show(slug: str) -> str:
    """Show for each quiz its questions by competency, kind and difficulty, its pools, what is untested."""
    own, session = own_course(slug), db.session()
    bundle = working_bundle(session, own.course)
    check = checked(bundle, slug) if bundle else None
    course = check.course if check else None
    quizzes = (
        [one for one in course.pieces() if isinstance(one, Quiz) and one.use != "survey"] if course else []
    )
    wanted = {(own.course.id, item.id) for quiz in quizzes for item in quiz.questions()}
    figures = answered(session, wanted, {quiz.id for quiz in quizzes})
    facilities = {key: figure.facility for (_course, key), figure in figures.items()}
    return course_page(
        "trainer/questions/blueprint.html", own, "questions", text=course, check=check,
        plans=[plan_of(quiz, facilities) for quiz in quizzes], kinds=QUESTION_KINDS,
        difficulties=DIFFICULTIES,
        uncovered=uncovered(course) if course else (), untested=untested_modules(course) if course else (),
        draft=draft_of(session, own.course.id),
    )  # fmt: skip


@dataclass(frozen=True)
class Miss:
    """An answer given often that is close to a key: of which question, how it misses, which key.

    `place` is the id of the question, or "id:gap" for a gap of it.
    """

    path: str
    place: str
    question: Question
    typed: Typed
    how: str
    key: str


def _misses(own: Membership) -> list[Miss]:
    """Return the near misses of a course, the most frequent first."""
    session = db.session()
    sources = sources_of(working_bundle(session, own.course))
    asked = {
        place: (one.path, part)
        for one in sources
        for item in one.questions
        for place, part in typed_parts(item)
    }
    given = typed_answers(session, own.course.id, {part.id for _path, part in asked.values()})
    found = []
    for place, (path, question) in asked.items():
        for typed in given.get(place, ()):
            miss = near_miss(question, typed.text)
            if miss:
                found.append(Miss(path, place, question, typed, *miss))
    return sorted(found, key=lambda miss: -miss.typed.count)


@blueprints.get("/near-misses")
def near(slug: str) -> str:
    """List wrong short answers that were given at least twice and are close to a key."""
    return _near(own_course(slug))


def _near(own: Membership) -> str:
    found = _misses(own)
    page = page_of(request.args, len(found))
    return course_page(
        "trainer/questions/near.html", own, "questions", page=page, words=MISSES,
        misses=found[page.offset : page.offset + page.size],
    )  # fmt: skip


@blueprints.post("/near-misses")
def accept(slug: str) -> str | Response | tuple[str, int]:
    """Write an answer as one more accepted one into the draft; no published text changes."""
    own, session = own_course(slug, write=True), db.session()
    key, text = request.form.get("key", ""), request.form.get("text", "")
    miss = next((one for one in _misses(own) if (one.place, one.typed.text) == (key, text)), None)
    if miss is None:
        flash(_("That answer is not in the list any more."), "warn")
        return _near(own), 422
    data = working_bundle(session, own.course)[miss.path]
    now = clock.now()
    try:
        written = accept_variant(normal_text(data.decode()), key, text)
        begin_draft(session, own.course, by=me().id, now=now)
        save_file(session, own.course, miss.path, written.encode(), base=sha256(data).hexdigest(), by=me().id,
                  now=now)  # fmt: skip
    except (LookupError, ChangedMeanwhile, PublishedElsewhere):
        undo()
        flash(_("The text could not be changed: it was saved by somebody else, or is written in the server's"
                " folder."), "danger")  # fmt: skip
        return _near(own_course(slug)), 409
    record(session, "question.variant", now=now, actor=me().id, subject=("course", own.course.id), key=key,
           text=text[:100])  # fmt: skip
    session.commit()
    flash(_("“%(text)s” is accepted in the draft. It counts once the draft is published.", text=text), "ok")
    return redirect(url_for("trainer.blueprints.near", slug=slug), 303)
