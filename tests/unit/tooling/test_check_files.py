"""The file check finds each thing that it promises to find."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tools.check_files import check, undocumented


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty project that breaks no rule."""
    for folder in ("lms/templates", "lms/domain/catalog", "lms/static"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("flask==3.1.2 \\\n    --hash=sha256:00\n")
    return tmp_path


def test_a_tidy_project_passes(root: Path) -> None:
    (root / "lms" / "templates" / "page.html").write_text(
        '<script src="/x.js"></script><p class="on">{% if a > b %}{{ f(onload=1) }}{% endif %}</p>\n'
    )
    (root / "lms" / "page.py").write_text("x = 1\n" * 300)
    assert check(root) == []


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("lms/long.py", "x = 1\n" * 301, "301 lines"),
        ("lms/note.py", "# TO" + "DO later\n", "leftover note"),
        ("lms/note.css", "/* FIX" + "ME */\n", "leftover note"),
        ("README.md", "pip install --index" + "-url x\n", "package registry"),
        ("lms/templates/a.html", '<p style="color: red">x</p>', "inline style"),
        ("lms/templates/b.html", "<style>p { color: red }</style>", "inline style"),
        ("lms/templates/c.html", '<a href="{{ x }}"\n  onclick="go()">x</a>', "inline event handler"),
        ("lms/templates/d.html", "<script>go()</script>", "inline script"),
        ("lms/domain/catalog/actions.py", "session.commit()\n", "commits"),
        ("lms/domain/catalog/rules.py", "from lms.clock import local_date, now\n", "asks the clock"),
        ("lms/domain/catalog/queries.py", "today = date.today()\n", "asks the clock"),
    ],
)
def test_a_breach_is_named(root: Path, file: str, content: str, problem: str) -> None:
    (root / file).write_text(content)
    (found,) = check(root)
    assert found.startswith(f"{file}: ")
    assert problem in found


def test_locks_that_disagree_are_named(root: Path) -> None:
    (root / "requirements-dev.txt").write_text("flask==3.1.1 \\\n    --hash=sha256:00\n")
    assert check(root) == ["requirements-dev.txt: flask is 3.1.1, requirements.txt has 3.1.2 (make lock)"]


def test_a_foreign_file_that_was_changed_is_named(root: Path) -> None:
    vendor = root / "lms" / "static" / "vendor"
    vendor.mkdir()
    (vendor / "lib.js").write_text("1\n")
    digest = hashlib.sha256(b"1\n").hexdigest()
    (vendor / "SHA256SUMS").write_text(f"{digest}  lib.js\n")
    assert check(root) == []
    (vendor / "lib.js").write_text("2\n")
    assert check(root) == ["lms/static/vendor/lib.js: differs from SHA256SUMS"]


def test_a_setting_or_command_without_document_is_named(root: Path) -> None:
    (root / "config.py").write_text('a = environ.get("LMS_KNOWN")\nb = environ["LMS_SECRET_DOOR"]\n')
    (root / "gunicorn.conf.py").write_text("")
    (root / "README.md").write_text("`LMS_KNOWN` and `demo load`\n")
    found = undocumented(root)
    assert "config.py: setting LMS_SECRET_DOOR is in no document" in found
    assert "command `flask demo passwords` is in no document" in found
    assert not any("LMS_KNOWN" in line or "demo load" in line for line in found)
