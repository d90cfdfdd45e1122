"""Static files: named by content, compressed once, kept for ever."""

from __future__ import annotations

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.web import assets
from lms.web.assets import BUNDLES, SOURCES, AssetError, Built, build

BUDGET = {"app.css": 7_500, "lesson.css": 2_500, "verify.css": 3_000, "icons.svg": 3_000, "theme.js": 1_000,
          "quiz.js": 4_500, "order.js": 1_200}  # fmt: skip
"""Bytes on the wire (brotli) that a file may weigh; the text of a lesson comes on top, 45 KB in all."""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small tree of sources with every kind of reference."""
    root = tmp_path / "sources"
    for folder in ("css", "js", "img"):
        (root / folder).mkdir(parents=True)
    for part in {part for parts in BUNDLES.values() for part in parts}:
        (root / "css" / f"{part}.css").write_text(f"/* {part} */\n.{part} {{\n  color: red;\n}}\n")
    (root / "css" / "layout.css").write_text(".top { background: url(../img/band.svg); }\n")
    (root / "img" / "band.svg").write_text("<svg/>")
    (root / "js" / "main.js").write_text('import { add } from "./sum.js";\nadd(1, 2);\n')
    (root / "js" / "sum.js").write_text("export const add = (a, b) => a + b;\n")
    return root


def test_each_name_carries_the_digest_of_its_content(sources: Path, tmp_path: Path) -> None:
    built = build(sources, tmp_path / "out")
    assert re.fullmatch(r"app\.[0-9a-f]{12}\.css", built.names["app.css"])
    (sources / "css" / "base.css").write_text(".base { color: blue; }")
    again = build(sources, tmp_path / "out")
    assert again.names["app.css"] != built.names["app.css"]
    assert again.names["lesson.css"] == built.names["lesson.css"]
    assert built.path("app.css").is_file(), "pages from before the change still find their file"


def test_references_lead_to_built_names(sources: Path, tmp_path: Path) -> None:
    built = build(sources, tmp_path / "out")
    assert f"url({built.names['band.svg']})" in built.path("app.css").read_text()
    assert f'from "./{built.names["sum.js"]}"' in built.path("main.js").read_text()


def test_comments_stay_at_home(sources: Path, tmp_path: Path) -> None:
    assert "/*" not in build(sources, tmp_path / "out").path("desk.css").read_text()


def test_compressed_copies_hold_the_same_bytes(sources: Path, tmp_path: Path) -> None:
    path = build(sources, tmp_path / "out").path("app.css")
    assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == path.read_bytes()
    assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == path.read_bytes()


def test_nothing_is_built_twice(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build(sources, tmp_path / "out")
    monkeypatch.setattr(assets, "_Builder", None)
    assert build(sources, tmp_path / "out") == built


def test_a_lost_file_or_a_broken_manifest_is_mended(sources: Path, tmp_path: Path) -> None:
    built = build(sources, tmp_path / "out")
    built.path("app.css").unlink()
    assert build(sources, tmp_path / "out").path("app.css").is_file()
    (tmp_path / "out" / "manifest.json").write_text("{")
    assert build(sources, tmp_path / "out") == built


def test_a_reference_to_nothing_is_an_error(sources: Path, tmp_path: Path) -> None:
    (sources / "css" / "base.css").write_text(".x { background: url(../img/gone.svg); }")
    with pytest.raises(AssetError, match=r"gone\.svg"):
        build(sources, tmp_path / "out")


def test_two_sources_cannot_share_a_name(sources: Path, tmp_path: Path) -> None:
    (sources / "img" / "main.js").write_text("")
    with pytest.raises(AssetError, match=r"main\.js"):
        build(sources, tmp_path / "out")


def test_workers_that_start_together_get_the_same_whole_files(sources: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: build(sources, tmp_path / "out"), range(8)))
    assert all(result == results[0] for result in results)
    assert not list((tmp_path / "out.part").iterdir())
    for name in results[0].names:
        assert results[0].path(name).stat().st_size > 0
    assert (tmp_path / "out" / "manifest.json").is_file()


@pytest.fixture
def built(app: Flask) -> Built:
    """The real build of the application."""
    found: Built = app.extensions["assets"]
    return found


def test_a_file_is_kept_for_ever_and_comes_compressed(client: FlaskClient, built: Built) -> None:
    address = f"/static/{built.names['app.css']}"
    answer = client.get(address, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert brotli.decompress(answer.data) == built.path("app.css").read_bytes()


def test_an_old_browser_gets_gzip_or_the_plain_file(client: FlaskClient, built: Built) -> None:
    address = f"/static/{built.names['app.css']}"
    answer = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(address, buffered=True).headers


def test_a_name_without_digest_is_not_promised_for_ever(client: FlaskClient) -> None:
    answer = client.get("/static/manifest.json", buffered=True)
    assert "immutable" not in answer.headers["Cache-Control"]


def test_nothing_outside_the_build_is_served(client: FlaskClient) -> None:
    for address in ("/static/../config.py", "/static/%2e%2e/config.py", "/static/css/app.css", "/static/"):
        assert client.get(address).status_code in {303, 404}, address


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (SOURCES / "img" / "icons.svg").read_text()))
    used: dict[str, Path] = {}
    for path in (SOURCES.parent / "templates").rglob("*.html"):
        for name in re.findall(r"""\bicon\(["']([a-z-]+)["']""", path.read_text()):
            used.setdefault(name, path)
    assert {name: path for name, path in used.items() if name not in sprite} == {}


@pytest.mark.parametrize("name", sorted(BUDGET))
def test_weight(built: Built, name: str) -> None:
    path = built.path(name)
    assert path.with_name(path.name + ".br").stat().st_size <= BUDGET[name]
