"""What a form says when something is missing, doubtful or kept: at the top, in the words of its labels."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import ActivationCode, User
from lms.domain.accounts.rules import rank_warnings
from lms.domain.catalog.actions import publish
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, make_bundle

SUMMARY = 'id="error-summary"'


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.mark.parametrize(
    ("who", "address", "field"),
    [
        ("trainer", "/trainer/courses", "file"),
        ("trainer", f"/trainer/courses/{SLUG}/draft", "file"),
        ("admin", "/admin/settings/emblem", "emblem"),
    ],
)
@pytest.mark.parametrize("sent", [{}, {"name": ""}])
def test_an_upload_without_a_file_is_said_at_the_top(
    client: FlaskClient,
    session: Session,
    cast: Cast,
    who: str,
    address: str,
    field: str,
    sent: dict[str, str],
) -> None:
    assert publish(session, SLUG, make_bundle(), home="desk", by=cast.trainer.id, now=NOW).version is not None
    sign_in(client, getattr(cast, who))
    data = {field: (io.BytesIO(b""), sent["name"])} if sent else {}
    answer = client.post(address, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    head, found, rest = answer.text.partition(SUMMARY)
    assert found and f'href="#{field}"' in rest
    assert head.partition("<main")[2].count("<h2") == 1  # its own: no part of the page stands above it


def test_what_was_typed_is_shown_by_its_labels(client: FlaskClient, session: Session, cast: Cast) -> None:
    person = {"name": "Encik Baru", "nip": "199002142015032003", "unit_id": "3", "employment": "pns"}
    person["zz"] = "lain"
    text = client.post("/admin/users/new", data=person).text.partition('id="kept-text"')[2]
    for words in ("Nama dengan gelar", "Encik Baru", "NIP", "Unit", "pilihan Anda", "Isian lain", "lain"):
        assert words in text
    for raw in ("unit_id", "employment", ">zz<", ">3<", ">pns<"):
        assert raw not in text
    revoked = client.post("/hr/certificates/1/revocation", data={"revoke-reason": "Data keliru"}).text
    assert "<dt>Alasan</dt>" in revoked and "revoke-reason" not in revoked.partition('id="kept-text"')[2]


def test_answers_go_by_their_number(client: FlaskClient) -> None:
    """The first question was left open; a choice is not printed by its key."""
    sent = [
        ("seen-k-01", ""), ("seen-k-02", ""), ("q-k-02", "o1"), ("flag-k-02", "1"), ("seen-k-10", ""),
        ("q-k-10", "standar layanan"), ("q-k-11:a", "meja"),
    ]  # fmt: skip
    page = client.post("/attempts/1/responses", data=dict(sent)).text
    text = page.partition('id="kept-text"')[2].partition("</dl>")[0]
    for words in ("Jawaban 2", "pilihan Anda", "Jawaban 3", "standar layanan", "Jawaban 4", "meja"):
        assert words in text
    assert "k-0" not in text and "Jawaban 1" not in text and "o1" not in text


@pytest.mark.parametrize(
    ("employment", "rank", "found"),
    [
        ("pppk", "Penata, III/c", ("rank.pns",)), ("pppk_paruh_waktu", "Juru Muda, I/a", ("rank.pns",)),
        ("pns", "Golongan IX", ("rank.pppk",)), ("cpns", "Golongan I", ("rank.pppk",)),
        ("pppk", "Golongan IX", ()), ("pns", "Penata, III/c", ()), ("pppk", None, ()), ("pns", None, ()),
        ("pppk", "tidak dikenal", ()), ("lainnya", "Penata, III/c", ()),
    ],
)  # fmt: skip
def test_which_rank_is_doubtful(employment: str, rank: str | None, found: tuple[str, ...]) -> None:
    assert rank_warnings(employment, rank) == found


@pytest.mark.parametrize(("who", "desk"), [("admin", "/admin/users"), ("bkpsdm", "/hr/staff")])
def test_a_rank_of_another_status_is_stored_and_said(
    client: FlaskClient, session: Session, cast: Cast, who: str, desk: str
) -> None:
    sign_in(client, getattr(cast, who))
    page, person = f"{desk}/{cast.learner.id}", cast.learner
    said = "Pangkat ini milik PNS. PPPK memakai golongan I sampai XVII, tanpa pangkat."
    assert said not in client.get(page).text
    form = {
        "name": person.name, "nip": person.nip or "", "email": person.email or "", "employment": "pppk",
        "rank": "Penata, III/c", "unit_id": str(person.unit_id), "position_id": str(person.position_id),
    }  # fmt: skip
    answer = client.post(f"{page}/edit", data=form)
    assert answer.status_code == 303
    assert (cast.learner.employment, cast.learner.rank) == ("pppk", "Penata, III/c")
    assert said in client.get(page).text and said in client.get(f"{page}/edit").text


def test_a_new_person_gets_the_code_at_once(client: FlaskClient, session: Session, cast: Cast) -> None:
    sign_in(client, cast.admin)
    page = client.get("/admin/users/new").text
    assert page.index("Buat akun dan tampilkan kode") < page.index("Buat akun saja")
    form = {"name": "Encik Baru", "nip": "199102142015032004", "employment": "pns", "then": "code"}
    answer = client.post("/admin/users/new", data=form)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert "Kode aktivasi untuk Encik Baru" in answer.text
    again = client.post("/admin/users/new", data=form)
    user = session.scalars(select(User).where(User.nip == form["nip"])).one()
    assert again.headers["Location"] == f"/admin/users/{user.id}"
    assert len(session.scalars(select(ActivationCode).where(ActivationCode.user_id == user.id)).all()) == 1
