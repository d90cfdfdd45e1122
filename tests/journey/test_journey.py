"""From the sign-in to the certificate and beyond: every role, with scripts and without."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from tests.courses import SLUG
from tests.journey.site import PASSWORD, TITLE, Site, questions
from tests.journey.steps import answer_all, begin_course, hand_in, read_lessons
from tests.journey.windows import WAIT, Window, Windows

pytestmark = pytest.mark.browser
OLD = "Sapalah warga dengan ramah."
NEW = "Sapalah setiap warga dengan ramah dan jelas."
PDF_LINK = re.compile(r"^PDF, \d")


def test_from_the_catalogue_to_the_register(site: Site, windows: Windows) -> None:
    """Learn, approve, certify, check, correct the course, hand the register over."""
    learner, colleague = windows.open(learner=True), windows.open(learner=True)
    finish_the_course(site, learner)
    colleague.sign_in(site.people["colleague"])
    begin_course(colleague, TITLE)
    learner.go(f"/courses/{SLUG}/progress")
    learner.sees(re.compile("Sertifikat Anda menunggu"))
    approve_the_hours(site, windows.open(learner=False))
    certificate = fetch_the_certificate(site, learner)
    check_in_public(windows.open(learner=True), site, code_of(site))
    what_is_known_now(learner)
    publish_a_correction(site, windows.open(learner=False))
    read_the_correction(learner, colleague)
    learner.go("/certificates")
    assert learner.download(PDF_LINK) == certificate
    hand_over_the_register(site, windows.open(learner=False), certificate)


def test_a_new_person_gets_in_by_a_printed_code(site: Site, windows: Windows) -> None:
    """HR of the unit prints a code; the person sets a password with it and signs in by NIP from then on."""
    office, person = windows.open(learner=False), windows.open(learner=True)
    newcomer = site.people["newcomer"]
    office.sign_in(site.people["hr"])
    office.go("/hr/codes")
    office.press("Pilih Kelurahan Penyengat", "main table")
    office.sees(newcomer.name)
    office.press("Buat 1 kode", "main")
    code = office.page.locator(".slips .code").inner_text().split()[-1]
    office.done()
    person.go("/login")
    person.press("Saya punya kode aktivasi di kertas")
    person.page.get_by_label("Kode aktivasi").fill(code)
    person.page.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    person.page.get_by_label("Ulangi kata sandi baru").fill(PASSWORD)
    person.done("aktivasi")
    person.press("Simpan kata sandi dan masuk")
    person.page.wait_for_url(f"{site.address}/")
    person.sees(re.compile(f"Selamat .*{newcomer.name}"))
    person.done()
    windows.open(learner=True).sign_in(newcomer, newcomer.nip)
    stranger = windows.open(learner=True)
    stranger.expected.add(422)
    stranger.go("/activate")
    stranger.page.get_by_label("Kode aktivasi").fill(code)
    stranger.page.get_by_label("Kata sandi baru", exact=True).fill(f"{PASSWORD} lagi")
    stranger.page.get_by_label("Ulangi kata sandi baru").fill(f"{PASSWORD} lagi")
    stranger.press("Simpan kata sandi dan masuk")
    stranger.sees(re.compile("sudah (dipakai|digunakan)"))
    assert "/activate" in stranger.page.url


def finish_the_course(site: Site, learner: Window) -> None:
    person = site.people["learner"]
    learner.sign_in(person, person.spaced_nip)
    begin_course(learner, TITLE)
    read_lessons(learner)
    answer_all(learner, questions())
    learner.done("kuis")
    hand_in(learner)
    learner.page.wait_for_url(re.compile("/result$"))
    learner.sees("Lulus: 100 dari 100")
    learner.done("hasil")


def approve_the_hours(site: Site, office: Window) -> None:
    """BKPSDM finds the claim on its desk and approves it."""
    office.sign_in(site.people["bkpsdm"])
    office.go("/hr/approvals")
    office.done()
    office.press(TITLE, "main")
    office.done("setujui-jp")
    office.press("Setujui JP", "main form")
    office.page.wait_for_url(re.compile(r"/hr/approvals/\d+$"))
    office.sees(re.compile("Muhammad Syahrul"))
    office.done()


def fetch_the_certificate(site: Site, learner: Window) -> bytes:
    """It is issued by itself; the PDF has two pages with name and number."""
    learner.go("/certificates")
    learner.until('main a[href*="/file"]')
    learner.done("sertifikat")
    data = learner.download(PDF_LINK)
    [(number, snapshot_name)] = site.rows("SELECT number, json_extract(snapshot, '$.name') FROM certificate")
    pages = PdfReader(io.BytesIO(data)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 2
    assert snapshot_name == site.people["learner"].name
    assert str(number) in text and "Tengku Zahara" in text
    [(kept,)] = site.rows("SELECT sha256 FROM certificate_file")
    assert hashlib.sha256(data).hexdigest() == kept
    return data


def code_of(site: Site) -> str:
    [(code,)] = site.rows("SELECT code FROM certificate")
    return str(code)


def check_in_public(anybody: Window, site: Site, code: str) -> None:
    """Nobody is signed in; the page says in words that the certificate is valid, and leaves no cookie."""
    anybody.go(f"/v/{code}")
    anybody.sees("Berlaku")
    anybody.sees(site.people["learner"].name)
    assert anybody.page.context.cookies() == []
    anybody.done("periksa")


def what_is_known_now(learner: Window) -> None:
    """The profile shows the evidence, the ring of the year counts the hour."""
    learner.go("/profile")
    assert learner.page.locator("main table").get_by_role("link", name=TITLE).count() == 1
    learner.done("profil")
    learner.go("/")
    ring = learner.page.locator("svg.ring")
    assert ring.get_attribute("aria-label") == "1 dari 20 JP sudah tercatat"
    learner.done("beranda")


def publish_a_correction(site: Site, desk: Window) -> None:
    """The trainer takes the ZIP home, changes a lesson, uploads, looks at it, publishes."""
    desk.sign_in(site.people["trainer"])
    desk.go("/trainer/courses")
    desk.done("pengajar")
    desk.press(TITLE, "main")
    bundle = desk.download("Unduh sebagai ZIP")
    corrected = correct(bundle)
    desk.go(f"/trainer/courses/{SLUG}/draft")
    desk.page.locator("input[type=file]").set_input_files(
        {"name": "layanan-loket.zip", "mimeType": "application/zip", "buffer": corrected}
    )
    desk.press("Unggah dan periksa", "main")
    desk.sees("Yang berubah bila diterbitkan")
    desk.sees("Menyapa warga")
    desk.done("naskah")
    desk.press("Lihat sebagai peserta", "main")
    desk.press("Menyapa warga", "main")
    desk.sees(re.compile(re.escape(NEW)))
    desk.done("pratinjau")
    desk.go(f"/trainer/courses/{SLUG}/draft")
    desk.press("Terbitkan pelatihan", "main")
    desk.page.wait_for_url(re.compile(f"/trainer/courses/{SLUG}$"))
    desk.sees(re.compile("Versi 2"))
    desk.done()


def correct(bundle: bytes) -> bytes:
    """Change the first lesson inside the ZIP; all else stays as it was downloaded."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as old, zipfile.ZipFile(written, "w") as new:
        changed = 0
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("01-menyapa.md"):
                changed += data.count(OLD.encode())
                data = data.replace(OLD.encode(), NEW.encode())
            new.writestr(name, data)
    assert changed
    return written.getvalue()


def read_the_correction(learner: Window, colleague: Window) -> None:
    """Who has not begun reads the new text; who has finished keeps the old one."""
    colleague.go(f"/courses/{SLUG}/lessons/menyapa")
    colleague.sees(re.compile(re.escape(NEW)))
    colleague.done()
    learner.go(f"/courses/{SLUG}/lessons/menyapa")
    learner.sees(re.compile(re.escape(OLD)))
    assert learner.page.get_by_text(NEW).count() == 0
    learner.done()


def hand_over_the_register(site: Site, office: Window, certificate: bytes) -> None:
    """HR of the district orders the package of its people; every byte in it can be proven."""
    person = site.people["learner"]
    office.sign_in(site.people["hr"])
    office.go("/hr/completions")
    office.sees(person.name)
    office.done("kepegawaian")
    office.press("Paket PDF (ZIP)", "main")
    office.page.wait_for_url(re.compile(r"/hr/exports/\d+$"))
    office.page.get_by_role("link", name=re.compile("^Unduh, ")).wait_for(timeout=WAIT)
    office.done("paket")
    package = zipfile.ZipFile(io.BytesIO(office.download(re.compile("^Unduh, "))))
    sums = dict(reversed(line.split("  ", 1)) for line in package.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(package.namelist()) - {"SHA256SUMS"}
    assert {name: hashlib.sha256(package.read(name)).hexdigest() for name in sums} == sums
    [pdf] = [name for name in sums if name.endswith(".pdf")]
    assert package.read(pdf) == certificate
    assert person.nip in pdf and "Penyengat" in pdf
    rows = list(csv.reader(io.StringIO(package.read("daftar.csv").decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert any(person.nip in cell for cell in rows[1])
