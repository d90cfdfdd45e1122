"""The proof of a training: a photograph or a PDF, made harmless before it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from lms.content.pictures import as_webp

MOST_BYTES = 12 * 1024 * 1024
MOST_PDF = 2 * 1024 * 1024
WIDTH = 1600
"""Pixels a photograph of a certificate keeps: enough to read it, about 200 KB."""


class BadProof(Exception):
    """The file cannot be the proof; `code` says why: empty, large, pdf_large, kind."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Proof:
    """Bytes to keep and what they are: pdf or webp."""

    data: bytes
    kind: str


def proof_of(data: bytes) -> Proof:
    """Return what is kept of an uploaded file: photographs upright, small, without place and time.

    Raises BadProof.
    """
    if not data:
        raise BadProof("empty")
    if len(data) > MOST_BYTES:
        raise BadProof("large")
    if data[:5] == b"%PDF-":
        if len(data) > MOST_PDF:
            raise BadProof("pdf_large")
        return Proof(data, "pdf")
    picture = as_webp(data, WIDTH)
    if picture is None:
        raise BadProof("kind")
    return Proof(picture, "webp")
