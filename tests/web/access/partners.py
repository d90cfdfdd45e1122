"""Partner institutions at both desks, and a logo; the lines of the table for them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from lms import files
from lms.domain.partners.actions import add, add_author, set_logo
from lms.domain.partners.rules import Entry
from tests.cast import NOW, Cast
from tests.media import photo

#                                                    out lea str trn oth hr  hro bkp adm
PARTNERS = """
# partner institutions: BKPSDM and the admin, each at the own desk; logos for everybody
GET  hr.partners.index                               login 403 = =   =   =   =   200 403
GET  hr.partners.new                                 login 403 = =   =   =   =   200 403
POST hr.partners.create                              login 403 = =   =   =   =   422 403
GET  hr.partners.show           partner_id=partner   login 403 = =   =   =   =   200 403
GET  hr.partners.edit           partner_id=partner   login 403 = =   =   =   =   200 403
POST hr.partners.save           partner_id=partner   login 403 = =   =   =   =   422 403
POST hr.partners.save_logo      partner_id=partner   login 403 = =   =   =   =   422 403
POST hr.partners.remove_logo    partner_id=partner   login 403 = =   =   =   =   303 403
POST hr.partners.close          partner_id=partner   login 403 = =   =   =   =   303 403
POST hr.partners.reopen         partner_id=partner   login 403 = =   =   =   =   303 403
POST hr.partners.remove         partner_id=partner   login 403 = =   =   =   =   303 403
GET  admin.partners.index                            login 403 = =   =   =   =   =   200
GET  admin.partners.new                              login 403 = =   =   =   =   =   200
POST admin.partners.create                           login 403 = =   =   =   =   =   422
GET  admin.partners.show        partner_id=partner   login 403 = =   =   =   =   =   200
GET  admin.partners.edit        partner_id=partner   login 403 = =   =   =   =   =   200
POST admin.partners.save        partner_id=partner   login 403 = =   =   =   =   =   422
POST admin.partners.save_logo   partner_id=partner   login 403 = =   =   =   =   =   422
POST admin.partners.remove_logo partner_id=partner   login 403 = =   =   =   =   =   303
POST admin.partners.close       partner_id=partner   login 403 = =   =   =   =   =   303
POST admin.partners.reopen      partner_id=partner   login 403 = =   =   =   =   =   303
POST admin.partners.remove      partner_id=partner   login 403 = =   =   =   =   =   303
GET  admin.authors.new          partner_id=partner   login 403 = =   =   =   =   =   200
POST admin.authors.create       partner_id=partner   login 403 = =   =   =   =   =   422
GET  admin.authors.edit         partner_id=partner user_id=person_learner login 403 = = = = = = 404
GET  admin.authors.edit         partner_id=partner user_id=external login 403 = = = = = = 200
POST admin.authors.save         partner_id=partner user_id=person_learner login 403 = = = = = = 404
POST admin.authors.save         partner_id=partner user_id=external login 403 = = = = = = 422
GET  organisers.logo            digest=logo          login 200 = =   =   =   =   =   =
GET  organisers.logo            digest=digest        login 404 = =   =   =   =   =   =
"""


def of_partners(session: Session, cast: Cast, folder: Path) -> dict[str, str | int]:
    """An institution with a logo that no course names, and an author who is in no team."""
    entry = Entry("Universitas Contoh Bahari", "UCB", "perguruan_tinggi")
    row = add(session, entry, by=cast.bkpsdm.id, now=NOW)
    logo = files.keep(folder, photo())
    set_logo(session, row, logo, by=cast.bkpsdm.id, now=NOW)
    author = add_author(session, row, "Penulis Mitra", "penulis@ucb.example", None, by=cast.admin.id, now=NOW)
    return {"partner": row.id, "logo": logo, "external": author.id}
