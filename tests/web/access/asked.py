"""What people ask and are told: a notice of the learner; the lines of the table for both."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.places import Place
from lms.domain.catalog.queries import pieces
from lms.domain.enrollments.queries import enrollment_for
from lms.domain.inquiries.actions import answer, ask
from lms.domain.notices.actions import tell
from lms.domain.notices.models import Notice
from tests.cast import NOW, Cast
from tests.courses import SLUG

#                                                    out lea str trn oth hr  hro bkp adm
ASKED = """
# notices
GET  notices.index                                   login 200 = =   =   =   =   =   =
POST notices.read_all                                login 303 = =   =   =   =   =   =
POST notices.follow             notice_id=notice     login 303 404 = =   =   =   =   =

# questions at places of lessons
GET  inquiries.new              slug=course key=lesson login 200 404 = = =   =   =   =
POST inquiries.create           slug=course key=lesson login 422 404 = = =   =   =   =
GET  inquiries.index                                 login 200 = =   =   =   =   =   =
POST inquiries.take_back        inquiry_id=asked     login 303 404 = =   =   =   =   =
GET  trainer.inquiries.index                         login 403 = 200 200 403 =   =   =
GET  trainer.inquiries.show     inquiry_id=asked     login 403 = 200 404 403 =   =   =
POST trainer.inquiries.answer   inquiry_id=asked     login 403 = 422 404 403 =   =   =
POST trainer.inquiries.decline  inquiry_id=asked     login 403 = 422 404 403 =   =   =
POST trainer.inquiries.hand     inquiry_id=asked     login 403 = 303 404 403 =   =   =
POST trainer.inquiries.write    inquiry_id=asked     login 403 = 303 404 403 =   =   =
POST trainer.inquiries.enter    inquiry_id=asked     login 403 = 303 404 403 =   =   =
"""


def asked_and_told(session: Session, cast: Cast) -> dict[str, str | int]:
    """The learner was told of an answer, asked twice in a lesson and has one answer there."""
    enrollment = enrollment_for(session, cast.learner, SLUG)
    assert enrollment is not None
    lesson = pieces(session, enrollment.version_id)[1]
    for text in ("Mengapa begitu?", "Salah ketik."):
        at = Place("0123456789", "paragraph", "Sapa warga", 0)
        asked = ask(session, enrollment, lesson, at, kind="question", text=text, now=NOW)
        if text.startswith("Mengapa"):
            answer(session, asked, "Karena aturan.", by=cast.trainer.id, now=NOW)
    tell(session, [cast.learner.id], "wish.answered", about=("wish", 1), now=NOW)
    notice = session.scalars(select(Notice.id).where(Notice.kind == "wish.answered")).one()
    return {"notice": notice, "asked": asked.id}
