"""Words, shapes and colours for the states of a certificate, and names for its printed fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.domain.certificates.rules import State, mask_nip


@dataclass(frozen=True)
class Label:
    """How a state is shown: a word, a kind of the style sheet and a drawing of the sprite."""

    word: LazyString
    kind: str
    icon: str


STATES: Mapping[State, Label] = {
    State.VALID: Label(_l("Valid"), "ok", "check-circle"),
    State.AWAITING_SIGNATURE: Label(_l("Awaiting signature"), "warn", "edit"),
    State.EXPIRED: Label(_l("Expired"), "warn", "clock"),
    State.REPLACED: Label(_l("Replaced"), "warn", "swap"),
    State.REVOKED: Label(_l("Revoked"), "danger", "cross-circle"),
}

Fact = tuple[str, str]


def front_facts(shown: Mapping[str, Any]) -> list[Fact]:
    """Names and values of the printed front, from a frozen record; a NIP is masked, empty ones left out."""
    hours = f"{shown['jp']} ({shown['jp_words']}) jam pelajaran" if shown["jp"] else ""
    result = ", ".join(part for part in (shown["result"], hours, shown["mode"]) if part)
    organiser = " ".join(part for part in (shown["organiser"], shown["government"]) if part)
    signer = [shown[f"signer_{part}"] for part in ("name", "rank", "position")]
    facts = [
        (_("Title"), shown["title"]),
        (_("Number"), shown["number"]),
        (_("Code"), shown["code"]),
        (_("Name"), shown["name"]),
        (shown["nip_label"], mask_nip(shown["nip"])),
        (_("Rank"), shown["rank"]),
        (_("Position"), shown["position"]),
        (_("Unit"), shown["unit"]),
        (_("Agency"), shown["agency"]),
        (_("Course"), shown["course"]),
        (_("Result"), result),
        (_("Period"), shown["period"]),
        (_("Score"), shown["score"]),
        (_("Predicate"), shown["predicate"]),
        (_("Organiser"), shown["partner"] or organiser),
        (_("In cooperation with"), organiser if shown["partner"] else ""),
        (_("Legal basis"), shown["basis"]),
        (_("Issued"), shown["place_date"]),
        (_("Validity"), shown["validity"]),
        (_("Signed by"), ", ".join(part for part in signer if part)),
        (_("NIP of the signer"), mask_nip(shown["signer_nip"])),
    ]
    return [(label, str(value)) for label, value in facts if value]


def back_facts(shown: Mapping[str, Any]) -> list[Fact]:
    """Names and values of the printed back: course version, competencies, legal basis of the course."""
    skills = [
        f"{c['code']} {c['title']}, level {c['level']} ({c['level_name']})" for c in shown["competencies"]
    ]
    facts = [
        (_("Course code"), f"{shown['course_code']}, versi {shown['course_version']}"),
        (_("Competencies"), "; ".join(skills)),
        (_("Legal basis of the course"), "; ".join(shown["legal_basis"])),
        (_("One JP"), f"{shown['minutes_per_jp']} menit"),
    ]
    return [(label, str(value)) for label, value in facts if value]


def subject_jp(shown: Mapping[str, Any], jp: int) -> str:
    """Return the JP of a subject as the paper prints them: one of less than a JP is "< 1", never 0."""
    if not shown["jp"]:
        return "–"
    return str(jp) if jp else "< 1"
