"""Profile and transcript as PDF: the figures that were given, on as many pages as promised."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from lms.domain.competencies.rules import Assessed, Line, Shown, job_match
from lms.domain.reports.papers import profile_paper, transcript_paper
from tests.cast import NOW

TODAY = date(2026, 11, 24)
HOLDER = {
    "name": "Tengku Zahara, A.Md.", "nip": "19900214 201503 2 003", "position": "Pengadministrasi Umum",
    "unit": "Kelurahan Penyengat", "government": "Pemerintah Kota Tanjungpinang", "organiser": "BKPSDM",
    "site": "Gurindam",
}  # fmt: skip


def line(number: int, required: int, assessed: int | None) -> Line:
    found = Assessed(assessed, date(2025, 8, 14), "AC", None) if assessed is not None else None
    shown = Shown(3, date(2026, 2, 18), None, "Menulis naskah dinas yang jelas dan ringkas", "naskah")
    return Line(f"M.{number}", f"Kompetensi nomor {number}", "managerial", required, found, (shown,))


def words(data: bytes) -> tuple[int, str]:
    pages = PdfReader(io.BytesIO(data)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_profile_has_its_figures_on_one_page() -> None:
    for count in (2, 30):
        lines = [line(1, 3, 1), *(line(number, 2, None) for number in range(2, count + 1))]
        ways = ["Kompetensi nomor 1: Menulis naskah dinas (level 3, 95 menit, 3 JP)."] * 6
        made = profile_paper(
            HOLDER, lines, job_match(lines), "kurang memenuhi syarat", ways, now=NOW, today=TODAY
        )
        pages, text = words(made)
        assert pages == 1
        assert "Tengku Zahara, A.Md." in text and "19900214 201503 2 003" in text
        assert "(JPM): 33,3 %, kurang memenuhi syarat." in text
        assert f"Dinilai 1 dari {count} kompetensi" in text and "14 Agustus 2025, AC" in text
        assert "M.1" in text and "-2" in text.replace("−", "-") and "95 menit" in text


def test_a_profile_without_an_assessment_says_so() -> None:
    lines = [line(1, 3, None)]
    _pages, text = words(
        profile_paper({**HOLDER, "name": "陳 Siti 😀"}, lines, job_match(lines), "", [], now=NOW, today=TODAY)
    )
    assert "belum dinilai" in text and "Siti" in text and "Cara menutup" not in text


def test_a_transcript_has_every_row_and_the_sum() -> None:
    rows = [
        {"day": "18/02/2026", "title": f"Pelatihan {number}", "organiser": "", "jp": "2", "note": "",
         "number": f"{number:03}/BKPSDM/2026"}
        for number in range(1, 61)
    ]  # fmt: skip
    pages, text = words(transcript_paper(HOLDER, 2026, rows, 120, 20, now=NOW, today=TODAY))
    assert pages > 1 and "Transkrip pembelajaran 2026" in text
    assert all(row["number"] in text for row in rows) and "Jumlah JP tercatat 120" in text
    pages, text = words(transcript_paper(HOLDER, 2025, [], 0, 0, now=NOW, today=TODAY))
    assert pages == 1 and "Belum ada pelatihan yang selesai pada tahun 2025." in text
