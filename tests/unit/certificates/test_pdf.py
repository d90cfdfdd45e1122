import io
import json
import re
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from lms.domain.certificates import pdf
from lms.domain.certificates.snapshot import Holder, Kind, Snapshot

from .samples import ENTRY, HOLDER, ISSUER, LONG_HOLDER, LONG_TRAINING, ONE_WORD, TRAINING, snapshot

PARTNER = replace(ISSUER, partner="Lembaga Administrasi Negara Republik Indonesia")
EXPIRING = replace(ENTRY, valid_until=date(2028, 11, 21))
FORTY = tuple((f"Bagian {i}", 10) for i in range(40))
UNSIGNED = replace(ISSUER, signer_name="", signer_position="", signer_nip="", signer_rank="")
CASES: dict[str, Snapshot] = {
    "plain": snapshot(),
    "long": snapshot(LONG_HOLDER, LONG_TRAINING, PARTNER, EXPIRING),
    "one word": snapshot(replace(HOLDER, name=ONE_WORD, unit=ONE_WORD)),
    "no staff record": snapshot(Holder(name="Siti"), replace(TRAINING, competencies=(), legal_basis=())),
    "contract": snapshot(replace(HOLDER, nip="200012312024211001", rank="")),
    "passed": snapshot(
        training=replace(TRAINING, score=87.5, predicate="memuaskan"), issuer=replace(ISSUER, kind=Kind.STTP)
    ),
    "fewer hours than modules": snapshot(training=replace(TRAINING, jp=2)),
    "no hours": snapshot(training=replace(TRAINING, jp=0)),
    "no modules": snapshot(training=replace(TRAINING, modules=())),
    "Malay letters": snapshot(replace(HOLDER, name="Raja Nurʼaini ʿAbdullāh Ḥasan, S.Pd.I")),
    "other scripts": snapshot(replace(HOLDER, name="陳 Siti 😀, S.E.")),
    "forty modules": snapshot(
        training=replace(TRAINING, modules=tuple((f"Bagian {i}", 10) for i in range(40)))
    ),
    "no signer": snapshot(
        issuer=replace(ISSUER, signer_name="", signer_position="", signer_nip="", signer_rank="")
    ),
}
NOT_IN_PRINT = {  # machine values whose printed form is another field
    "template_version", "kind", "issued_at", "issued_on", "valid_until", "started_on", "completed_on",
    "emblem", "place", "sample", "title", "result", "verify_url", "government",
}  # fmt: skip


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def squeezed(text: str) -> str:
    """Text without any space: a line may break anywhere on paper."""
    return "".join(text.split())


def printed(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in read(data).pages))


def values(snapshot: Snapshot) -> list[str]:
    found: list[str] = []
    for key, value in snapshot.items():
        if key in NOT_IN_PRINT:
            continue
        parts = value if isinstance(value, list) else [value]
        for part in parts:
            found += [str(item) for item in part.values()] if isinstance(part, dict) else [str(part)]
    return [value for value in found if value and value != "0"]


@pytest.mark.parametrize("name", CASES)
def test_two_pages_hold_every_printed_field(name: str) -> None:
    data = pdf.render(CASES[name])
    assert len(read(data).pages) == 2
    assert len(data) < 120_000
    text = printed(data)
    if name != "other scripts":
        assert [value for value in values(CASES[name]) if squeezed(value) not in text] == []
    assert squeezed(str(CASES[name]["title"]).upper()) in text
    assert squeezed(str(CASES[name]["result"]).upper()) in text
    assert str(CASES[name]["verify_url"]).removeprefix("https://") in text


@pytest.mark.parametrize("name", CASES)
def test_nothing_leaves_the_inner_frame(name: str) -> None:
    outside: list[tuple[str, float, float]] = []

    def see(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        if text.strip() and not (60 < x < 800 and 55 < y < 540):
            outside.append((text, x, y))

    for page in read(pdf.render(CASES[name])).pages:
        page.extract_text(visitor_text=see)
    assert outside == []


def test_the_record_is_attached_as_it_was_frozen() -> None:
    for name in ("plain", "other scripts"):
        attached = read(pdf.render(CASES[name])).attachments["sertifikat.json"]
        assert json.loads(attached[0]) == CASES[name]


def test_empty_fields_leave_no_label() -> None:
    text = printed(pdf.render(snapshot(Holder(name="Siti"), issuer=replace(ISSUER, signer_nip=""))))
    assert "NIP" not in text
    assert "·" not in text
    assert "Kompetensiyang" not in printed(pdf.render(CASES["no staff record"]))


def test_an_unprintable_character_becomes_a_box() -> None:
    assert squeezed("□ Siti □, S.E.") in printed(pdf.render(CASES["other scripts"]))


def test_a_demonstration_is_marked() -> None:
    mark = squeezed("Contoh: orang, jabatan, dan nomor rekaan")
    assert mark in printed(pdf.render(snapshot()))
    assert mark not in printed(pdf.render(snapshot(replace(HOLDER, sample=False))))


def test_the_note_of_a_signature_stands_only_on_a_file_to_be_signed() -> None:
    note = squeezed("Dokumen ini telah ditandatangani secara elektronik")
    signed = pdf.render(CASES["long"], signed=True)
    assert note in printed(signed)
    assert len(read(signed).pages) == 2
    assert note not in printed(pdf.render(CASES["long"]))


def test_the_file_says_which_standards_it_keeps() -> None:
    data = pdf.render(snapshot())
    reader = read(data)
    xmp = reader.xmp_metadata
    assert xmp is not None
    packet = xmp.stream.get_data()
    assert b"<pdfaid:part>3</pdfaid:part>" in packet
    assert b"<pdfuaid:part>1</pdfuaid:part>" in packet
    assert reader.metadata is not None
    assert reader.metadata.creation_date == ENTRY.issued_at
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("id")


def test_every_font_is_embedded_as_a_subset_with_its_letters() -> None:
    reader = read(pdf.render(CASES["long"]))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        for part in (one.get_object() for one in font.get("/DescendantFonts", [font])):
            assert re.fullmatch(r"/[A-Z]{6}\+.+", part["/BaseFont"])
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(part["/FontDescriptor"])


def test_the_file_is_sound() -> None:
    reader = PdfReader(io.BytesIO(pdf.render(CASES["long"])), strict=True)
    for generation, numbers in reader.xref.items():
        for number in numbers:
            assert reader.get_object(IndirectObject(number, generation, reader)) is not None
    for page in reader.pages:
        assert page.get_contents() is not None


_ELSEWHERE = """
import json, sys
from hashlib import sha256
from lms.domain.certificates import pdf
print(sha256(pdf.render(json.load(sys.stdin))).hexdigest())
"""


def test_another_process_makes_the_same_bytes() -> None:
    made = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        input=json.dumps(CASES["plain"], sort_keys=True),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert made.stdout.strip() == sha256(pdf.render(CASES["plain"])).hexdigest()


def test_eight_threads_make_the_same_bytes_as_one() -> None:
    several = [snapshot(entry=replace(ENTRY, number=f"{i}/2026", code=f"{i:013d}")) for i in range(24)]
    alone = [pdf.render(one) for one in several]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(pdf.render, several)) == alone
    assert len(set(alone)) == 24


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'


def png(red: int, green: int, blue: int) -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    pixel = zlib.compress(bytes([0, red, green, blue]))
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


PNG = png(11, 93, 78)


@pytest.mark.parametrize("emblem", [SVG, PNG], ids=["svg", "png"])
def test_an_emblem_stands_for_the_drawn_mark(emblem: bytes) -> None:
    made = snapshot(issuer=replace(ISSUER, emblem=pdf.emblem_digest(emblem)))
    data = pdf.render(made, emblem=emblem)
    assert data == pdf.render(made, emblem=emblem)
    assert data != pdf.render(snapshot())
    assert len(read(data).pages) == 2


def test_an_emblem_other_than_the_frozen_one_is_refused() -> None:
    with pytest.raises(pdf.EmblemMismatch):
        pdf.render(snapshot(), emblem=SVG)
    with pytest.raises(pdf.EmblemMismatch):
        pdf.render(snapshot(issuer=replace(ISSUER, emblem=pdf.emblem_digest(PNG))), emblem=SVG)


@pytest.mark.parametrize("emblem", [b"", b"GIF89a", PNG[:-20], b"<svg", b"\xff\xfe"])
def test_a_picture_that_cannot_be_printed_is_known_beforehand(emblem: bytes) -> None:
    assert not pdf.emblem_works(emblem)
    assert pdf.emblem_works(SVG)
    assert pdf.emblem_works(PNG)


def test_the_code_square_is_large_and_carries_the_address() -> None:
    import segno

    url = str(snapshot()["verify_url"])
    square = segno.make(url, error="m", micro=False)
    side = square.symbol_size(border=0)[0]
    total = side + 2 * pdf.QR_BORDER
    assert pdf.QR_BORDER >= 4
    assert 32 * side / total >= 25  # millimetres of the square itself, without its quiet zone
    assert square.error in ("M", "Q", "H")
    assert "width: 32mm" in (pdf.DESIGN / "certificate.typ").read_text()


def test_warming_up_leaves_a_compiler_behind() -> None:
    pdf._compiler.cache_clear()
    pdf.warm_up()
    assert pdf._compiler.cache_info().currsize == 1
