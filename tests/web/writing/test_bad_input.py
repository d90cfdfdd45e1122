"""Bad input at the writing desk: clear words, and nothing that was written is lost."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lms.domain.catalog.models import Course, DraftFile
from lms.web.kept import unpack
from tests.cast import Cast, sign_in
from tests.courses import SLUG, make_bundle
from tests.web.writing.desk import DESK, FILE, FORMS, LESSON, QUIZ, base_of, files

PICTURES = f"{DESK}/pictures"
DRAFT = f"/trainer/courses/{SLUG}/draft"


def png(width: int, height: int) -> bytes:
    """A PNG of one colour: few bytes, however many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """A JPEG of one colour."""
    target = io.BytesIO()
    Image.new("L", (width, height)).save(target, "JPEG", quality=5)
    return target.getvalue()


def put(client: FlaskClient, name: str, data: bytes) -> TestResponse:
    """Send a picture."""
    return _send(client, PICTURES, name, data, b'Content-Disposition: form-data; name="alt"\r\n\r\nLoket\r\n')


def _send(client: FlaskClient, address: str, name: str, data: bytes, more: bytes = b"") -> TestResponse:
    """Send a file; the body is put together here, since the test client leaves large files open."""
    head = f'--grenze\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n--grenze"
    body += b"\r\n" + more + b"--grenze" if more else b""
    return client.post(address, data=body + b"--\r\n", content_type="multipart/form-data; boundary=grenze")


def stored(session: Session) -> int:
    """How many files the drafts hold."""
    session.expire_all()
    return session.scalar(select(func.count()).select_from(DraftFile)) or 0


@pytest.mark.parametrize("address", [FILE, f"{DESK}/preview/{LESSON}", f"{DESK}/tidy/{LESSON}"])
def test_five_megabytes_come_back_to_be_shortened(
    trainer: FlaskClient, session: Session, course: Course, address: str
) -> None:
    before, base = files(session, course), base_of(session, course)
    text = "Ini <b>teks</b> yang ditempel.\n" * 170_000
    assert len(text) > 5_000_000
    answer = trainer.post(address, data={"text": text.replace("\n", "\r\n"), "base": base})
    assert answer.status_code == 413
    page = answer.text
    assert "lebih besar dari 1 MB" in page and "tidak berubah" in page
    assert page.count("Ini &lt;b&gt;teks&lt;/b&gt; yang ditempel.") == 170_000
    assert f'name="base" value="{base}"' in page
    assert files(session, course) == before
    saved = trainer.post(FILE, data={"text": before[LESSON].decode() + "Pendek.\n", "base": base})
    assert saved.status_code == 303 and files(session, course)[LESSON].endswith(b"Pendek.\n")
    json = trainer.post(address, data={"text": text, "base": base}, headers={"Accept": "application/json"})
    assert json.status_code == 413 and json.is_json


def test_a_stranger_has_no_room_for_megabytes(client: FlaskClient, course: Course) -> None:
    assert client.post(FILE, data={"text": "x" * 5_000_000}).status_code == 413


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" {0}>{1}</svg>'
JS_GIF = b"GIF89a/*\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff*/=1;alert(1)//;"
GOOD_GIF = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("peta.png", png(10_000, 5_000), "piksel"),
        ("peta.jpg", jpeg(10_000, 5_000), "piksel"),
        ("a.svg", SVG.format("", "<script>alert(1)</script>").encode(), "SVG"),
        ("a.svg", SVG.format('onload="alert(1)"', "").encode(), "SVG"),
        ("a.svg", SVG.format("", "<foreignObject><p>x</p></foreignObject>").encode(), "SVG"),
        ("a.svg", SVG.format("", '<a href="javascript:alert(1)"/>').encode(), "SVG"),
        ("a.svg", SVG.format("", '<image href="https://luar.example/x.png"/>').encode(), "SVG"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY x "y">]>' + SVG.format("", "&x;").encode(), "SVG"),
        ("a.gif", JS_GIF, "berkas jenis lain"),
        ("a.gif", GOOD_GIF + b"<script>alert(1)</script>", "berkas jenis lain"),
        ("a.pdf", b"%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF", "berkas jenis lain"),
        ("a.png", png(9, 9) + b"%PDF-1.4", "berkas jenis lain"),
        ("foto.jpg.html", jpeg(9, 9), "Jenis berkas ini tidak diterima"),
        ("foto.html", jpeg(9, 9), "Jenis berkas ini tidak diterima"),
        ("foto.png", jpeg(9, 9), "Isinya bukan PNG"),
        ("foto.jpg", jpeg(90, 90)[:60], "Isinya bukan JPG"),
        ("kosong.png", b"", "kosong"),
    ],
)
def test_a_picture_that_is_unsafe_or_no_picture_is_refused_with_its_reason(
    trainer: FlaskClient, session: Session, course: Course, name: str, data: bytes, words: str
) -> None:
    before = stored(session)
    assert len(data) < 2_000_000
    answer = put(trainer, name, data)
    assert answer.status_code == 422
    error = answer.text.partition('id="file-error"')[2][:600] or answer.text
    assert words in error, error
    assert "Loket" in answer.text
    assert stored(session) == before


def test_a_picture_within_the_limits_is_taken(trainer: FlaskClient, session: Session, course: Course) -> None:
    before = stored(session)
    for name, data in (("Peta Kota.PNG", png(8_000, 4_000)), ("a.gif", GOOD_GIF), ("b.jpeg", jpeg(40, 40))):
        assert put(trainer, name, data).status_code == 303, name
    assert stored(session) == before + 3


def test_the_rows_of_a_question_survive_an_ended_session(
    trainer: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    before, base = files(session, course), base_of(session, course, QUIZ)
    form = {"base": base, "q": "5", "title": "Isian", "prompt": "Apa <i>ini</i>?", "points": "2"}
    form |= {"was-0": "0", "text-0": "Jawaban satu", "feedback-0": "Umpan balik satu"}
    form |= {"was-1": "", "text-1": "Jawaban dua"}
    out = sign_in(trainer, None)
    kept = out.post(f"{FORMS}/{QUIZ}", data=form)
    assert kept.status_code == 401
    for words in ("Jawaban satu", "Jawaban dua", "Umpan balik satu", "Apa &lt;i&gt;ini&lt;/i&gt;?"):
        assert words in kept.text, words
    assert files(session, course) == before
    packed = unpack(kept.text.partition('name="kept" value="')[2].partition('"')[0])
    assert packed is not None and dict(packed.fields) == form
    back = sign_in(out, cast.trainer).post(packed.path, data=dict(packed.fields))
    assert back.status_code == 303
    assert "- = Jawaban satu\n  > Umpan balik satu\n- = Jawaban dua" in files(session, course)[QUIZ].decode()


def test_two_tabs_of_one_question_show_both_and_lose_neither(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    base = base_of(session, course, QUIZ)
    form = {"base": base, "q": "5", "title": "Isian", "points": "1", "was-0": "0", "text-0": "loket satu"}
    first = trainer.post(f"{FORMS}/{QUIZ}", data={**form, "prompt": "Tab pertama?"})
    assert first.status_code == 303
    second = trainer.post(f"{FORMS}/{QUIZ}", data={**form, "prompt": "Tab kedua?"})
    assert second.status_code == 409
    assert "Tab pertama?" in second.text and "Tab kedua?" in second.text
    now = files(session, course)[QUIZ].decode()
    assert "Tab pertama?" in now and "Tab kedua?" not in now


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP with these very names, written as Windows would."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            info = zipfile.ZipInfo("x")
            info.filename, info.create_system = name, 0
            made.writestr(info, data)
    return target.getvalue()


def send(client: FlaskClient, data: bytes) -> TestResponse:
    """Send a ZIP of the course."""
    return _send(client, DRAFT, "pelatihan.zip", data)


def test_a_zip_of_windows_in_a_folder_with_its_by_products_is_the_same_course(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    windows = {
        f"Pelatihan Loket\\{path.replace('/', chr(92))}": data.replace(b"\n", b"\r\n")
        if path.endswith(".md")
        else data
        for path, data in make_bundle().items()
    }
    more = {"Pelatihan Loket\\desktop.ini": b"[x]", "Pelatihan Loket\\aset\\Thumbs.db": b"\xd0\xcf",
            "__MACOSX/Pelatihan Loket/._kursus.md": b"\0", "Pelatihan Loket/.DS_Store": b"\0"}  # fmt: skip
    assert send(trainer, archive({**windows, **more})).status_code == 303
    assert set(files(session, course)) == set(make_bundle())


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("C:\\kursus\\a.md", b"x", "akar"),
        ("..\\..\\a.md", b"x", "keluar dari folder"),
        ("01-loket/CON.md", b"x", "tidak dapat disimpan di semua komputer"),
        ("01-loket/titik.", b"x", "tidak dapat disimpan di semua komputer"),
        ("01-loket/spasi .md ", b"x", "tidak dapat disimpan di semua komputer"),
        ("01-LOKET/01-Menyapa.md", b"x", "01-Menyapa.md"),
    ],
)
def test_names_that_no_computer_should_get_are_named(
    trainer: FlaskClient, session: Session, course: Course, name: str, data: bytes, words: str
) -> None:
    before = files(session, course)
    answer = send(trainer, archive({**make_bundle(), name: data}))
    assert answer.status_code == 422
    assert "Tidak ada yang disimpan" in answer.text and words in answer.text
    assert files(session, course) == before


def test_a_text_in_the_coding_of_old_windows_is_named_with_its_line(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    text = make_bundle()[LESSON].decode() + "\nSatu “kutipan” dan é.\n"
    answer = send(trainer, archive({**make_bundle(), LESSON: text.encode("cp1252")}))
    page = trainer.get(DRAFT).text if answer.status_code == 303 else answer.text
    assert "Windows-1252" in page and LESSON in page


def test_names_of_old_windows_are_read(trainer: FlaskClient, session: Session, course: Course) -> None:
    data = archive({**make_bundle(), "aset/caf_.txt": b"kedai"}).replace(
        b"aset/caf_.txt", b"aset/caf\x82.txt"
    )
    assert send(trainer, data).status_code == 303
    assert "aset/café.txt" in files(session, course)
