"""The writing desk over HTTP: begin a course, arrange it, save texts, bring older ones back."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.bundle import read_zip
from lms.content.parse import parse_course
from lms.domain.catalog.models import Course, CourseMember
from tests.cast import Cast, sign_in
from tests.courses import SLUG, make_bundle
from tests.web.writing.desk import DESK, FILE, LESSON, base_of, files

JSON = {"Accept": "application/json"}


def test_a_course_begins_with_an_example_or_a_copy(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    page = trainer.get("/trainer/new-course").text
    assert f'value="copy:{SLUG}"' in page
    for slug, source in (("arsip-rapi", "example"), ("arsip-baru", "empty"), ("loket-baru", f"copy:{SLUG}")):
        form = {"title": "Arsip: rapi & siap", "slug": slug, "source": source}
        response = trainer.post("/trainer/new-course", data=form)
        assert response.location == f"/trainer/courses/{slug}/writing"
        page = trainer.get(response.location).text
        assert "Arsip: rapi &amp; siap" in page
        made = session.scalars(select(Course).where(Course.slug == slug)).one()
        parsed = parse_course(files(session, made), slug)
        assert (parsed.course is not None) == (source != "empty"), parsed.problems
    copy = session.scalars(select(Course).where(Course.slug == "loket-baru")).one()
    lines = zip(
        files(session, copy)["kursus.md"].splitlines(), make_bundle()["kursus.md"].splitlines(), strict=True
    )
    assert [new for new, old in lines if new != old] == [b"id: loket-baru", b"judul: Arsip: rapi & siap"]
    for data, words in (
        ({"title": "X", "slug": "arsip-rapi", "source": "example"}, "Sudah ada pelatihan"),
        ({"title": "", "slug": "Salah Id", "source": "example"}, "Gunakan huruf kecil"),
        ({"title": "X", "slug": "curi", "source": "copy:bukan-milik"}, "Pilih"),
    ):
        refused = trainer.post("/trainer/new-course", data=data)
        assert refused.status_code == 422 and words in refused.text


def test_parts_are_added_moved_renamed_removed_and_keep_their_ids(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    add = {"kind": "lesson", "title": "Menutup layanan", "folder": "01-loket"}
    response = trainer.post(f"{DESK}/pieces", data=add)
    new = "01-loket/04-menutup-layanan.md"
    assert response.location == f"{DESK}/file/{new}"
    assert b"id: menutup-layanan\n" in files(session, course)[new]
    trainer.post(f"{DESK}/move/{new}", data={"to": "up"})
    after = files(session, course)
    assert "01-loket/03-menutup-layanan.md" in after and "01-loket/04-kuis.md" in after
    trainer.post(f"{DESK}/rename/{LESSON}", data={"title": "Menyapa: dengan ramah"})
    after = files(session, course)
    text = after["01-loket/01-menyapa-dengan-ramah.md"]
    assert text == make_bundle()[LESSON].replace(b"judul: Menyapa warga", b"judul: Menyapa: dengan ramah")
    trainer.post(f"{DESK}/pieces", data={"kind": "module", "title": "Penutup", "folder": ""})
    trainer.post(f"{DESK}/move/02-penutup/modul.md", data={"to": "up"})
    assert {"01-penutup/modul.md", "02-loket/modul.md", "02-loket/04-kuis.md"} <= set(files(session, course))
    other = "02-loket/03-menutup-layanan.md"
    assert trainer.post(f"{DESK}/place/{other}", data={"folder": "99-tidak-ada"}).status_code == 404
    trainer.post(f"{DESK}/place/{other}", data={"folder": "01-penutup"})
    assert b"id: menutup-layanan" in files(session, course)["01-penutup/01-menutup-layanan.md"]
    trainer.post(f"{DESK}/place/01-penutup/01-menutup-layanan.md", data={"folder": "02-loket"})
    page = trainer.post(f"{DESK}/removal/02-loket/modul.md", follow_redirects=True).text
    assert "Berkas yang dikeluarkan (5)" in page
    assert not [path for path in files(session, course) if path.startswith("02-loket")]
    assert trainer.post(f"{DESK}/pieces", data={**add, "folder": ""}).status_code == 422
    assert trainer.post(f"{DESK}/removal/kursus.md").status_code == 404
    history = trainer.get(f"{DESK}/history/02-loket/01-menyapa-dengan-ramah.md").text
    assert "dihapus" in history


def test_a_save_names_its_base_and_never_overwrites(
    trainer: FlaskClient, session: Session, cast: Cast, course: Course, client: FlaskClient
) -> None:
    base = base_of(session, course)
    page = trainer.get(FILE).text
    assert f'name="base" value="{base}"' in page and "Sapalah warga" in page and "<textarea" in page
    mine = make_bundle()[LESSON].decode() + "Milik saya.\n"
    saved = trainer.post(FILE, data={"text": mine.replace("\n", "\r\n"), "base": base}, headers=JSON)
    assert saved.json is not None and saved.json["words"] == "Tersimpan 10.00"
    assert files(session, course)[LESSON] == mine.encode()
    again = trainer.post(FILE, data={"text": mine, "base": base}, headers=JSON)  # the same text sent twice
    assert again.json is not None and again.json["state"] == "saved"
    theirs = make_bundle()[LESSON].decode() + "Milik <b>orang lain</b>.\n"
    late = trainer.post(FILE, data={"text": theirs, "base": base}, headers=JSON)
    assert (late.status_code, late.json) == (409, {"state": "changed"})
    both = trainer.post(FILE, data={"text": theirs, "base": base})
    assert both.status_code == 409
    for words in (
        "Milik saya.",
        "Milik &lt;b&gt;orang lain&lt;/b&gt;.",
        "Raja Fauziah Hanim",
        saved.json["base"],
    ):
        assert words in both.text
    assert files(session, course)[LESSON] == mine.encode()
    chosen = trainer.post(FILE, data={"text": theirs, "base": saved.json["base"]})
    assert chosen.status_code == 303 and files(session, course)[LESSON] == theirs.encode()


def test_a_text_follows_its_file_and_survives_a_removal_or_a_closed_draft(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    base, text = base_of(session, course), "---\njenis: materi\n---\nBaru"
    trainer.post(f"{DESK}/move/{LESSON}", data={"to": "down"})
    moved = trainer.post(FILE, data={"text": text, "base": base}, headers=JSON)
    assert moved.json is not None and moved.json["address"] == f"{DESK}/file/01-loket/02-menyapa.md"
    trainer.post(f"{DESK}/removal/01-loket/02-menyapa.md")
    there = moved.json["address"]
    gone = trainer.post(there, data={"text": "Lagi", "base": moved.json["base"]})
    assert gone.status_code == 409 and "Lagi" in gone.text and 'name="base" value=""' in gone.text
    written = trainer.post(there, data={"text": "Lagi", "base": ""})
    assert written.status_code == 303 and files(session, course)["01-loket/02-menyapa.md"] == b"Lagi"
    trainer.post(f"/trainer/courses/{SLUG}/draft/discard")
    closed = trainer.post(FILE, data={"text": "Masih ada", "base": base})
    assert closed.status_code == 409 and "Masih ada" in closed.text
    opened = trainer.post(f"{DESK}/start")
    assert opened.status_code == 303 and files(session, course) == make_bundle()


def test_a_text_is_kept_when_the_session_ended_and_strange_requests_are_refused(
    trainer: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    base, before = base_of(session, course), files(session, course)
    for path in ("a/../b.md", "aset/a.txt", "kursus.md/", "con.md", "a:b.md"):
        assert trainer.post(f"{DESK}/file/{path}", data={"text": "x", "base": ""}).status_code in {
            404,
            308,
        }, path
    large = trainer.post(FILE, data={"text": "x" * 1_000_001, "base": base}, headers=JSON)
    assert large.status_code == 413
    assert trainer.post(FILE, data={"text": "é" * 490_000, "base": base}, headers=JSON).status_code == 200
    trainer.post(FILE, data={"text": before[LESSON].decode(), "base": base_of(session, course)})
    out = sign_in(trainer, None)
    kept = out.post(FILE, data={"text": "Teks yang <b>selamat</b>", "base": base})
    assert kept.status_code == 401 and "Teks yang &lt;b&gt;selamat&lt;/b&gt;" in kept.text
    assert base not in kept.text.partition('name="kept"')[0]
    assert files(session, course) == before


def test_an_older_state_comes_back_as_the_newest(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    first = make_bundle()[LESSON].decode()
    base = base_of(session, course)
    trainer.post(FILE, data={"text": first + "Kedua\n", "base": base})
    page = trainer.get(f"{DESK}/history/{LESSON}").text
    links = [part.split('"')[0] for part in page.split('href="') if "save=" in part.split('"')[0]]
    shown = trainer.get(links[-1].replace("&amp;", "&")).text
    assert '<ins class="line">Kedua</ins>' in shown
    form = {"save": links[-1].rpartition("=")[2], "base": base}
    late = trainer.post(f"{DESK}/history/{LESSON}", data=form, follow_redirects=True).text
    assert "sementara itu" in late
    trainer.post(f"{DESK}/history/{LESSON}", data={**form, "base": base_of(session, course)})
    assert files(session, course)[LESSON] == first.encode()
    assert trainer.get(f"{DESK}/history/{LESSON}").text.count("save=") == 3


def test_preview_problems_and_mending(trainer: FlaskClient, session: Session, course: Course) -> None:
    text = "---\njenis: materi\nid: menyapa\njudul: Halo\n---\n## Satu\n\n#### Empat\n\n<script>x</script>\n"
    text += "\n::: kuis {#cek-1}\n## Tanya\n\nBenarkah?\n\n- [x] Benar\n- [ ] Salah\n:::\n"
    part = trainer.post(f"{DESK}/preview/{LESSON}", data={"text": text, "part": "1"}).text
    assert "<h2>Halo</h2>" in part and "<script" not in part and "Benarkah?" in part and "<html" not in part
    whole = trainer.post(f"{DESK}/preview/{LESSON}", data={"text": text, "base": "x"}).text
    assert "Teks ini belum tersimpan" in whole and "#### Empat" in whole
    trainer.post(FILE, data={"text": text, "base": base_of(session, course)})
    panel = trainer.get(f"{DESK}/problems/{LESSON}").text
    assert 'data-line="8"' in panel and panel.count("Betulkan") == 2
    for code, line in (("heading_jump", "8"), ("question_id", "13")):
        form = {"code": code, "line": line, "base": base_of(session, course)}
        trainer.post(f"{DESK}/problems/{LESSON}", data=form)
    now = files(session, course)[LESSON].decode()
    assert "### Empat" in now and "## Tanya {#menyapa-476d}" in now
    stale = {"code": "heading_jump", "line": "8", "base": base_of(session, course)}
    assert (
        "Tidak ada yang dibetulkan"
        in trainer.post(f"{DESK}/problems/{LESSON}", data=stale, follow_redirects=True).text
    )


def test_a_question_is_changed_in_a_form_and_nobody_is_overwritten(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    path = "01-loket/03-kuis.md"
    address, base = f"{DESK}/questions/{path}", base_of(session, course, path)
    page = trainer.get(address).text
    assert "Warga datang dengan berkas kurang satu." in page and 'name="text-3"' in page
    form = {"title": "Berkas kurang", "prompt": "Apa dahulu?", "q": "1", "base": base, "right-1": "1",
            "explanation": "RAHASIA-bahas-1, lihat bagian standar.",
            "was-0": "0", "text-0": "Meminta warga kembali besok", "was-1": "1",
            "text-1": "Menjelaskan berkas yang kurang", "was-3": "", "text-3": "Keempat",
            "feedback-0": "RAHASIA-balik: warga pulang dengan tangan kosong.",
            "feedback-1": "RAHASIA-tepat: warga tahu langkah berikutnya."}  # fmt: skip
    assert trainer.post(address, data=form).location == f"{address}?q=1"
    before, after = (one[path].decode().split("\n") for one in (make_bundle(), files(session, course)))
    assert [line for line in before if line not in after] == [
        "Warga datang dengan berkas kurang satu. Apa yang Anda lakukan lebih dahulu?",
        "- [ ] Memproses tanpa catatan",
    ]
    assert [line for line in after if line not in before] == ["Apa dahulu?", "- [ ] Keempat"]
    late = trainer.post(address, data={**form, "prompt": "Yang kedua?"})  # made from the first state
    assert late.status_code == 409 and "Yang kedua?" in late.text and "Apa dahulu?" in late.text
    lost = trainer.post(address, data={**form, "base": "0" * 64}, follow_redirects=True)
    assert "Tidak ada yang disimpan" in lost.text
    assert trainer.get(f"{address}?q=99").status_code == 200


def test_a_text_is_tidied_and_its_history_keeps_the_old_one(
    trainer: FlaskClient, session: Session, course: Course
) -> None:
    path = "01-loket/03-kuis.md"
    messy = make_bundle()[path].decode().replace("## Menyapa {#k-06}", "##  Menyapa") + "\n\n\n"
    base = base_of(session, course, path)
    page = trainer.post(f"{DESK}/tidy/{path}", data={"text": messy, "base": base}, follow_redirects=True).text
    assert "Teks sudah dirapikan." in page
    text = files(session, course)[path].decode()
    assert "## Menyapa {#kuis-loket-" in text and text.endswith("standar\n") and "{#k-05}" in text
    now = base_of(session, course, path)
    again = trainer.post(f"{DESK}/tidy/{path}", data={"text": text, "base": now}, follow_redirects=True).text
    assert "Teks memang sudah rapi." in again and base_of(session, course, path) == now
    late = trainer.post(f"{DESK}/tidy/{path}", data={"text": messy, "base": base})
    assert late.status_code == 409 and "Dua teks untuk satu berkas" in late.text


def test_a_reviewer_reads_and_the_draft_goes_out_byte_for_byte(
    client: FlaskClient, session: Session, cast: Cast, course: Course
) -> None:
    session.add(CourseMember(course_id=course.id, user_id=cast.other_trainer.id, role="reviewer"))
    session.commit()
    sign_in(client, cast.other_trainer)
    page = client.get(FILE).text
    assert "readonly" in page and "Simpan draf" not in page
    parts = ("file", "move", "history", "preview", "problems", "removal", "rename", "tidy")
    for address in ("/start", "/pieces", "/pictures", *(f"/{part}/{LESSON}" for part in parts)):
        assert client.post(DESK + address, data={"text": "x", "base": ""}).status_code == 403, address
    data = client.post(f"/trainer/courses/{SLUG}/exports", data={"what": "draft"}).data
    assert read_zip(data) == files(session, course) == make_bundle()
