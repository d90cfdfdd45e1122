"""Texts to begin with, in Indonesian: a small whole course, a module, a lesson, a quiz, a bank."""

from __future__ import annotations

from collections.abc import Mapping

from lms.content.page import slug
from lms.content.writing.titles import with_value

# fmt: off
_COURSE = """---
jenis: kursus
id: {key}
judul: {title}
bahasa: id
ringkas: Tulis dalam satu kalimat apa yang dapat dilakukan peserta setelah selesai.
jp: 0
sasaran: [semua-pns]
penulis:
- {author}
prasyarat: []
lulus: semua-materi, semua-kuis
sertifikat: tidak
evaluasi: standar
---
Tulis di sini untuk siapa pelatihan ini, apa yang dipelajari, dan mengapa berguna bagi pekerjaan mereka.
"""
_MODULE = """---
jenis: modul
id: {key}
judul: {title}
buka: bebas
tujuan:
- Tulis satu hal yang dapat dilakukan peserta setelah modul ini
---
Tulis satu atau dua kalimat pengantar.
"""
_LESSON = """---
jenis: materi
id: {key}
judul: {title}
selesai: baca
---
Mulailah dengan satu kejadian sehari-hari yang dikenal peserta.

## Langkahnya

1. Tulis langkah pertama.
2. Tulis langkah kedua.

/// tips | Ingat
Satu kalimat yang perlu diingat.
///
"""
_QUIZ = """---
jenis: kuis
id: {key}
judul: {title}
guna: kuis
nilai_lulus: 70
percobaan: 3
ambil_nilai: tertinggi
tampil_jawaban: setelah-kumpul
acak_soal: ya
---
Jawab semua soal, lalu kumpulkan.

## Contoh pilihan {{#{key}-01}}

Tulis pertanyaan di sini. Jawaban mana yang benar?

- [x] Jawaban yang benar
  > Tulis mengapa jawaban ini benar.
- [ ] Jawaban yang salah
  > Tulis mengapa jawaban ini salah.

> Pembahasan: Tulis penjelasan singkat, atau rujuk materinya.
"""
_BANK = """---
jenis: bank
id: {key}
judul: {title}
---
## Contoh benar atau salah {{#{key}-01}}

Tulis satu pernyataan.

- [x] Benar
- [ ] Salah

> Pembahasan: Tulis mengapa.
"""
# fmt: on
_TEXTS: Mapping[str, str] = {"module": _MODULE, "lesson": _LESSON, "quiz": _QUIZ, "bank": _BANK}


def starter_text(kind: str, key: str, title: str) -> bytes:
    """The text of a new module, lesson, quiz or bank with its id and title."""
    return _TEXTS[kind].format(key=key, title=_line(title)).encode()


def starter_course(key: str, title: str, author: str) -> dict[str, bytes]:
    """A small course that can be published as it is: one module with a lesson and a quiz."""
    texts = {
        "kursus.md": _COURSE.format(key=key, title=_line(title), author=_line(author)),
        "01-modul-pertama/modul.md": _MODULE.format(key="modul-1", title="Modul pertama"),
        "01-modul-pertama/01-materi-pertama.md": _LESSON.format(key="materi-1", title="Materi pertama"),
        "01-modul-pertama/02-kuis.md": _QUIZ.format(key="kuis-1", title="Kuis modul pertama"),
    }
    return {path: text.encode() for path, text in texts.items()}


def empty_course(key: str, title: str, author: str) -> dict[str, bytes]:
    """A course that has nothing but its first page."""
    return {"kursus.md": _COURSE.format(key=key, title=_line(title), author=_line(author)).encode()}


def copied_course(files: Mapping[str, bytes], key: str, title: str) -> dict[str, bytes]:
    """The same files under another id and title; all else, comments and ids of pieces too, stays."""
    course = with_value(with_value(files["kursus.md"], "id", key), "title", _line(title))
    return {**files, "kursus.md": course}


def fresh_key(title: str, taken: frozenset[str], kind: str) -> str:
    """An id made from a title, not among those taken: letters first, at most 60 characters."""
    plain = slug(title)[:50].strip("-") or kind
    base = plain if plain[0].isalpha() else f"{kind}-{plain}"
    return next(key for number in range(1, len(taken) + 2) if (key := _numbered(base, number)) not in taken)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def _line(text: str) -> str:
    return " ".join(text.split())
