"""Starting the site: settings, demonstration, a second start, a taken port."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from lms import clock, create_app
from lms.cli import demo
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.accounts.rules import hash_password, verify_password
from lms.domain.certificates.models import Certificate
from lms.domain.enrollments.models import Enrollment

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {"LMS_ENV": "production", "SECRET_KEY": "k" * 40, "PUBLIC_URL": "https://belajar.example"}


def test_production_refuses_a_short_secret() -> None:
    with pytest.raises(config.ConfigError, match="too short"):
        config.load({**PRODUCTION, "SECRET_KEY": "k" * 31})


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PUBLIC_URL"])
def test_production_says_which_setting_is_missing(missing: str) -> None:
    environ = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(config.ConfigError, match=missing):
        config.load(environ)


@pytest.mark.parametrize("wanted", [{"LMS_DEMO": "1"}, {"DEMO_PASSWORD": "rahasia sekali"}])
def test_production_refuses_the_demonstration(wanted: dict[str, str]) -> None:
    assert config.load(PRODUCTION)["DEMO"] is False
    with pytest.raises(config.ConfigError, match="refuses demo data"):
        config.load({**PRODUCTION, **wanted})


def test_commands_refuse_the_demonstration_in_production(app: Flask, session: Session) -> None:
    app.config["PRODUCTION"] = True
    for command in ("load", "passwords"):
        result = app.test_cli_runner().invoke(args=["demo", command])
        assert result.exit_code == 1
        assert "refused in production" in result.output
    assert session.scalar(select(func.count()).select_from(User)) == 0


@pytest.fixture
def bare(app: Flask, tmp_path: Path) -> Flask:
    """The application without courses, so that its demonstration is loaded quickly."""
    app.config["COURSES_DIR"] = str(tmp_path / "no courses")
    return app


def test_the_demonstration_goes_into_an_empty_database_only(bare: Flask, session: Session) -> None:
    first = bare.test_cli_runner().invoke(args=["demo", "load"])
    assert first.exit_code == 0, first.output
    people = session.scalar(select(func.count()).select_from(User).where(User.is_demo))
    assert people is not None
    assert people > 40
    assert session.scalar(select(func.count()).select_from(OrgUnit)) == 64
    second = bare.test_cli_runner().invoke(args=["demo", "load"])
    assert second.exit_code == 1
    assert "has people already" in second.output
    assert session.scalar(select(func.count()).select_from(User)) == people


def test_a_start_keeps_the_password_and_a_chosen_one(
    bare: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    password = _password(demo.prepare(bare))
    kept = Path(bare.config["INSTANCE"]) / "demo_password"
    assert kept.read_text().strip() == password
    assert kept.stat().st_mode & 0o777 == 0o600
    learner = session.scalars(select(User).where(User.email == "peserta@gurindam.example")).one()
    learner.password_hash = hash_password("pilihan saya sendiri")
    session.commit()
    again = demo.prepare(bare)
    assert _password(again) == password
    assert [line for line in again if "has another password" in line] == [
        f"  {'peserta@gurindam.example':32}Tengku Zahara, A.Md. (has another password)"
    ]


def test_a_given_password_is_set_at_every_start(
    bare: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.prepare(bare)
    monkeypatch.setenv("DEMO_PASSWORD", "layar terkembang")
    assert _password(demo.prepare(bare)) == "layar terkembang"
    people = session.scalars(select(User).where(User.password_hash.is_not(None))).all()
    assert len(people) == 6
    assert all(verify_password(user.password_hash, "layar terkembang") for user in people)


def test_the_demonstration_has_lived(app: Flask, session: Session) -> None:
    (loaded, *_accounts) = demo.prepare(app)
    certificates = session.scalars(select(Certificate).order_by(Certificate.id)).all()
    assert len(certificates) > 5
    assert f"{len(certificates)} certificates" in loaded
    issued = [certificate.issued_at for certificate in certificates]
    assert issued == sorted(issued)
    assert issued[-1] <= clock.now()
    assert sum(certificate.revoked_at is not None for certificate in certificates) == 1
    learner = session.scalars(select(User).where(User.email == "peserta@gurindam.example")).one()
    assert learner.id not in {certificate.user_id for certificate in certificates}  # the way is still to go
    courses = session.scalars(select(Enrollment).where(Enrollment.user_id == learner.id)).all()
    assert any(course.completed_at is None for course in courses)
    everybody = session.scalars(select(Enrollment)).all()
    completed = [course for course in everybody if course.completed_at is not None]
    assert len(certificates) <= len(completed) < len(everybody)
    assert all(course.enrolled_at < clock.now() for course in everybody)


def test_the_password_can_be_set_back(bare: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    password = _password(demo.prepare(bare))
    learner = session.scalars(select(User).where(User.email == "peserta@gurindam.example")).one()
    learner.password_hash = hash_password("pilihan saya sendiri")
    session.commit()
    result = bare.test_cli_runner().invoke(args=["demo", "passwords"])
    assert _password(result.output.splitlines()) == password
    session.refresh(learner)
    assert verify_password(learner.password_hash, password)


def test_real_people_are_never_given_a_demonstration_password(app: Flask, session: Session) -> None:
    from tests.cast import make_cast

    make_cast(session)
    session.commit()
    assert demo.prepare(app) == []
    assert session.scalar(select(func.count()).select_from(User).where(User.password_hash.is_not(None))) == 0


def test_the_server_starts_twice_and_loses_nothing(tmp_path: Path) -> None:
    port = _free_port()
    with _running(tmp_path, port) as lines:
        assert "Demonstration loaded" in lines
        password = _password(lines.splitlines())
        assert _sign_in(port, "peserta@gurindam.example", password) == 200
        assert _sign_in(port, "peserta@gurindam.example", "bukan sandinya") != 200
        taken = subprocess.run(
            [sys.executable, "-m", "tools.run"],
            cwd=ROOT, env=_environment(tmp_path, port), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert taken.returncode == 1
        assert f"make run PORT={port + 1}" in taken.stderr
    with _running(tmp_path, port) as lines:
        assert "Demonstration loaded" not in lines
        assert _sign_in(port, "peserta@gurindam.example", password) == 200


def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path) -> None:
    environment = {**_environment(tmp_path, _free_port()), "LMS_ENV": "production"}
    run = subprocess.run(
        [sys.executable, "-m", "tools.run"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "SECRET_KEY is missing" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_application_is_made_without_a_request_context(tmp_path: Path) -> None:
    overrides = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "x", "INSTANCE": str(tmp_path)}
    assert create_app({**overrides, "JOBS_THREAD": False}).name == "lms"


def _password(lines: list[str]) -> str:
    (line,) = [line for line in lines if line.startswith("Demonstration accounts, password: ")]
    return line.rpartition(": ")[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(instance: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(instance),
        "LMS_INSTANCE": str(instance),
        "PORT": str(port),
    }


@contextmanager
def _running(instance: Path, port: int) -> Iterator[str]:
    """Run the server until the block ends; give what it printed before it listened."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tools.run"],
        cwd=ROOT, env=_environment(instance, port), stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert server.stdout is not None
    lines = []
    for line in server.stdout:
        lines.append(line)
        if line.startswith("Gurindam: http"):
            break
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
            assert answer.status == 200
        yield "".join(lines)
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
        server.stdout.close()


def _sign_in(port: int, identity: str, password: str) -> int:
    """Return the status of the page after the sign-in form was sent."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{port}/login"
    with opener.open(address, timeout=30) as page:
        form = page.read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    assert token is not None
    data = {"identity": identity, "password": password, "next": "/account", "csrf_token": token[1]}
    request = urllib.request.Request(address, urllib.parse.urlencode(data).encode(), {"Origin": address[:-6]})
    try:
        with opener.open(request, timeout=30) as answer:
            assert answer.url.endswith("/account")
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
