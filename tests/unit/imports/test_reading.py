"""Files of every kind, and those that would fill the memory."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from lms.domain.imports.rules import PEOPLE, Unreadable, find_layout, read_file
from lms.domain.imports.rules.workbooks import MAX_UNPACKED
from tests.unit.imports.files import HEAD, ZAHRA, csv_of, repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"
BOOK = workbook(HEAD, ZAHRA)
TABLE = (
    "Nama;NIP;Kode Unit\r\nSiti Nurbaya, S.Pd.;199002142015032003;KEL-0101\r\nAndré;199403052024212017;X\r\n"
)
ROWS = ("Siti Nurbaya, S.Pd.", "199002142015032003", "KEL-0101")


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(), b"\xef\xbb\xbf" + TABLE.encode(), TABLE.encode("cp1252"), TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"), TABLE.encode("utf-16-be"), b"sep=;\r\n" + TABLE.encode(),
        TABLE.replace(";", "\t").encode(), TABLE.replace(";", "|").encode(),
        TABLE.replace("Siti Nurbaya, S.Pd.", '"Siti Nurbaya, S.Pd."').replace(";", ",").encode(),
        TABLE.replace("199002142015032003", '="199002142015032003"').encode(),
        b"\xef\xbb\xbfsep=;\n" + TABLE.replace("\r\n", "\n").encode(),
    ],
)  # fmt: skip
def test_a_csv_is_read_whatever_its_encoding_and_separator(data: bytes) -> None:
    [sheet] = read_file(data)
    assert [row.cells[:2] for row in sheet.rows[1:]] == [ROWS[:2], ("André", "199403052024212017")]
    assert sheet.rows[1].number == (3 if b"sep=" in data else 2)


def test_a_workbook_keeps_text_numbers_and_days_apart() -> None:
    [sheet] = read_file(workbook(HEAD, (198609262015051001, "A", None, date(2020, 3, 1)), ()))
    assert sheet.name == "Data"
    nip, name, none, day = sheet.rows[1].cells
    assert isinstance(nip, float) and (name, none, day) == ("A", None, date(2020, 3, 1))


def test_rows_and_columns_keep_their_places_when_the_table_stands_in_the_middle() -> None:
    data = workbook((), (), (None, None, "NIP", "Nama"), (None, None, ZAHRA[0], ZAHRA[1]))
    [sheet] = read_file(data)
    assert [row.number for row in sheet.rows] == [3, 4]
    assert sheet.rows[1].at(2) == ZAHRA[0] and sheet.rows[1].at(0) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"), (b" \r\n;;\r\n", "file.empty"), (workbook(), "file.empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "file.old"), (b"%PDF-1.7", "file.kind"),
        (b"<html><table>", "file.kind"), (b"Nama;NIP\x00\x01\x02;\x00", "file.text"),
        (b"PK\x03\x04no", "file.workbook"),
        (b"Nama;NIP\n" * 10_001, "file.rows"), (b";" * 100 + b"x", "file.columns"),
        (BOOK[:-400], "file.workbook"), (repacked(BOOK, {SHEET: b"<worksheet><no"}), "file.workbook"),
        (b"Nama;NIP\n" + b"x" * 10_000_000, "file.large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_file(data)
    assert refusal.value.code == code


def _sheet(cells: str, head: str = "") -> bytes:
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return repacked(
        BOOK, {SHEET: f'{head}<worksheet xmlns="{ns}"><sheetData>{cells}</sheetData></worksheet>'.encode()}
    )


def _shared(text: str, cells: int) -> bytes:
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{ns}"><si><t>{text}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
    sheet = f'<worksheet xmlns="{ns}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return repacked(BOOK, {SHEET: sheet, "xl/sharedStrings.xml": strings})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "file.columns"),
        (_sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "file.rows"),
        (_sheet("<row/>" * 20_001 + "<row><c><v>1</v></c></row>"), "file.rows"),
        (_sheet("", '<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "file.bomb"),
        (_shared("x" * 40_000, 1), "file.bomb"), (_shared("x" * 30_000, 15_000), "file.bomb"),
    ],
)  # fmt: skip
def test_a_small_workbook_that_asks_for_a_giant_sheet_is_refused(data: bytes, code: str) -> None:
    assert len(data) < 300_000
    with pytest.raises(Unreadable) as refusal:
        read_file(data)
    assert refusal.value.code == code


def _honest() -> bytes:
    return repacked(BOOK, {"xl/media/a.bin": bytes(MAX_UNPACKED + 1)})


def _lying() -> bytes:
    """The directory says that the part is small: counted while it is unpacked."""
    data, target = _honest(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        crooked = {part.filename: part.file_size for part in archive.infolist()}
    size = crooked["xl/media/a.bin"].to_bytes(4, "little")
    target.write(data.replace(size, (1000).to_bytes(4, "little")))
    return target.getvalue()


@pytest.mark.parametrize("make", [_honest, _lying])
def test_a_bomb_is_refused_before_it_is_unpacked_into_memory(make: object) -> None:
    import tracemalloc

    data = make()  # type: ignore[operator]
    assert len(data) < 300_000
    tracemalloc.start()
    with pytest.raises(Unreadable):
        read_file(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


TITLES = [("PEMERINTAH KOTA TANJUNGPINANG",), ("Daftar Nominatif Pegawai, November 2026",), ()]


def test_the_header_is_found_below_title_lines_and_its_repetitions_are_left_out() -> None:
    rows = [*TITLES, ("No", *HEAD), tuple(range(1, 9)), (1, *ZAHRA), ("No", *HEAD), (2, *ZAHRA)]
    layout = find_layout(read_file(workbook(*rows)), PEOPLE)
    assert layout.mapping == ["", "nip", "name", "unit_code", "position_code", "employment", "rank", "since"]
    assert [row.number for row in layout.data()] == [6, 8]
    assert layout.columns[2].samples[0] == ZAHRA[1]


def test_a_header_of_two_lines_with_merged_cells_is_read() -> None:
    upper = ("NIP", "Nama", "Jabatan", None, "Unit Kerja")
    lower = (None, None, "Nama", "TMT", None)
    row = (ZAHRA[0], ZAHRA[1], "Pengadministrasi Umum", "1 Maret 2020", "Kelurahan Penyengat")
    layout = find_layout(read_file(workbook(upper, lower, row)), PEOPLE)
    assert layout.mapping == ["nip", "name", "position", "since", "unit"]
    assert [item.number for item in layout.data()] == [3]


def test_the_sheet_with_the_table_is_chosen_and_its_signature_is_that_of_its_headers() -> None:
    book = read_file(workbook(HEAD, ZAHRA)) + read_file(workbook(("Catatan",), ("tidak ada",), name="Info"))
    layout = find_layout(list(reversed(book)), PEOPLE)
    assert layout.sheet.name == "Data"
    spaced = find_layout(read_file(csv_of([f" {head.upper()} " for head in HEAD], ZAHRA)), PEOPLE)
    assert layout.signature == spaced.signature
    assert layout.signature != find_layout(read_file(csv_of(HEAD[:-1], ZAHRA)), PEOPLE).signature


def test_a_file_without_any_known_header_is_laid_out_for_a_person_to_map() -> None:
    layout = find_layout(read_file(csv_of(("Kolom A", "Kolom B"), ("x", "y"))), PEOPLE)
    assert layout.mapping == ["", ""] and len(layout.data()) == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_with_broken_bytes_inside_is_refused(method: int) -> None:
    """Broken on the way, not made so: the directory is whole, a packed part is not."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as whole, zipfile.ZipFile(made, "w", method) as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
        place = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    data = bytearray(made.getvalue())
    data[place : place + 24] = bytes(mark ^ 0xFF for mark in data[place : place + 24])
    with pytest.raises(Unreadable) as caught:
        read_file(bytes(data))
    assert caught.value.code == "file.workbook"
