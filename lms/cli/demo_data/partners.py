"""An invented university with a logo, a small course that it organises, and an external author."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import files
from lms.content.bundle import digest, normalize
from lms.domain.accounts.models import User
from lms.domain.catalog.actions import save_draft, send_for_review, set_member
from lms.domain.catalog.models import Course
from lms.domain.enrollments.actions import publish_course
from lms.domain.partners.actions import add, add_author, set_logo
from lms.domain.partners.models import Partner
from lms.domain.partners.rules import Entry

UNIVERSITY = Entry(
    name="Universitas Contoh Bahari",
    short_name="UCB",
    kind="perguruan_tinggi",
    address="Jalan Contoh Nomor 1, Tanjungpinang",
    contact="Pusat Pelatihan (data contoh)",
    email="pelatihan@ucb.example",
    phone="(0771) 000-000",
    web="ucb.example",
)
AUTHOR = "Dr. Penulis Contoh, M.Si.", "mitra@gurindam.example"
SLUG = "menyambut-penumpang-kapal"
# fmt: off
_COURSE = """---
jenis: kursus
id: menyambut-penumpang-kapal
judul: Menyambut penumpang kapal
bahasa: id
ringkas: Menyapa, memberi petunjuk, dan menenangkan penumpang di ruang tunggu pelabuhan.
sasaran: [semua-asn]
penulis:
- Penulis Contoh dari Universitas Contoh Bahari
penyelenggara: ucb
prasyarat: []
lulus: semua-materi
sertifikat: tidak
evaluasi: standar
---
Pelatihan contoh dari lembaga mitra yang direka. Isinya dua materi pendek dan satu latihan.
"""
_MODULE = """---
jenis: modul
id: ruang-tunggu
judul: Di ruang tunggu
buka: bebas
tujuan:
- Menyapa penumpang dan memberi petunjuk yang jelas
---
Penumpang yang tahu apa yang terjadi lebih tenang menunggu.
"""
_GREETING = """---
jenis: materi
id: sapaan
judul: Sapaan dan petunjuk
menit: 4
selesai: baca
---
Seorang ibu berdiri di depan papan jadwal dengan dua koper. Ia tidak bertanya, tetapi tampak bingung.

## Langkahnya

1. Sapa lebih dahulu dan sebutkan nama Anda.
2. Tanyakan tujuan perjalanannya.
3. Tunjukkan arah dengan kalimat pendek, satu langkah setiap kali.

/// tips | Ingat
Ulangi jam dan nomor pintu. Dua hal itu paling sering terlupa.
///
"""
_DELAY = """---
jenis: materi
id: tertunda
judul: Bila kapal tertunda
menit: 5
selesai: baca
---
Kapal tertunda karena cuaca. Penumpang bertanya berulang kali.

## Yang dikatakan

- Sebutkan apa yang sudah pasti dan kapan kabar berikutnya.
- Jangan menjanjikan jam yang belum pasti.
- Tawarkan bantuan bagi yang membawa anak, lanjut usia, dan penyandang disabilitas lebih dahulu.
"""
_PRACTICE = """---
jenis: kuis
id: latihan-sambut
judul: Latihan menyambut
guna: latihan
---
Dua pertanyaan pendek.

## Jam berangkat {#mp-01}

Jam berangkat belum pasti. Apa yang Anda katakan kepada penumpang?

- [x] Kapan kabar berikutnya akan disampaikan
  > Tepat: penumpang tahu kapan harus bertanya lagi.
- [ ] Perkiraan jam agar mereka tenang
  > Perkiraan yang meleset membuat orang lebih gelisah.

> Pembahasan: Lihat materi "Bila kapal tertunda".

## Petunjuk arah {#mp-02}

Petunjuk arah diberikan sekaligus dalam satu kalimat panjang.

- [ ] Benar
- [x] Salah
  > Satu langkah setiap kali lebih mudah diikuti.

> Pembahasan: Lihat materi "Sapaan dan petunjuk".
"""
_ADDED = """- Sampaikan kabar lewat pengeras suara dan papan, agar yang tidak mendengar pun tahu.
"""
# fmt: on
COURSE = {
    "kursus.md": _COURSE,
    "01-ruang-tunggu/modul.md": _MODULE,
    "01-ruang-tunggu/01-sapaan.md": _GREETING,
    "01-ruang-tunggu/02-tertunda.md": _DELAY,
    "01-ruang-tunggu/03-latihan.md": _PRACTICE,
}  # fmt: skip


def add_partner(
    session: Session, *, by: User, admin: User, trainer: User, folder: Path, now: datetime
) -> Partner:
    """Enter the university with its logo, publish its course, and let an author of it write the next text.

    `folder` is the file store. The author writes beside the trainer; the text waits for its review.
    """
    row = add(session, UNIVERSITY, by=by.id, now=now)
    set_logo(session, row, files.keep(folder, drawn_logo()), by=by.id, now=now)
    bundle = {path: text.encode() for path, text in COURSE.items()}
    publish_course(session, SLUG, bundle, home="desk", by=trainer.id, now=now)
    author = add_author(session, row, *AUTHOR, None, by=admin.id, now=now, is_demo=True)
    course = session.scalars(select(Course).where(Course.slug == SLUG)).one()
    set_member(session, course, author, "author", by=admin.id, now=now)
    later = now + timedelta(days=20)
    path = "01-ruang-tunggu/02-tertunda.md"
    bundle[path] += _ADDED.encode()
    save_draft(session, course, bundle, by=author.id, now=later)
    message = "Mohon ditelaah: saya menambah satu langkah."
    send_for_review(session, course, seen=digest(normalize(bundle)), message=message, by=author.id, now=later)
    return row


def drawn_logo() -> bytes:
    """Return a sail over two waves as PNG: drawn here, the mark of nobody."""
    image = Image.new("RGBA", (960, 480), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    navy, teal, gold = (22, 52, 92, 255), (24, 130, 140, 255), (214, 158, 46, 255)
    draw.polygon([(470, 30), (470, 300), (250, 300)], fill=navy)
    draw.polygon([(500, 90), (500, 300), (690, 300)], fill=gold)
    for place, colour in ((330, teal), (400, navy)):
        for at in range(180, 780, 120):
            draw.arc((at, place, at + 120, place + 70), 0, 180, fill=colour, width=22)
    made = io.BytesIO()
    image.resize((480, 240), Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()
