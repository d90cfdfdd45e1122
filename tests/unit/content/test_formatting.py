"""One canonical form for all ways of writing the same; what has an error stays as it is."""

from __future__ import annotations

import pytest

from lms.content.bundle import Bundle
from lms.content.formatting.course import format_course
from lms.content.formatting.text import canonical
from tests.unit.content.conftest import FILES

MESSY = """---
tampil_jawaban:   Setelah_Lulus     # kapan kunci tampil
# Judulnya boleh memuat titik dua.
title: Kuis: semua
jenis: quiz
nilai_lulus: 070
id: k1

percobaan: unlimited
# habis
---


Pengantar.\x20\x20
Baris kedua.\t

#  Bagian   {wajib=s1 ambil=1} <!-- satu saja -->
##  Satu {nilai=partial poin=2.50 dasar="UU 25/2009" #s1 tag="a, b"}
Mana   saja?


```text
## bukan soal\x20\x20

- [x] bukan jawaban
```
* [X]  Ini
    > Ya.

* [x]   Itu
dan ini
* [ ] bukan jawaban? {fixed}
"""

CLEAN = """---
jenis: kuis
id: k1
# Judulnya boleh memuat titik dua.
judul: Kuis: semua
nilai_lulus: 70
percobaan: bebas
tampil_jawaban: setelah-lulus       # kapan kunci tampil
# habis
---
Pengantar.\x20\x20
Baris kedua.

# Bagian {ambil=1 wajib=s1} <!-- satu saja -->

## Satu {#s1 poin=2.5 tag=a,b nilai=sebagian dasar="UU 25/2009"}

Mana   saja?


```text
## bukan soal\x20\x20

- [x] bukan jawaban
```

- [x] Ini
  > Ya.
- [x] Itu
  dan ini
- [ ] bukan jawaban? {tetap}
"""


def test_a_quiz_written_anyhow_gets_the_one_form() -> None:
    assert canonical("k.md", MESSY) == CLEAN


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("- (x) Ini\n- ( ) Itu", "- [x] Ini\n- [ ] Itu"),
        ("- [x] Ini\n- [-50.00%] Itu", "- [x] Ini\n- [-50%] Itu"),
        ("+ =  15 +- 1\n+ =50.0%  10 .. 12\n+ != 9\n\n   > Bukan.",
         "- = 15 ± 1\n- =50% 10..12\n- != 9\n  > Bukan."),
        ("* = kata\n* ~  kata?", "- = kata\n- ~ kata?"),
        ("* A  ->  B\n* C -> D\n  > Sebab.\n*  -> E {fixed}",
         "- A -> B\n- C -> D\n  > Sebab.\n- -> E {tetap}"),
        ("- [x] Ini\n- [ ] Itu\n> hint : satu\n> Benar: dua\n> lagi",
         "- [x] Ini\n- [ ] Itu\n\n> Petunjuk: satu\n\n> Benar: dua\n> lagi"),
        ("- [x] Ini\n- [ ] Itu\n\n> Pembahasan: \n> - satu\n> - dua",
         "- [x] Ini\n- [ ] Itu\n\n> Pembahasan:\n> - satu\n> - dua"),
        ("- [x] Ini\n<!-- mengapa -->\n- [ ] Itu", "- [x] Ini\n\n<!-- mengapa -->\n\n- [ ] Itu"),
        ("* [x] Ini <!-- mengapa -->\n* [ ] Itu", "* [x] Ini <!-- mengapa -->\n- [ ] Itu"),
    ],
)  # fmt: skip
def test_answers_and_notes_get_the_one_form(written: str, form: str) -> None:
    head = "---\njenis: kuis\nid: k\njudul: K\n---\n## Satu {#s1}\n\nMana?\n\n"
    assert canonical("k.md", f"{head}{written}\n") == f"{head}{form}\n"


def test_steps_gaps_and_rubrics_get_the_one_form() -> None:
    long = "x" * 60
    source = f"""---
jenis: bank
id: b
judul: B
---
## Urut {{tipe=ordering #s1}}
Urutkan.
1) satu
  > Dulu.
1) dua
1) tiga
## Rumpang {{#s2}}
Isi [[ *a |b]], [[kata | lain ]], `[[x | y]]`, dan [[= 20 +- 1]].
## Esai {{kata=50.. #s3 type=essay}}
Jelaskan.
> Rubrik:
> * 0 = kosong.
> * 4 = lengkap
>   sekali
## Esai {{#s4 tipe=esai}}
Jelaskan.
> rubric: 2 = {long}; 0 = {long}
"""
    assert (
        canonical("b.md", source).partition("## ")[2]
        == f"""Urut {{#s1 tipe=urut}}

Urutkan.

1. satu
   > Dulu.
2. dua
3. tiga

## Rumpang {{#s2}}

Isi [[*a | b]], [[kata|lain]], `[[x | y]]`, dan [[=20 ± 1]].

## Esai {{#s3 tipe=esai kata=50..}}

Jelaskan.

> Rubrik: 4 = lengkap sekali; 0 = kosong

## Esai {{#s4 tipe=esai}}

Jelaskan.

> Rubrik:
> - 2 = {long}
> - 0 = {long}
"""
    )


def test_a_course_in_english_gets_english_words() -> None:
    kursus = (
        "---\njenis: kursus\nid: uji\njudul: Uji\nbahasa: en\njp: 1\nlulus: [semua-materi]\nsertifikat: ya\n"
        "---\nDeskripsi.\n"
    )
    check = (
        "\n::: kuis Cek {#cek}\n## Satu {#s9 poin=2 acak=tidak}\nMana?\n- [x] A\n- [ ] B {tetap}\n"
        "> Benar: ya\n:::\n"
    )
    files = {**FILES, "kursus.md": kursus, "01-dasar/01-awal.md": FILES["01-dasar/01-awal.md"] + check}
    texts = format_course(_bundle(files), "uji").texts
    assert texts["kursus.md"] == (
        "---\nkind: course\nid: uji\ntitle: Uji\nlanguage: en\njp: 1\ncompletion: all-lessons\n"
        "certificate: yes\n---\nDeskripsi.\n"
    )
    assert texts["01-dasar/01-awal.md"].partition("::: ")[2] == (
        "quiz Cek {#cek}\n\n## Satu {#s9 points=2 shuffle=no}\n\nMana?\n\n- [x] A\n- [ ] B {fixed}\n\n"
        "> Correct: ya\n\n:::\n"
    )


def test_lists_keep_what_is_said_about_one_item() -> None:
    head = "---\njenis: kursus\nid: x\njudul: x\n"
    kept = (
        f"{head}sasaran:\n- a  # mengapa\n- b\npenulis:\n- A, S.Sos.\n# antara\n- B\n"
        "dasar_hukum: [PP 1, PP 2]\n---\n"
    )
    assert canonical("kursus.md", kept) == kept
    loose = (
        f"{head}sasaran: a,b  # dua\npenulis: Siti, S.Sos.\ndasar_hukum: PP 94/2021, ps 3\n"
        "lulus:\n- k1\n- k2\n---\n"
    )
    assert canonical("kursus.md", loose) == (
        f"{head}sasaran: [a, b] # dua\npenulis:\n- Siti, S.Sos.\ndasar_hukum:\n- PP 94/2021, ps 3\n"
        "lulus: k1, k2\n---\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "## Satu {#s1 poin=}\nMana?\n*  [x] Ini\n",
        "##Satu {#s1}\nMana?\n* [x] Ini\n* [ ] Itu\n",
        "## Satu {#s1}\nMana?\n* [x] Ini\n* = 2\n",
    ],
)
def test_a_question_with_an_error_stays_as_written(body: str) -> None:
    head = "---\njenis: kuis\nid: k\njudul: K\n---\n"
    right = "## Dua {#s2}\n\nMana?\n\n- [x] Ini\n- [ ] Itu\n"
    found = canonical("k.md", f"{head}{body}\n{right.replace('- ', '* ')}")
    assert found == f"{head}{body}\n{right}"


def test_a_crowd_of_brackets_is_not_read() -> None:
    head = "---\njenis: kuis\nid: k\njudul: K\n---\n"
    text = f"{head}## Satu {{#s1}}\nMana?\n{'[[' * 4_900}\n"
    assert canonical("k.md", text) == text


@pytest.mark.parametrize("text", ["", "Teks.\n", "---\njenis: kuis\n", "---\njenis: apa\n---\n  x"])
def test_what_is_no_file_of_a_course_stays(text: str) -> None:
    assert canonical("x.md", text) == text


def test_a_front_matter_with_an_error_stays_as_written() -> None:
    text = "---\njenis: materi\nsalah: x\nid: x\njudul: x\n---\nTeks.\n"
    assert canonical("x.md", text) == text


def _bundle(files: dict[str, str]) -> Bundle:
    return {path: text.encode() for path, text in files.items()}
