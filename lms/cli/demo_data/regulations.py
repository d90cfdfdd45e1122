"""Rules of law that the delivered courses cite: name and title, and a day in force only where it is certain.

Titles and days follow the texts of the courses and their sources (the pages of JDIH BPK and of the agencies).
What is not certain is left empty: the office adds it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from lms.domain.regulations.actions import Entry, add
from lms.domain.regulations.queries import regulation_by_name

JDIH = "Teks resmi: peraturan.bpk.go.id"
KNOWN = (
    Entry("UU 31/1999", "Pemberantasan Tindak Pidana Korupsi", None, JDIH),
    Entry("UU 20/2001", "Perubahan atas Undang-Undang Nomor 31 Tahun 1999 tentang Pemberantasan Tindak "
          "Pidana Korupsi", None, JDIH),
    Entry("UU 11/2008", "Informasi dan Transaksi Elektronik", None, JDIH, others=("UU ITE",)),
    Entry("UU 14/2008", "Keterbukaan Informasi Publik", None, JDIH),
    Entry("UU 37/2008", "Ombudsman Republik Indonesia", None, JDIH),
    Entry("UU 25/2009", "Pelayanan Publik", None, JDIH),
    Entry("UU 43/2009", "Kearsipan", None, JDIH),
    Entry("UU 24/2013", "Perubahan atas Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan",
          None, JDIH),
    Entry("UU 30/2014", "Administrasi Pemerintahan", None, JDIH),
    Entry("UU 19/2016", "Perubahan atas Undang-Undang Nomor 11 Tahun 2008 tentang Informasi dan Transaksi "
          "Elektronik", None, JDIH),
    Entry("UU 27/2022", "Pelindungan Data Pribadi", None, JDIH),
    Entry("UU 20/2023", "Aparatur Sipil Negara", date(2023, 10, 31), JDIH),
    Entry("UU 1/2024", "Perubahan Kedua atas Undang-Undang Nomor 11 Tahun 2008 tentang Informasi dan "
          "Transaksi Elektronik", None, JDIH),
    Entry("PP 96/2012", "Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik", None, JDIH),
    Entry("PP 71/2019", "Penyelenggaraan Sistem dan Transaksi Elektronik", None, JDIH),
    Entry("PP 94/2021", "Disiplin Pegawai Negeri Sipil", date(2021, 8, 31), JDIH),
    Entry("Perpres 76/2013", "Pengelolaan Pengaduan Pelayanan Publik", None, JDIH),
    Entry("Perpres 95/2018", "Sistem Pemerintahan Berbasis Elektronik", None, JDIH),
    Entry("PermenPANRB 15/2014", "Pedoman Standar Pelayanan", None, JDIH),
    Entry("PermenPANRB 16/2017", "Pedoman Penyelenggaraan Forum Konsultasi Publik di Lingkungan Unit "
          "Penyelenggara Pelayanan Publik", None, JDIH),
    Entry("Peraturan ANRI 5/2021", "Pedoman Umum Tata Naskah Dinas", None, JDIH),
)  # fmt: skip


def add_known(session: Session, *, now: datetime) -> int:
    """Add the rules that are not in the list yet; return how many. Nothing is marked as changed."""
    missing = [entry for entry in KNOWN if regulation_by_name(session, entry.short) is None]
    for entry in missing:
        add(session, entry, by=None, now=now)
    return len(missing)
