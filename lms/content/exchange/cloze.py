"""The gaps of Moodle's embedded answers: ``{1:MULTICHOICE:=right~wrong}`` and its relatives."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from lms.content.exchange import items
from lms.content.exchange.items import Notes, Unread, new
from lms.content.exchange.text import one_line
from lms.content.questions.question import Accepted, Gap, Option, Question

_GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^}\\])*)\}", re.S)
_MARKUP = re.compile(r"<[^>]*>")
_CHOICES = frozenset(
    {
        "MULTICHOICE",
        "MC",
        "MULTICHOICE_H",
        "MCH",
        "MULTICHOICE_V",
        "MCV",
        "MULTICHOICE_S",
        "MCS",
        "MULTICHOICE_HS",
        "MCHS",
        "MULTICHOICE_VS",
        "MCVS",
    }
)
_WORDS = frozenset({"SHORTANSWER", "SA", "MW"})
_WORDS_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_NUMBERS = frozenset({"NUMERICAL", "NM"})
_SHARE = re.compile(r"%(-?\d+(?:\.\d+)?)%")


def read_cloze(source: str, html: bool, notes: Notes, line: int) -> Question:
    """The question of a source with embedded answers; its prompt is the source with marks for gaps.

    Raises Unread for what a gap of ours cannot hold.
    """
    gaps: list[Gap] = []
    kinds: list[str] = []
    weights: set[str] = set()

    def take(found: re.Match[str]) -> str:
        weights.add(found[1] or "1")
        kinds.append(found[2])
        inside = unescape(_MARKUP.sub("", found[3])) if html else found[3]
        gaps.append(_gap(len(gaps) + 1, found[2], inside, notes, line))
        return f"⟦{len(gaps)}⟧"

    text = _GAP.sub(take, source)
    if not gaps:
        raise Unread("exchange_cloze_none", line)
    if len(weights) > 1:
        notes.say("exchange_cloze_weights", line)
    cased = {kind in _WORDS_CASE for kind in kinds if kind in _WORDS | _WORDS_CASE}
    if len(cased) > 1:
        raise Unread("exchange_cloze_case", line)
    chosen = [kind for kind in kinds if kind in _CHOICES]
    shuffle = not chosen or any(kind.endswith("S") for kind in chosen)
    found = new("cloze", text, gaps=tuple(gaps), shuffle=shuffle)
    return replace(found, case_sensitive=True in cased)


def _gap(number: int, kind: str, source: str, notes: Notes, line: int) -> Gap:
    answers = [_answer(part, notes, line) for part in re.split(r"(?<!\\)~", source) if part.strip()]
    key = f"g{number}"
    rights = [text for text, share in answers if share > 0.99999]
    if any(0 < share < 0.99999 for _, share in answers):
        raise Unread("exchange_cloze_partial", line, number=number)
    if not rights:
        raise Unread("exchange_no_right", line)
    if kind in _CHOICES:
        if len(rights) > 1:
            raise Unread("exchange_two_right", line, count=len(rights))
        options = tuple(
            Option(f"{key}.{at}", text, 0.0, False, "", fixed=False) for at, (text, _) in enumerate(answers)
        )
        right = next(item.key for item in options if item.text == rights[0])
        return Gap(key, options=options, right=right)
    if len(rights) < len(answers):
        notes.say("exchange_cloze_wrong", line, number=number)
    if kind in _NUMBERS:
        if len(rights) > 1:
            raise Unread("exchange_cloze_numbers", line, number=number)
        value, _, tolerance = rights[0].partition(":")
        return Gap(
            key, answers=(items.number(items.decimal(value), items.decimal(tolerance or "0"), 1.0, ""),)
        )
    if kind not in _WORDS | _WORDS_CASE:
        raise Unread("exchange_kind", line, kind=f"cloze {kind}")
    return Gap(key, answers=tuple(Accepted(text, 1.0, "") for text in rights))


def _answer(part: str, notes: Notes, line: int) -> tuple[str, float]:
    written, _, said = _split_feedback(part)
    if said.strip():
        notes.say("exchange_cloze_feedback", line)
    written = written.strip()
    if written.startswith("="):
        share, text = 1.0, written[1:]
    elif found := _SHARE.match(written):
        share, text = float(found[1]) / 100, written[found.end() :]
    else:
        share, text = 0.0, written
    plain = one_line(re.sub(r"\\(.)", r"\1", text))
    if not plain or "|" in plain or "]]" in plain or plain == "*":
        raise Unread("exchange_cloze_text", line, text=plain)
    return plain, share


def _split_feedback(part: str) -> tuple[str, str, str]:
    found = re.search(r"(?<!\\)#", part)
    return (part[: found.start()], "#", part[found.end() :]) if found else (part, "", "")
