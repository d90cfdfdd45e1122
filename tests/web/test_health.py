"""The process says whether it is alive and can serve."""

from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session


def test_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_not_ready_with_an_old_schema(client: FlaskClient, session: Session) -> None:
    head = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    answer = client.get("/readyz")
    session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})
    session.commit()
    assert answer.status_code == 503
    assert "0000" in answer.text
