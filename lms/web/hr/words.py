"""Words, shapes and colours of the desk's states."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.accounts.actions import Refused
from lms.domain.enrollments.rules import EnrollmentState
from lms.domain.reports.rules import Activation, NoCertificate
from lms.web.certificate_labels import Label
from lms.web.refusals import refusal_text

ACTIVATION: dict[Activation, Label] = {
    Activation.ACTIVE: Label(_l("In use"), "ok", "check"),
    Activation.CODE: Label(_l("Code not used yet"), "info", "clock"),
    Activation.NONE: Label(_l("No code yet"), "quiet", "pause"),
}
REASONS: dict[NoCertificate, LazyString] = {
    NoCertificate.HOURS_WAITING: _l("BKPSDM has not approved the course's JP yet"),
    NoCertificate.HOURS_DIFFER: _l("BKPSDM approved other JP than this version claims"),
    NoCertificate.NOT_GIVEN: _l("This course gives no certificate"),
    NoCertificate.UNDER_WAY: _l("Approved, the certificate is being issued"),
}
ENROLLMENT: dict[EnrollmentState, Label] = {
    EnrollmentState.NOT_STARTED: Label(_l("Not started"), "quiet", "pause"),
    EnrollmentState.IN_PROGRESS: Label(_l("In progress"), "info", "play"),
    EnrollmentState.COMPLETED: Label(_l("Completed"), "ok", "check"),
    EnrollmentState.WITHDRAWN: Label(_l("Withdrawn"), "quiet", "cross"),
}
EXPORT_KINDS: dict[str, LazyString] = {
    "package": _l("Certificate package"),
    "siasn": _l("Package for SIASN"),
    "register": _l("List of completions"),
    "hours": _l("JP recap"),
    "staff": _l("List of staff"),
}
FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "nip": _l("NIP"),
    "email": _l("E-mail"),
    "employment": _l("Employment"),
    "rank": _l("Rank"),
    "unit_id": _l("Unit"),
    "position_id": _l("Position"),
}
_REFUSALS: dict[str, LazyString] = {
    "certificate.reason": _l("Write a reason of 1 to 500 characters; the public check page shows it."),
    "certificate.replaced": _l("This certificate has been replaced already; the newer one is linked here."),
    "certificate.own": _l("Nobody issues a certificate to themselves. Ask a colleague at BKPSDM."),
    "certificate.not_valid": _l("A revoked or replaced certificate takes no signed file."),
    "certificate.not_pdf": _l("This file is no PDF. Choose the signed PDF of this certificate."),
    "certificate.too_large": _l("The file is larger than 5 MB. Sign the PDF from this page, without a scan."),
    "certificate.of_another": _l(
        "This file belongs to another certificate. Open that one, or bring all signed files back together."
    ),
    "certificate.unsigned": _l(
        "No signature was found in this PDF. Choose the file that came back from signing."
    ),
    "certificate.changed_later": _l(
        "This file was changed after it was signed. Sign the PDF from this page anew."
    ),
    "certificate.altered": _l(
        "This is not the document that was issued. Sign the PDF from this page, unchanged."
    ),
    "certificate.unknown": _l("This is not one of our certificates. Sign the PDF from this page, unchanged."),
    "certificate.encrypted": _l("This PDF has a password. Sign the PDF from this page without one."),
    "certificate.damaged": _l("This PDF is damaged and cannot be read. Choose the file anew."),
    "certificate.signed": _l("A signed file exists, and a reprint would be unsigned. Replace it instead."),
    "certificate.emblem": _l("The emblem of the day of issue is gone; a reprint is not possible."),
    "sheet.empty": _l("None of these people can be given a code here. Load the list again."),
    "sheet.over": _l("These codes were made before and are not shown again. Make new ones below."),
}


def refusal(error: Refused) -> str:
    """Return what a refusal says at this desk."""
    known = _REFUSALS.get(error.code)
    return str(known) if known is not None else refusal_text(error)


def fields_text(detail: dict[str, Any]) -> str:
    """Return which data an entry of the activity log says were changed."""
    names = [str(FIELDS.get(name, name)) for name in detail.get("fields", [])]
    return _("Changed: %(fields)s", fields="; ".join(names)) if names else ""
