"""The trainer's desk: courses, drafts, publishing, results, marking of essays."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from lms.db import db
from lms.domain.accounts.models import RoleName
from lms.domain.catalog.queries import count_due_reviews, count_reviews_for
from lms.domain.inquiries.queries import OPEN, count_inquiries
from lms.domain.regulations.queries import count_work_for
from lms.domain.reports.marking import count_waiting
from lms.web.access import desk_guard, has_role, is_signed_in, person
from lms.web.external import may_begin
from lms.web.labels import MEMBER_ROLES
from lms.web.trainer.allowances import allowances
from lms.web.trainer.analysis import analysis
from lms.web.trainer.bank import bank
from lms.web.trainer.blueprints import blueprints
from lms.web.trainer.corrections import corrections
from lms.web.trainer.courses import courses
from lms.web.trainer.drafts import drafts
from lms.web.trainer.editor import editor
from lms.web.trainer.evaluations import evaluations
from lms.web.trainer.exchange import exchange
from lms.web.trainer.exports import exports
from lms.web.trainer.freshness import freshness
from lms.web.trainer.imports import imports
from lms.web.trainer.inquiries import inquiries
from lms.web.trainer.marking import marking
from lms.web.trainer.own import today
from lms.web.trainer.pictures import pictures
from lms.web.trainer.previews import previews
from lms.web.trainer.problems import problems
from lms.web.trainer.question_forms import question_forms
from lms.web.trainer.results import results
from lms.web.trainer.reviews import reviews
from lms.web.trainer.saves import saves
from lms.web.trainer.shared_banks import shared
from lms.web.trainer.shared_text import shared_text
from lms.web.trainer.team import team
from lms.web.trainer.writing import writing

trainer = Blueprint("trainer", __name__, url_prefix="/trainer")
desk_guard(trainer, (RoleName.TRAINER, RoleName.REVIEWER))
PARTS = (
    allowances, analysis, bank, blueprints, corrections, courses, drafts, editor, evaluations, exchange,
    exports, freshness, imports, inquiries, marking, pictures, previews, problems, question_forms, results,
    reviews, saves, shared, shared_text, team, writing,
)  # fmt: skip
for part in PARTS:
    trainer.register_blueprint(part)


@trainer.context_processor
def desk() -> dict[str, object]:
    """Give the pages of the desk its name and its side list."""
    waiting = count_waiting(db.session(), person().id) if is_signed_in() else 0
    asked = count_inquiries(db.session(), person().id, OPEN) if is_signed_in() else 0
    stale = 0
    if is_signed_in():
        stale = count_work_for(db.session(), person().id)
        stale += count_due_reviews(db.session(), person().id, today())
    trains = is_signed_in() and has_role(person(), RoleName.TRAINER) and may_begin()
    begin = [("trainer.courses.new", _("New course"))] if trains else []
    reviewing = count_reviews_for(db.session(), person().id) if is_signed_in() else 0
    return {
        "desk_name": _("Trainer's desk"),
        "member_roles": MEMBER_ROLES,
        "side": [
            ("trainer.courses.index", _("My courses")),
            *begin,
            ("trainer.bank.index", _("Question bank")),
            ("trainer.marking.index", _("Marking (%(count)s)", count=waiting) if waiting else _("Marking")),
            (
                "trainer.inquiries.index",
                _("Questions of learners (%(count)s)", count=asked) if asked else _("Questions of learners"),
            ),
            (
                "trainer.reviews.index",
                _("Reviews (%(count)s)", count=reviewing) if reviewing else _("Reviews"),
            ),
            (
                "trainer.freshness.index",
                _("To be reviewed (%(count)s)", count=stale) if stale else _("To be reviewed"),
            ),
        ],
    }
