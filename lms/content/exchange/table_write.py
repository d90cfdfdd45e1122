"""Questions as a table: one question a row, texts as Markdown, options under the letters A, B ..."""

from __future__ import annotations

from collections.abc import Sequence

from lms.content.exchange import items
from lms.content.exchange.choices import truth_of
from lms.content.exchange.losses import KEEPS_ALL, Loss, losses_of
from lms.content.exchange.markdown import write_question
from lms.content.questions.numbers import plain_text
from lms.content.questions.question import Question
from lms.content.vocabulary import DIFFICULTY, SCORING, TYPES

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLUMNS = (
    "kode",
    "jenis",
    "judul",
    "soal",
    "kunci",
    "poin",
    "pembahasan",
    "petunjuk",
    "tag",
    "kompetensi",
    "kesulitan",
    "dasar",
    "satuan",
    "nilai",
    "acak",
    "huruf",
    "kata",
    "rubrik",
)
KINDS = frozenset(TYPES.values())
KEEPS = KEEPS_ALL - {"fixed", "messages", "truth_words"}
OPTION, FEEDBACK = "pilihan", "umpan balik"
_WORDS = {name: word for word, name in TYPES.items()}
_DIFFICULTY = {name: word for word, name in DIFFICULTY.items()}
_SCORING = {name: word for word, name in SCORING.items()}


def losses(question: Question) -> tuple[Loss, ...]:
    """What the table cannot hold of a question."""
    if max(len(question.options), len(question.answers), len(_rows(question))) > len(LETTERS):
        return (Loss(question.id, "whole_many"),)
    if question.kind == "matching" and any("->" in gap.text for gap in question.gaps):
        return (Loss(question.id, "whole_arrow"),)
    found = losses_of(question, KINDS, KEEPS | {"scoring", "any_weights"})
    return (
        (*found, Loss(question.id, "hint_lines")) if any("\n\n" in text for text in question.hints) else found
    )


def _rows(question: Question) -> Sequence[tuple[str, str]]:
    """The texts that stand under the letters, with their feedback."""
    if question.kind == "true_false":
        return []
    if question.options:
        return [(item.text, item.feedback) for item in question.options]
    if question.answers:
        return [
            (f"~ {item.text}" if item.form == "pattern" else item.text, item.feedback)
            for item in question.answers
        ]
    if question.kind == "ordering":
        return [(gap.text, gap.feedback) for gap in question.gaps]
    if question.kind == "matching":
        pairs = [(f"{gap.text} -> {items.right_text(gap)}", gap.feedback) for gap in question.gaps]
        return [*pairs, *((f"-> {item.text}", item.feedback) for item in items.extras(question))]
    return []


def rows(questions: Sequence[Question]) -> list[list[str]]:
    """The table with its header; questions that are lost as a whole are left out."""
    kept = [item for item in questions if not any(loss.whole for loss in losses(item))]
    letters = LETTERS[: max([6, *(len(_rows(item)) for item in kept)])]
    options = [f"{OPTION} {letter}" for letter in letters]
    said = [f"{FEEDBACK} {letter}" for letter in letters]
    header = [*COLUMNS[:4], *options, *COLUMNS[4:], *said, f"{FEEDBACK} benar", f"{FEEDBACK} salah"]
    return [header, *([cells.get(name, "") for name in header] for cells in map(_cells, kept))]


def _cells(question: Question) -> dict[str, str]:
    cells = {
        "kode": question.id,
        "jenis": _WORDS[question.kind],
        "judul": question.title,
        "soal": question.prompt,
        "kunci": _key(question),
        "poin": f"{question.points:g}",
        "pembahasan": question.explanation,
        "petunjuk": "\n\n".join(question.hints),
        "tag": ", ".join(question.tags),
        "dasar": question.legal_basis,
        "satuan": question.unit,
        "acak": "" if question.shuffle else "tidak",
        "huruf": "peka" if question.case_sensitive else "",
        "rubrik": "; ".join(f"{plain_text(level.value)} = {level.text}" for level in question.rubric),
    }
    if question.competency:
        cells["kompetensi"] = f"{question.competency.code}:{question.competency.level}"
    if question.difficulty:
        cells["kesulitan"] = _DIFFICULTY[question.difficulty]
    if question.scoring != items.usual_scoring(question.kind):
        cells["nilai"] = _SCORING[question.scoring]
    if question.min_words or question.max_words:
        cells["kata"] = f"{question.min_words or ''}..{question.max_words or ''}"
    if question.kind == "cloze":
        cells["soal"] = write_question(question).split("\n\n", 1)[1].split("\n\n> ")[0]
    if question.kind == "true_false":
        _, cells[f"{FEEDBACK} benar"], cells[f"{FEEDBACK} salah"] = truth_of(question)
    for letter, (text, said) in zip(LETTERS, _rows(question), strict=False):
        cells[f"{OPTION} {letter}"], cells[f"{FEEDBACK} {letter}"] = text, said
    return cells


def _key(question: Question) -> str:
    if question.kind == "true_false":
        return "Benar" if truth_of(question)[0] else "Salah"
    shares: list[float | None] = [item.weight for item in question.options] or [
        None if item.form == "pattern" else item.fraction for item in question.answers
    ]
    if question.answers and all(share in {1.0, None} for share in shares):
        return ""
    plain = all(share in {0.0, 1.0, None} for share in shares)
    return ", ".join(
        letter if plain or share == 1 else f"{letter}={items.percent(share)}"
        for letter, share in zip(LETTERS, shares, strict=False)
        if share
    )
