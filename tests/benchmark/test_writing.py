"""The writing desk: CPU of a preview of 1,000 words and of a save into a draft of 200 files."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import clock
from lms.content.lines import cut, word_count
from lms.content.writing.starter import starter_text
from lms.domain.catalog.actions import new_course
from lms.domain.catalog.models import Course
from lms.domain.catalog.queries import draft_digests, draft_of
from tests.benchmark.meter import Environ, measure, request, ticket_of
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, make_bundle

PREVIEW_AIM, SAVE_AIM = 50.0, 100.0
"""Milliseconds of CPU."""
SLACK = 3.0
"""The run fails only beyond an aim times this: a busy machine must not."""
ROUNDS = 40
LESSON = "01-loket/01-menyapa.md"
PART = """## Bagian {number}

Warga **datang** ke loket dengan berkas yang belum lengkap. Petugas menyapa, *menanyakan* keperluan, lalu
membaca [daftar syarat](https://contoh.example/{number}) bersama warga. Yang kurang dicatat, yang sudah ada
diberi tanda, dan waktu selesai ditulis di tanda terima. Angka {number} hanya contoh.

1. Sapa warga lebih dahulu, baru minta nomor antrean dan berkasnya.
2. Periksa berkas bersama warga, satu per satu, tanpa memanggil orang lain.

| Unsur | Pertanyaan warga | Jawaban petugas |
|---|---|---|
| Syarat | Apa yang harus saya bawa? | Kartu keluarga dan surat pengantar |

/// tips | Ingat
Waktu dihitung sejak berkas lengkap, bukan sejak warga duduk.
///

"""


def lesson_text() -> str:
    """A lesson of about 1,000 words with lists, tables, links and boxes."""
    head = starter_text("lesson", "menyapa", "Menyapa").decode().rpartition("---\n")[0]
    return head + "---\n" + "".join(PART.format(number=number) for number in range(1, 12))


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def test_figures_of_the_writing_desk(
    client: FlaskClient, session: Session, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    extra = {f"01-loket/{number:03d}-isi.md": starter_text("lesson", f"isi-{number}", "Isi")
             for number in range(10, 204)}  # fmt: skip
    files = {**make_bundle(), **extra}
    assert len(files) == 200
    new_course(session, SLUG, files, by=cast.trainer.id, now=NOW)
    session.commit()
    app, text = client.application, lesson_text()
    words = word_count(cut(text.split("---\n", 2)[2]))
    assert 950 <= words <= 1100, words
    sign_in(client, cast.trainer)
    cookie = client.get_cookie(str(app.config["SESSION_COOKIE_NAME"]))
    assert cookie is not None
    ticket = ticket_of(app, cookie.value, f"/trainer/courses/{SLUG}/writing")

    def ask(place: str, **fields: str) -> Environ:
        data = {"csrf_token": ticket.token, **fields}
        environ = request("POST", f"/trainer/courses/{SLUG}/writing/{place}/{LESSON}", ticket.cookie, data)
        return {**environ, "HTTP_ACCEPT": "application/json" if place == "file" else "text/html"}

    draft = draft_of(session, session.scalars(select(Course.id)).one())
    assert draft is not None
    base = draft_digests(session, draft.id)[LESSON]
    session.rollback()
    previews = [ask("preview", part="1", text=f"{text}Putaran {number}.\n") for number in range(ROUNDS)]
    saves = []
    for number in range(ROUNDS):
        body = f"{text}Putaran {number}.\n"
        saves.append(ask("file", base=base, text=body))
        base = sha256(body.encode()).hexdigest()
    found = measure({"preview": (app, previews, 200), "save": (app, saves, 200)})
    with capsys.disabled():
        for name, aim in (("preview", PREVIEW_AIM), ("save", SAVE_AIM)):
            one = found[name]
            print(f"\n{name}: {one.cpu:.1f} ms CPU, {one.wall:.1f} ms in all, aim {aim:.0f} ms", end="")
        print(f" ({words} words, {len(files)} files)")
    assert found["preview"].cpu < PREVIEW_AIM * SLACK
    assert found["save"].cpu < SAVE_AIM * SLACK
