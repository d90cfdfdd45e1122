"""What the tests of the HR desk do again and again."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms import clock, jobs_thread
from lms.db import db
from tests.cast import NOW, sign_in
from tests.unit.reports.desk import Desk


def at_desk(client: FlaskClient, desk: Desk, name: str) -> FlaskClient:
    """Sign in as one of the cast."""
    return sign_in(client, getattr(desk.cast, name))


def jobs(app: Flask) -> int:
    """Run the jobs that are due."""
    db.session.commit()
    with clock.frozen(NOW):
        return jobs_thread.run_due(app)


def text_of(answer: TestResponse) -> str:
    """The words of a page, without marks and runs of blanks."""
    plain = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", answer.text, flags=re.S)
    return " ".join(plain.split())
