"""What the tests of the HR desk do again and again."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms import clock, jobs_thread
from lms.db import db
from lms.domain.certificates.models import CertificateFile
from lms.files import path_of
from tests.cast import NOW, sign_in
from tests.unit.reports.desk import Desk


def at_desk(client: FlaskClient, desk: Desk, name: str) -> FlaskClient:
    """Sign in as one of the cast."""
    return sign_in(client, getattr(desk.cast, name))


def issued(session: Session, desk: Desk, name: str) -> bytes:
    """The PDF that was issued to somebody, before anything is added to the certificate."""
    row = session.query(CertificateFile).filter_by(certificate_id=desk.certificates[name].id).one()
    return path_of(desk.folder, row.sha256).read_bytes()


def jobs(app: Flask) -> int:
    """Run the jobs that are due."""
    db.session.commit()
    with clock.frozen(NOW):
        return jobs_thread.run_due(app)


def text_of(answer: TestResponse) -> str:
    """The words of a page, without marks and runs of blanks."""
    plain = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", answer.text, flags=re.S)
    return " ".join(plain.split())
