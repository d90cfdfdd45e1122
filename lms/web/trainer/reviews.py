"""Reviews of drafts: send, read as sent, remark at a line, approve or return."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import clock
from lms.content.paths import is_text
from lms.content.writing.compare import compare_whole
from lms.db import db
from lms.domain.catalog.actions import (
    Decided,
    NoDraft,
    NoSuchLine,
    OtherText,
    OwnWork,
    PublishedElsewhere,
    decide,
    remark,
    resolve,
    send_for_review,
    take_back,
)
from lms.domain.catalog.queries import (
    Membership,
    ReviewRow,
    blobs,
    draft_bundle,
    remark_by_id,
    remarks_of,
    review_files,
    review_for,
    waiting_reviews,
    writers_of,
)
from lms.domain.catalog.rules import may_decide
from lms.web.access import me
from lms.web.external import is_external
from lms.web.refusals import undo
from lms.web.trainer.diffs import as_text, file_changes, live_digests
from lms.web.trainer.forms import DecisionForm, RemarkForm, SendForm
from lms.web.trainer.own import checked, course_page, own_course

reviews = Blueprint("reviews", __name__)
ROOM = "/courses/<slug>/reviews"


@reviews.get("/reviews")
def index() -> str:
    """List the texts that wait for a review in the courses of the person."""
    return render_template("trainer/reviews/index.html", rows=waiting_reviews(db.session(), me().id))


@reviews.post(ROOM)
def send(slug: str) -> Response:
    """Send the draft that was shown for review."""
    own, session, form = own_course(slug, write=True), db.session(), SendForm()
    back = redirect(url_for("trainer.drafts.show", slug=slug, _anchor="review"), 303)
    if not form.validate():
        flash(_("Nothing was sent: the message is too long."), "danger")
        return back
    bundle = draft_bundle(session, own.course.id)
    if bundle is None or checked(bundle, slug).course is None:
        flash(_("Nothing was sent: the draft has errors. Correct them first."), "danger")
        return back
    try:
        message = (form.message.data or "").strip()
        send_for_review(
            session, own.course, seen=form.seen.data or "", message=message, by=me().id, now=clock.now()
        )
    except (OtherText, NoDraft, PublishedElsewhere):
        undo()
        flash(_("The draft has changed since you saw it. Look at it again, then send it."), "warn")
        return back
    session.commit()
    flash(_("Sent for review. You may go on writing: the reviewer reads the text as it was sent."), "ok")
    return back


def _found(slug: str, review_id: int) -> tuple[Membership, ReviewRow]:
    own = own_course(slug)
    row = review_for(db.session(), own.course.id, review_id)
    if row is None:
        abort(404)
    return own, row


def _may_decide(own: Membership, row: ReviewRow) -> bool:
    writers = writers_of(db.session(), own.course.id)
    return row.waits and not is_external() and may_decide(me().id, row.review.sent_by, writers)


@reviews.get(f"{ROOM}/<int:review_id>")
def show(slug: str, review_id: int) -> str:
    """Show a text as it was sent: its files, the remarks, the decision."""
    return _show(*_found(slug, review_id), DecisionForm())


def _show(own: Membership, row: ReviewRow, form: DecisionForm) -> str:
    files = review_files(db.session(), row.review.id)
    changes = [one for one in file_changes(own.course, files) if one.after is not None]
    known = {one.path for one in changes}
    return course_page(
        "trainer/reviews/show.html",
        own,
        "draft",
        row=row,
        form=form,
        changes=changes,
        others=[path for path in sorted(files) if path not in known and is_text(path)],
        is_text=is_text,
        remarks=remarks_of(db.session(), [row.review.id]),
        may_decide=_may_decide(own, row),
        own_id=me().id,
    )


@reviews.get(f"{ROOM}/<int:review_id>/files/<path:path>")
def file(slug: str, review_id: int, path: str) -> str:
    """Show one file as it was sent, with what differs from the published text and the remarks."""
    form = RemarkForm()
    wanted = request.args.get("line", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 7:
        form.line.data = int(wanted)
    return _file(*_found(slug, review_id), path, form)


def _file(own: Membership, row: ReviewRow, path: str, form: RemarkForm) -> str:
    session = db.session()
    digest, before = review_files(session, row.review.id).get(path), live_digests(own.course).get(path)
    if digest is None or not is_text(path):
        abort(404)
    data = blobs(session, {one for one in (digest, before) if one})
    text = as_text(data[digest])
    old = as_text(data[before]) if before else text
    return course_page(
        "trainer/reviews/file.html",
        own,
        "draft",
        row=row,
        path=path,
        form=form,
        rows=compare_whole(old, text),
        is_new=before is None,
        remarks=[one for one in remarks_of(session, [row.review.id]) if one.comment.path == path],
        own_id=me().id,
    )


@reviews.post(f"{ROOM}/<int:review_id>/files/<path:path>")
def comment(slug: str, review_id: int, path: str) -> Response | str | tuple[str, int]:
    """Write a remark at a line."""
    own, row = _found(slug, review_id)
    form, session = RemarkForm(), db.session()
    if not row.waits:
        flash(_("This review is decided; remarks go to the next one."), "warn")
        return redirect(url_for("trainer.reviews.show", slug=slug, review_id=review_id), 303)
    if not form.validate():
        return _file(own, row, path, form), 422
    line = form.line.data
    try:
        remark(session, row.review, path, line, form.text.data.strip(), by=me().id, now=clock.now())
    except NoSuchLine:
        undo()
        form.line.errors = [_("There is no such line.")]
        return _file(*_found(slug, review_id), path, form), 422
    session.commit()
    target = url_for("trainer.reviews.file", slug=slug, review_id=review_id, path=path, _anchor=f"l{line}")
    return redirect(target, 303)


@reviews.post(f"{ROOM}/<int:review_id>/remarks/<int:comment_id>")
def answer(slug: str, review_id: int, comment_id: int) -> Response:
    """Mark a remark as done, or open it again: its author, and who may write."""
    own, row = _found(slug, review_id)
    session = db.session()
    found = remark_by_id(session, row.review.id, comment_id)
    if found is None:
        abort(404)
    if not own.may_write and found.author_id != me().id:
        abort(403)
    resolve(session, found, done=request.form.get("done") == "1", by=me().id, now=clock.now())
    session.commit()
    if request.form.get("back") == "draft":
        return redirect(url_for("trainer.drafts.show", slug=slug, _anchor="review"), 303)
    return redirect(url_for("trainer.reviews.show", slug=slug, review_id=review_id, _anchor="remarks"), 303)


@reviews.post(f"{ROOM}/<int:review_id>/decision")
def settle(slug: str, review_id: int) -> Response | tuple[str, int]:
    """Approve or return the text; its writers may take it back."""
    own, row = _found(slug, review_id)
    form, session, choice = DecisionForm(), db.session(), request.form.get("decision")
    if choice not in {"approve", "return", "withdraw"}:
        form.note.errors = [_("Press one of the buttons.")]
        return _show(own, row, form), 422
    if choice == "withdraw" and not own.may_write:
        abort(403)
    note = (form.note.data or "").strip()
    if choice == "return" and not note and not remarks_of(session, [row.review.id], open_only=True):
        form.note.errors = [_("Say what is to be changed, here or as a remark at a line.")]
        return _show(own, row, form), 422
    if not form.validate():
        return _show(own, row, form), 422
    try:
        if choice == "withdraw":
            take_back(session, row.review, by=me().id, now=clock.now())
        else:
            decide(session, row.review, approve=choice == "approve", note=note, by=me().id, now=clock.now())
    except OwnWork:
        undo()
        abort(403)
    except Decided:
        undo()
        flash(_("Somebody has decided meanwhile; nothing was changed."), "warn")
        return redirect(url_for("trainer.reviews.show", slug=slug, review_id=review_id), 303)
    session.commit()
    words = {
        "approve": _("Approved. This text, and no other, may be published."),
        "return": _("Returned to its authors, with your remarks."),
        "withdraw": _("Taken back. It can be sent again at any time."),
    }
    flash(words[choice], "ok")
    return redirect(url_for("trainer.drafts.show", slug=slug), 303)
