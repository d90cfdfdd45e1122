"""Institutions: their keys, what is refused, what is never removed, who names them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lms.domain.accounts.actions import Refused
from lms.domain.audit.models import AuditEntry
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import (
    CatalogueFilter,
    catalogue,
    count_organised,
    organised_by,
    organisers_for,
    was_named,
)
from lms.domain.partners.actions import add, close, edit, remove, reopen
from lms.domain.partners.models import Partner
from lms.domain.partners.queries import find_partners
from lms.domain.partners.rules import Entry, key_from
from tests.cast import NOW, Cast
from tests.courses import SLUG, make_bundle

ENTRY = Entry("Universitas Contoh Bahari", "UCB", "perguruan_tinggi", email="Diklat@UCB.example")


def bundle_of(key: str) -> dict[str, bytes]:
    """The small course with an organiser."""
    files = make_bundle()
    files["kursus.md"] = files["kursus.md"].replace(
        b"prasyarat:", f"penyelenggara: {key}\nprasyarat:".encode()
    )
    return files


@pytest.mark.parametrize(
    ("short", "key"),
    [("UCB", "ucb"), ("Ikatan  Widyaiswara", "ikatan-widyaiswara"), ("Bahari é", "bahari-e"), ("2 Kota", ""),
     ("U", ""), ("汉", ""), ("a" * 60, "a" * 40)],
)  # fmt: skip
def test_a_key_follows_from_the_short_name(short: str, key: str) -> None:
    assert key_from(short) == key


def test_an_institution_is_added_once_and_edited(session: Session, cast: Cast) -> None:
    row = add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)
    assert (row.key, row.email) == ("ucb", "diklat@ucb.example")
    assert add(session, ENTRY, by=cast.bkpsdm.id, now=NOW).id == row.id
    assert not edit(session, row, ENTRY, by=cast.admin.id, now=NOW)
    assert edit(session, row, replace(ENTRY, key="lain", phone="0771 000"), by=cast.admin.id, now=NOW)
    assert (row.key, row.phone) == ("ucb", "0771 000")
    verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_kind == "partner")).all()
    assert verbs == ["partner.added", "partner.edited"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [({"name": " "}, "text.length", "name"), ({"name": "x" * 161}, "text.length", "name"),
     ({"short_name": ""}, "text.length", "short_name"), ({"kind": "warung"}, "partner.kind", "kind"),
     ({"email": "bukan surel"}, "email.invalid", "email"), ({"key": "Dua Kata"}, "partner.key", "key"),
     ({"key": "1a"}, "partner.key", "key"), ({"short_name": "汉"}, "partner.key", "key"),
     ({"key": "UCB"}, "partner.taken", "key"), ({"name": "universitas contoh bahari", "key": "x1"},
                                                "partner.taken", "name")],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    session: Session, cast: Cast, change: dict[str, str], code: str, field: str
) -> None:
    add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)
    other = Entry("Ikatan Contoh", "IC", "organisasi_profesi")
    with pytest.raises(Refused) as refused:
        add(session, replace(other, **change), by=cast.bkpsdm.id, now=NOW)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert len(find_partners(session, closed=True)) == 1


def test_a_course_names_an_institution_by_its_key(session: Session, cast: Cast) -> None:
    none = publish(session, SLUG, bundle_of("ucb"), home="disk", by=None, now=NOW)
    assert none.version is None
    assert [(one.code, one.path, one.line) for one in none.problems] == [("organiser_none", "kursus.md", 14)]
    row = add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)
    typed = publish(session, SLUG, bundle_of("ucbb"), home="disk", by=None, now=NOW)
    assert [(one.code, one.params["known"]) for one in typed.problems] == [("organiser_unknown", "ucb")]
    done = publish(session, SLUG, bundle_of("ucb"), home="disk", by=None, now=NOW)
    assert done.version is not None and done.version.partner_id == row.id
    assert [one.organiser for one in catalogue(session, CatalogueFilter())] == ["Universitas Contoh Bahari"]
    assert [one.slug for one in organised_by(session, row.id)] == [SLUG]
    assert count_organised(session) == {row.id: 1}


def test_a_closed_one_stays_with_its_courses_and_is_offered_to_no_other(session: Session, cast: Cast) -> None:
    row = add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)
    publish(session, SLUG, bundle_of("ucb"), home="disk", by=None, now=NOW)
    assert close(session, row, by=cast.admin.id, now=NOW) and not close(
        session, row, by=cast.admin.id, now=NOW
    )
    assert organisers_for(session, SLUG) == {"ucb": row.id}
    assert organisers_for(session, "lain") == {}
    mended = bundle_of("ucb")
    mended["kursus.md"] += b"\nKalimat baru.\n"
    again = publish(session, SLUG, mended, home="disk", by=None, now=NOW)
    assert again.version is not None and again.version.partner_id == row.id
    assert find_partners(session) == [] and find_partners(session, "bahari ucb", closed=True) == [row]
    assert reopen(session, row, by=cast.admin.id, now=NOW) and not reopen(
        session, row, by=cast.admin.id, now=NOW
    )


def test_what_a_course_names_is_never_removed(session: Session, cast: Cast) -> None:
    free = add(session, Entry("Ikatan Contoh", "IC", "organisasi_profesi"), by=cast.admin.id, now=NOW)
    row = add(session, ENTRY, by=cast.bkpsdm.id, now=NOW)
    publish(session, SLUG, bundle_of("ucb"), home="disk", by=None, now=NOW)
    publish(session, SLUG, make_bundle(), home="disk", by=None, now=NOW)
    session.commit()
    assert organised_by(session, row.id) == [] and was_named(session, row.id)  # an earlier version names it
    with pytest.raises(Refused, match="partner.used"):
        remove(session, row, by=cast.admin.id, now=NOW)
    session.rollback()
    assert not was_named(session, free.id)
    remove(session, free, by=cast.admin.id, now=NOW)
    session.commit()
    assert session.scalars(select(Partner.key)).all() == ["ucb"]
    with pytest.raises(IntegrityError):
        session.delete(session.get_one(Partner, row.id))
        session.flush()
    session.rollback()
    assert session.scalars(select(CourseVersion.partner_id).order_by(CourseVersion.number)).all() == [
        row.id,
        None,
    ]
