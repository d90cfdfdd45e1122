"""Several translation files become one catalogue."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from lms.i18n.catalogs import ensure_compiled

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two translation files of one locale."""
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "a.po").write_text(HEAD + 'msgid "Save"\nmsgstr "Simpan"\n', encoding="utf-8")
    (tmp_path / "id" / "b.po").write_text(
        HEAD + 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s hari"\n', encoding="utf-8"
    )
    return tmp_path


def catalogue(folder: Path) -> gettext.GNUTranslations:
    with (folder / "id" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_all_files_are_in_the_catalogue(folder: Path) -> None:
    assert ensure_compiled(folder) == [folder / "id" / "LC_MESSAGES" / "messages.mo"]
    assert catalogue(folder).gettext("Save") == "Simpan"


def test_indonesian_has_one_form_for_one_and_many(folder: Path) -> None:
    ensure_compiled(folder)
    assert [catalogue(folder).ngettext("%(n)s day", "%(n)s days", n) for n in (1, 7)] == ["%(n)s hari"] * 2


def test_nothing_is_written_when_nothing_changed(folder: Path) -> None:
    (target,) = ensure_compiled(folder)
    before = target.stat().st_mtime_ns
    assert ensure_compiled(folder) == []
    assert target.stat().st_mtime_ns == before


def test_a_changed_file_is_compiled_again_whatever_its_date(folder: Path) -> None:
    (target,) = ensure_compiled(folder)
    source = folder / "id" / "a.po"
    source.write_text(HEAD + 'msgid "Save"\nmsgstr "Simpan dulu"\n', encoding="utf-8")
    os.utime(source, (0, 0))
    assert ensure_compiled(folder) == [target]
    assert catalogue(folder).gettext("Save") == "Simpan dulu"


def test_no_partial_file_stays_behind(folder: Path) -> None:
    (target,) = ensure_compiled(folder)
    assert [path.name for path in target.parent.iterdir()] == ["messages.mo"]
