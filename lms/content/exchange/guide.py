"""The explanations and examples of the workbook for authors, in Indonesian like the format itself."""

from __future__ import annotations

from lms.content.exchange.markdown import read_back
from lms.content.questions.question import Question

GUIDE = (
    ("Kolom", "Isi", "Contoh"),
    ("kode",
     "Nama tetap soal: huruf, angka, tanda hubung. Kosong: dibuat dari teks soal. Kode yang sama "
     "memperbarui soal itu.",
     "lay-001"),
    ("jenis",
     "tunggal, banyak, benar-salah, angka, isian, jodoh, urut, rumpang, atau esai. Kosong: ditebak "
     "dari kunci.",
     "tunggal"),
    ("judul", "Beberapa kata untuk daftar soal. Peserta juga melihatnya.", "Berkas kurang"),
    ("soal",
     "Pertanyaannya. Boleh Markdown: **tebal**, *miring*, daftar. Baris baru: Alt+Enter.",
     "Apa yang Anda lakukan lebih dahulu?"),
    ("pilihan A, B, ...",
     "tunggal, banyak: satu pilihan tiap kolom. angka, isian: satu jawaban tiap kolom. jodoh: kiri -> "
     "kanan, dan -> kanan untuk pengecoh. urut: langkah dalam urutan yang benar. Tambahkan kolom "
     "pilihan G dan seterusnya bila perlu, sampai Z.",
     "Menyapa warga"),
    ("kunci",
     "Huruf yang benar: B atau A, C. Dengan bobot: A=50, B=50, C=-50. benar-salah: Benar atau Salah. "
     "angka dan isian: kosong bila semua kolom benar; huruf yang tidak disebut menjadi jawaban salah "
     "dengan umpan balik sendiri. jodoh, urut, rumpang, esai: kosong.",
     "B"),
    ("poin", "Angka di atas 0. Kosong: 1.", "2"),
    ("pembahasan", "Penjelasan yang tampil setelah dijawab.", "Lihat bagian standar."),
    ("petunjuk",
     "Bantuan sebelum menjawab. Baris kosong memisahkan petunjuk kedua.",
     "Terbit tahun 2021."),
    ("tag", "Kata pengelompok, dipisahkan koma.", "dasar, loket"),
    ("kompetensi", "Kode kompetensi dan tingkat 1 sampai 5.", "M.5:2"),
    ("kesulitan", "mudah, sedang, atau sulit, menurut perkiraan Anda.", "sedang"),
    ("dasar", "Dasar hukum.", "UU 25/2009 ps 34"),
    ("satuan", "Untuk angka.", "menit"),
    ("nilai",
     "persis, sebagian, atau sebagian-ketat. Kosong: persis untuk banyak, sebagian untuk jodoh, urut, "
     "rumpang.",
     "sebagian"),
    ("acak", "tidak: pilihan tampil menurut urutan di sini.", "tidak"),
    ("huruf", "peka: huruf besar dan kecil dibedakan pada isian.", "peka"),
    ("kata", "Untuk esai: rentang jumlah kata.", "100..300"),
    ("rubrik",
     "Untuk esai: angka = uraian, dipisahkan titik koma.",
     "4 = lengkap; 2 = sebagian; 0 = tidak tepat"),
    ("umpan balik A, B, ...",
     "Kalimat untuk yang memilih kolom itu. benar-salah: umpan balik benar, umpan balik salah.",
     "Tepat."),
    ("angka",
     "Titik untuk desimal, tanpa pemisah ribuan. Toleransi: 25 ± 0.5. Rentang: 19..21.",
     "25 ± 0.5"),
    ("rumpang",
     "Isian ditulis di dalam soal: [[*benar | salah]] untuk memilih, [[kata|padanan]] untuk mengetik, "
     "[[=20]] untuk angka.",
     "Petugas [[*menyapa | menegur]] warga."),
)  # fmt: skip

_EXAMPLES = """
## Berkas kurang {#contoh-tunggal tag=loket}

Berkas warga kurang satu. Apa yang Anda lakukan lebih dahulu?

- [ ] Meminta warga kembali besok
  > Warga pulang tanpa tahu apa yang kurang.
- [x] Menjelaskan berkas yang kurang
  > Tepat.

> Pembahasan: Warga perlu tahu langkah berikutnya.
===
## Papan standar {#contoh-banyak poin=2 nilai=sebagian}

Manakah yang terbaca di papan standar pelayanan?

- [x] Persyaratan
- [x] Jangka waktu
- [ ] Nama kepala dinas
===
## Hitungan waktu {#contoh-benar-salah}

Waktu pelayanan dihitung sejak berkas lengkap.

- [x] Benar
  > Tepat.
- [ ] Salah
  > Bukan sejak nomor antrean diambil.
===
## Sisa waktu {#contoh-angka satuan=menit}

Janji layanan 15 menit, dan 8 menit sudah lewat. Berapa menit lagi?

- = 7
- != 8
  > Itu waktu yang sudah lewat.
===
## Singkatan {#contoh-isian}

Apa kepanjangan SOP?

- = standar operasional prosedur
- = prosedur operasional standar
===
## Jodohkan {#contoh-jodoh poin=2}

Jodohkan keluhan dengan unsur standar yang menjawabnya.

- Saya tidak tahu harus membawa apa. -> Persyaratan
- Kemarin saya diminta membayar. -> Biaya
- -> Maklumat
===
## Urutkan {#contoh-urut poin=2 tipe=urut}

Urutkan kerja di loket.

1. Menyapa warga
2. Memeriksa berkas
3. Menyerahkan tanda terima
===
## Rumpang {#contoh-rumpang poin=2}

Petugas [[*menyapa | menegur]] warga dan menepati janji [[=15]] menit.
===
## Esai {#contoh-esai poin=4 tipe=esai kata=50..150}

Ceritakan satu perbaikan di loket Anda.

> Rubrik: 2 = menyebut masalah dan hasilnya; 1 = salah satu; 0 = tidak menjawab
"""


def _examples() -> tuple[Question, ...]:
    found = (read_back(text.strip())[0] for text in _EXAMPLES.split("==="))
    return tuple(question for question in found if question is not None)


EXAMPLES = _examples()
"""One question of each kind."""
