"""GIFT read, the text format of Moodle, as people and programs write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from lms.content.exchange import items
from lms.content.exchange.choices import choice, truth
from lms.content.exchange.gift_write import losses, write
from lms.content.exchange.html import from_html, has_formula
from lms.content.exchange.items import Item, Notes, Reading, Unread, first_words, new
from lms.content.exchange.pictures import keep_inline
from lms.content.exchange.text import from_plain, looks_like_html, one_line
from lms.content.questions.question import Accepted, Question

__all__ = ["losses", "read", "write"]

_META = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.)*)\]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*")
_TITLE = re.compile(r"\s*::((?:\\.|(?!::).)*)::", re.S)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_ESCAPED = re.compile(r"\\(.)", re.S)
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?=#|$)", re.I)
_ARROW = re.compile(r"\s*->\s*")


@dataclass(frozen=True)
class _Answer:
    mark: str
    weight: float | None
    text: str
    feedback: str


def read(data: bytes) -> Reading:
    """The questions of a GIFT text; each is refused or taken by itself."""
    try:
        text = items.decoded(data)
    except Unread as error:
        return Reading((), problems=(error.problem(),))
    files: dict[str, bytes] = {}
    parts = list(_parts(text))
    return items.too_many(len(parts)) or items.bounded([_item(*part, files) for part in parts], files)


def _parts(text: str) -> Iterator[tuple[int, str, list[str], str]]:
    """Line, source, comments and category of each question; blank lines in braces separate nothing."""
    source: list[str] = []
    comments: list[str] = []
    start, category, open_braces = 0, "", 0
    blank = False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        begins = line.lstrip().startswith(("::", "//", "$CATEGORY:"))
        if source and (not line.strip() and not open_braces or blank and begins):
            yield start, "\n".join(source), comments, category
            source, comments, open_braces = [], [], 0
        blank = not line.strip()
        if not source and line.lstrip().startswith("//"):
            comments.append(line)
        elif not source and line.strip().startswith("$CATEGORY:"):
            category = line.partition(":")[2].strip().removeprefix("$course$/").removeprefix("top/")
        elif line.strip() and not line.lstrip().startswith("//"):
            start = start if source else number
            source.append(line)
            plain = _ESCAPED.sub("", line)
            open_braces = max(0, open_braces + plain.count("{") - plain.count("}"))
    if source:
        yield start, "\n".join(source), comments, category


def _item(line: int, source: str, comments: list[str], category: str, files: dict[str, bytes]) -> Item:
    notes = Notes()
    meta = [(name, _plain(value)) for text in comments for name, value in _META.findall(text)]
    source_id = next((value for name, value in meta if name == "id"), "")
    title, name, question = "", first_words(source), None
    if category:
        notes.say("exchange_category", line, category=category)
    try:
        found = _TITLE.match(source)
        title = one_line(_plain(found[1])) if found else ""
        body = source[found.end() :] if found else source
        prompt, inside, after = _cut(body)
        form = _FORMAT.match(prompt)
        kind = form[1] if form else "moodle"
        prompt = prompt[form.end() :] if form else prompt
        name = first_words(title, _plain(prompt), "GIFT")
        texts = _Texts(kind, notes, line)
        shown = texts.read(prompt if not after.strip() else f"{prompt.rstrip()} ___ {after.strip()}")
        question = replace(
            _question(shown, inside, texts),
            title=title,
            tags=tuple(value for key, value in meta if key == "tag"),
        )
    except Unread as error:
        return Item(line, name, None, (error.problem(line),), source_id)
    files.update(notes.files)
    return Item(line, name, question, notes.told(line), source_id)


def _plain(text: str) -> str:
    """The text without the escapes of GIFT."""
    return _ESCAPED.sub(
        lambda found: {"n": "\n"}.get(found[1], found[1] if found[1] in "~=#{}:\\[]" else found[0]), text
    )


@dataclass(frozen=True)
class _Texts:
    """The texts of one question, in the format that its prompt names."""

    form: str
    notes: Notes
    line: int

    def read(self, raw: str) -> str:
        found = _FORMAT.match(raw)
        form, raw = (found[1], raw[found.end() :]) if found else (self.form, raw)
        plain = _plain(raw).strip()
        if form == "markdown":
            return plain
        if form == "html" or form == "moodle" and looks_like_html(plain):
            return from_html(plain, self.picture, self.notes.lose)
        if form == "moodle" and has_formula(plain):
            return from_html(escape(plain, quote=False).replace("\n", "<br>"))
        return from_plain(plain)

    def picture(self, source: str) -> str:
        if source.startswith("data:"):
            return keep_inline(source, self.notes, self.line)
        name = source.removeprefix("@@PLUGINFILE@@/")
        raise Unread("exchange_picture" if name != source else "exchange_picture_elsewhere", self.line,
                     name=name[:60], source=source[:60])  # fmt: skip


def _cut(body: str) -> tuple[str, str, str]:
    """Prompt, answers and what follows them. Raises Unread when there are no braces."""
    opening = _find(body, "{")
    closing = _find(body, "}", opening + 1) if opening >= 0 else -1
    if opening < 0:
        raise Unread("exchange_description")
    if closing < 0:
        raise Unread("exchange_braces")
    return body[:opening], body[opening + 1 : closing].strip(), body[closing + 1 :]


def _find(text: str, sign: str, start: int = 0) -> int:
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(sign, at):
            return at
        else:
            at += 1
    return -1


def _split(text: str, signs: str) -> Iterator[tuple[str, str]]:
    """The parts that begin with one of the signs; what comes before the first has the sign ""."""
    sign, start, at = "", 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] in signs:
            yield sign, text[start:at]
            sign, start = text[at], at + 1
        at += 1
    yield sign, text[start:]


def _question(prompt: str, inside: str, texts: _Texts) -> Question:
    at = _find(inside, "####")
    general = texts.read(inside[at + 4 :]) if at >= 0 else ""
    inside = (inside[:at] if at >= 0 else inside).strip()
    if not inside:
        texts.notes.say("exchange_rubric", texts.line)
        found = new("essay", prompt, rubric=items.DEFAULT_RUBRIC)
    elif inside.startswith("#"):
        found = new("numeric", prompt, answers=tuple(_numbers(_read(inside[1:].strip(), texts))))
    elif truth_mark := _TRUTH.match(inside):
        said = [texts.read(text) for _, text in _split(inside[truth_mark.end() :], "#")][1:] + ["", ""]
        right = truth_mark[1].upper().startswith("T")
        found = truth(prompt, right, *((said[1], said[0]) if right else (said[0], said[1])))
    else:
        found = _listed(prompt, _read(inside, texts), texts)
    return replace(found, explanation=general)


def _read(inside: str, texts: _Texts) -> list[_Answer]:
    answers: list[_Answer] = []
    for mark, raw in _split(inside, "=~"):
        if not mark and not raw.strip():
            continue
        written, *said = [text for _, text in _split(raw, "#")]
        weight = _WEIGHT.match(written)
        text = written[weight.end() :] if weight else written
        answers.append(
            _Answer(
                mark, items.share(weight[1]) if weight else None, text.strip(), texts.read("#".join(said))
            )
        )
    return answers


def _numbers(answers: list[_Answer]) -> Iterator[Accepted]:
    for answer in answers:
        weight = 1.0 if answer.weight is None else answer.weight
        low, dots, high = answer.text.partition("..")
        if dots:
            yield items.span(items.decimal(low), items.decimal(high), weight, answer.feedback)
        else:
            value, _, tolerance = answer.text.partition(":")
            yield items.number(items.decimal(value), items.decimal(tolerance or "0"), weight, answer.feedback)


def _listed(prompt: str, answers: list[_Answer], texts: _Texts) -> Question:
    if any(not answer.mark for answer in answers):
        raise Unread("exchange_answers", text=answers[0].text)
    if all(answer.mark == "=" for answer in answers):
        if all(_find(answer.text, "->") >= 0 for answer in answers):
            sides = [_ARROW.split(answer.text, maxsplit=1) for answer in answers]
            both = [(texts.read(left), texts.read(right)) for left, right in sides]
            return new(
                "matching",
                prompt,
                gaps=items.pairs(
                    [pair for pair in both if pair[0]], [right for left, right in both if not left]
                ),
            )
        accepted = tuple(
            Accepted(
                one_line(_plain(answer.text)),
                1.0 if answer.weight is None else answer.weight,
                answer.feedback,
            )
            for answer in answers
        )
        return new("short", prompt, answers=accepted)
    single = any(answer.mark == "=" for answer in answers) or all(answer.weight is None for answer in answers)
    parts = [
        (
            texts.read(answer.text),
            answer.weight if answer.weight is not None else float(answer.mark == "="),
            answer.feedback,
        )
        for answer in answers
    ]
    return choice(prompt, parts, single=single)
