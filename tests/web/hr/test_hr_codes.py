"""Activation codes: one sheet for one press."""

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock
from lms.domain.accounts.models import ActivationCode
from lms.domain.accounts.queries import code_owner
from tests.cast import NOW, grant
from tests.unit.reports.desk import Desk
from tests.web.hr.desk import at_desk, text_of


def fields(answer: TestResponse) -> dict[str, list[str]]:
    """The hidden fields of the form that makes the codes."""
    form = re.search(r'<form method="post" action="/hr/codes">.*?</form>', answer.text, re.S)
    assert form is not None
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(nonce|id)" value="([^"]+)"', form[0]):
        found.setdefault(name, []).append(value)
    return found


def printed(answer: TestResponse) -> list[str]:
    return re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b", answer.text)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ActivationCode)) or 0


def test_unit_from_preview_to_slips(client: FlaskClient, session: Session, desk: Desk) -> None:
    desk.cast.learner.password_hash = "x"
    session.commit()
    at_desk(client, desk, "hr_unit")
    assert "Kecamatan Tanjungpinang Kota" in text_of(client.get("/hr/codes"))
    preview = client.get(f"/hr/codes?unit={desk.cast.district.id}")
    assert "2 pegawai mendapat kode." in text_of(preview)
    assert count(session) == 0
    sheet = client.post("/hr/codes", data=fields(preview))
    text = text_of(sheet)
    assert sheet.status_code == 200 and sheet.headers["Cache-Control"] == "no-store"
    assert len(printed(sheet)) == 2 == count(session)
    assert "Siti" in text and "Encik Ahmad" in text and "Tengku Zahara" not in text
    assert "199403052024212017" not in text and "•••••••• •••••• • 017" in text
    assert "gurindam.example/activate" in text and "24 Desember 2026" in text
    owned = code_owner(session, printed(sheet)[0])
    assert owned is not None and owned.user.name in ("Siti", "Encik Ahmad")
    assert all(code not in client.get("/hr/codes").text for code in printed(sheet))


def test_double_click_gives_one_sheet(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    sent = fields(client.get(f"/hr/codes?unit={desk.cast.village.id}"))
    first, second = client.post("/hr/codes", data=sent), client.post("/hr/codes", data=sent)
    assert printed(first) == printed(second) != []
    assert count(session) == 2
    with clock.frozen(NOW + timedelta(minutes=10)):
        later = client.post("/hr/codes", data=sent)
    assert later.status_code == 303 and printed(later) == []
    assert "tidak ditampilkan lagi" in text_of(client.get("/hr/codes"))
    assert count(session) == 2


def test_a_new_sheet_withdraws_the_old_one(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    where = f"/hr/codes?unit={desk.cast.village.id}"
    old_form = fields(client.get(where))
    old = printed(client.post("/hr/codes", data=old_form))
    preview = client.get(where)
    assert "2 kode lama yang belum dipakai tidak berlaku lagi." in text_of(preview)
    new = printed(client.post("/hr/codes", data=fields(preview)))
    assert not set(old) & set(new)
    for text, works in ((old[0], False), (new[0], True)):
        owned = code_owner(session, text)
        assert owned is not None and (owned.code.withdrawn_at is None) is works
    assert printed(client.post("/hr/codes", data=old_form)) == []  # the old sheet comes back to nobody


def test_people_outside_the_scope_or_mightier_get_none(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    cast = desk.cast
    grant(session, cast.colleague, "bkpsdm")
    session.commit()
    at_desk(client, desk, "hr_unit")
    ids = [str(user.id) for user in (cast.learner, cast.colleague, cast.stranger)]
    preview = client.post("/hr/codes/preview", data={"id": ids})
    text = text_of(preview)
    assert "1 pegawai mendapat kode." in text and "Tidak disertakan: Siti." in text
    assert "Bulan Permatasari" not in text
    sheet = client.post("/hr/codes", data={"nonce": "n" * 22, "id": ids})
    assert len(printed(sheet)) == 1
    assert set(session.scalars(select(ActivationCode.user_id))) == {cast.learner.id}


def test_ticked_all_that_match_and_nothing(client: FlaskClient, session: Session, desk: Desk) -> None:
    at_desk(client, desk, "hr_unit")
    everybody = client.post("/hr/codes/preview", data={"all": "1", "q": "siti"})
    assert "1 pegawai mendapat kode." in text_of(everybody)
    assert client.post("/hr/codes/preview", data={}).status_code == 303
    for bad in ({}, {"id": ["1"]}, {"id": ["1"], "nonce": "short"}, {"nonce": "n" * 22, "id": ["x"]},
                {"nonce": "n" * 22, "id": [str(i) for i in range(301)]}):  # fmt: skip
        assert client.post("/hr/codes", data=bad).status_code == 303
    assert count(session) == 0


def test_two_issuers_with_one_nonce_have_their_own_codes(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    sent = {"nonce": "n" * 22, "id": [str(desk.cast.learner.id)]}
    first = printed(at_desk(client, desk, "hr_unit").post("/hr/codes", data=sent))
    second = printed(at_desk(client, desk, "bkpsdm").post("/hr/codes", data=sent))
    assert len(first) == len(second) == 1 and first != second
