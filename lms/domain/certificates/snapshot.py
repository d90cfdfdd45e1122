"""The frozen record of a certificate: every printed field, and nothing printed comes from elsewhere."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lms.clock import local_date
from lms.domain.certificates import rules, words

TEMPLATE_VERSION = "2"
"""Raised with every change of the design; old files are stored, so old designs are not kept."""

Snapshot = dict[str, object]


class Kind(StrEnum):
    """What the paper is called: attendance (Sertifikat) or a passed training (STTP)."""

    CERTIFICATE = "sertifikat"
    STTP = "sttp"


TITLES = {Kind.CERTIFICATE: "Sertifikat", Kind.STTP: "Surat Tanda Tamat Pelatihan"}
RESULTS = {Kind.CERTIFICATE: "Telah mengikuti", Kind.STTP: "Lulus"}

LEVELS = ("paham", "dasar", "menengah", "mumpuni", "ahli")


@dataclass(frozen=True, kw_only=True)
class Holder:
    """The person as the staff record stands at the moment of issue; what is unknown is empty."""

    name: str  # with titles, as typed
    nip: str = ""  # 18 digits
    rank: str = ""  # "Penata, III/c", "Golongan IX"
    position: str = ""
    unit: str = ""
    agency: str = ""  # the perangkat daerah above the unit
    sample: bool = False  # a demonstration person


@dataclass(frozen=True, kw_only=True)
class Studied:
    """A competency that the course trains, with its level 1 to 5."""

    code: str
    title: str
    level: int


@dataclass(frozen=True, kw_only=True)
class Training:
    """The course version that was completed."""

    title: str
    code: str
    version: int
    jp: int
    minutes_per_jp: int
    mode: str  # "e-learning"
    started_on: date
    completed_on: date
    modules: tuple[tuple[str, int], ...] = ()  # title, minutes
    competencies: tuple[Studied, ...] = ()
    legal_basis: tuple[str, ...] = ()
    score: float | None = None  # 0 to 100, where the policy prints it
    predicate: str = ""  # "sangat memuaskan", with an STTP


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who issues, by which law, and who signs."""

    government: str
    organiser: str
    place: str
    basis: str
    signer_position: str
    signer_name: str
    signer_rank: str = ""
    signer_nip: str = ""
    partner: str = ""  # the institution that organises the course; the office above issues
    kind: Kind = Kind.CERTIFICATE
    emblem: str = ""  # SHA-256 of the emblem image; empty prints the drawn mark


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The place of the certificate in the register."""

    number: str
    code: str  # 13 symbols
    public_url: str  # "https://gurindam.example", without a slash at the end
    issued_at: datetime
    valid_until: date | None = None


def build(holder: Holder, training: Training, issuer: Issuer, entry: Entry) -> Snapshot:
    """Every printed field as plain JSON values; texts are tidied, birth data is never asked for."""
    issued_on = local_date(entry.issued_at)
    return {
        "template_version": TEMPLATE_VERSION,
        **_paper(issuer, entry, issued_on),
        **_person(holder),
        **_training(training),
        **_signature(issuer, issued_on),
        "sample": holder.sample,
    }


def tidy(text: str) -> str:
    """NFC, one space between words, without control, format or private characters."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn"))


def _tidied(texts: Iterable[str]) -> list[str]:
    return [clean for clean in map(tidy, texts) if clean]


def _paper(issuer: Issuer, entry: Entry, issued_on: date) -> Snapshot:
    until = entry.valid_until
    return {
        "kind": issuer.kind.value,
        "title": TITLES[issuer.kind],
        "result": RESULTS[issuer.kind],
        "number": entry.number,
        "code": rules.print_code(entry.code),
        "verify_url": f"{entry.public_url.rstrip('/')}/v/{entry.code}",
        "issued_at": entry.issued_at.isoformat(),
        "issued_on": issued_on.isoformat(),
        "valid_until": until.isoformat() if until else None,
        "validity": f"Berlaku sampai {words.long_date(until)}" if until else "",
        "government": tidy(issuer.government),
        "organiser": tidy(issuer.organiser),
        "partner": tidy(issuer.partner),
        "basis": tidy(issuer.basis),
        "emblem": issuer.emblem or None,
    }


def _person(holder: Holder) -> Snapshot:
    return {
        "name": tidy(holder.name),
        "nip_label": nip_label(holder.nip),
        "nip": rules.group_nip(holder.nip),
        "rank": tidy(holder.rank),
        "position": tidy(holder.position),
        "unit": tidy(holder.unit),
        "agency": tidy(holder.agency),
    }


def nip_label(nip: str) -> str:
    """What the number is called on paper: NIP, NI PPPK, or nothing without a number."""
    if not nip:
        return ""
    return "NI PPPK" if rules.is_pppk_nip(nip) else "NIP"


def _training(training: Training) -> Snapshot:
    minutes = [minutes for _, minutes in training.modules]
    shares = rules.share_jp(training.jp, minutes)
    return {
        "course": tidy(training.title),
        "course_code": tidy(training.code),
        "course_version": training.version,
        "started_on": training.started_on.isoformat(),
        "completed_on": training.completed_on.isoformat(),
        "period": words.period(training.started_on, training.completed_on),
        "mode": tidy(training.mode),
        "jp": training.jp,
        "jp_words": words.number_words(training.jp),
        "minutes_per_jp": training.minutes_per_jp,
        "score": "" if training.score is None else words.decimal(training.score),
        "predicate": tidy(training.predicate),
        "modules": [
            {"title": tidy(title), "jp": jp} for (title, _), jp in zip(training.modules, shares, strict=True)
        ],
        "competencies": [
            {
                "code": tidy(c.code),
                "title": tidy(c.title),
                "level": c.level,
                "level_name": LEVELS[c.level - 1],
            }
            for c in training.competencies
        ],
        "legal_basis": _tidied(training.legal_basis),
    }


def _signature(issuer: Issuer, issued_on: date) -> Snapshot:
    return {
        "place": tidy(issuer.place),
        "place_date": f"{tidy(issuer.place)}, {words.long_date(issued_on)}",
        "signer_position": tidy(issuer.signer_position),
        "signer_name": tidy(issuer.signer_name),
        "signer_rank": tidy(issuer.signer_rank),
        "signer_nip": rules.group_nip(issuer.signer_nip),
    }
