"""Moodle XML read, with its pictures; kinds without a counterpart are refused by name."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from urllib.parse import unquote

from lms.content.claims import read_claim
from lms.content.exchange import items
from lms.content.exchange.choices import choice, truth
from lms.content.exchange.cloze import read_cloze
from lms.content.exchange.html import from_html
from lms.content.exchange.items import Item, Notes, Reading, Unread, first_words, new
from lms.content.exchange.moodle_write import KEEPS, KINDS, PREFIXES, losses, write
from lms.content.exchange.pictures import keep_inline, keep_picture
from lms.content.exchange.rubrics import levels_of
from lms.content.exchange.text import from_plain, looks_like_html, one_line
from lms.content.exchange.xml import Node, parse_xml
from lms.content.questions.question import Accepted, Question
from lms.content.vocabulary import DIFFICULTY

__all__ = ["KEEPS", "KINDS", "losses", "read", "write"]

_SHOWN = re.compile(r"\(\s*<?@@PLUGINFILE@@/([^)\s>]+)>?")
_PLACED = "@@PLUGINFILE@@/"


def read(data: bytes) -> Reading:
    """The questions of a Moodle XML file; each is refused or taken by itself."""
    try:
        root = parse_xml(data)
        if root.name != "quiz":
            raise Unread("exchange_root", root.line, wanted="quiz", found=root.name)
    except Unread as error:
        return Reading((), problems=(error.problem(),))
    files: dict[str, bytes] = {}
    count = sum(node.get("type") != "category" for node in root.children("question"))
    return items.too_many(count) or items.bounded(list(_items(root, files)), files)


def _items(root: Node, files: dict[str, bytes]) -> Iterator[Item]:
    category = ""
    for node in root.children("question"):
        if node.get("type") == "category":
            found = node.child("category")
            category = found.text("text").removeprefix("$course$/").removeprefix("top/") if found else ""
            continue
        yield _item(node, category, files)


def _item(node: Node, category: str, files: dict[str, bytes]) -> Item:
    reader = _Question(node)
    name = first_words(_plain(node, "name"), reader.prompt_words())
    source_id = node.text("idnumber")
    if category and category not in {"top", ""}:
        reader.notes.say("exchange_category", node.line, category=category)
    try:
        question = reader.question()
    except Unread as error:
        return Item(node.line, name, None, (error.problem(node.line),), source_id)
    files.update(reader.notes.files)
    return Item(node.line, name, question, reader.notes.told(node.line), source_id)


def _plain(node: Node, name: str) -> str:
    found = node.child(name)
    return one_line(found.text("text") or found.text()) if found else ""


class _Question:
    """One question element."""

    def __init__(self, node: Node) -> None:
        self.node, self.notes = node, Notes()
        self.other = ""

    def prompt_words(self) -> str:
        found = self.node.child("questiontext")
        return one_line(re.sub(r"<[^>]*>", " ", found.text("text"))) if found else ""

    def question(self) -> Question:
        kind = self.node.get("type")
        build = _KINDS.get(kind)
        if build is None:
            raise Unread("exchange_kind", kind=kind)
        found = build(self, self.markdown("questiontext"))
        tags = [_plain_tag(tag) for list_ in self.node.children("tags") for tag in list_.children("tag")]
        title = _plain(self.node, "name")
        said = {
            name: next((tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)), "")
            for name, prefix in PREFIXES.items()
        }
        return replace(
            found,
            title="" if title == self.node.text("idnumber") else title,
            points=self.points(),
            explanation=self.markdown("generalfeedback"),
            tags=tuple(tag for tag in tags if tag and not tag.startswith(tuple(PREFIXES.values()))),
            competency=read_claim(said["competency"]),
            legal_basis=said["legal"],
            difficulty=said["difficulty"] if said["difficulty"] in DIFFICULTY.values() else "",
            hints=tuple(text for hint in self.node.children("hint") if (text := self.text(hint))),
            feedback_right=self.markdown("correctfeedback"),
            feedback_partial=self.markdown("partiallycorrectfeedback"),
            feedback_wrong=self.markdown("incorrectfeedback") or self.other,
        )

    def points(self) -> float:
        value = round(float(items.decimal(self.node.text("defaultgrade") or "1")), 2)
        if value <= 0:
            self.notes.say("exchange_points", self.node.line)
            return 1.0
        return value

    def markdown(self, name: str) -> str:
        found = self.node.child(name)
        return self.text(found) if found else ""

    def text(self, node: Node, source: str | None = None) -> str:
        """The Markdown of a text element, or of `source` in its place; its pictures are kept."""
        kept = {}
        for file in node.children("file"):
            path = f"{file.get('path', '/').strip('/')}/{file.get('name')}".strip("/")
            kept[path] = keep_picture(file.get("name"), _decoded(file), self.notes, file.line)
        raw = _raw(node) if source is None else source

        def place(target: str) -> str:
            if target.startswith("data:"):
                return keep_inline(target, self.notes, node.line)
            if not target.startswith(_PLACED):
                raise Unread("exchange_picture_elsewhere", node.line, source=target[:60])
            name = unquote(target.removeprefix(_PLACED)).partition("?")[0]
            if name not in kept:
                raise Unread("exchange_picture", node.line, name=name)
            return kept[name]

        form = node.get("format", "html")
        if form == "markdown":
            return _SHOWN.sub(lambda found: f"({place(_PLACED + found[1])}", raw)
        if form == "plain_text" or form == "moodle_auto_format" and not looks_like_html(raw):
            return from_plain(raw)
        return from_html(raw, place, self.notes.lose)

    def answers(self) -> list[tuple[Node, str]]:
        """Each answer element with its feedback."""
        return [
            (node, self.text(said) if (said := node.child("feedback")) else "")
            for node in self.node.children("answer")
        ]

    def rest(self, text: str, node: Node, said: str) -> bool:
        """Whether this is the answer ``*`` without points, which catches whatever was not named."""
        if text != "*" or items.share(node.get("fraction", "0")) > 0:
            return False
        if said:
            self.other = said
            self.notes.say("exchange_catch_all", node.line)
        return True

    def shuffled(self) -> bool:
        return self.node.text("shuffleanswers").casefold() not in {"false", "0"}


def _raw(node: Node) -> str:
    """A text as it was written; some programs put HTML there as elements."""
    found = node.child("text")
    return found.inner().strip() if found and any(found.children()) else node.text("text")


def _plain_tag(node: Node) -> str:
    return one_line(node.text("text") or node.text())


def _decoded(node: Node) -> bytes:
    if node.get("encoding", "base64") != "base64":
        raise Unread("exchange_picture", node.line, name=node.get("name"))
    try:
        return base64.b64decode("".join(node.text().split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unread("exchange_picture", node.line, name=node.get("name")) from None


def _choice(own: _Question, prompt: str) -> Question:
    parts = []
    for node, said in own.answers():
        text = own.text(node)
        if not text:
            raise Unread("exchange_option_empty", node.line)
        parts.append((text, items.share(node.get("fraction", "0")), said))
    single = own.node.text("single").casefold() in {"true", "1", ""}
    return choice(prompt, parts, single=single, shuffle=own.shuffled())


def _truth(own: _Question, prompt: str) -> Question:
    found = {
        node.text("text").casefold(): (items.share(node.get("fraction", "0")) > 0.99999, said)
        for node, said in own.answers()
    }
    right, said_true = found.get("true", (False, ""))
    wrong, said_false = found.get("false", (False, ""))
    if right == wrong:
        raise Unread("exchange_two_right" if right else "exchange_no_right", count=2)
    return truth(prompt, right, said_true, said_false)


def _short(own: _Question, prompt: str) -> Question:
    answers = []
    for node, said in own.answers():
        text = one_line(node.text("text"))
        if own.rest(text, node, said):
            continue
        if "*" in text.replace("\\*", ""):
            raise Unread("exchange_wildcard", node.line, text=text)
        answers.append(Accepted(text.replace("\\*", "*"), items.share(node.get("fraction", "0")), said))
    found = new("short", prompt, answers=tuple(answers))
    return replace(found, case_sensitive=own.node.text("usecase") in {"1", "true"})


def _numeric(own: _Question, prompt: str) -> Question:
    answers = []
    for node, said in own.answers():
        value = node.text("text")
        if own.rest(value, node, said):
            continue
        if value == "*":
            raise Unread("exchange_wildcard", node.line, text=value)
        tolerance = items.decimal(node.text("tolerance") or "0")
        answers.append(
            items.number(items.decimal(value), tolerance, items.share(node.get("fraction", "0")), said)
        )
    units = [unit for list_ in own.node.children("units") for unit in list_.children("unit")]
    if any(items.decimal(unit.text("multiplier") or "1") != Decimal(1) for unit in units):
        own.notes.say("exchange_units", own.node.line)
    unit = one_line(units[0].text("unit_name")) if units else ""
    return replace(new("numeric", prompt, answers=tuple(answers)), unit=unit)


def _matching(own: _Question, prompt: str) -> Question:
    found, extra = [], []
    for node in own.node.children("subquestion"):
        left, answer = one_line(own.text(node)), node.child("answer")
        right = from_plain(one_line(answer.text("text"))) if answer else ""
        if left:
            found.append((left, right))
        else:
            extra.append(right)
    return new("matching", prompt, gaps=items.pairs(found, extra), shuffle=own.shuffled())


def _ordering(own: _Question, prompt: str) -> Question:
    texts = [
        (float(items.decimal(node.get("fraction", "0"))), at, own.text(node))
        for at, (node, _) in enumerate(own.answers())
    ]
    if own.node.text("gradingtype") not in {"RELATIVE_NEXT_EXCLUDE_LAST", "1", ""}:
        own.notes.say("exchange_order_marks", own.node.line)
    return new(
        "ordering", prompt, gaps=items.steps(text for _, _, text in sorted(texts)), shuffle=own.shuffled()
    )


def _essay(own: _Question, prompt: str) -> Question:
    info = own.markdown("graderinfo")
    levels, plain = levels_of(info)
    if not plain:
        own.notes.say("exchange_rubric", own.node.line)
    low, high = (int(items.decimal(own.node.text(name) or "0")) for name in ("minwordlimit", "maxwordlimit"))
    if int(items.decimal(own.node.text("attachments") or "0")):
        own.notes.say("exchange_attachments", own.node.line)
    if own.markdown("responsetemplate"):
        own.notes.say("exchange_template", own.node.line)
    return replace(new("essay", prompt, rubric=levels), min_words=low, max_words=high)


def _cloze(own: _Question, prompt: str) -> Question:
    node = own.node.child("questiontext")
    if node is None:
        raise Unread("exchange_cloze_none", own.node.line)
    html = node.get("format", "html") != "markdown"
    found = read_cloze(node.text("text"), html, own.notes, own.node.line)
    return replace(found, prompt=own.text(node, found.prompt))


_KINDS: dict[str, Callable[[_Question, str], Question]] = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
}
