"""Words for trainings elsewhere: forms, states, what is wrong with a report."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.outside.rules import CLASSICAL, MOST_JP, OTHER
from lms.web.certificate_labels import Label

FORMS: dict[str, LazyString] = {
    "kepemimpinan": _l("Leadership training"),
    "manajerial": _l("Managerial training"),
    "teknis": _l("Technical training"),
    "fungsional": _l("Functional training"),
    "sosial_kultural": _l("Socio-cultural training"),
    "seminar": _l("Seminar, conference"),
    "lokakarya": _l("Workshop"),
    "kursus": _l("Course"),
    "penataran": _l("Upgrading course"),
    "bimtek": _l("Technical guidance (bimtek)"),
    "sosialisasi": _l("Information session"),
    "coaching": _l("Coaching"),
    "mentoring": _l("Mentoring"),
    "e_learning": _l("E-learning"),
    "jarak_jauh": _l("Distance training"),
    "detasering": _l("Secondment (detasering)"),
    "outbound": _l("Outbound"),
    "patok_banding": _l("Benchmarking"),
    "pertukaran": _l("Exchange with private or state companies"),
    "belajar_mandiri": _l("Self-study"),
    "komunitas_belajar": _l("Learning community"),
    "bimbingan_kerja": _l("Guidance at the workplace"),
    "magang": _l("Internship, practice at work"),
}
STATES: dict[str, Label] = {
    "waiting": Label(_l("Waits for verification"), "info", "clock"),
    "verified": Label(_l("Verified"), "ok", "check"),
    "refused": Label(_l("Not accepted"), "warn", "cross"),
    "withdrawn": Label(_l("Withdrawn"), "quiet", "cross"),
    "cancelled": Label(_l("Cancelled"), "danger", "cross"),
}


def form_choices() -> dict[str, list[tuple[str, str]]]:
    """Return the forms for a list in two groups, in the reader's language."""
    return {
        str(_("In a classroom")): [(key, str(FORMS[key])) for key in CLASSICAL],
        str(_("Elsewhere")): [(key, str(FORMS[key])) for key in OTHER],
    }


def problem_text(code: str) -> str:
    """Return what is wrong with a report or its proof, in words."""
    texts: dict[str, str] = {
        "form.unknown": _("Choose a form from the list."),
        "days.order": _("The last day lies before the first one."),
        "days.future": _("The training must be over before it is reported."),
        "days.old": _("This training ended too long ago. Ask your personnel office."),
        "jp.range": _("Write a whole number from 1 to %(most)s.", most=MOST_JP),
        "waiting.many": _("Twenty reports of yours still wait. Wait until some are decided."),
        "empty": _("Choose the photograph or PDF of the proof."),
        "large": _("The file is larger than 12 MB. Take the photograph with fewer pixels."),
        "pdf_large": _("The PDF is larger than 2 MB. Save it smaller, or take a photograph of the paper."),
        "kind": _("This is no photograph (JPEG, PNG, WebP) and no PDF, or it is damaged."),
    }
    return texts[code]
