"""The document of rights says what the tested table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.access.table import ROWS
from tools import rights, rights_words


def test_each_address_stands_in_the_document_once() -> None:
    text = rights.document()
    lines = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    assert len(lines) == len({(row.method, row.endpoint) for row in ROWS})
    act, answers = "Sertifikat pegawai: cabut", "masuk | – | – | – | – | – | 404 | ya | –"
    assert f"| {act} | `POST /hr/certificates/…/revocation` | {answers} |" in lines


def test_words_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(rights_words.PAGES, "hr.staff")
    monkeypatch.delitem(rights_words.ACTS, "revoke")
    with pytest.raises(SystemExit, match="hr.staff, revoke"):
        rights.document()


def test_a_document_that_is_not_current_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rights, "DOCUMENT", tmp_path / "hak-akses.md")
    assert rights.main(["--check"]) == 1
    assert "tools.rights" in capsys.readouterr().out
    assert rights.main([]) == 0
    assert rights.main(["--check"]) == 0
