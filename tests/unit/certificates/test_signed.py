"""What a PDF that comes back says of itself, on certificates that are really printed."""

from __future__ import annotations

import io
import time
from hashlib import sha256

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from lms.domain.certificates import pdf
from lms.domain.certificates.signed import (
    Damaged,
    Encrypted,
    beginnings,
    covers_all,
    document_of,
    signature_until,
)
from tests.unit.certificates.signing import altered, sign


@pytest.fixture(scope="module")
def issued() -> bytes:
    return pdf.render(pdf._trial(""))


def test_a_signed_file_begins_with_our_bytes(issued: bytes) -> None:
    data = sign(issued)
    assert data.startswith(issued) and len(data) > len(issued)
    assert sha256(issued).hexdigest() in set(beginnings(data))
    assert signature_until(data) == len(data) and covers_all(data, len(data))
    assert document_of(data).same_as(document_of(issued))


def test_written_anew_it_is_the_same_document(issued: bytes) -> None:
    data = sign(issued, anew=True)
    assert sha256(issued).hexdigest() not in set(beginnings(data))
    assert document_of(data).same_as(document_of(issued)) and signature_until(data) == len(data)


def test_other_contents_are_another_document(issued: bytes) -> None:
    for data in (altered(issued), sign(altered(issued)), altered(sign(issued))):
        assert data.startswith(issued) and not document_of(data).same_as(document_of(issued))


def test_what_acts_on_opening_is_another_document(issued: bytes) -> None:
    for place in ("/OpenAction", "/Names"):
        writer = PdfWriter(io.BytesIO(issued), incremental=True)
        act = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
        if place == "/Names":
            writer.root_object["/Names"].get_object()[NameObject("/JavaScript")] = act
        else:
            writer.root_object[NameObject(place)] = act
        made = io.BytesIO()
        writer.write(made)
        assert not document_of(sign(made.getvalue())).same_as(document_of(issued)), place


def test_no_signature_or_one_that_covers_a_part(issued: bytes) -> None:
    assert signature_until(issued) is None
    data = sign(issued, whole=False)
    until = signature_until(data)
    assert until is None or not covers_all(data, until)
    words = b"%PDF-1.7 /ByteRange [0 10 20 30] " + b"<00000000>" * 5
    assert signature_until(words) is None


def test_a_tail_after_the_signature(issued: bytes) -> None:
    data = sign(issued)
    until = signature_until(data)
    assert until is not None
    assert covers_all(data + b"\r\n", until)
    assert covers_all(data + b"\n9 0 obj <</DSS 8 0 R>> endobj", until)
    assert not covers_all(data + b"\n9 0 obj <</Contents 8 0 R>> endobj", until)


def test_a_password_and_rubbish(issued: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(issued)))
    writer.encrypt("rahasia", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(Encrypted):
        document_of(made.getvalue())
    for data in (b"%PDF-1.7", b"%PDF-1.7\n" + b"<" * 5000, issued[:5000]):
        with pytest.raises(Damaged):
            document_of(data)


def test_what_would_take_hours_is_answered_at_once(issued: bytes) -> None:
    """A string that never closes behind a range, one range after the other, objects that name each other."""
    began = time.process_time()
    head = b"%PDF-1.7 /ByteRange [0 60 300000 0]".ljust(60)
    assert signature_until(head + b"<" + b"1" * 300_000) is None
    line = b"/ByteRange [0 20 90000 9]"
    assert signature_until((line * 4000).replace(b"0 20", b"0 25", 1)) is None
    writer = PdfWriter(io.BytesIO(issued), incremental=True)
    inner = writer._add_object(DictionaryObject())
    for _step in range(38):
        both = DictionaryObject({NameObject("/X"): inner, NameObject("/Y"): inner})
        inner = writer._add_object(both)
    writer.pages[0]["/Resources"].get_object()[NameObject("/Again")] = inner
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(Damaged):
        document_of(made.getvalue())
    ends = b"%PDF-1.7" + (b"\n%%EOF\r\n".rjust(100_000)) * 50
    assert len(list(beginnings(ends))) == 120
    assert time.process_time() - began < 20


def test_what_hides_acts_or_covers_is_another_document(issued: bytes) -> None:
    """A cut page, a script of the page, a form drawn over it, a field that says signature and holds none."""
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    act = DictionaryObject({NameObject("/O"): script})
    box = ArrayObject([FloatObject(0), FloatObject(0), FloatObject(300), FloatObject(300)])
    empty = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Widget"), NameObject("/FT"): NameObject("/Sig"),
            NameObject("/Rect"): box, NameObject("/V"): DictionaryObject(),
        }
    )  # fmt: skip
    for place in ("/CropBox", "/AA", "/UserUnit", "/Annots", "/XFA"):
        writer = PdfWriter(io.BytesIO(sign(issued)), incremental=True)
        page = writer.pages[0]
        if place == "/Annots":
            page[NameObject(place)] = ArrayObject([*page[place].get_object(), writer._add_object(empty)])
        elif place == "/XFA":
            writer.root_object["/AcroForm"].get_object()[NameObject(place)] = TextStringObject("x")
        else:
            page[NameObject(place)] = {"/CropBox": box, "/AA": act}.get(place, FloatObject(2))
        made = io.BytesIO()
        writer.write(made)
        assert not document_of(made.getvalue()).same_as(document_of(issued)), place
