"""The map of gaps of 6,000 people, the whole page; `make bench` prints the figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms import clock, create_app
from lms.cli.bench.people import add_people
from lms.db import db
from lms.domain.accounts.models import OrgUnit, User
from tests.benchmark.meter import call, measure, request
from tests.cast import NOW, grant, make_user, sign_in
from tests.conftest import settings

PEOPLE, AIM = 6000, 300.0
SLACK = 3.0
"""The run fails only beyond the aim times this: a busy machine must not."""


def test_the_map_of_a_city(
    sqlite_template: Path, static_build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "city.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    app = create_app({**settings(tmp_path, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    with clock.frozen(NOW), app.app_context():
        session = db.session()
        add_people(PEOPLE)
        unit = session.get_one(OrgUnit, session.get_one(User, 1).unit_id)
        actor = make_user(session, "Meja", "meja@gurindam.example", unit)
        grant(session, actor, "bkpsdm")
        session.commit()
        cookie = sign_in(app.test_client(), actor).get_cookie(str(app.config["SESSION_COOKIE_NAME"]))
        assert cookie is not None
        db.session.remove()
        ticket = f"{app.config['SESSION_COOKIE_NAME']}={cookie.value}"
        pages = {
            name: (app, [request("GET", url, ticket) for _ in range(5)], 200)
            for name, url in {"peta kesenjangan": "/hr/gaps", "per triwulan": "/hr/gaps/trend"}.items()
        }
        first = {name: call(app, environs[0]) for name, (app, environs, _status) in pages.items()}
        found = measure(pages, warm=1)
    with capsys.disabled():
        print(
            "\n"
            + "\n".join(
                f"{name}, {PEOPLE} orang: {one.cpu:.0f} ms CPU; sesudah perubahan {first[name].cpu:.0f} ms."
                for name, one in found.items()
            )
        )
    assert first["peta kesenjangan"].cpu <= SLACK * AIM
