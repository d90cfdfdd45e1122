"""The translation check finds each kind of gap."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.check_translations import check

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one text in Python and one in a template."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "translations" / "id").mkdir(parents=True)
    (tmp_path / "page.py").write_text(
        'from x import *\n_("Save")\nHEAD = _l("Page")\nngettext("%(n)s day", "%(n)s days", 2)\n'
    )
    (tmp_path / "templates" / "page.html").write_text('<p>{{ _("Hello, %(name)s", name=name) }}</p>')
    return tmp_path


def write(package: Path, name: str, *entries: str) -> None:
    (package / "translations" / "id" / name).write_text(HEAD + "\n\n".join(entries) + "\n", encoding="utf-8")


SAVE = 'msgid "Save"\nmsgstr "Simpan"'
PAGE = 'msgid "Page"\nmsgstr "Halaman"'
DAYS = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s hari"'
HELLO = '#, python-format\nmsgid "Hello, %(name)s"\nmsgstr "Halo, %(name)s"'


def test_a_whole_translation_over_several_files_is_fine(package: Path) -> None:
    write(package, "a.po", SAVE, DAYS)
    write(package, "b.po", HELLO, PAGE, SAVE)
    assert check(package) == []


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ((SAVE, DAYS, PAGE), "templates/page.html:1: not translated: 'Hello, %(name)s'"),
        ((SAVE, PAGE, HELLO), "not translated: '%(n)s day'"),
        ((SAVE, DAYS, HELLO), "page.py:3: not translated: 'Page'"),
        ((SAVE, DAYS, PAGE, HELLO.replace("Halo, %(name)s", "")), "not translated: 'Hello"),
        (
            (SAVE, DAYS, PAGE, HELLO.replace("Halo, %(name)s", "Halo, %(nama)s")),
            "placeholders differ: 'Hello",
        ),
        ((SAVE, DAYS.replace('"%(n)s hari', '"hari'), PAGE, HELLO), "placeholders differ: '%(n)s day'"),
        ((SAVE, DAYS, PAGE, HELLO, 'msgid "Gone"\nmsgstr "Hilang"'), "no longer used, remove it: 'Gone'"),
        ((SAVE, DAYS, PAGE, HELLO, '#~ msgid "Old"\n#~ msgstr "Lama"'), "obsolete entry, remove it: 'Old'"),
        (("#, fuzzy\n" + SAVE, DAYS, PAGE, HELLO), "fuzzy: 'Save'"),
    ],
)
def test_a_gap_is_named(package: Path, entries: tuple[str, ...], problem: str) -> None:
    write(package, "a.po", *entries)
    found = check(package)
    assert len(found) == 1
    assert problem in found[0]


def test_two_translations_of_one_text_are_refused(package: Path) -> None:
    write(package, "a.po", SAVE, DAYS, PAGE, HELLO)
    write(package, "b.po", SAVE.replace("Simpan", "Menyimpan"))
    assert check(package) == ["a.po, b.po: one text, several translations: 'Save'"]
