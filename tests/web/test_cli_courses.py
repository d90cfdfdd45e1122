"""`flask courses ...`: what an administrator and an author type."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.bundle import read_zip
from lms.db import db
from lms.domain.catalog.models import Course, CourseMember, CourseVersion
from tests.cast import Cast
from tests.course_files import QUIZ, broken, edited, named, other_kind
from tests.courses import SLUG, make_bundle


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Path:
    """The folder of courses, empty."""
    root = tmp_path / "courses"
    root.mkdir()
    app.config["COURSES_DIR"] = str(root)
    return root


def write(root: Path, files: Mapping[str, bytes], slug: str = SLUG) -> Path:
    for path, data in files.items():
        target = root / slug / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root / slug


def run(app: Flask, *words: str) -> tuple[int, str]:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["courses", *words])
    db.session.rollback()
    db.session.expire_all()
    return result.exit_code, result.output


def test_check_says_file_line_and_what_to_do(app: Flask, folder: Path) -> None:
    write(folder, broken())
    code, output = run(app, "check")
    assert code == 1
    assert f"{SLUG}/kursus.md:15: " in output
    assert "1 kesalahan, 0 saran" in output
    assert "1 errors, 0 warnings" in run(app, "check", "--lang", "en")[1]


def test_check_takes_one_course_or_a_zip(app: Flask, folder: Path, tmp_path: Path) -> None:
    place = write(folder, make_bundle())
    code, output = run(app, "check", str(place))
    assert code == 0
    assert output.endswith("0 kesalahan, 12 saran\n")  # 25 minutes are no whole JP
    packed = tmp_path / f"{SLUG}.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in broken().items():
            archive.writestr(path, data)
    assert run(app, "check", str(packed))[0] == 1


def test_format_names_what_changes_and_leaves_a_broken_course(app: Flask, folder: Path) -> None:
    place = write(folder, make_bundle())
    quiz, page = place / "01-loket/03-kuis.md", place / "01-loket/01-menyapa.md"
    assert run(app, "format")[0] == 0
    good = quiz.read_bytes()
    quiz.write_bytes(good.replace(b"- [x]", b"* [X]").replace(b"\n", b"\r\n"))
    before = quiz.read_bytes()
    code, output = run(app, "format", "--check", str(place))
    assert (code, quiz.read_bytes()) == (1, before)
    assert output == f"{quiz}\n1 berkas belum berbentuk baku.\n"
    code, output = run(app, "format", str(place), "--lang", "en")
    assert (code, quiz.read_bytes(), output) == (0, good, f"{quiz}\n1 files changed.\n")
    assert run(app, "format", "--check")[0] == 0
    quiz.write_bytes(before + b"\n## Baru {#k-01}\n")
    page.write_bytes(page.read_bytes() + b"\n\n")
    kept = page.read_bytes()
    code, output = run(app, "format")
    assert (code, page.read_bytes()) == (1, kept)
    assert f"{SLUG}/01-loket/03-kuis.md:" in output
    assert f"{SLUG}: masih ada kesalahan, tidak ada yang diubah." in output


def test_publish_names_versions_and_says_when_nothing_is_new(
    app: Flask, folder: Path, session: Session
) -> None:
    write(folder, make_bundle())
    assert run(app, "publish")[1].endswith(f"{SLUG}: versi 1 diterbitkan.\n")
    assert run(app, "publish")[1].endswith(f"{SLUG}: tidak ada yang baru, versi 1 yang tampil.\n")
    write(folder, edited())
    assert "versi 2" in run(app, "publish", SLUG)[1]
    assert session.scalar(select(func.count(CourseVersion.id))) == 2


def test_one_broken_course_does_not_hold_up_the_others(app: Flask, folder: Path, session: Session) -> None:
    write(folder, broken())
    write(folder, named("zakat"), "zakat")
    code, output = run(app, "publish")
    assert code == 1
    assert f"{SLUG}: tidak diterbitkan, tidak ada yang berubah." in output
    assert session.scalars(select(Course.slug)).all() == ["zakat"]


def test_publish_refuses_another_kind_under_an_id_that_check_cannot_know(app: Flask, folder: Path) -> None:
    place = write(folder, make_bundle())
    assert run(app, "publish")[0] == 0
    (place / QUIZ).write_bytes(other_kind()[QUIZ])
    assert run(app, "check")[0] == 0
    code, output = run(app, "publish")
    assert code == 1
    assert f"{SLUG}/{QUIZ}:" in output
    assert "Soal k-10 berjenis isian di versi yang terbit dan angka di sini" in output
    assert "tidak diterbitkan" in output
    assert "The question k-10 is of the kind isian" in run(app, "publish", "--lang", "en")[1]


def test_publish_for_a_trainer_gives_the_course_an_owner(
    app: Flask, folder: Path, session: Session, cast: Cast
) -> None:
    write(folder, make_bundle())
    assert run(app, "publish", "--sebagai", "pengajar@gurindam.example")[0] == 0
    assert session.scalars(select(CourseMember.user_id)).all() == [cast.trainer.id]
    code, output = run(app, "publish", "--sebagai", "siapa@gurindam.example")
    assert code == 1
    assert "siapa@gurindam.example" in output


def test_a_course_of_the_desk_is_taken_back_only_when_asked(
    app: Flask, folder: Path, session: Session
) -> None:
    write(folder, make_bundle())
    run(app, "publish")
    session.scalars(select(Course)).one().home = "desk"
    write(folder, edited())
    code, output = run(app, "publish")
    assert code == 1
    assert "--ambil-alih" in output
    assert run(app, "publish", "--ambil-alih")[0] == 0
    assert session.scalars(select(Course)).one().home == "disk"


def test_a_missing_folder_is_told(app: Flask, folder: Path) -> None:
    code, output = run(app, "publish", "tiada")
    assert code == 1
    assert output.strip()


def test_list_marks_hours_that_are_not_approved(app: Flask, folder: Path) -> None:
    write(folder, make_bundle())
    run(app, "publish")
    assert run(app, "list")[1].startswith(f"{SLUG}\t1*\t")


@pytest.mark.parametrize("target", ["keluar.zip", "keluar"])
def test_an_export_can_be_published_again_without_a_new_version(
    app: Flask, folder: Path, tmp_path: Path, target: str
) -> None:
    write(folder, make_bundle())
    run(app, "publish")
    assert run(app, "export", SLUG, str(tmp_path / target))[0] == 0
    if target.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / target) as archive:
            assert "riwayat.txt" in archive.namelist()
        assert read_zip((tmp_path / target).read_bytes()) == make_bundle()
    else:
        assert (tmp_path / target / "riwayat.txt").is_file()
        write(folder, {"riwayat.txt": (tmp_path / target / "riwayat.txt").read_bytes()})
        assert "tidak ada yang baru" in run(app, "publish")[1]
    assert run(app, "export", SLUG, str(tmp_path / target))[0] == 1


def test_export_of_an_unknown_course_is_told(app: Flask, folder: Path, tmp_path: Path) -> None:
    code, output = run(app, "export", "tiada", str(tmp_path / "x.zip"))
    assert code == 1
    assert "tiada" in output


def test_outline_counts_words_and_kinds_of_questions(app: Flask, folder: Path) -> None:
    write(folder, make_bundle())
    code, output = run(app, "outline", SLUG)
    assert code == 0
    assert "multiple 1, numeric 2, short 2, single 3, true_false 2" in output
    assert "2 materi" in output
    rows = [line.split() for line in output.splitlines()]
    assert ["multiple", "0", "1", "0", "1"] in rows
    assert ["jumlah", "0", "14", "0", "14"] in rows
    write(folder, broken())
    assert run(app, "outline", SLUG)[0] == 1


def test_an_example_for_authors_is_published_by_its_name_alone(
    app: Flask, folder: Path, session: Session
) -> None:
    write(folder, make_bundle())
    write(folder, named("contoh-loket"), "contoh-loket")
    code, output = run(app, "publish")
    assert code == 0 and "contoh-loket: dilewati, contoh untuk penulis." in output
    assert set(session.scalars(select(Course.slug))) == {SLUG}
    assert "contoh-loket: versi 1 diterbitkan." in run(app, "publish", "contoh-loket")[1]
