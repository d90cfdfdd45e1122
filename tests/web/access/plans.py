"""What the world (`world.py`) has: plans, recurring training, files that wait, the link of a mail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import uploads
from lms.domain.accounts.queries import user_with_grants
from lms.domain.assignments.actions import Grounds, attach_letter, extend
from lms.domain.assignments.models import Assignment, AssignmentException
from lms.domain.obligations.actions import Grounds as Free
from lms.domain.obligations.actions import Order as Rule
from lms.domain.obligations.actions import exempt as excuse
from lms.domain.obligations.actions import oblige
from lms.domain.obligations.models import ObligationExemption
from lms.domain.obligations.rules import Terms
from lms.domain.outside.proofs import Proof
from lms.domain.plans.actions import propose
from lms.domain.plans.rules import Draft
from lms.mail.tokens import stop_token
from tests.cast import NOW, Cast
from tests.learning import course_of
from tests.web.access.effects import of_effects
from tests.web.access.paths import of_paths

TRIAL = b'{"rows": [], "passed": 1}'
LIST = b"NIP\n199002142015032003\n1,98609E+17\n"
TABLE = b"NIP;Tanggal penilaian;Metode;M.5\n199002142015032003;01/11/2026;AC;2\n"


def plans_and_files(app: Flask, session: Session, cast: Cast) -> dict[str, str | int]:
    """Let the learner and the stranger plan something; keep a table of assessments to look at."""
    draft = Draft(2026, 4, "coaching", "Coaching arsip", 2)
    items = [
        propose(session, person, draft, today=NOW.date(), now=NOW) for person in (cast.learner, cast.stranger)
    ]
    rule = Rule(
        course_of(session).id, cast.district.id, Terms(NOW.date(), 12, 60, None, 30), basis="SE 12/2026"
    )
    made, _new = oblige(session, rule, nonce="rule", by=cast.hr_unit, now=NOW)
    foreign, _new = oblige(
        session, replace(rule, unit_id=cast.clinic.id), nonce="foreign", by=cast.bkpsdm, now=NOW
    )
    why = Free("Cuti besar", NOW.date(), "Surat 9/2026", Proof(b"%PDF-1.4 izin", "pdf"))
    office = user_with_grants(session, cast.bkpsdm.id)
    assert office is not None
    for one_rule, person in ((made, cast.learner), (foreign, cast.stranger)):
        excuse(
            session, one_rule, (person.id,), None, why, files=Path(app.instance_path) / "files", by=office,
            now=NOW,
        )  # fmt: skip
    excused = session.scalars(select(ObligationExemption.id).order_by(ObligationExemption.id)).all()
    order = session.scalars(select(Assignment).order_by(Assignment.id)).first()
    assert order is not None
    attach_letter(
        session, order, Proof(b"%PDF-1.4 surat", "pdf"), files=Path(app.instance_path) / "files",
        by=cast.bkpsdm, now=NOW,
    )  # fmt: skip
    folder = uploads.folder_of(Path(app.instance_path), cast.hr_unit.id)
    waiting, listed = uploads.keep(folder, TABLE), uploads.keep(folder, LIST)
    given = Grounds("Cuti melahirkan", "Surat 5/2026", Proof(b"%PDF-1.4 izin cuti", "pdf"))
    for one in session.scalars(select(Assignment).order_by(Assignment.id)):
        extend(
            session, one, (cast.learner.id, cast.stranger.id), NOW.date(), given,
            files=Path(app.instance_path) / "files", by=office, now=NOW,
        )  # fmt: skip
    trial = uploads.keep(uploads.folder_of(Path(app.instance_path), cast.bkpsdm.id), TRIAL)
    exceptions = session.scalars(select(AssignmentException.id).order_by(AssignmentException.id)).all()
    return {
        "plan_item": items[0].id, "plan_stranger": items[1].id, "waiting_file": waiting, "year": 2026,
        "list_file": listed, "signed_trial": trial,
        "exception": exceptions[0], "exception_stranger": exceptions[1],
        "exemption": excused[0], "exemption_stranger": excused[1],
        **of_paths(session, cast),
        "stop": stop_token(str(app.config["SECRET_KEY"]), cast.colleague.id),
        **of_effects(app, session, cast, "arsip-rapi"), "rule": made.id, "rule_stranger": foreign.id,
    }  # fmt: skip
