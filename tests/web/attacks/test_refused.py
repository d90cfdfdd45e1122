"""An act that is refused half-way leaves nothing, neither in the database nor on the page shown again."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.certificates.models import Certificate
from tests.cast import NOW
from tests.web.access.world import World

HALF = "Setengah Jadi"


def refused_half_way(session: Session, row: User | Certificate, *_args: Any, **_options: Any) -> None:
    """Write a part, then refuse."""
    if isinstance(row, User):
        row.name = HALF
    else:
        row.revoked_at, row.revoked_by, row.revoked_reason = NOW, row.user_id, HALF
    session.flush()
    raise Refused("identity.taken", "nip") if isinstance(row, User) else Refused("certificate.reason")


EDIT = {"name": "Tengku Zahara Baru", "nip": "199002142015032003", "employment": "pns"}


@pytest.mark.parametrize(
    ("actor", "module", "act", "page", "form", "typed"),
    [
        ("hr", "lms.web.hr.staff_changes", "edit_user", "/hr/staff/{person_learner}/edit",
         {**EDIT, "unit_id": "{village}"}, "Tengku Zahara Baru"),
        ("admin", "lms.domain.accounts.actions", "edit_user", "/admin/users/{person_learner}/edit",
         {**EDIT, "unit_id": "{village}"}, "Tengku Zahara Baru"),
        ("bkpsdm", "lms.domain.certificates.actions", "revoke",
         "/hr/certificates/{certificate}/revocation", {"revoke-reason": "Alasan yang diketik"},
         "Alasan yang diketik"),
        ("bkpsdm", "lms.domain.certificates.actions", "replace",
         "/hr/certificates/{certificate}/replacement", {"replace-reason": "Alasan yang diketik"},
         "Alasan yang diketik"),
    ],
)  # fmt: skip
def test_the_form_comes_back_and_nothing_stays(
    office: World, monkeypatch: pytest.MonkeyPatch, actor: str, module: str, act: str, page: str,
    form: dict[str, str], typed: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys.modules[module], act, refused_half_way)
    before = office.facts(frozenset({"throttle_count"}))
    data = {name: value.format(**office.things) for name, value in form.items()}
    answer = office.ask(actor, "POST", page.format(**office.things), data, fresh=False)
    assert answer.status_code == 422
    assert typed in answer.text
    assert HALF not in answer.text
    assert office.facts(frozenset({"throttle_count"})) == before
