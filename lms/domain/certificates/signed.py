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
from typing import Any

RECORD = "sertifikat.json"
"""The attached record (see design/certificate.typ)."""
MOST_REVISIONS = 40
_END = re.compile(rb"%%EOF")
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_HEX = re.compile(rb"<[0-9A-Fa-f\s]*[1-9A-Fa-f][0-9A-Fa-f\s]*>")
_ADDED = frozenset({"/AcroForm", "/DSS", "/Perms", "/Extensions", "/Version"})
"""What signing may add to the catalog of a document; anything else could change what it does when opened."""
_APART = frozenset({"/Parent", "/P", "/StructParents", "/StructParent", "/Length", "/Filter", "/DecodeParms"})
_DEEPEST = 40


class Encrypted(Exception):
    """The PDF has a password."""


class Damaged(Exception):
    """The file is no PDF that can be read."""


def beginnings(data: bytes) -> Iterator[str]:
    """Yield the SHA-256 of each beginning of a PDF that could be a whole earlier file, the longest first.

    An earlier file ends behind an end mark, with or without a line break.
    """
    ends = [found.end() for found in _END.finditer(data)][:MOST_REVISIONS]
    for end in reversed(ends):
        for tail in (b"\r\n", b"\n", b"\r", b""):
            if data.startswith(tail, end):
                yield sha256(memoryview(data)[: end + len(tail)]).hexdigest()


def signature_until(data: bytes) -> int | None:
    """Return up to which byte a signature covers the file from its first byte on; None without a signature.

    The bytes it leaves out must be its own: one hexadecimal string that is not empty.
    """
    reached = [
        third + fourth
        for first, second, third, fourth in (map(int, found.groups()) for found in _RANGE.finditer(data))
        if first == 0 and 0 < second < third and third + fourth <= len(data)
        and _HEX.fullmatch(data, second, third)
    ]  # fmt: skip
    return max(reached, default=None)


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
    """Read a PDF in its newest revision. Raises Encrypted, Damaged."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Encrypted
        attached = reader.attachments.get(RECORD) or [b"{}"]
        record = json.loads(attached[0])
        pages = tuple(_page(page) for page in list(reader.pages)[:10])
        names = reader.root_object.get("/Names")
        inside = names.get_object() if names is not None else ()
        catalog = frozenset((*reader.root_object, *(f"/Names{key}" for key in inside)))
    except Encrypted:
        raise
    except Exception as error:  # a PDF from outside can be wrong in any way
        raise Damaged from error
    return Document(record if isinstance(record, dict) else {}, pages, catalog)


def _page(page: Any) -> str:
    """The fingerprint of what a page shows: contents, resources, size, annotations other than signatures."""
    parts = [repr(page.get(name)) if name == "/Rotate" else _print(page.get(name))
             for name in ("/Contents", "/Resources", "/MediaBox", "/Rotate")]  # fmt: skip
    notes = page.get("/Annots")
    for note in notes.get_object() if notes is not None else ():
        found = note.get_object()
        if found.get("/Subtype") == "/Widget" and _kind(found) == "/Sig":
            continue
        parts.append(_print({key: found[key] for key in found if key in {"/Subtype", "/Rect", "/A", "/AP"}}))
    return sha256("\n".join(parts).encode()).hexdigest()


def _kind(widget: Any) -> object:
    parent = widget.get("/Parent")
    return widget.get("/FT") or (parent.get_object().get("/FT") if parent is not None else None)


def _print(thing: Any, depth: int = 0) -> str:
    """A text of an object that does not depend on how the file is written."""
    thing = thing.get_object() if hasattr(thing, "get_object") else thing
    if depth > _DEEPEST:
        return "deep"
    if isinstance(thing, Mapping):
        text = [
            f"{key}:{_print(thing[key], depth + 1)}" for key in sorted(map(str, thing)) if key not in _APART
        ]
        data = thing.get_data() if hasattr(thing, "get_data") else None
        text += [sha256(data).hexdigest()] if isinstance(data, bytes) else []
        return "{" + ",".join(text) + "}"
    if isinstance(thing, list | tuple):
        return "[" + ",".join(_print(one, depth + 1) for one in thing) + "]"
    if isinstance(thing, bool) or not isinstance(thing, int | float):
        return str(thing)
    return f"{float(thing):.3f}"
