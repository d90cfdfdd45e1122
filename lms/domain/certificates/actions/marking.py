"""What is added to an issued certificate: a revocation, a signed file, a reprint."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms import files
from lms.domain.accounts.actions import Refused
from lms.domain.accounts.models import User
from lms.domain.audit.actions import record
from lms.domain.certificates import pdf
from lms.domain.certificates.actions.records import emblem_of
from lms.domain.certificates.models import Certificate, CertificateFile
from lms.domain.certificates.snapshot import tidy

MAX_REASON = 500
MAX_SIGNED_BYTES = 5 * 1024 * 1024


def revoke(
    session: Session, certificate: Certificate, *, by: User, reason: str, now: datetime
) -> Certificate:
    """Revoke for good, with a reason that the public page shows; a second time changes nothing.

    Raises Refused("certificate.reason") without a reason or with one over 500 characters.
    """
    row = locked(session, certificate)
    if row.revoked_at is not None:
        return row
    row.revoked_at, row.revoked_by, row.revoked_reason = now, by.id, checked_reason(reason)
    subject = ("certificate", row.id)
    record(session, "certificate.revoked", now=now, actor=by.id, subject=subject, reason=row.revoked_reason)
    session.flush()
    return row


def add_signed_file(
    session: Session,
    certificate: Certificate,
    data: bytes,
    folder: Path,
    *,
    by: User,
    now: datetime,
    issued: str = "",
) -> CertificateFile:
    """Append the file that was signed outside; the same file again returns its row and changes nothing.
    `issued` is the digest of the bytes that were signed, where it is known.

    Raises Refused "certificate.not_valid" (revoked or replaced), "certificate.not_pdf" or
    "certificate.too_large" (over 5 MB).
    """
    row = locked(session, certificate)
    if row.revoked_at is not None or row.replaced_at is not None:
        raise Refused("certificate.not_valid")
    if len(data) > MAX_SIGNED_BYTES:
        raise Refused("certificate.too_large", "file")
    if not data.startswith(b"%PDF-"):
        raise Refused("certificate.not_pdf", "file")
    known = _kept(session, row, sha256(data).hexdigest())
    if known is not None:
        return known
    added = append(session, row, "signed", data, folder, now)
    if row.signed_at is None:
        row.signed_at = now
    record(
        session,
        "certificate.signed",
        now=now,
        actor=by.id,
        subject=("certificate", row.id),
        sha256=added.sha256,
        before=issued or None,
    )
    session.flush()
    return added


def reprint(
    session: Session, certificate: Certificate, folder: Path, *, by: User, now: datetime
) -> CertificateFile:
    """Append the frozen record in today's design (after a fault in the design); all else stays.

    Raises Refused("certificate.signed") once a signed file exists, and "certificate.emblem" when
    the emblem of the time of issue is gone.
    """
    row = locked(session, certificate)
    if row.signed_at is not None:
        raise Refused("certificate.signed")
    emblem = emblem_of(folder, str(row.snapshot.get("emblem") or ""))
    try:
        data = pdf.render(row.snapshot, emblem=emblem)
    except pdf.EmblemMismatch as error:
        raise Refused("certificate.emblem") from error
    added = append(session, row, "reprint", data, folder, now)
    subject = ("certificate", row.id)
    record(session, "certificate.reprinted", now=now, actor=by.id, subject=subject, sha256=added.sha256)
    session.flush()
    return added


def append(
    session: Session, certificate: Certificate, kind: str, data: bytes, folder: Path, now: datetime
) -> CertificateFile:
    digest = files.keep(folder, data)
    row = _kept(session, certificate, digest)
    if row is None:
        row = CertificateFile(
            certificate_id=certificate.id, kind=kind, sha256=digest, size=len(data), created_at=now
        )
        session.add(row)
        session.flush()
    return row


def _kept(session: Session, certificate: Certificate, digest: str) -> CertificateFile | None:
    known = select(CertificateFile).where(
        CertificateFile.certificate_id == certificate.id, CertificateFile.sha256 == digest
    )
    return session.scalars(known).first()


def locked(session: Session, certificate: Certificate) -> Certificate:
    return session.get_one(Certificate, certificate.id, with_for_update=True, populate_existing=True)


def checked_reason(text: str) -> str:
    reason = tidy(text)
    if not reason or len(reason) > MAX_REASON:
        raise Refused("certificate.reason", "reason")
    return reason
