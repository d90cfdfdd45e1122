"""What a PDF that comes back says of itself: which of our bytes it begins with, its record, its pages,
whether a signature covers it. Pure; the signature itself is not verified here, only that there is one.

A signature is an incremental update (ISO 32000-1, 7.5.6): the signed file begins with the bytes that were
signed. Programs that write the file anew keep the attached record and the pages; both are compared then.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from string import hexdigits
from typing import Any

RECORD = "sertifikat.json"
"""The attached record (see design/certificate.typ)."""
MOST_REVISIONS = 40
_END = re.compile(rb"%%EOF")
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_BLANKS, _HEX = b" \t\r\n\f\0", hexdigits.encode()
_ADDED = frozenset({"/AcroForm", "/DSS", "/Perms", "/Extensions", "/Version"})
"""What signing may add to the catalog of a document; anything else could change what it does when opened."""
_APART = frozenset({"/Parent", "/P", "/StructParents", "/StructParent", "/Length", "/Filter", "/DecodeParms"})
_SHOWN = ("/Contents", "/Resources", "/MediaBox", "/UserUnit", "/AA")
_ACTING = frozenset({"/XFA", "/CO"})
"""In a form: pages drawn by another language, and scripts."""
_NOTE = frozenset({"/Subtype", "/Rect", "/A", "/AA", "/AP"})
_DEEPEST = 40
MOST_OBJECTS = 200_000
"""A certificate has a few hundred objects, fonts included."""
BYTES_AN_OBJECT = 500
"""So many bytes of a stream count like one object: 100 MB unpacked in all."""
LONGEST_RECORD = 100_000


class Encrypted(Exception):
    """The PDF has a password."""


class Damaged(Exception):
    """The file is no PDF that can be read."""


def beginnings(data: bytes) -> Iterator[str]:
    """Yield the SHA-256 of each beginning of a PDF that could be a whole earlier file, the longest first.

    An earlier file ends behind an end mark, with or without a line break.
    """
    marks = [found.end() for found in islice(_END.finditer(data), MOST_REVISIONS)]
    ends = {
        end + len(tail)
        for end in marks
        for tail in (b"\r\n", b"\n", b"\r", b"")
        if data.startswith(tail, end)
    }
    running, at, found = sha256(), 0, list[str]()
    for end in sorted(ends):  # each byte is read once, however many ends there are
        running.update(memoryview(data)[at:end])
        found.append(running.copy().hexdigest())
        at = end
    return reversed(found)


def signature_until(data: bytes) -> int | None:
    """Return up to which byte a signature covers the file from its first byte on; None without a signature.

    The bytes it leaves out must be its own: one hexadecimal string that is not empty.
    """
    ranges = list(_RANGE.finditer(data))[-MOST_REVISIONS:]
    reached = [
        third + fourth
        for first, second, third, fourth in (map(int, found.groups()) for found in ranges)
        if first == 0 and 0 < second < third and third + fourth <= len(data)
        and _is_signature(data[second:third])
    ]  # fmt: skip
    return max(reached, default=None)


def _is_signature(text: bytes) -> bool:
    """Whether the bytes left out are a hexadecimal string of more than zeros; a pattern could take hours."""
    if text[:1] != b"<" or text[-1:] != b">":
        return False
    digits = text[1:-1].translate(None, _BLANKS)
    return not digits.translate(None, _HEX) and bool(digits.strip(b"0"))


def covers_all(data: bytes, until: int) -> bool:
    """Whether nothing follows the signature but proofs of its validity (/DSS) or white space."""
    rest = data[until:].strip()
    return not rest or b"/DSS" in rest


@dataclass(frozen=True)
class Document:
    """What makes two files the same document: the record attached, the pages, what the catalog holds."""

    record: Mapping[str, Any]
    pages: tuple[str, ...]
    catalog: frozenset[str]

    def same_as(self, issued: Document) -> bool:
        """Whether this is the issued document, signed at most: nothing that is printed differs."""
        return (
            self.record == issued.record
            and self.pages == issued.pages
            and self.catalog - issued.catalog <= _ADDED
        )


def document_of(data: bytes) -> Document:
    """Read a PDF in its newest revision. Raises Encrypted, Damaged (also for one that never ends)."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Encrypted
        attached = (reader.attachments.get(RECORD) or [b"{}"])[0]
        record = json.loads(attached) if len(attached) <= LONGEST_RECORD else None
        prints = _Prints()
        pages = tuple(prints.of_page(page) for page in list(reader.pages)[:10])
        catalog = frozenset(_names(reader.root_object))
    except Encrypted:
        raise
    except Exception as error:  # a PDF from outside can be wrong in any way
        raise Damaged from error
    return Document(record if isinstance(record, dict) else {}, pages, catalog)


def _names(root: Mapping[str, Any]) -> Iterator[str]:
    """What the catalog holds, and what in it could act or be shown in place of the pages."""
    yield from root
    for key, inner in (("/Names", None), ("/AcroForm", _ACTING)):
        held = root.get(key)
        for name in held.get_object() if held is not None else ():
            if inner is None or name in inner:
                yield key + str(name)


class _Prints:
    """Fingerprints of pages. What is looked at is counted: objects that name each other twice never end."""

    def __init__(self) -> None:
        self.left = MOST_OBJECTS

    def of_page(self, page: Any) -> str:
        """The fingerprint of what a page shows and does: contents, resources, size, annotations, actions.

        Fields that hold a signature are left out, unless they act.
        """
        parts = [repr(page.get("/Rotate")), self._of(page.get("/CropBox", page.get("/MediaBox")))]
        parts += (self._of(page.get(name)) for name in _SHOWN)
        notes = page.get("/Annots")
        for note in notes.get_object() if notes is not None else ():
            found = note.get_object()
            if not _is_signed_field(found):
                parts.append(self._of({key: found[key] for key in found if key in _NOTE}))
        return sha256("\n".join(parts).encode()).hexdigest()

    def _of(self, thing: Any, depth: int = 0) -> str:
        """A text of an object that does not depend on how the file is written."""
        self.left -= 1
        if self.left < 0:
            raise ValueError("too many objects")
        thing = thing.get_object() if hasattr(thing, "get_object") else thing
        if depth > _DEEPEST:
            return "deep"
        if isinstance(thing, Mapping):
            text = [
                f"{key}:{self._of(thing[key], depth + 1)}"
                for key in sorted(map(str, thing))
                if key not in _APART
            ]
            data = thing.get_data() if hasattr(thing, "get_data") else None
            if isinstance(data, bytes):
                self.left -= len(data) // BYTES_AN_OBJECT
                text.append(sha256(data).hexdigest())
            return "{" + ",".join(text) + "}"
        if isinstance(thing, list | tuple):
            return "[" + ",".join(self._of(one, depth + 1) for one in thing) + "]"
        if isinstance(thing, bool) or not isinstance(thing, int | float):
            return str(thing)
        return f"{float(thing):.3f}"


def _is_signed_field(note: Any) -> bool:
    """Whether an annotation is a field with a signature in it that does nothing else."""
    parent = note.get("/Parent")
    held = parent.get_object() if parent is not None else {}
    kind, value = (note.get(key) or held.get(key) for key in ("/FT", "/V"))
    signature = value.get_object() if value is not None else {}
    acts = "/A" in note or "/AA" in note or "/AA" in held
    return note.get("/Subtype") == "/Widget" and kind == "/Sig" and "/ByteRange" in signature and not acts
