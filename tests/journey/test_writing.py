"""From an empty desk to a published course, written in the browser alone; its files are those of its twin."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from lms.content.parse import parse_course
from tests.journey.site import Site
from tests.journey.windows import Window, Windows

pytestmark = pytest.mark.browser

SLUG = "arsip-rapi"
TWIN = {
    "kursus.md": "---\njenis: kursus\nid: arsip-rapi\njudul: Arsip: rapi & siap\nbahasa: id\njp: 0\n"
    "sasaran: [semua-pns]   # semua unit\npenulis:\n- Raja Fauziah Hanim\nlulus: semua-materi, semua-kuis\n"
    "sertifikat: tidak\n---\nMenata arsip unit kerja.\n",
    "01-menata/modul.md": "---\njenis: modul\nid: menata\njudul: Menata\nbuka: urut\n---\nDua langkah.\n",
    "01-menata/01-tiga-map.md": "---\njenis: materi\nid: tiga-map\njudul: Tiga map\nselesai: baca\n---\n"
    "<!-- catatan -->\nPisahkan arsip **aktif**, *inaktif*, dan musnah.\n\n| Map | Isi |\n|---|---|\n"
    "| Aktif | tahun ini |\n",
    "01-menata/02-uji-menata.md": "---\njenis: kuis\nid: uji-menata\njudul: Uji menata\nguna: kuis\n"
    "nilai_lulus: 60\n---\n\n## Map pertama {#um-01 poin=2}\n\nArsip tahun ini masuk map mana?\n\n"
    "- [x] Aktif\n- [ ] Inaktif\n\n> Pembahasan: Yang masih dipakai adalah aktif.\n",
}
"""Path -> text of the course as an author would write it in files."""
FILES = """
SELECT f.path, b.data FROM version_file f JOIN blob b ON b.digest = f.digest
JOIN course_version v ON v.id = f.version_id JOIN course c ON c.id = v.course_id WHERE c.slug = ?
"""


@dataclass
class Hand:
    """Counts what a person presses and fills."""

    window: Window
    clicks: int = 0
    fields: int = 0

    def press(self, name: str | re.Pattern[str]) -> None:
        self.clicks += 1
        self.window.press(name, "main")

    def fill(self, label: str, text: str) -> None:
        self.fields += 1
        self.window.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.fields += 1
        self.window.page.get_by_label(label, exact=True).select_option(label=option)

    def write(self, path: str) -> None:
        """Replace the text of the open file and save it by its button."""
        self.fill("Teks (Markdown)", TWIN[path])
        self.press("Simpan draf")
        self.window.page.wait_for_function("document.readyState === 'complete'")
        self.window.done()


def test_a_course_is_written_and_published_in_the_browser(
    site: Site, windows: Windows, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse_course({path: text.encode() for path, text in TWIN.items()}, SLUG).problems == ()
    window = windows.open(learner=False)
    window.sign_in(site.people["trainer"])
    window.go("/trainer/new-course")
    hand, page = Hand(window), window.page
    hand.fill("Judul", "Arsip: rapi & siap")
    hand.fill("Id, bagian dari alamatnya", SLUG)
    hand.choose("Mulai dengan", "Halaman pertamanya saja")
    hand.press("Mulai pelatihan")
    page.wait_for_url("**/writing")
    desk = page.url
    window.done("meja-tulis")
    hand.press("Arsip: rapi & siap")
    hand.write("kursus.md")
    for kind, title, path in (
        ("Modul", "Menata", "01-menata/modul.md"),
        ("Materi", "Tiga map", "01-menata/01-tiga-map.md"),
        ("Kuis", "Uji menata", "01-menata/02-uji-menata.md"),
    ):
        window.go(desk)
        hand.clicks += 1
        hand.choose("Jenis", kind)
        hand.fill("Judul", title)
        hand.press("Tambah dan tulis")
        page.wait_for_url(f"**/writing/file/{path}")
        hand.write(path)
        window.done("menulis")
    hand.press("Periksa dan terbitkan")
    window.sees("Tidak ada masalah")
    hand.press("Terbitkan pelatihan")
    window.sees("Versi 1 sudah terbit.")
    stored = site.rows(FILES, SLUG)
    assert {str(path): bytes(data).decode() for path, data in stored} == TWIN  # type: ignore[call-overload]
    with capsys.disabled():
        print(f"\n{windows.mode.name}: a course in {hand.clicks} clicks and {hand.fields} fields")
    assert hand.clicks <= 20 and hand.fields <= 20
    window.done()
