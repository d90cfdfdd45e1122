"""What people ask and are told: a notice of the learner; the lines of the table for both."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.notices.actions import tell
from lms.domain.notices.models import Notice
from tests.cast import NOW, Cast

#                                                    out lea str trn oth hr  hro bkp adm
ASKED = """
# notices
GET  notices.index                                   login 200 = =   =   =   =   =   =
POST notices.read_all                                login 303 = =   =   =   =   =   =
POST notices.follow             notice_id=notice     login 303 404 = =   =   =   =   =
"""


def asked_and_told(session: Session, cast: Cast) -> dict[str, str | int]:
    """The learner was told of an answer."""
    tell(session, [cast.learner.id], "wish.answered", about=("wish", 1), now=NOW)
    notice = session.scalars(select(Notice.id).where(Notice.user_id == cast.learner.id)).one()
    return {"notice": notice}
