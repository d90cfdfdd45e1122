"""Questions of a table, for those who write in a spreadsheet: one question a row, texts as Markdown.

Columns stand in `COLUMNS`, in any order; options under the letters A, B ... The key names letters, with
shares where they differ: ``B``, ``A, C``, ``A=50, B=50, C=-50``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import zip_longest

from lms.content.claims import read_claim
from lms.content.exchange import items
from lms.content.exchange.choices import TRUE, truth
from lms.content.exchange.items import Item, Notes, Unread, first_words, new
from lms.content.exchange.markdown import read_back
from lms.content.exchange.rubrics import levels_of
from lms.content.exchange.table_write import COLUMNS, FEEDBACK, LETTERS, OPTION, losses, rows
from lms.content.exchange.text import one_line
from lms.content.problems import nearest
from lms.content.questions.attributes import listed
from lms.content.questions.numbers import source_range
from lms.content.questions.question import Accepted, Question
from lms.content.vocabulary import DIFFICULTY, SCORING, TYPES, value_of

__all__ = ["COLUMNS", "losses", "read_rows", "rows"]

_COLUMN = re.compile(r"(pilihan|umpan balik) ([a-z])")
_KEY = re.compile(r"\s*([A-Za-z])\s*(?:=\s*(-?\d+(?:[.,]\d+)?)\s*%?)?\s*")
_ARROW = re.compile(r"\s*->\s*")


def read_rows(table: Iterable[tuple[int, Sequence[str]]]) -> items.Reading:
    """The questions of a table given as rows with their numbers, the header first."""
    lines = [
        (line, [cell.strip() for cell in cells])
        for line, cells in table
        if any(cell.strip() for cell in cells)
    ]
    start = next(
        (at for at, (_, cells) in enumerate(lines) if "soal" in {cell.casefold() for cell in cells}), None
    )
    if start is None:
        return items.refused("exchange_header", known=", ".join(COLUMNS[:4]))
    header = [" ".join(cell.casefold().split()) for cell in lines[start][1]]
    known = {*COLUMNS, f"{FEEDBACK} benar", f"{FEEDBACK} salah"}
    foreign = {name for name in header if name and name not in known and not _COLUMN.fullmatch(name)}
    letters = {f"{word} {letter.casefold()}" for word in (OPTION, FEEDBACK) for letter in LETTERS}
    whole = "kunci" in header and not letters.isdisjoint(header)
    for name in header:
        close = get_close_matches(name, sorted(known | letters), 1, 0.8) if name in foreign else []
        if close or name in foreign and not whole:
            meant = close[0] if close else nearest(name, sorted(known | letters))
            return items.refused("exchange_column", lines[start][0], value=name, known=meant)
        if name and name not in foreign and header.count(name) > 1:
            return items.refused("exchange_column_twice", lines[start][0], value=name)
    return items.bounded(_row(line, header, cells, foreign) for line, cells in lines[start + 1 :])


def _row(line: int, header: Sequence[str], cells: Sequence[str], foreign: Collection[str]) -> Item:
    """The question of a row; what stands in columns without a meaning is named."""
    notes, own = Notes(), dict[str, str]()
    left = [cell for name, cell in zip_longest(header, cells, fillvalue="") if cell and not name]
    for name, cell in zip(header, cells, strict=False):
        if name in foreign and cell:
            left.append(name)
        elif name:
            own[name] = cell
    if left:
        notes.say("exchange_columns_left", line, names=", ".join(left))
    return _item(line, own, notes)


def _item(line: int, cells: Mapping[str, str], notes: Notes) -> Item:
    name = first_words(cells.get("judul", ""), cells.get("soal", ""))
    source_id = cells.get("kode", "")
    try:
        question = _question(cells, notes, line)
    except Unread as error:
        return Item(line, name, None, (error.problem(line),), source_id)
    return Item(line, name, question, tuple(notes.report.items), source_id)


def _question(cells: Mapping[str, str], notes: Notes, line: int) -> Question:
    word = cells.get("jenis", "")
    listed_texts = list(_listed(cells))
    kind = value_of(word, TYPES) if word else _guess(cells, len(listed_texts))
    if kind is None:
        raise Unread("exchange_kind_word", value=word, known=", ".join(TYPES))
    claim_text = cells.get("kompetensi", "")
    claim = read_claim(claim_text) if claim_text else None
    if claim_text and claim is None:
        raise Unread("value_claim", value=claim_text)
    level = cells.get("kesulitan", "")
    difficulty = value_of(level, DIFFICULTY) if level else ""
    if difficulty is None:
        raise Unread("value_choice", key="kesulitan", value=level, known=", ".join(DIFFICULTY))
    found = _built(kind, cells, listed_texts, notes, line)
    scoring = cells.get("nilai", "")
    named = value_of(scoring, SCORING) if scoring else items.usual_scoring(kind)
    if named is None:
        raise Unread("value_choice", key="nilai", value=scoring, known=", ".join(SCORING))
    return replace(
        found,
        title=one_line(cells.get("judul", "")),
        tags=listed(cells.get("tag", "")),
        competency=claim,
        difficulty=difficulty,
        legal_basis=one_line(cells.get("dasar", "")),
        explanation=cells.get("pembahasan", ""),
        hints=tuple(text.strip() for text in cells.get("petunjuk", "").split("\n\n") if text.strip()),
        points=float(items.decimal(cells.get("poin") or "1")),
        unit=one_line(cells.get("satuan", "")),
        scoring=named,
        shuffle=_one_of(cells, "acak", {"ya": True, "yes": True, "tidak": False, "no": False}, usual=True),
        case_sensitive=_one_of(cells, "huruf", {"peka": True, "tidak peka": False, "bebas": False}),
    )


def _one_of(cells: Mapping[str, str], name: str, known: Mapping[str, bool], *, usual: bool = False) -> bool:
    word = cells.get(name, "")
    found = known.get(word.casefold()) if word else usual
    if found is None:
        raise Unread("value_choice", key=name, value=word, known=", ".join(known))
    return found


def _guess(cells: Mapping[str, str], count: int) -> str:
    """The kind where the row names none: by its key, its gaps and its options."""
    if cells.get("kunci", "").casefold() in {"benar", "salah"}:
        return "true_false"
    if "[[" in cells.get("soal", ""):
        return "cloze"
    if not count:
        return "essay"
    return "multiple" if len(_keys(cells)) > 1 else "single"


def _listed(cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for letter in LETTERS:
        text = cells.get(f"{OPTION} {letter.casefold()}", "")
        if text:
            yield letter, text, cells.get(f"{FEEDBACK} {letter.casefold()}", "")


def _keys(cells: Mapping[str, str]) -> dict[str, float]:
    keys: dict[str, float] = {}
    for part in re.split(r"[,;]\s*(?=[A-Za-z])", cells.get("kunci", "")) if cells.get("kunci", "") else ():
        found = _KEY.fullmatch(part)
        if not found:
            raise Unread("exchange_key", value=part)
        keys[found[1].upper()] = items.share(found[2].replace(",", ".")) if found[2] else 1.0
    return keys


def _built(
    kind: str, cells: Mapping[str, str], texts: list[tuple[str, str, str]], notes: Notes, line: int
) -> Question:
    prompt = cells.get("soal", "")
    if kind == "true_false":
        word = cells.get("kunci", "").casefold()
        if word not in {"benar", "salah", "true", "false", "b", "s"}:
            raise Unread("exchange_no_right")
        said = [cells.get(f"{FEEDBACK} {name}", "") for name in ("benar", "salah")]
        return truth(prompt, word in {TRUE.casefold(), "true", "b"}, *said)
    if kind == "essay":
        levels, plain = levels_of(cells.get("rubrik", ""))
        if not plain:
            notes.say("exchange_rubric", line)
        low, high = _words(cells.get("kata", ""))
        return replace(new("essay", prompt, rubric=levels), min_words=low, max_words=high)
    if kind == "cloze":
        found, problems = read_back(f"## x {{#x tipe=rumpang}}\n\n{prompt}")
        if found is None:
            code = next((item for item in problems if item.severity == "error"), None)
            words: dict[str, object] = dict(code.params) if code else {"text": prompt}
            raise Unread(code.code if code else "exchange_answers", 0, **words)
        return new("cloze", found.prompt, gaps=found.gaps)
    if not texts:
        raise Unread("exchange_aiken_options")
    if kind == "ordering":
        gaps = [
            replace(gap, feedback=said)
            for gap, (_, _, said) in zip(items.steps(text for _, text, _ in texts), texts, strict=True)
        ]
        return new("ordering", prompt, gaps=tuple(gaps))
    if kind == "matching":
        return _matching(prompt, texts)
    keys = _keys(cells)
    unknown = set(keys) - {letter for letter, _, _ in texts}
    if unknown:
        raise Unread("exchange_key", value=", ".join(sorted(unknown)))
    if kind in {"numeric", "short"}:
        return new(kind, prompt, answers=tuple(_accepted(kind, part, keys) for part in texts))
    full = sum(share > 0.99999 for share in keys.values())
    if not any(share > 0 for share in keys.values()) or kind == "single" and not full:
        raise Unread("exchange_no_right")
    if kind == "single" and full > 1:
        raise Unread("exchange_two_right", count=full)
    return new(
        kind,
        prompt,
        options=items.options((text, keys.get(letter, 0.0), said) for letter, text, said in texts),
    )


def _words(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{0,6})\.\.(\d{0,6})", text.strip())
    if text and not found:
        raise Unread("exchange_words", value=text)
    return (int(found[1] or 0), int(found[2] or 0)) if found else (0, 0)


def _accepted(kind: str, part: tuple[str, str, str], keys: Mapping[str, float]) -> Accepted:
    letter, text, said = part
    pattern = text.startswith("~")
    share = 1.0 if pattern or not keys else keys.get(letter, 0.0)
    if kind == "short":
        return Accepted(
            text[1:].strip() if pattern else one_line(text), share, said, "pattern" if pattern else "text"
        )
    found = source_range(text.replace(",", "."))
    if found is None:
        raise Unread("exchange_number", value=text)
    return Accepted(text.replace(",", "."), share, said, "number", found.low, found.high)


def _matching(prompt: str, texts: list[tuple[str, str, str]]) -> Question:
    lines: list[tuple[str, str, str]] = []
    extra: dict[str, str] = {}
    for _, text, said in texts:
        if "->" not in text:
            raise Unread("exchange_arrow", text=text)
        left, right = _ARROW.split(text, maxsplit=1)
        if left:
            lines.append((left, right, said))
        else:
            extra[right] = said
    gaps = items.pairs([(left, right) for left, right, _ in lines], extra)
    told = [
        replace(
            gap,
            feedback=said,
            options=tuple(replace(item, feedback=extra.get(item.text, "")) for item in gap.options),
        )
        for gap, (_, _, said) in zip(gaps, lines, strict=True)
    ]
    return new("matching", prompt, gaps=tuple(told))
