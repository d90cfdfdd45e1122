"""Small texts that an author inserts at the cursor: forms of a lesson, one of each kind of question."""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
PROSE: Mapping[str, str] = {
    "table": "| Judul kolom | Judul kolom |\n|---|---|\n| Isi | Isi |\n",
    "tip": "/// tips | Judul\nSatu hal yang memudahkan.\n///\n",
    "warning": "/// awas | Judul\nSatu hal yang sering salah.\n///\n",
    "details": "/// rincian | Buka untuk membaca\nIsi yang boleh dilewati.\n///\n",
    "formula": "$$\nnilai = \\frac{benar}{semua} \\times 100\n$$\n",
    "check": "::: kuis {#cek-1}\n## Cek cepat {#cek-1-01}\n\nTulis pertanyaan.\n\n- [x] Benar\n- [ ] Salah\n"
             ":::\n",
}
QUESTIONS: Mapping[str, str] = {
    "single": "## Judul {#id-soal}\n\nTulis pertanyaan. Mana yang benar?\n\n- [x] Jawaban yang benar\n"
              "  > Tulis mengapa benar.\n- [ ] Jawaban yang salah\n  > Tulis mengapa salah.\n\n"
              "> Pembahasan: Tulis penjelasan singkat.\n",
    "multiple": "## Judul {#id-soal nilai=sebagian}\n\nPilih semua yang benar.\n\n- [x] Benar satu\n"
                "- [x] Benar dua\n- [ ] Salah\n\n> Pembahasan: Tulis penjelasan singkat.\n",
    "true_false": "## Judul {#id-soal}\n\nTulis satu pernyataan.\n\n- [x] Benar\n- [ ] Salah\n\n"
                  "> Pembahasan: Tulis mengapa.\n",
    "numeric": "## Judul {#id-soal satuan=hari}\n\nBerapa lama?\n\n- = 5\n- =50% 5 ± 1\n\n"
               "> Pembahasan: Tulis cara menghitungnya.\n",
    "short": "## Judul {#id-soal}\n\nApa singkatannya?\n\n- = jawaban\n- = jawaban lain yang diterima\n\n"
             "> Pembahasan: Tulis penjelasan singkat.\n",
    "matching": "## Judul {#id-soal}\n\nJodohkan.\n\n- Kiri satu -> Kanan satu\n- Kiri dua -> Kanan dua\n"
                "- -> Kanan pengecoh\n\n> Pembahasan: Tulis penjelasan singkat.\n",
    "ordering": "## Judul {#id-soal tipe=urut}\n\nUrutkan langkahnya.\n\n1. Pertama\n2. Kedua\n3. Ketiga\n\n"
                "> Pembahasan: Tulis penjelasan singkat.\n",
    "cloze": "## Judul {#id-soal}\n\nPelayanan dimulai dengan [[*salam | tanda tangan]] dan selesai dalam "
             "[[=15]] menit.\n\n> Pembahasan: Tulis penjelasan singkat.\n",
    "essay": "## Judul {#id-soal tipe=esai kata=50..150}\n\nTulis pertanyaan terbuka.\n\n"
             "> Rubrik: 2 = menyebut alasan dan contoh; 1 = salah satu; 0 = tidak menjawab.\n",
}
POOLS: Mapping[str, str] = {
    "pool": "# Judul kelompok {ambil=3 dari=bank/nama wajib=id-soal-satu kecuali=id-soal-dua}\n"
            "<!-- ambil: banyaknya soal bagi tiap peserta. wajib: selalu ditanyakan. kecuali: tidak pernah.\n"
            "Sisanya diundi; pada percobaan berikutnya yang belum pernah dilihat peserta didahulukan. -->\n",
    "shared": "# Judul kelompok {ambil=3 dari=bersama/nama}\n",
}
# fmt: on
