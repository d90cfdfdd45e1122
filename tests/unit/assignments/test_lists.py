"""A file that names people: which column, which rows, why one is left out."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from lms.domain.assignments.lists import read_list
from lms.domain.imports.rules import Unreadable

ZAHARA, SITI = "199002142015032003", "199403052024212017"


def read(text: str) -> list[tuple[int, str, str]]:
    return [
        (row.number, row.nip, row.problem.code if row.problem else "")
        for row in read_list(text.encode()).rows
    ]


def test_the_column_of_nips_is_found_below_a_title() -> None:
    text = f"Daftar peserta;;\n;;\nNo;Nama;NIP\n1;Zahara;'{ZAHARA}\n2;Siti;19940305 202421 2 017\n"
    assert read(text) == [(4, ZAHARA, ""), (5, SITI, "")]


def test_a_column_without_a_heading_is_taken_by_its_digits() -> None:
    assert read(f"{ZAHARA}\n{SITI}\n") == [(1, ZAHARA, ""), (2, SITI, "")]
    assert read(f"Zahara;{ZAHARA}\nSiti;1,98609E+17\n") == [(1, ZAHARA, ""), (2, "", "nip.rounded")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,98609E+17", "nip.rounded"), ("199002142015032000", "nip.rounded"), ("19900214", "nip.length"),
        ("199002A42015032003", "nip.characters"), ("199013142015032003", "nip.birth"), ("-", "nip.missing"),
    ],
)  # fmt: skip
def test_a_nip_that_is_none_says_why(cell: str, code: str) -> None:
    assert read(f"Nama;NIP\nSiti;{cell}\n") == [(2, "", code)]


def test_a_row_without_a_nip_and_one_that_repeats_are_told() -> None:
    rows = read_list(f"Nama;NIP\nSiti;{SITI}\nAwang;\nSiti;{SITI}\n".encode()).rows
    assert [row.problem.code if row.problem else "" for row in rows] == ["", "nip.missing", "row.repeated"]
    assert rows[2].problem is not None and rows[2].problem.params == {"row": 2}


def test_a_workbook_keeps_text_and_loses_digits_of_a_number() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["NIP", "Nama"])
    sheet.write_string(1, 0, ZAHARA)
    sheet.write_number(2, 0, float(SITI))
    book.close()
    rows = read_list(made.getvalue()).rows
    assert [(row.nip, row.problem.code if row.problem else "") for row in rows] == [
        (ZAHARA, ""), ("", "nip.rounded"),
    ]  # fmt: skip


def test_a_file_without_nips_is_refused() -> None:
    for text in ("Nama;Unit\nSiti;Penyengat\n", "   "):
        with pytest.raises(Unreadable):
            read(text)
