"""The draft of a course: its problems, what it changes, upload, publish, discard."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.db import db
from lms.domain.catalog.actions import NotApproved, PublishedElsewhere, discard, save_draft
from lms.domain.catalog.queries import Membership, draft_bundle, draft_digests, draft_of, pieces
from lms.domain.catalog.rules import Changes, changes, piece_rows
from lms.domain.enrollments.actions import publish_course
from lms.domain.enrollments.queries import circular_titles
from lms.domain.reports.courses import reach_of
from lms.domain.reports.publishing import key_changes, touched_by
from lms.web.access import me
from lms.web.listing import page_of
from lms.web.refusals import undo
from lms.web.trainer.diffs import file_changes, file_diffs
from lms.web.trainer.forms import PublishForm, SendForm, UploadForm
from lms.web.trainer.own import (
    Checked,
    Finding,
    allow_upload,
    checked,
    course_page,
    findings_of,
    own_course,
    uploaded_bundle,
)
from lms.web.trainer.review_state import review_state

drafts = Blueprint("drafts", __name__, url_prefix="/courses/<slug>/draft")


@drafts.url_value_preprocessor
def room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let the upload of a course be large."""
    if endpoint == "trainer.drafts.replace":
        allow_upload()


@drafts.get("")
def show(slug: str) -> str:
    """Show the draft: what is wrong, what would change, and the buttons."""
    return _show(own_course(slug), UploadForm())


def _show(
    own: Membership, form: UploadForm, findings: tuple[Finding, ...] = (), *, published: bool = False
) -> str:
    """The page; `findings` are why the last upload, or the last publication, was refused."""
    session, course = db.session(), own.course
    bundle = draft_bundle(session, course.id)
    check = checked(bundle, course.slug) if bundle is not None else None
    draft = draft_of(session, course.id)
    return course_page(
        "trainer/drafts/show.html",
        own,
        "draft",
        form=form,
        findings=findings,
        published=published,
        draft=draft,
        files_changed=len(file_changes(course, draft_digests(session, draft.id))) if draft else 0,
        state=review_state(course.id, check.digest, check.files) if check else None,
        send_form=SendForm(seen=check.digest if check else ""),
        own_id=me().id,
        check=check,
        circular=_circular(course.slug, check),
        circle_text=circle_text,
        changes=_changes(own, check) if check and check.course else None,
        reach=reach_of(session, course.id),
        touched=touched_by(session, course.id),
        keys=key_changes(session, course.live_version, check.course)
        if check and check.course and course.live_version
        else [],
        publish_form=PublishForm(seen=check.digest if check else ""),
    )


def _circular(slug: str, check: Checked | None) -> list[str]:
    """Titles of courses that the text asks for and that ask for it in turn."""
    if check is None or check.course is None:
        return []
    return circular_titles(db.session(), slug, check.course.prerequisites)


def circle_text(titles: Sequence[str]) -> str:
    """Say what becomes of a circle of prerequisites."""
    return str(
        _(
            "%(courses)s: asks for this course in turn. Neither can be done first, so it is not asked of"
            " learners. Take it out of `prasyarat` in one of them.",
            courses="; ".join(titles),
        )
    )


def _changes(own: Membership, check: Checked) -> Changes | None:
    """What the draft changes against the live version; None when there is none."""
    if own.course.live_version_id is None or check.course is None:
        return None
    before = pieces(db.session(), own.course.live_version_id)
    return changes(before, piece_rows(check.course, check.files))


@drafts.get("/changes")
def compare(slug: str) -> str:
    """Show what the draft changes against the published text, file by file and line by line."""
    own, session = own_course(slug), db.session()
    draft = draft_of(session, own.course.id)
    if draft is None or own.course.live_version_id is None:
        abort(404)
    found = file_changes(own.course, draft_digests(session, draft.id))
    page = page_of(request.args, len(found))
    shown = found[page.offset : page.offset + page.size]
    return course_page("trainer/drafts/changes.html", own, "draft", diffs=file_diffs(shown), page=page)


@drafts.post("")
def replace(slug: str) -> str | Response | tuple[str, int]:
    """Take a ZIP as the new draft; one that cannot be read changes nothing."""
    own, form = own_course(slug, write=True), UploadForm()
    if not form.validate():
        return _show(own, form), 422
    bundle, findings = uploaded_bundle(form.file.data)
    if bundle is None:
        return _show(own, form, findings), 422
    session = db.session()
    try:
        save_draft(session, own.course, bundle, by=me().id, now=clock.now())
    except PublishedElsewhere:
        session.rollback()
        form.file.errors = [_("This course is written in the server's folder. Move it to the desk first.")]
        return _show(own, form), 409
    session.commit()
    flash(_("Draft stored. Learners keep reading the published version."), "ok")
    return redirect(url_for("trainer.drafts.show", slug=slug), 303)


@drafts.post("/publication")
def publish(slug: str) -> str | Response | tuple[str, int]:
    """Publish the draft that was shown, if it has no error."""
    own, session, form = own_course(slug, write=True), db.session(), PublishForm()
    bundle = draft_bundle(session, own.course.id)
    if bundle is None:
        flash(_("There is no draft to publish."), "warn")
        return redirect(url_for("trainer.drafts.show", slug=slug), 303)
    check = checked(bundle, slug)
    if check.digest != form.seen.data:
        flash(_("The draft has changed since you saw it. Look at it again, then publish."), "warn")
        return _show(own, UploadForm()), 409
    if check.course is None:
        flash(_("Nothing was published: the draft has errors."), "danger")
        return _show(own, UploadForm()), 422
    now = clock.now()
    try:
        result = publish_course(session, slug, bundle, home="desk", by=me().id, now=now)
    except PublishedElsewhere:
        session.rollback()
        flash(_("This course is written in the server's folder. Move it to the desk first."), "danger")
        return _show(own, UploadForm()), 409
    except NotApproved:
        undo()
        flash(_("Nothing was published: somebody else must approve exactly this text first."), "danger")
        return _show(own_course(slug, write=True), UploadForm()), 409
    if result.version is None:
        session.rollback()
        found = findings_of([item for item in result.problems if item.severity == "error"])
        return _show(own_course(slug, write=True), UploadForm(), found, published=True), 422
    discard(session, own.course, by=me().id, now=now)
    circular = _circular(slug, check)
    session.commit()
    if circular:
        flash(circle_text(circular), "warn")
    number = result.version.number
    if result.created:
        flash(_("Version %(number)s is published.", number=number), "ok")
    else:
        flash(_("This text is version %(number)s; it is live (again).", number=number), "ok")
    return redirect(url_for("trainer.courses.show", slug=slug), 303)


@drafts.post("/discard")
def drop(slug: str) -> Response:
    """Throw the draft away; the published version stays."""
    own, session = own_course(slug, write=True), db.session()
    if discard(session, own.course, by=me().id, now=clock.now()):
        flash(_("The draft is gone. The published version is unchanged."), "ok")
    session.commit()
    return redirect(url_for("trainer.courses.show", slug=slug), 303)
