"""The first admin of an empty site: one command, then the code opens the account."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.accounts.models import RoleGrant, User

ADMIN = ["accounts", "admin", "admin@kota.example", "Nama Admin, S.Kom."]


def test_the_code_of_the_command_opens_the_account(app: Flask, client: FlaskClient, session: Session) -> None:
    result = app.test_cli_runner().invoke(args=ADMIN)
    assert result.exit_code == 0, result.output
    code = result.output.split(": ")[-1].strip()
    password = "sepuluh menit sehari"
    form = {"code": code, "new_password": password, "repeat": password}
    assert client.post("/activate", data=form).status_code == 303
    client.post("/logout")
    login = {"identity": "admin@kota.example", "password": password}
    assert client.post("/login", data=login).status_code == 303
    assert client.get("/admin/users").status_code == 200


def test_a_second_call_makes_no_second_person(app: Flask, session: Session) -> None:
    first = app.test_cli_runner().invoke(args=ADMIN)
    second = app.test_cli_runner().invoke(args=ADMIN)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output != second.output
    assert session.scalar(select(func.count()).select_from(User)) == 1
    assert session.scalar(select(func.count()).select_from(RoleGrant)) == 1


def test_a_wrong_address_changes_nothing(app: Flask, session: Session) -> None:
    result = app.test_cli_runner().invoke(args=["accounts", "admin", "bukan surel", "Nama"])
    assert result.exit_code == 1
    assert "email.invalid" in result.output
    assert session.scalar(select(func.count()).select_from(User)) == 0
