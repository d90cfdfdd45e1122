"""The small course with one more quiz that asks in every kind."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from lms.content.course import Quiz
from lms.content.parse import parse_quiz
from lms.content.questions import Question, parts_of
from lms.domain.catalog.actions import publish
from tests.course_files import named
from tests.courses import SLUG, quiz_text

BENTUK = f"/courses/{SLUG}/quizzes/kuis-bentuk"

QUESTIONS = """
## Tunggal {#b-01}

Kapan warga disapa?

- [x] Saat tiba di loket
- [ ] Setelah berkas lengkap

## Banyak {#b-02}

Manakah yang diperiksa?

- [x] Identitas
- [x] Kelengkapan berkas
- [ ] Merek ponsel

## Benar-salah {#b-03}

Tanda terima menyebut waktu selesai.

- [x] Benar
- [ ] Salah

## Angka {#b-04 satuan=menit}

Berapa menit janji layanan?

- = 15 ± 1

## Isian {#b-05}

Apa nama lembar yang diterima warga?

- = tanda terima

## Jodohkan {#b-06 poin=3}

Jodohkan keluhan warga dengan unsur standar yang menjawabnya.

- "Saya tidak tahu harus membawa apa." -> Persyaratan
  > RAHASIA-pasangan: daftar syarat menjawabnya.
- "Kemarin saya diminta membayar." -> Biaya
- "Surat saya salah **nama**." -> Pengaduan
- -> Maklumat
  > RAHASIA-pengecoh: maklumat adalah janji, bukan jawaban keluhan.

> Pembahasan: RAHASIA-bahas-jodoh.

## Urutkan {#b-07 poin=3 tipe=urut}

Urutkan kerja di loket.

1. Menyapa dan menanyakan keperluan
   > RAHASIA-sapa: sapaan selalu lebih dahulu.
2. Memeriksa berkas bersama warga
3. Mencatat permohonan
4. Menyerahkan tanda terima

> Pembahasan: RAHASIA-bahas-urut.

## Rumpang {#b-08 poin=3}

Petugas [[*menyapa | menyuruh | menegur]] warga, memeriksa [[berkas|RAHASIAdokumen]], dan
menepati janji [[=15 ± 1]] menit.

> Pembahasan: RAHASIA-bahas-rumpang.
"""

SECRETS = ("RAHASIA", "Pembahasan")
"""Parts of keys, feedback and explanations; none may be on a page before handing in."""


def every_kind(**keys: str) -> Quiz:
    """Return the quiz as read."""
    return parse_quiz(_text(**keys), "01-loket/04-bentuk.md")


def question(key: str) -> Question:
    """Return one of its questions."""
    return next(item for item in every_kind().questions() if item.id == key)


def _text(**keys: str) -> str:
    keys = {"nilai_lulus": "60", "tampil_jawaban": "setelah-kumpul", **keys}
    return quiz_text("kuis-bentuk", "Setiap bentuk soal", questions=QUESTIONS, **keys)


def publish_every_kind(session: Session, *, now: datetime, slug: str = SLUG, **keys: str) -> None:
    """Publish the course; `keys` are lines in the front matter of the quiz."""
    bundle = {**named(slug), "01-loket/04-bentuk.md": _text(**keys).encode()}
    published = publish(session, slug, bundle, home="desk", by=None, now=now)
    assert published.version is not None, published.problems


def right_form(item: Question) -> dict[str, list[str]]:
    """Return the fields of a form that answers a question rightly."""
    name = f"q-{item.id}"
    if item.gaps:
        parts = [(part.gap, part.gap.right or part.correct) for part in parts_of(item, None)]
        return {f"{name}:{gap.key}": [text.split(" (")[0]] for gap, text in parts}
    if item.options:
        return {name: [option.key for option in item.options if option.right]}
    return {name: [item.answers[0].text.split("±")[0].strip()]}


def option_key(item: Question, text: str) -> str:
    """Return the key of an option of a question with gaps."""
    return next(option.key for gap in item.gaps for option in gap.options if option.text == text)


def order_form(item: Question, *numbers: str) -> dict[str, list[str]]:
    """Return the form that gives these numbers to the steps, which are named in the right order."""
    return {f"q-{item.id}:{gap.key}": [text] for gap, text in zip(item.gaps, numbers, strict=True)}
