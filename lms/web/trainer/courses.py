"""My courses, one course, a new course from a ZIP."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from lms import clock
from lms.content.writing.starter import copied_course, empty_course, starter_course
from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.catalog.actions import SlugTaken, archive, bring_back, new_course, take_over
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import (
    approved_jp,
    approved_jps,
    changed_banks,
    courses_for_trainer,
    draft_bundle,
    draft_of,
    draft_titles,
    members,
    pieces,
    version_bundle,
    versions,
)
from lms.domain.catalog.rules import slug_of
from lms.domain.inquiries.queries import open_places
from lms.domain.inquiries.rules import crowded
from lms.domain.reports.courses import health_of
from lms.web.access import has_role, me, person, require_role
from lms.web.analysis_words import flag_title
from lms.web.context import policy
from lms.web.external import may_begin
from lms.web.refusals import undo
from lms.web.trainer.forms import ArchiveForm, NewForm, TakeOverForm, UploadForm
from lms.web.trainer.own import (
    Finding,
    allow_upload,
    checked,
    checked_live,
    course_page,
    home_word,
    own_course,
    uploaded_bundle,
)
from lms.web.trainer.weakest import weakest

courses = Blueprint("courses", __name__)


@courses.url_value_preprocessor
def room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let the upload of a course be large."""
    if endpoint == "trainer.courses.create":
        allow_upload()


@courses.get("/courses")
def index() -> str:
    """List the courses of the trainer with their health."""
    session = db.session()
    rows, now = courses_for_trainer(session, me()), clock.now()
    return render_template(
        "trainer/courses/index.html",
        rows=rows,
        health=health_of(session, [row.id for row in rows]),
        approved=approved_jps(session, [row.id for row in rows]),
        titles=draft_titles(session, [row.id for row in rows if row.title is None]),
        drafts=sum(row.draft_at is not None for row in rows),
        flagged={course for course, _lesson in _crowded([row.id for row in rows])},
        today=now,
        weak=weakest(session, rows, now),
        flag_title=flag_title,
        may_begin=has_role(person(), RoleName.TRAINER) and may_begin(),
    )


@courses.get("/new-course")
def new() -> str:
    """Ask how to begin: with an example, a course of one's own, or a ZIP."""
    require_role(RoleName.TRAINER)
    return _new(UploadForm(), _begin_form())


def _new(form: UploadForm, begin_form: NewForm, findings: tuple[Finding, ...] = ()) -> str:
    return render_template("trainer/courses/new.html", form=form, begin=begin_form, findings=findings)


def _begin_form() -> NewForm:
    form = NewForm()
    own = courses_for_trainer(db.session(), me())
    titles = draft_titles(db.session(), [row.id for row in own if row.title is None])
    copies = [
        SelectChoice(
            f"copy:{row.slug}", _("Copy of: %(title)s", title=row.title or titles.get(row.id, row.slug))
        )
        for row in own
    ]
    form.source.choices = [
        SelectChoice("example", _("A small example: a module, a lesson, a quiz")),
        SelectChoice("empty", _("Nothing but its first page")),
        *copies,
    ]
    return form


@courses.post("/new-course")
def begin() -> Response | tuple[str, int]:
    """Make a course of the desk without a ZIP, and open it for writing."""
    require_role(RoleName.TRAINER)
    form, session = _begin_form(), db.session()
    if not form.validate():
        return _new(UploadForm(), form), 422
    slug, title, author = form.slug.data, form.title.data.strip(), me()
    bundle = _bundle_to_begin(form.source.data, slug, title, author.name)
    try:
        new_course(session, slug, bundle, by=author.id, now=clock.now())
    except SlugTaken:
        undo()
        form = _begin_form()
        form.slug.errors = [_("A course with the id %(slug)s exists. Choose another id.", slug=slug)]
        return _new(UploadForm(), form), 422
    session.commit()
    return redirect(url_for("trainer.writing.index", slug=slug), 303)


def _bundle_to_begin(source: str, slug: str, title: str, author: str) -> dict[str, bytes]:
    if source == "empty":
        return empty_course(slug, title, author)
    if source == "example":
        return starter_course(slug, title, author)
    own, session = own_course(source.removeprefix("copy:")), db.session()
    live = own.course.live_version
    files = draft_bundle(session, own.course.id) or (version_bundle(session, live.id) if live else {})
    return copied_course(files, slug, title)


@courses.post("/courses")
def create() -> str | Response | tuple[str, int]:
    """Make a course of the desk from a ZIP; its text is a draft until it is published."""
    require_role(RoleName.TRAINER)
    form = UploadForm()
    if not form.validate():
        return _refused(form, ())
    bundle, findings = uploaded_bundle(form.file.data)
    if bundle is None:
        return _refused(form, findings)
    slug = slug_of(bundle)
    if slug is None:
        form.file.errors = [_("kursus.md, or the id in it, is missing or cannot be read.")]
        return _refused(form, checked(bundle, "").findings)
    session = db.session()
    try:
        new_course(session, slug, bundle, by=me().id, now=clock.now())
    except SlugTaken:
        session.rollback()
        form.file.errors = [
            _(
                "A course with the id %(slug)s exists. Change the id, or upload on that course's page.",
                slug=slug,
            )
        ]
        return _refused(form, ())
    session.commit()
    flash(_("The course is stored as a draft. Learners see nothing of it until you publish."), "ok")
    return redirect(url_for("trainer.drafts.show", slug=slug), 303)


def _refused(form: UploadForm, findings: tuple[Finding, ...]) -> tuple[str, int]:
    return _new(form, _begin_form(), findings), 422


@courses.get("/courses/<slug>")
def show(slug: str) -> str:
    """Show one course: figures, problems of its live text, versions, members."""
    return _show(slug, TakeOverForm(), ArchiveForm())


def _show(slug: str, form: TakeOverForm, archive_form: ArchiveForm) -> str:
    own, session = own_course(slug), db.session()
    course = own.course
    return course_page(
        "trainer/courses/show.html",
        own,
        "show",
        form=form,
        archive_form=archive_form,
        health=health_of(session, [course.id])[course.id],
        findings=checked_live(course.live_version, slug) if course.live_version else (),
        changed_banks=changed_banks(session, course.live_version.id) if course.live_version else [],
        versions=versions(session, course.id),
        members=members(session, course.id),
        approved=approved_jp(session, course.id),
        draft=draft_of(session, course.id),
        home=home_word(course.home),
        crowded=_crowded_lessons(course),
    )


def _crowded(course_ids: list[int]) -> Mapping[tuple[int, str], int]:
    """The lessons of courses at a place of which many questions wait."""
    return crowded(open_places(db.session(), course_ids), policy().inquiries_flag)


def _crowded_lessons(course: Course) -> list[tuple[str, int]]:
    """Titles of such lessons in the live text, with how many questions wait at one place."""
    found = _crowded([course.id])
    if not found or course.live_version_id is None:
        return []
    titles = {row.key: row.title for row in pieces(db.session(), course.live_version_id)}
    return [(titles.get(lesson, lesson), count) for (_course, lesson), count in sorted(found.items())]


@courses.post("/courses/<slug>/takeover")
def move(slug: str) -> str | Response | tuple[str, int]:
    """Move a course from the server's folder to the desk, where its text becomes a draft."""
    own, form = own_course(slug, write=True), TakeOverForm()
    if not form.validate():
        return _show(slug, form, ArchiveForm(formdata=None)), 422
    session = db.session()
    take_over(session, own.course, by=me().id, now=clock.now())
    session.commit()
    flash(_("The course is now written at this desk. Its text is open as a draft."), "ok")
    return redirect(url_for("trainer.drafts.show", slug=slug), 303)


@courses.post("/courses/<slug>/archive")
def put_away(slug: str) -> str | Response | tuple[str, int]:
    """Take a course out of the catalogue; who is under way may finish."""
    own, form, session = own_course(slug), ArchiveForm(), db.session()
    if own.role != "owner":
        abort(403)
    if not form.validate():
        return _show(slug, TakeOverForm(formdata=None), form), 422
    archive(session, own.course, reason=form.reason.data.strip(), by=me().id, now=clock.now())
    session.commit()
    flash(_("The course is archived: nobody can join. Those under way may finish."), "ok")
    return redirect(url_for("trainer.courses.show", slug=slug), 303)


@courses.post("/courses/<slug>/return")
def restore(slug: str) -> Response:
    """Put an archived course into the catalogue again."""
    own, session = own_course(slug), db.session()
    if own.role != "owner":
        abort(403)
    bring_back(session, own.course, by=me().id, now=clock.now())
    session.commit()
    flash(_("The course is in the catalogue again."), "ok")
    return redirect(url_for("trainer.courses.show", slug=slug), 303)
