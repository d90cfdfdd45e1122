"""`flask questions ...`: the index is filled anew, foreign files become banks."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lms.db import db
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import IndexedQuestion
from tests.cast import NOW
from tests.courses import SLUG, make_bundle

MOODLE = Path(__file__).parents[1] / "unit" / "content" / "exchange" / "files" / "moodle.xml"


def test_the_index_is_written_anew(app: Flask, session: Session) -> None:
    publish(session, SLUG, make_bundle(), home="desk", by=None, now=NOW)
    count = session.scalar(select(func.count(IndexedQuestion.id)))
    session.execute(delete(IndexedQuestion))
    session.commit()
    result = app.test_cli_runner().invoke(args=["questions", "index"])
    assert result.output == f"{SLUG}\t{count}\n" and count == 14
    assert db.session.scalar(select(func.count(IndexedQuestion.id))) == count


def test_a_foreign_file_becomes_a_bank_once(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "loket.md"
    words = ["questions", "convert", str(MOODLE), str(target)]
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 1
    assert 'refused\t\tHitung\tSoal jenis "calculated"' in result.output
    text = target.read_text(encoding="utf-8")
    assert text.startswith("---\njenis: bank\nid: bank-loket\n") and text.count("\n## ") == 5
    assert len(list((tmp_path / "aset").iterdir())) == 1
    again = app.test_cli_runner().invoke(args=words)
    assert "same\tLOK-1" in again.output and target.read_text(encoding="utf-8") == text
    other = tmp_path / "catatan.txt"
    other.write_text("halo", encoding="utf-8")
    assert app.test_cli_runner().invoke(args=["questions", "convert", str(other), str(target)]).exit_code == 1
    assert target.read_text(encoding="utf-8") == text
