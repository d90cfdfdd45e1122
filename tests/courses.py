"""A small course for tests: two lessons, a quiz of ten questions, a timed exam."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import Course, CourseVersion
from lms.domain.enrollments.actions import enroll
from lms.domain.enrollments.models import Enrollment

SLUG = "layanan-loket"

COURSE = """---
jenis: kursus
id: layanan-loket
judul: Layanan di loket
bahasa: id
ringkas: Menyapa, memeriksa berkas, memberi tanda terima.
jp: 1
sasaran: [semua-pns]
penulis:
- Raja Fauziah Hanim
kompetensi: [M.5:2]
dasar_hukum:
- UU 25/2009
prasyarat: []
lulus: {completion}
sertifikat: ya
evaluasi: standar
lisensi: CC BY-SA 4.0
---
Pelatihan untuk pengujian.
"""

MODULE = """---
jenis: modul
id: loket
judul: Di depan loket
buka: bebas
tujuan:
- Menyapa warga
---
Pengantar modul.
"""

LESSON = """---
jenis: materi
id: {key}
judul: {title}
menit: {minutes}
selesai: baca
dasar_hukum: [UU 25/2009 ps 34]
---
{text}
"""

# The comment of each question is its right answer: option keys in source order, or the value.
QUESTIONS = """
## Berkas kurang {#k-01 kompetensi=M.5:2 dasar="RAHASIA-dasar UU 25/2009"}

Warga datang dengan berkas kurang satu. Apa yang Anda lakukan lebih dahulu?

- [ ] Meminta warga kembali besok
  > RAHASIA-balik: warga pulang dengan tangan kosong.
- [x] Menjelaskan berkas yang kurang
  > RAHASIA-tepat: warga tahu langkah berikutnya.
- [ ] Memproses tanpa catatan

> Pembahasan: RAHASIA-bahas-1, lihat bagian standar.

## Papan standar {#k-02 poin=2 nilai=sebagian}

Manakah yang wajib terbaca di papan standar pelayanan? Pilih semua yang benar.

- [x] Persyaratan
- [x] Jangka waktu
- [ ] Nama kepala dinas
- [ ] Semua jawaban di atas {tetap}

> Sebagian: RAHASIA-sebagian, masih ada yang kurang.

## Hitungan waktu {#k-03}

Waktu pelayanan dihitung sejak warga mengambil nomor antrean.

- [ ] Benar
- [x] Salah

## Sisa waktu {#k-04 satuan=menit}

Berkas lengkap pukul 09.40 dan janji layanan 15 menit. Berapa menit sisa waktu pada pukul 09.48?

- = 7
- != 12
  > RAHASIA-dua-belas: hitung dari saat berkas lengkap.

## Kanal pengaduan {#k-05}

Apa nama kanal pengaduan nasional?

- = LAPOR!
- = SP4N-LAPOR!

## Menyapa {#k-06}

Apa yang pertama Anda lakukan saat warga tiba?

- [x] Menyapa dan menanyakan keperluan
- [ ] Meminta nomor antrean

## Tanda terima {#k-07}

Apa yang tertulis di tanda terima?

- [ ] Nama petugas saja
- [x] Waktu selesai yang dijanjikan

## Biaya {#k-08}

Biaya layanan boleh disebut belakangan.

- [ ] Benar
- [x] Salah

## Hari kerja {#k-09 satuan=hari}

Berapa hari kerja dalam satu minggu?

- = 5

## Singkatan {#k-10}

Apa kepanjangan dari **SOP**?

- = standar operasional prosedur
- = prosedur operasional standar
"""

RIGHT: dict[str, object] = {
    "k-01": "o2", "k-02": ["o1", "o2"], "k-03": "o2", "k-04": "7", "k-05": "LAPOR!", "k-06": "o1",
    "k-07": "o2", "k-08": "o2", "k-09": "5", "k-10": "standar operasional prosedur",
}  # fmt: skip
"""Question id -> the stored form of the right answer; eleven points in all."""

SECRETS = ("RAHASIA", "Pembahasan", "prosedur operasional", "SP4N")
"""Parts of keys, feedback and explanations; none may be on a page before the rule allows it."""

QUIZ_KEYS = {
    "nilai_lulus": "70", "percobaan": "3", "ambil_nilai": "tertinggi", "tampil_jawaban": "setelah-lulus",
    "acak_soal": "ya",
}  # fmt: skip
EXAM_KEYS = {
    "nilai_lulus": "60", "percobaan": "2", "jeda_jam": "1", "waktu_menit": "30", "ambil_nilai": "tertinggi",
    "tampil_jawaban": "setelah-kumpul",
}  # fmt: skip


def quiz_text(key: str, title: str, use: str = "kuis", questions: str = QUESTIONS, **keys: str) -> str:
    """Return the source of a quiz; `keys` are lines of its front matter."""
    lines = [f"{name}: {value}" for name, value in keys.items() if value]
    head = "\n".join(["---", "jenis: kuis", f"id: {key}", f"judul: {title}", f"guna: {use}", *lines, "---"])
    return f"{head}\nJawab menurut standar pelayanan.\n{questions}"


def make_bundle(
    quiz: dict[str, str] | None = None,
    exam: dict[str, str] | None = None,
    completion: str = "semua-materi, kuis-loket",
) -> dict[str, bytes]:
    """Return the files of the course; `quiz` and `exam` replace lines of their front matter."""
    texts = {
        "kursus.md": COURSE.format(completion=completion),
        "01-loket/modul.md": MODULE,
        "01-loket/01-menyapa.md": LESSON.format(
            key="menyapa", title="Menyapa warga", minutes=6, text="Sapalah warga dengan ramah. " * 20
        ),
        "01-loket/02-berkas.md": LESSON.format(
            key="berkas", title="Memeriksa berkas", minutes=6, text="Periksa berkas bersama warga. " * 20
        ),
        "01-loket/03-kuis.md": quiz_text("kuis-loket", "Kuis loket", **{**QUIZ_KEYS, **(quiz or {})}),
        "90-ujian.md": quiz_text(
            "ujian-loket", "Ujian akhir", "ujian", EXAM_QUESTIONS, **{**EXAM_KEYS, **(exam or {})}
        ),
    }
    return {path: text.encode() for path, text in texts.items()}


EXAM_QUESTIONS = """
# Dasar {ambil=2}

## Satu {#u-01}

Sapaan dilakukan lebih dahulu.

- [x] Benar
- [ ] Salah

## Dua {#u-02}

Berkas diperiksa bersama warga.

- [x] Benar
- [ ] Salah

## Tiga {#u-03}

Tanda terima menyebut waktu selesai.

- [x] Benar
- [ ] Salah

# Angka

## Empat {#u-04 poin=3}

Berapa menit janji layanan?

- = 15 ± 1
- =50% 15 ± 5
"""


def publish_course(session: Session, *, now: datetime, slug: str = SLUG, **changes: object) -> CourseVersion:
    """Publish the course and return its version."""
    published = publish(session, slug, make_bundle(**changes), home="desk", by=None, now=now)  # type: ignore[arg-type]
    assert published.version is not None, published.problems
    return published.version


def enroll_in(session: Session, user: User, *, now: datetime, slug: str = SLUG) -> Enrollment:
    """Let a person follow the course."""
    course = session.query(Course).filter_by(slug=slug).one()
    enrollment = enroll(session, user, course, now=now)
    session.flush()
    return enrollment
