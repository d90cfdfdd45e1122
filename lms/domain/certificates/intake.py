"""Signed PDFs that come back together: each finds its certificate by its content, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from lms import files
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.certificates.actions.marking import MAX_SIGNED_BYTES, add_signed_file, locked
from lms.domain.certificates.models import Certificate, CertificateFile
from lms.domain.certificates.rules import parse_code
from lms.domain.certificates.signed import (
    Damaged,
    Document,
    Encrypted,
    beginnings,
    covers_all,
    document_of,
    signature_until,
)


class Verdict(StrEnum):
    """What becomes of a file."""

    MATCHED = "matched"
    ALREADY = "already"  # these bytes are kept as the signed file
    UNSIGNED = "unsigned"
    ALTERED = "altered"  # it names one of our certificates, and is not the document that was issued
    LATER = "later"  # something was added after the signature
    UNKNOWN = "unknown"
    NOT_VALID = "not_valid"  # revoked or replaced
    TWICE = "twice"  # another file of the same upload belongs to the certificate
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_PDF = "no_pdf"
    LARGE = "large"


_REFUSALS = {
    Verdict.NO_PDF: "certificate.not_pdf",
    Verdict.LARGE: "certificate.too_large",
    Verdict.NOT_VALID: "certificate.not_valid",
    Verdict.UNSIGNED: "certificate.unsigned",
    Verdict.LATER: "certificate.changed_later",
    Verdict.ALTERED: "certificate.altered",
    Verdict.UNKNOWN: "certificate.unknown",
    Verdict.ENCRYPTED: "certificate.encrypted",
    Verdict.DAMAGED: "certificate.damaged",
}


@dataclass(frozen=True)
class Judged:
    """A file with its verdict; where it is one of ours, the certificate and the digest of the issued bytes.

    `newer` tells that another signed file of the certificate is kept already.
    """

    name: str
    digest: str
    verdict: Verdict
    certificate_id: int | None = None
    issued: str = ""
    newer: bool = False


def judge(
    session: Session, sent: Iterable[tuple[str, bytes]], folder: Path, *, keep: Callable[[bytes], str]
) -> list[Judged]:
    """Return the verdict on each file (name, bytes) in their order; `keep` gets the bytes that matched."""
    found: list[Judged] = []
    taken: set[int] = set()
    for name, data in sent:
        one = _judge(session, name, data, folder)
        if one.verdict is Verdict.MATCHED:
            if one.certificate_id in taken:
                one = Judged(name, one.digest, Verdict.TWICE, one.certificate_id, one.issued)
            else:
                taken.add(one.certificate_id or 0)
                keep(data)
        found.append(one)
    return found


def _judge(session: Session, name: str, data: bytes, folder: Path) -> Judged:
    digest = sha256(data).hexdigest()
    if len(data) > MAX_SIGNED_BYTES:
        return Judged(name, digest, Verdict.LARGE)
    if not data.startswith(b"%PDF-"):
        return Judged(name, digest, Verdict.NO_PDF)
    known = _file_of(session, [digest])
    if known is not None:
        verdict = Verdict.ALREADY if known.kind == "signed" else Verdict.UNSIGNED
        return Judged(name, digest, verdict, known.certificate_id, known.sha256)
    base = _file_of(session, list(beginnings(data)))
    try:
        document = document_of(data)
    except Encrypted:
        return Judged(name, digest, Verdict.ENCRYPTED)
    except Damaged:
        return Judged(name, digest, Verdict.DAMAGED)
    certificate = _certificate(session, base, document)
    if certificate is None:
        return Judged(name, digest, Verdict.UNKNOWN)
    issued = _issued(certificate, document, folder, base)
    return Judged(
        name, digest, _verdict(certificate, data, issued), certificate.id, issued or _first(certificate),
        any(item.kind == "signed" for item in certificate.files),
    )  # fmt: skip


def _verdict(certificate: Certificate, data: bytes, issued: str) -> Verdict:
    if not issued:
        return Verdict.ALTERED
    if certificate.revoked_at is not None or certificate.replaced_at is not None:
        return Verdict.NOT_VALID
    until = signature_until(data)
    if until is None:
        return Verdict.UNSIGNED
    return Verdict.MATCHED if covers_all(data, until) else Verdict.LATER


def _certificate(session: Session, base: CertificateFile | None, document: Document) -> Certificate | None:
    found = select(Certificate).options(selectinload(Certificate.files))
    if base is not None:
        return session.scalars(found.where(Certificate.id == base.certificate_id)).one()
    code = parse_code(str(document.record.get("code", "")))
    return session.scalars(found.where(Certificate.code == code)).one_or_none() if code else None


def _issued(certificate: Certificate, document: Document, folder: Path, base: CertificateFile | None) -> str:
    """Return the digest of the file of ours that this is a signed copy of; "" when it is another document."""
    own = [item for item in certificate.files if item.kind != "signed"]
    if base is not None and base.kind != "signed":
        own = [base, *(item for item in own if item.id != base.id)]
    for item in own:
        if document.same_as(document_of(files.path_of(folder, item.sha256).read_bytes())):
            return item.sha256
    return ""


def _first(certificate: Certificate) -> str:
    return certificate.files[0].sha256


def _file_of(session: Session, digests: Sequence[str]) -> CertificateFile | None:
    if not digests:
        return None
    rows = session.scalars(select(CertificateFile).where(CertificateFile.sha256.in_(digests))).all()
    return min(rows, key=lambda row: digests.index(row.sha256), default=None)


def store_signed_copy(
    session: Session, certificate: Certificate, data: bytes, folder: Path, *, by: User, now: datetime
) -> bool:
    """Append the signed copy of this certificate; False when it is kept already.

    Raises Refused "certificate.of_another" (a document of another certificate), "certificate.not_valid",
    or what else the verdict on the file is.
    """
    row = locked(session, certificate)
    found = _judge(session, "", data, folder)
    if found.certificate_id is not None and found.certificate_id != row.id:
        raise Refused("certificate.of_another", "file")
    if found.verdict in _REFUSALS:
        raise Refused(_REFUSALS[found.verdict], "file")
    if found.verdict is Verdict.ALREADY:
        return False
    add_signed_file(session, row, data, folder, by=by, now=now, issued=found.issued)
    return True


def store_signed(
    session: Session, judged: Sequence[Judged], read: Callable[[str], bytes | None], folder: Path, *,
    by: User, now: datetime,
) -> int:  # fmt: skip
    """Append the files that `judge` has just found to match; return how many are kept.

    `read` gives the bytes of a digest, None when they wait no longer. A certificate that was revoked or
    replaced meanwhile is passed over.
    """
    count = sum(one.verdict is Verdict.ALREADY for one in judged)
    for one in judged:
        data = read(one.digest) if one.verdict is Verdict.MATCHED else None
        if data is None:
            continue
        row = session.get_one(Certificate, one.certificate_id)
        with suppress(Refused):
            add_signed_file(session, row, data, folder, by=by, now=now, issued=one.issued)
            count += 1
    return count
