"""What addresses of the people and their structure name: an upload, an announcement, a superior."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from lms.domain.accounts.actions import set_superior
from lms.domain.accounts.models import User
from lms.domain.announcements.actions import announce
from lms.domain.imports.actions import receive
from lms.domain.imports.models import StaffImport
from tests.cast import NOW, Cast
from tests.web.access.partners import of_partners

FILE = b"NIP;Nama;Kode Unit\n199905052024211003;Encik Kasim;KEL-0101\n1,9E+17;Siti;KEL-0101\n"


def of_people(session: Session, cast: Cast, issuer: User, folder: Path) -> dict[str, str | int]:
    """A file that waits for the officer of the district, who is the superior of the learner."""
    set_superior(session, cast.learner, cast.hr_unit.nip or "", now=NOW, actor=None)
    told = announce(
        session, title="Pemeliharaan", body="Sabtu pagi.", shown_from=NOW.date(), shown_until=NOW.date(),
        unit_id=None, by=cast.bkpsdm, now=NOW,
    )  # fmt: skip
    upload = receive(session, issuer, "people", "pegawai.csv", FILE, now=NOW)
    done = StaffImport(
        user_id=issuer.id, kind="people", name="lama.csv", digest="0" * 64, created_at=NOW, applied_at=NOW,
        data=None,
        counts={"new": 0, "changed": 0, "same": 1, "refused": 0},
    )  # fmt: skip
    session.add(done)
    session.flush()
    return {
        "upload": upload.id,
        "upload_done": done.id,
        "announcement": told.id,
        **of_partners(session, cast, folder),
    }
