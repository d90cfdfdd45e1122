"""Markdown as one line of words."""

from __future__ import annotations

import pytest

from lms.content.plain import plain_line


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Peraturan yang **saat ini** mengatur *disiplin* adalah ...", "Peraturan yang saat ini mengatur disiplin adalah ..."),  # noqa: E501
        ("![Denah loket](aset/denah.svg) Siapa [disapa](materi:m-1)?", "Denah loket Siapa disapa?"),
        ("Setiap [[*ASN | magang]] wajib [[=20]] JP", "Setiap … wajib … JP"),
        ("Ketik `ls -l` lalu _Enter_", "Ketik ls -l lalu Enter"),
        ("> Kutipan\n\n- satu\n- dua", "Kutipan satu dua"),
        ("2 * 3 * 4 dan nama_berkas_baru", "2 * 3 * 4 dan nama_berkas_baru"),
        (r"Tanda \*bintang\* &amp; R&D", "Tanda *bintang* & R&D"),
        ("Dipotong **di teng", "Dipotong **di teng"),
        ("***Tebal miring*** ~~lama~~ <!-- catatan -->", "Tebal miring lama"),
        ("", ""),
    ],
)  # fmt: skip
def test_marks_go_and_words_stay(typed: str, seen: str) -> None:
    assert plain_line(typed) == seen
