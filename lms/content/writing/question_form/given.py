"""What a form sent of a question, with the numbers that people type made those of the format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from lms.content.questions.numbers import learner_number, plain_text
from lms.content.questions.question import Unreadable
from lms.content.writing.question_form.model import (
    ATTRIBUTES_OF,
    CHOICES,
    COMMON,
    NOTES,
    TABLES,
    Given,
    QuestionFields,
    Row,
)

MAX_ROWS = 50
_WIDTH = re.compile(r"(.+?)\s*(?:±|\+-|\+/-)\s*([0-9.]+\s*%?)\s*")
_ROW = re.compile(r"was-(\d{1,2})")


def width_of(text: str) -> tuple[str, str]:
    """A number of the source and its tolerance, "" for none."""
    found = _WIDTH.fullmatch(text.strip())
    return (found[1], found[2]) if found else (text, "")


def shown(question: QuestionFields) -> Given:
    """The question as its form shows it first."""
    return Given(
        question.values, question.prompt, {kind: note.text for kind, note in question.notes.items()},
        question.rows or (),
    )  # fmt: skip


def given_of(form: Mapping[str, str], question: QuestionFields) -> Given:
    """What a form says. A field that it does not have keeps its value, as does a choice that there is not;
    line ends of browsers become LF."""
    plain = {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in form.items()}
    names = ("title", *COMMON, *ATTRIBUTES_OF[question.kind])
    values = {name: " ".join(plain.get(name, question.values[name]).split()) for name in names}
    for name, table in TABLES.items():
        if values.get(name, "") not in {"", *table.values()}:
            values[name] = question.values[name]
    if question.kind == "essay" and ("words_min" in plain or "words_max" in plain):
        low, high = (plain.get(name, "").strip() for name in ("words_min", "words_max"))
        values["words"] = f"{low}..{high}" if low or high else ""
    if values["points"] != question.values["points"].strip():
        values["points"] = _number(values["points"])
    notes = {kind: plain[kind] for kind in NOTES if kind in plain}
    places = sorted({int(found[1]) for name in plain if (found := _ROW.fullmatch(name))})[: MAX_ROWS + 1]
    rows = tuple(_row(plain, at, question) for at in places) if places else question.rows or ()
    return Given(values, plain.get("prompt", question.prompt), notes, rows)


def _row(plain: Mapping[str, str], at: int, question: QuestionFields) -> Row:
    def field(name: str) -> str:
        return plain.get(f"{name}-{at}", "")

    old = question.rows or ()
    was = next((place for place in range(len(old)) if field("was") == str(place)), -1)
    row = Row("", field("text"), field("left"), field("share").strip().rstrip("%").replace(",", "."),
              field("feedback"), bool(field("fixed")), was=was)  # fmt: skip
    if question.kind in CHOICES:
        row = replace(row, sign=_choice_sign(row.share, bool(field("right")), old))
    elif question.kind == "matching":
        row = replace(row, sign="pair" if row.left.strip() else "extra")
    elif question.kind == "ordering":
        row = replace(row, sign="step")
    elif question.kind == "essay":
        same = was >= 0 and row.left.strip() == old[was].left
        row = replace(row, sign="level", left=row.left if same else _number(row.left))
    else:
        sign = field("sign")
        row = replace(row, sign=sign if sign in {"equal", "not", "pattern"} else "equal")
        if question.kind == "numeric":
            row = replace(row, text=_with_width(row.text, field("width"), old[was].text if was >= 0 else ""))
    return row if row.sign in {"weight", "equal"} else replace(row, share="")


def _choice_sign(share: str, right: bool, old: tuple[Row, ...]) -> str:
    if share:
        return "weight"
    radio = any(one.sign.startswith("radio") for one in old)
    return ("radio" if radio else "right") if right else ("radio_wrong" if radio else "wrong")


def _with_width(text: str, width: str, before: str) -> str:
    value, was = width_of(before)
    if (text.strip(), width.strip()) == (value.strip(), was.strip()):
        return before
    parts = [_number(part) if part.strip() != value.strip() else part for part in text.split("..")]
    number = "..".join(parts)
    around = width.strip()
    if not around:
        return number
    return f"{number} ± {_number(around.rstrip('%'))}{'%' if around.endswith('%') else ''}"


def _number(text: str) -> str:
    """A number as people type it, as the format writes it; what cannot be read stays and is reported."""
    try:
        return plain_text(learner_number(text)) if text.strip() else ""
    except Unreadable:
        return text.strip()
