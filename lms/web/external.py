"""External authors: which addresses open to people of partner institutions. What is not named here is 403.

They write the courses whose team they are in and see figures without names. Everything of staff, of other
courses and of the office is closed; what they may not do in their own courses, somebody of the city does.
"""

from __future__ import annotations

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from lms.web.access import is_public, is_signed_in, person
from lms.web.context import policy

BEGIN = frozenset({"trainer.courses.new", "trainer.courses.begin", "trainer.courses.create"})
"""Beginning a course: only where the office lets them (`external_may_begin`)."""

OPEN = frozenset(
    {
        # the own account and what is kept about it
        "account.show", "account.password", "account.change_password", "account.end_others",
        "account.end_device", "own_data.show", "own_data.file",
        "notices.index", "notices.read_all", "notices.follow",
        # files of own courses, logos
        "course_files.show", "course_files.picture", "organisers.logo",
        # writing
        "trainer.courses.index", "trainer.courses.show",
        "trainer.drafts.show", "trainer.drafts.compare", "trainer.drafts.replace", "trainer.drafts.publish",
        "trainer.drafts.drop",
        "trainer.writing.index", "trainer.writing.start", "trainer.writing.add", "trainer.writing.move",
        "trainer.writing.place", "trainer.writing.rename", "trainer.writing.remove",
        "trainer.editor.show", "trainer.editor.snippets", "trainer.editor.save", "trainer.editor.tidy",
        "trainer.editor.preview",
        "trainer.problems.show", "trainer.problems.fix",
        "trainer.question_forms.show", "trainer.question_forms.find", "trainer.question_forms.save",
        "trainer.question_forms.change",
        "trainer.saves.index", "trainer.saves.restore", "trainer.pictures.index", "trainer.pictures.create",
        "trainer.previews.index", "trainer.previews.piece", "trainer.exports.create",
        "trainer.freshness.index", "trainer.freshness.save", "trainer.freshness.put_off",
        # reviews: sent, read, answered; decided by somebody of the city
        "trainer.reviews.index", "trainer.reviews.send", "trainer.reviews.show", "trainer.reviews.file",
        "trainer.reviews.comment", "trainer.reviews.answer", "trainer.reviews.settle",
        # questions of own courses
        "trainer.bank.index", "trainer.bank.copy", "trainer.bank.create",
        "trainer.blueprints.show", "trainer.blueprints.near", "trainer.blueprints.accept",
        "trainer.exchange.index", "trainer.exchange.losses", "trainer.exchange.create",
        "trainer.exchange.template",
        "trainer.imports.create", "trainer.imports.show", "trainer.imports.write", "trainer.imports.drop",
        # learners: figures and texts, never names
        "trainer.results.index", "trainer.analysis.index", "trainer.analysis.show",
        "trainer.analysis.question", "trainer.analysis.export",
        "trainer.evaluations.show", "trainer.evaluations.export",
        "trainer.marking.index", "trainer.marking.show", "trainer.marking.save",
        "trainer.inquiries.index", "trainer.inquiries.show", "trainer.inquiries.answer",
        "trainer.inquiries.decline", "trainer.inquiries.hand", "trainer.inquiries.write",
        "trainer.inquiries.enter",
        "trainer.team.index",
    }
)  # fmt: skip


def init_external(app: Flask) -> None:
    """Close every other address to external authors, and tell templates who they are."""
    app.before_request(_check)
    app.jinja_env.globals.update(is_external=is_external)


def is_external() -> bool:
    """Tell whether the signed-in person is an author of a partner institution."""
    return is_signed_in() and person().partner_id is not None


def may_begin() -> bool:
    """Tell whether the signed-in person may begin a course: an external author only where it is allowed."""
    return not is_external() or policy().external_may_begin


def staff_only() -> None:
    """Answer 403 to an external author."""
    if is_external():
        abort(403)


def _check() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or is_public(endpoint) or not is_external() or endpoint in OPEN:
        return None
    if endpoint == "home.show":
        return redirect(url_for("trainer.courses.index"), 303)
    if endpoint in BEGIN and may_begin():
        return None
    abort(403)
