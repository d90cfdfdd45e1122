"""What a browser fetches for one page, compressed: the page, style sheets, scripts, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

_IN_PAGE = re.compile(r"(?:href|src)=\"(/static/[^\"#]+)")
_IN_STYLE = re.compile(r"url\(([^)\"']+)\)")
_IN_SCRIPT = re.compile(r"(?:from|import)\s*[\"']\./([^\"']+)[\"']")


@dataclass(frozen=True)
class Weight:
    """Bytes on the wire (br) of a page and of each static file that it can ask for."""

    page: int
    files: dict[str, int]

    @property
    def total(self) -> int:
        """Bytes of a first visit; nothing is kept from before."""
        return self.page + sum(self.files.values())

    @property
    def script(self) -> int:
        """Bytes of scripts."""
        return sum(size for name, size in self.files.items() if name.endswith(".js"))

    @property
    def requests(self) -> int:
        """How many files a first visit asks for, the page included."""
        return 1 + len(self.files)


def first_visit(app: Flask, cookie: str, url: str) -> Weight:
    """Weigh a page of a signed-in person; every file it names counts, and those that they name.

    Raises AssertionError when one is missing, not compressed, or not kept for ever.
    """
    page, encoding = _fetch(app, cookie, url, "br")
    assert encoding == "br", url
    waiting = set(_IN_PAGE.findall(_fetch(app, cookie, url, "identity")[0].decode()))
    files: dict[str, int] = {}
    while waiting:
        name = waiting.pop()
        files[name] = len(_fetch(app, cookie, name, "br")[0])
        waiting |= _named_in(app, cookie, name) - set(files)
    return Weight(len(page), files)


def _named_in(app: Flask, cookie: str, name: str) -> set[str]:
    pattern = {"css": _IN_STYLE, "js": _IN_SCRIPT}.get(name.rpartition(".")[2])
    if pattern is None:
        return set()
    text = _fetch(app, cookie, name, "identity")[0].decode()
    return {f"/static/{found}" for found in pattern.findall(text) if not found.startswith("data:")}


def _fetch(app: Flask, cookie: str, url: str, accepted: str) -> tuple[bytes, str | None]:
    client = FlaskClient(app, app.response_class, use_cookies=True)
    if cookie:
        client.set_cookie(str(app.config["SESSION_COOKIE_NAME"]), cookie)
    with client.get(url, headers={"Accept-Encoding": accepted}) as response:
        assert response.status_code == 200, url
        assert not url.startswith("/static/") or "immutable" in response.headers["Cache-Control"], url
        return response.data, response.headers.get("Content-Encoding")
