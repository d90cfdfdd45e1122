"""Words for the codes of the accounts concept."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.domain.accounts.models import Employment, PositionClass, RoleName
from lms.domain.partners.models import PartnerKind

EMPLOYMENT: dict[str, LazyString] = {
    Employment.PNS: _l("PNS"),
    Employment.CPNS: _l("CPNS"),
    Employment.PPPK: _l("PPPK"),
    Employment.PPPK_PART_TIME: _l("PPPK part-time"),
    Employment.OTHER: _l("Other staff"),
}
ROLES: dict[str, LazyString] = {
    RoleName.TRAINER: _l("Trainer"),
    RoleName.REVIEWER: _l("Course reviewer"),
    RoleName.HR: _l("HR of a unit"),
    RoleName.BKPSDM: _l("HR of the city (BKPSDM)"),
    RoleName.ADMIN: _l("System admin"),
}
MEMBER_ROLES: dict[str, LazyString] = {
    "owner": _l("owner"),
    "author": _l("author"),
    "reviewer": _l("reviewer"),
}
"""What somebody works as on a course."""
PARTNER_KINDS: dict[str, LazyString] = {
    PartnerKind.UNIVERSITY: _l("University or college"),
    PartnerKind.PROFESSION: _l("Professional body"),
    PartnerKind.AGENCY: _l("Other government agency"),
    PartnerKind.TRAINING: _l("Training institution"),
    PartnerKind.OTHER: _l("Other institution"),
}
POSITION_CLASSES: dict[str, LazyString] = {
    PositionClass.JPT_MADYA: _l("JPT madya"),
    PositionClass.JPT_PRATAMA: _l("JPT pratama"),
    PositionClass.ADMINISTRATOR: _l("Administrator (managerial)"),
    PositionClass.PENGAWAS: _l("Pengawas (managerial)"),
    PositionClass.PELAKSANA: _l("Pelaksana"),
    PositionClass.AHLI_UTAMA: _l("Functional: ahli utama"),
    PositionClass.AHLI_MADYA: _l("Functional: ahli madya"),
    PositionClass.AHLI_MUDA: _l("Functional: ahli muda"),
    PositionClass.AHLI_PERTAMA: _l("Functional: ahli pertama"),
    PositionClass.PENYELIA: _l("Functional: penyelia"),
    PositionClass.MAHIR: _l("Functional: mahir"),
    PositionClass.TERAMPIL: _l("Functional: terampil"),
    PositionClass.PEMULA: _l("Functional: pemula"),
}


def employment_label(code: str) -> str:
    """Return the word for an employment status."""
    return str(EMPLOYMENT.get(code, code))


def role_label(code: str) -> str:
    """Return the word for a role."""
    return str(ROLES.get(code, code))


def member_role_label(code: str) -> str:
    """Return the word for the part of a member of a course."""
    return str(MEMBER_ROLES.get(code, code))


def position_class_label(code: str) -> str:
    """Return the word for a class of positions."""
    return str(POSITION_CLASSES.get(code, code))
