"""Sign a PDF as programs for electronic signatures do: an incremental update with a field and a signature."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

ROOM = 512
PLACE = 1_111_111_111


def sign(data: bytes, *, whole: bool = True, anew: bool = False) -> bytes:
    """Return the PDF with a signature field on its first page; `anew` writes the file from scratch.

    Without `whole` the bytes after the first thousand are not covered.
    """
    writer = PdfWriter(io.BytesIO(data), incremental=not anew)
    if anew:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    signature = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Sig"),
                NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
                NameObject("/SubFilter"): NameObject("/ETSI.CAdES.detached"),
                NameObject("/ByteRange"): ArrayObject(
                    [NumberObject(0), NumberObject(PLACE), NumberObject(PLACE), NumberObject(PLACE)]
                ),
                NameObject("/Contents"): ByteStringObject(b"\x5a" * ROOM),
            }
        )
    )
    page = writer.pages[0]
    widget = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/T"): TextStringObject("ttd"),
                NameObject("/V"): signature,
                NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
            }
        )
    )
    notes = ArrayObject([*page["/Annots"].get_object(), widget])
    page[NameObject("/Annots")] = notes
    form = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([widget]), NameObject("/SigFlags"): NumberObject(3)}
    )
    writer.root_object[NameObject("/AcroForm")] = form
    made = io.BytesIO()
    writer.write(made)
    return filled(made.getvalue(), whole=whole)


def filled(data: bytes, *, whole: bool = True) -> bytes:
    """Return the bytes with the range that the signature covers."""
    start = data.index(b"<" + b"5a" * ROOM)
    end = start + 2 * ROOM + 2
    numbers = (0, start if whole else 1000, end, len(data) - end if whole else 10)
    text = "[ 0 " + " ".join(str(number).zfill(10) for number in numbers[1:]) + " ]"
    return re.sub(rb"\[ 0 1111111111 1111111111 1111111111 \]", text.encode(), data)


def noted(data: bytes) -> bytes:
    """Return the PDF with another title, as an incremental update: nothing that is printed differs."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_metadata({"/Title": "Lain"})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def altered(data: bytes) -> bytes:
    """Return the PDF with other contents on its first page, as an incremental update."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    page = writer.pages[0]
    stream = page["/Contents"].get_object()
    stream.set_data(stream.get_data() + b"\n0 0 100 100 re f")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
