"""Superiors and their staff; places over time; people who leave."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.actions import close_user, set_head, set_superior
from lms.domain.accounts.models import LoginSession, Placement, User
from lms.domain.audit.models import AuditEntry
from lms.domain.settings.actions import change
from tests.cast import NOW, Cast, sign_in
from tests.web.hr.desk import text_of


def data_of(user: User, **changes: str) -> dict[str, str]:
    return {
        "name": user.name, "nip": user.nip or "", "employment": user.employment, "rank": user.rank or "",
        "unit_id": str(user.unit_id), "position_id": str(user.position_id or ""), **changes,
    }  # fmt: skip


def test_a_superior_sees_the_own_staff_and_nobody_else(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    set_head(session, cast.village, cast.trainer.nip or "", now=NOW, actor=None)
    set_superior(session, cast.colleague, cast.stranger.nip or "", now=NOW, actor=None)
    sign_in(client, cast.trainer)
    assert "Staf saya" in client.get("/profile").text
    listed = text_of(client.get("/team"))
    assert cast.learner.name in listed and cast.colleague.name not in listed
    page = text_of(client.get(f"/team/{cast.learner.id}"))
    assert "Profil kompetensi" in page and str(cast.learner.nip) not in page.replace(" ", "")
    views = session.scalars(select(AuditEntry).where(AuditEntry.verb == "staff.viewed")).all()
    assert [(view.actor_id, view.subject_id) for view in views] == [(cast.trainer.id, str(cast.learner.id))]
    for other in (cast.colleague, cast.stranger, cast.trainer):
        assert client.get(f"/team/{other.id}").status_code == 404
    sign_in(client, cast.stranger)
    assert cast.colleague.name in client.get("/team").text
    assert client.get(f"/team/{cast.learner.id}").status_code == 404
    close_user(session, cast.stranger, now=NOW, actor=cast.admin.id)
    sign_in(client, cast.trainer)
    assert client.get(f"/team/{cast.colleague.id}").status_code == 200, "the head follows a superior who left"
    sign_in(client, cast.learner)
    assert "Staf saya" not in client.get("/profile").text
    assert "Belum ada staf" in text_of(client.get("/team"))


def test_an_office_moves_a_person_from_a_day_on_and_names_the_superior(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    sign_in(client, cast.hr_unit)
    user = cast.learner
    address = f"/hr/staff/{user.id}"
    moved = data_of(user, unit_id=str(cast.district.id), since="2026-11-01", superior=cast.hr_unit.nip or "")
    with clock.frozen(NOW):
        late = client.post(f"{address}/edit", data={**moved, "since": "2026-12-01"})
        assert late.status_code == 422 and "belum tiba" in text_of(late)
        wrong = client.post(f"{address}/edit", data={**moved, "superior": "199001012015031099"})
        assert wrong.status_code == 422 and session.scalars(select(Placement)).all() == []
        own = client.post(f"{address}/edit", data={**moved, "superior": user.nip or ""})
        assert own.status_code == 422
        assert client.post(f"{address}/edit", data=moved).status_code == 303
        again = data_of(session.get_one(User, user.id), unit_id=str(cast.village.id), superior="")
        assert client.post(f"{address}/edit", data={**again, "since": "2026-11-01"}).status_code == 303
        client.post(f"{address}/edit", data={**again, "unit_id": str(cast.district.id)})
    rows = session.scalars(select(Placement).order_by(Placement.id)).all()
    assert [(row.unit_id, str(row.since)) for row in rows] == [
        (cast.village.id, "None"), (cast.village.id, "2026-11-01"), (cast.district.id, "2026-11-24"),
    ], "a slip of the same day is corrected, a later move is added"  # fmt: skip
    text = text_of(client.get(address))
    assert (
        "Unit dan jabatan dari waktu ke waktu" in text and "1 November 2026" in text and "sebelumnya" in text
    )


def test_who_leaves_is_closed_and_kept(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.learner)
    sign_in(client, cast.hr_unit)
    address = f"/hr/staff/{cast.learner.id}"
    client.post(f"{address}/close", data={"reason": "no such"})
    assert session.get_one(User, cast.learner.id).closed_at is None
    assert client.post(f"{address}/close", data={"reason": "retired"}).status_code == 303
    assert session.get_one(User, cast.learner.id).closed_at is not None
    ends = session.scalars(select(LoginSession.ended_at).where(LoginSession.user_id == cast.learner.id)).all()
    assert ends and None not in ends
    client.get(address)  # the message is read
    assert cast.learner.name not in client.get("/hr/staff").text
    left = text_of(client.get("/hr/staff/left"))
    assert cast.learner.name in left and "Pensiun" in left
    assert client.get(address).status_code == 200 and client.get(f"{address}/edit").status_code == 403
    client.post(f"{address}/reopen")
    assert session.get_one(User, cast.learner.id).closed_at is None
    own = f"/hr/staff/{cast.hr_unit.id}/close"
    assert client.post(own, data={"reason": "retired"}).status_code == 403
    strange = f"/hr/staff/{cast.stranger.id}/close"
    assert client.post(strange, data={"reason": "retired"}).status_code == 404


def test_the_admin_names_the_head_of_a_unit(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.admin)
    address = f"/admin/units/{cast.village.id}"
    assert client.post(f"{address}/head", data={"head": "199001012015031099"}).status_code == 422
    assert client.post(f"{address}/head", data={"head": cast.trainer.email}).status_code == 303
    assert cast.trainer.name in text_of(client.get(address))
    client.post(f"{address}/head", data={"head": ""})
    assert "Belum ada yang tercatat" in text_of(client.get(address))


def test_error_pages_name_the_contact_of_the_office(
    client: FlaskClient, session: Session, cast: Cast
) -> None:
    sign_in(client, cast.learner)
    assert "Hubungi kepegawaian" not in client.get("/tidak-ada").text
    change(session, {"help_contact": "BKPSDM, WA 0812"}, by=cast.admin.id, now=NOW)
    assert "Hubungi kepegawaian: BKPSDM, WA 0812" in client.get("/tidak-ada").text
    sign_in(client, None)
    assert "BKPSDM, WA 0812" in client.get("/login").text
