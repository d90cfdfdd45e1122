"""A shared bank of the trainers' desk about public service, open to every trainer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.actions import new_bank, open_bank, release_bank, save_bank
from lms.domain.catalog.queries import bank_text, shared_bank

SLUG, TITLE, COMPETENCY = "pelayanan-publik", "Dasar pelayanan publik", "M.5:2"
# fmt: off
_QUESTIONS = """
## Menyusun standar {#dpp-01 tag=standar kesulitan=mudah dasar="UU 25/2009 ps 20"}

Siapa yang wajib diikutsertakan ketika penyelenggara menyusun standar pelayanan?

- [x] Masyarakat dan pihak terkait
  > Tepat: mereka yang dilayani ikut menentukan tolok ukurnya.
- [ ] Hanya pejabat yang menandatangani
  > Penandatangan menetapkan, tetapi tidak menyusun sendirian.
- [ ] Hanya unit pengawas internal
  > Pengawasan berjalan setelah standar ditetapkan.

> Pembahasan: Pasal 20 UU 25/2009 mewajibkan keikutsertaan masyarakat dan pihak terkait.

## Maklumat dipublikasikan {#dpp-02 tag=maklumat kesulitan=mudah dasar="UU 25/2009"}

Maklumat pelayanan cukup disimpan di ruang kepala kantor.

- [ ] Benar
- [x] Salah
  > Warga harus dapat membacanya.

> Pembahasan: Menurut UU 25/2009 maklumat disusun, ditetapkan, dan dipublikasikan.

## Asas pelayanan {#dpp-03 tag=asas kesulitan=sedang dasar="UU 25/2009 ps 4" satuan=asas}

Berapa asas penyelenggaraan pelayanan publik yang disebut Pasal 4 UU 25/2009?

- = 12

> Pembahasan: Dari kepentingan umum sampai kecepatan, kemudahan, dan keterjangkauan: dua belas asas.

## Komponen standar {#dpp-04 nilai=sebagian tag=standar kesulitan=sedang dasar="UU 25/2009 ps 21"}

Pilih semua yang termasuk komponen standar pelayanan.

- [x] Persyaratan
- [x] Jangka waktu penyelesaian
- [x] Biaya atau tarif
- [ ] Daftar hadir pegawai
  > Itu catatan kepegawaian, bukan tolok ukur bagi warga.

> Pembahasan: Pasal 21 UU 25/2009 menyebut antara lain persyaratan, jangka waktu, dan biaya atau tarif.

## Perlakuan khusus {#dpp-05 tag=asas,rentan kesulitan=sedang dasar="UU 25/2009 ps 29"}

Seorang warga lanjut usia datang dengan tongkat. Antrean panjang. Apa yang dilakukan petugas?

- [x] Menanyakan bantuan yang diperlukan dan memberi perlakuan khusus, seperti antrean prioritas
  > Tepat: hambatannya dikurangi agar pelayanan tetap adil.
- [ ] Memintanya antre seperti semua orang, agar adil
  > Perlakuan khusus bagi kelompok tertentu justru termasuk asas pelayanan.
- [ ] Memintanya datang pada hari lain ketika sepi
  > Pelayanannya tertunda, dan hambatannya tetap.

> Pembahasan: Pasal 29 UU 25/2009 mewajibkan perlakuan khusus, antara lain bagi warga lanjut usia.
"""
_WAITING = """
## Menjawab aduan {#dpp-06 tag=aduan kesulitan=mudah dasar="UU 25/2009 ps 18"}

Warga berhak mendapat tanggapan atas pengaduan yang diajukannya.

- [x] Benar
- [ ] Salah
  > Tanggapan atas pengaduan adalah hak warga.

> Pembahasan: Hak itu disebut di Pasal 18 UU 25/2009.
"""
# fmt: on


def share_bank(session: Session, *, trainer: User, now: datetime) -> None:
    """Write the bank, put it in force and open it; one more question waits under the pen of its owner."""
    if shared_bank(session, SLUG) is not None:
        return
    by = trainer.id
    bank = new_bank(session, SLUG, TITLE, [COMPETENCY], by=by, now=now)
    begun = _begun(session)
    saved = save_bank(session, bank, begun + _QUESTIONS.encode(), base=None, by=by, now=now)
    release_bank(session, bank, seen=saved.digest, by=by, now=now)
    open_bank(session, bank, True, by=by, now=now)
    more = begun + (_QUESTIONS + _WAITING).encode()
    save_bank(session, bank, more, base=saved.digest, by=by, now=now + timedelta(days=3))


def _begun(session: Session) -> bytes:
    return bank_text(session, SLUG).rstrip() + b"\n"
