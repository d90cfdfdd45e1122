"""The office's words around the lines: placeholders, what a text may hold, the texts to begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("weekly", "urgent", "escalation", "whatsapp")
LOCALES = ("id", "en")
PLACEHOLDERS = ("nama", "unit", "jumlah", "situs", "penyelenggara")
SUBJECT_MAX, PART_MAX = 150, 1000
_PLACE = re.compile(r"\{([a-z]+)\}")
_NIP = re.compile(r"(?:\d[\s.]?){18}")


@dataclass(frozen=True)
class Words:
    """Subject, what stands before the lines, what stands after them; placeholders not yet filled."""

    subject: str
    greeting: str
    closing: str


DEFAULTS: Mapping[tuple[str, str], Words] = {
    ("weekly", "id"): Words(
        "Ringkasan pekan ini: {jumlah} hal menunggu Anda",
        "Yth. {nama},\n\nberikut yang menunggu Anda di {situs} pekan ini, beserta alasannya.",
        "Yang sudah selesai tidak akan diingatkan lagi. Terima kasih.\n\n{penyelenggara}",
    ),
    ("weekly", "en"): Words(
        "Waiting for you this week: {jumlah}",
        "Dear {nama},\n\nthis is what waits for you at {situs} this week, each with its reason.",
        "What is done is not mentioned again. Thank you.\n\n{penyelenggara}",
    ),
    ("urgent", "id"): Words(
        "Tenggat sudah dekat: {jumlah} pelatihan",
        "Yth. {nama},\n\ntenggat berikut tinggal beberapa hari lagi.",
        "Bila sudah selesai, abaikan pesan ini. Terima kasih.\n\n{penyelenggara}",
    ),
    ("urgent", "en"): Words(
        "Courses with a deadline near: {jumlah}",
        "Dear {nama},\n\nthese deadlines are only a few days away.",
        "If you are done, ignore this message. Thank you.\n\n{penyelenggara}",
    ),
    ("escalation", "id"): Words(
        "Staf Anda: {jumlah} pelatihan lewat tenggat",
        "Yth. {nama},\n\npelatihan yang ditugaskan kepada staf Anda berikut ini sudah lewat tenggat. "
        "Mohon bantu mereka mendapat waktu untuk menyelesaikannya.",
        "Bila ada halangan, kepegawaian unit dapat memperpanjang tenggat. Terima kasih.\n\n{penyelenggara}",
    ),
    ("escalation", "en"): Words(
        "Your staff, courses past their deadline: {jumlah}",
        "Dear {nama},\n\nthese courses were assigned to your staff and are past their deadline. "
        "Please help them to find the time.",
        "The personnel office can give more time where there is a reason. Thank you.\n\n{penyelenggara}",
    ),
    ("whatsapp", "id"): Words(
        "",
        "Yth. {nama}, berikut pelatihan Anda di {situs} yang perlu diselesaikan:",
        "Terima kasih. ({penyelenggara})",
    ),
    ("whatsapp", "en"): Words(
        "", "Dear {nama}, these courses at {situs} wait for you:", "Thank you. ({penyelenggara})"
    ),
}  # fmt: skip


def problem(part: str, text: str, most: int) -> tuple[str, dict[str, object]] | None:
    """Return code and details of what is wrong with a part of a text; None when it can be kept.

    "text.length", "text.unknown" (a placeholder that is not offered), "text.brace" (a brace that belongs to
    none), "text.nip" (a number that reads as a NIP: none may stand in a mail).
    """
    if len(text) > most or (not text and part != "closing"):
        return "text.length", {"most": most}
    for name in _PLACE.findall(text):
        if name not in PLACEHOLDERS:
            return "text.unknown", {"name": name}
    if set(_PLACE.sub("", text)) & set("{}"):
        return "text.brace", {}
    return ("text.nip", {}) if _NIP.search(text) else None


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled; what is filled in is not looked at again."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
