"""Uploads through a real connection: the answer arrives, whatever their size."""

from __future__ import annotations

import http.client
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from lms import create_app
from lms.db import db
from tests.conftest import settings
from tests.web.access.world import World, build

MB = 1024 * 1024
EDGE = b"--edge"


@pytest.fixture(scope="module")
def site(
    sqlite_template: Path, static_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, World]]:
    """The office, listening on a port, with form tokens asked for."""
    folder = tmp_path_factory.mktemp("uploads")
    path = folder / "office.sqlite3"
    shutil.copyfile(sqlite_template, path)
    given = {**settings(folder, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)}
    app = create_app({**given, "WTF_CSRF_ENABLED": True})
    world = build(app, path, folder / "kept.sqlite3")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, world
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def send(port: int, path: str, name: str, size: int, cookie: str = "") -> tuple[int, str]:
    """Upload a file of so many bytes; return status and text of the answer."""
    head = f'\r\nContent-Disposition: form-data; name="{name}"; filename="a.pdf"\r\n\r\n%PDF-'.encode()
    body = EDGE + head + b"x" * (size - 5) + b"\r\n" + EDGE + b"--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "multipart/form-data; boundary=edge", "Cookie": cookie}
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("size", "status"),
    [(MB // 2, 200), (2 * MB, 200), (4 * MB, 200), (5 * MB, 200), (6 * MB, 413), (20 * MB, 413)]
)  # fmt: skip
def test_anybody_compares_a_pdf_of_up_to_5_mb(site: tuple[int, World], size: int, status: int) -> None:
    """No form token is asked for there, and the limit of plain forms (2 MB) does not hold."""
    port, world = site
    found, text = send(port, f"/v/{world.things['code']}/file", "pdf", size)
    assert found == status
    assert "</html>" in text


@pytest.mark.parametrize("size", [3 * MB, 20 * MB])
def test_who_may_not_upload_hears_it(site: tuple[int, World], size: int) -> None:
    """A large body to a form without an upload, with and without a session: 413, and the page arrives."""
    port, world = site
    for cookie in ("", f"gurindam={world.cookies['learner']}"):
        status, text = send(port, "/account/theme", "file", size, cookie)
        assert status == 413
        assert "</html>" in text


@pytest.mark.parametrize(
    ("path", "actors"),
    [
        ("/hr/intake", ("", "learner")),
        ("/hr/assignments", ("", "learner")),
        ("/hr/assignments/1/letter", ("", "learner")),
        ("/hr/assignments/1/exceptions", ("", "learner")),
        ("/hr/obligations/1/exemptions", ("", "learner")),
        ("/profile/outside", ("",)),
    ],
)
def test_room_is_made_only_for_who_may_send_a_file_there(
    site: tuple[int, World], path: str, actors: tuple[str, ...]
) -> None:
    """The body of anybody else is not read beyond the limit of plain forms."""
    port, world = site
    cookies = {name: f"gurindam={value}" for name, value in world.cookies.items()}
    for actor in actors:
        assert send(port, path, "file", 3 * MB, cookies.get(actor, ""))[0] == 413
    assert send(port, path, "file", 3 * MB, cookies["hr"])[0] == 400, "read, and no form token in it"
