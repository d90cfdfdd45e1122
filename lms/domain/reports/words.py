"""Words of the office's papers: the files that HR hands on are Indonesian, whatever language a screen has."""

from __future__ import annotations

from lms.domain.accounts.models import Employment
from lms.domain.certificates.rules import State
from lms.domain.reports.rules import Activation, NoCertificate

STATES: dict[State, str] = {
    State.VALID: "Berlaku",
    State.AWAITING_SIGNATURE: "Menunggu tanda tangan",
    State.EXPIRED: "Kedaluwarsa",
    State.REPLACED: "Digantikan",
    State.REVOKED: "Dicabut",
}
REASONS: dict[NoCertificate, str] = {
    NoCertificate.HOURS_WAITING: "JP pelatihan belum disetujui BKPSDM",
    NoCertificate.HOURS_DIFFER: "JP yang disetujui BKPSDM berbeda dari JP versi ini",
    NoCertificate.NOT_GIVEN: "Pelatihan ini tidak memberi sertifikat",
    NoCertificate.UNDER_WAY: "Sudah disetujui, sertifikat sedang diterbitkan",
}
EMPLOYMENT: dict[str, str] = {
    Employment.PNS: "PNS",
    Employment.CPNS: "CPNS",
    Employment.PPPK: "PPPK",
    Employment.PPPK_PART_TIME: "PPPK paruh waktu",
    Employment.OTHER: "Lainnya",
}
ACTIVATION: dict[Activation, str] = {
    Activation.ACTIVE: "Aktif",
    Activation.CODE: "Kode belum dipakai",
    Activation.NONE: "Belum ada kode",
}
