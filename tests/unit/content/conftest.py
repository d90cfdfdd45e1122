"""A small course that is whole, to be changed in one place by each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from lms.content.parse import Parsed, parse_course
from lms.i18n import init_i18n

FILES = {
    "kursus.md": "---\njenis: kursus\nid: uji\njudul: Uji\njp: 1\n---\nDeskripsi.\n",
    "01-dasar/modul.md": "---\njenis: modul\nid: m1\njudul: Dasar\n---\n",
    "01-dasar/01-awal.md": "---\njenis: materi\nid: m1-p1\njudul: Awal\nmenit: 40\n---\nTeks.\n",
    "01-dasar/kuis.md": (
        "---\njenis: kuis\nid: k1\njudul: Kuis\n---\n## Satu {#s1}\n\nMana?\n\n- [x] Ini\n- [ ] Itu\n"
    ),
}

Parse = Callable[..., Parsed]


@pytest.fixture
def files() -> dict[str, str]:
    """The files of a course without any problem."""
    return dict(FILES)


@pytest.fixture
def parse(files: dict[str, str]) -> Parse:
    """Parse that course with some files changed, added, or (None) removed."""

    def run(changes: dict[str, str | bytes | None] | None = None) -> Parsed:
        merged: dict[str, str | bytes | None] = {**files, **(changes or {})}
        bundle = {
            path: text.encode() if isinstance(text, str) else text
            for path, text in merged.items()
            if text is not None
        }
        return parse_course(bundle, "uji")

    return run


@pytest.fixture(scope="session")
def words_app() -> Flask:
    """An application that knows nothing but the translations."""
    app = Flask("lms")
    init_i18n(app)
    return app


@pytest.fixture
def in_indonesian(words_app: Flask) -> Iterator[None]:
    """Messages come in Indonesian."""
    with words_app.test_request_context(), force_locale("id"):
        yield


@pytest.fixture
def in_english(words_app: Flask) -> Iterator[None]:
    """Messages come in English."""
    with words_app.test_request_context(), force_locale("en"):
        yield
