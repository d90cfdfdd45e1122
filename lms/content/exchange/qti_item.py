"""One assessment item of QTI 2.1 read: those with one interaction of a kind that has a counterpart here."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from urllib.parse import unquote

from lms.content.exchange import items
from lms.content.exchange.choices import choice
from lms.content.exchange.html import from_html
from lms.content.exchange.items import Notes, Unread, new
from lms.content.exchange.pictures import keep_inline, keep_picture
from lms.content.exchange.qti_write import EXPLANATION
from lms.content.exchange.rubrics import levels_of
from lms.content.exchange.text import one_line
from lms.content.exchange.xml import Node
from lms.content.questions.question import Accepted, Option, Question

_INTERACTIONS = {
    "choiceInteraction": "choice", "textEntryInteraction": "entry", "extendedTextInteraction": "essay",
    "matchInteraction": "match", "orderInteraction": "order",
}  # fmt: skip

_MATCH = "match_correct"
_FEEDBACK = ("feedbackInline", "feedbackBlock")


class ItemReader:
    """One assessment item."""

    def __init__(self, root: Node, path: str, files: Mapping[str, bytes]) -> None:
        self.root, self.path, self.files, self.notes = root, path, files, Notes()
        self.points = 1.0
        self.response = Node("", {}, 0)
        self.mapped: dict[str, Node] = {}
        self.correct: list[str] = []

    def answer_to(self, node: Node) -> None:
        """Look up the declaration of the response that an interaction asks for."""
        wanted = node.get("responseIdentifier")
        declared = [one for one in self.root.children("responseDeclaration")
                    if one.get("identifier") == wanted]  # fmt: skip
        if not declared:
            raise Unread("exchange_answers", node.line, text="responseDeclaration")
        self.response = declared[0]
        rule = self.root.child("responseProcessing")
        if not (rule and rule.get("template").endswith(_MATCH)):
            self.mapped = {entry.get("mapKey"): entry for entry in self.response.every("mapEntry")}
        correct = self.response.child("correctResponse")
        self.correct = [value.text() for value in correct.children("value")] if correct else []
        self.points = self.maximum()

    def question(self) -> Question:
        body = self.root.child("itemBody")
        found = list(body.every(*_INTERACTIONS)) if body else []
        others = [node.name for node in (body.every(*_others(body)) if body else ())]
        if body is None or others or not found:
            raise Unread("exchange_kind", self.root.line, kind=", ".join(others) or "itemBody")
        if len(found) > 1:
            raise Unread("exchange_kind", found[1].line, kind=f"{len(found)} x {found[0].name}")
        if self.root.child("templateDeclaration") or any(body.every("printedVariable")):
            raise Unread("exchange_kind", self.root.line, kind="templateDeclaration")
        self.answer_to(found[0])
        build = getattr(self, _INTERACTIONS[found[0].name])
        question: Question = build(self.markdown(_without(body, found[0])), found[0])
        return replace(question, points=round(self.points, 2), explanation=self.explanation(body))

    def explanation(self, body: Node) -> str:
        """Our own explanation; feedback of other programs shows at answers, and is named."""
        said = [one for one in self.root.children("modalFeedback") if one.get("identifier") == EXPLANATION]
        if len(said) < len(list(self.root.children("modalFeedback"))) or any(body.every(*_FEEDBACK)):
            self.notes.say("exchange_qti_feedback", self.root.line)
        return "\n\n".join(self.markdown(one) for one in said)

    def maximum(self) -> float:
        """The points: MAXSCORE, else what the score or the mapping can reach, else 1."""
        named = {node.get("identifier"): node for node in self.root.children("outcomeDeclaration")}
        mapping = self.response.child("mapping") if self.mapped else None
        values = [value for entry in self.mapped.values() if (value := _value(entry.get("mappedValue"))) > 0]
        several = self.response.get("cardinality") == "multiple"
        reached = min(
            [
                sum(values) if several else max(values, default=0.0),
                *([upper] if mapping and (upper := _value(mapping.get("upperBound"))) > 0 else []),
            ]
        )
        told = named["MAXSCORE"].text() if "MAXSCORE" in named else ""
        normal = named["SCORE"].get("normalMaximum") if "SCORE" in named else ""
        return next((value for value in (_value(told), _value(normal), reached) if value > 0), 1.0)

    def markdown(self, node: Node) -> str:
        return from_html(node.inner(), self.picture, self.notes.lose)

    def picture(self, source: str) -> str:
        if source.startswith("data:"):
            return keep_inline(source, self.notes, self.root.line)
        name = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(source)))
        if ":" in source or source.startswith("//"):
            raise Unread("exchange_picture_elsewhere", self.root.line, source=source[:60])
        if name not in self.files:
            raise Unread("exchange_picture", self.root.line, name=name)
        return keep_picture(name, self.files[name], self.notes, self.root.line)

    def share(self, key: str) -> float:
        """The share of the points that a mapping gives; without a mapping right ones earn all."""
        if self.mapped:
            entry, mapping = self.mapped.get(key), self.response.child("mapping")
            other = mapping.get("defaultValue", "0") if mapping else "0"
            value = float(items.decimal(entry.get("mappedValue", "0") if entry else other))
            return items.share(100 * value / self.points)
        return float(key in self.correct)

    def choice(self, prompt: str, node: Node) -> Question:
        prompt = _joined(prompt, node, self)
        single = self.response.get("cardinality", "single") == "single"
        choices = list(node.children("simpleChoice"))
        shuffle = node.get("shuffle", "false") == "true"
        known = {one.get("identifier") for one in choices}
        stray = [key for key in self.correct if key not in known]
        if stray or len(known) < len(choices):
            raise Unread("exchange_key", node.line, value=", ".join(stray) or "identifier")
        parts = [
            (self.markdown(_without(one, None)), self.share(one.get("identifier")), "") for one in choices
        ]
        if single or self.mapped:
            found = choice(prompt, parts, single=single, shuffle=shuffle)
        elif not any(weight for _, weight, _ in parts):
            raise Unread("exchange_no_right", node.line)
        else:
            found = new("multiple", prompt, options=items.options(parts), shuffle=shuffle)
        fixed: list[Option] = [
            replace(item, fixed=one.get("fixed") == "true")
            for item, one in zip(found.options, choices, strict=True)
        ]
        return replace(found, options=tuple(fixed))

    def entry(self, prompt: str, node: Node) -> Question:
        if self.response.get("baseType") in {"float", "integer"}:
            return new("numeric", prompt, answers=tuple(self.numbers(node)))
        if not self.mapped and not self.correct:
            raise Unread("exchange_no_right", node.line)
        keys = list(self.mapped) or self.correct
        answers = tuple(Accepted(one_line(key), self.share(key), "") for key in keys)
        cased = any(entry.get("caseSensitive") == "true" for entry in self.mapped.values())
        return replace(new("short", prompt, answers=answers), case_sensitive=cased)

    def numbers(self, node: Node) -> Iterator[Accepted]:
        branches = list(self.root.every("responseIf", "responseElseIf"))
        found = False
        for branch in branches:
            equal, score = branch.child("equal"), branch.child("setOutcomeValue")
            if equal is None or score is None or equal.get("toleranceMode", "exact") == "relative":
                raise Unread("exchange_answers", branch.line, text="responseProcessing")
            width = items.decimal((equal.get("tolerance") or "0").split()[0])
            said = equal.text() or next(iter(self.correct), "")
            weight = items.share(100 * float(items.decimal(score.text())) / self.points)
            found = True
            yield items.number(items.decimal(said), width, weight, "")
        if not found:
            keys = list(self.mapped) or self.correct
            if not keys:
                raise Unread("exchange_no_right", node.line)
            for key in keys:
                yield items.number(items.decimal(key), Decimal(0), self.share(key), "")

    def essay(self, prompt: str, node: Node) -> Question:
        blocks = [one for one in self.root.every("rubricBlock") if "scorer" in one.get("view")]
        levels, plain = levels_of("; ".join(one.text() for one in blocks))
        if not plain:
            self.notes.say("exchange_rubric", node.line)
        return new("essay", _joined(prompt, node, self), rubric=levels)

    def match(self, prompt: str, node: Node) -> Question:
        sets = list(node.children("simpleMatchSet"))
        if len(sets) != 2:
            raise Unread("exchange_kind", node.line, kind=node.name)
        left, right = ({one.get("identifier"): one for one in each.children()} for each in sets)
        texts = {key: one_line(self.markdown(one)) for key, one in right.items()}
        pairs = dict(pair.split(" ", 1) for pair in self.correct if " " in pair)
        if len(pairs) < len(self.correct) or set(pairs) != set(left) or not set(pairs.values()) <= set(right):
            raise Unread("exchange_answers", node.line, text="correctResponse")
        lines = [(one_line(self.markdown(one)), texts[pairs[key]]) for key, one in left.items()]
        used = set(pairs.values())
        gaps = items.pairs(lines, [text for key, text in texts.items() if key not in used])
        fixed = {texts[key] for key, one in right.items() if one.get("fixed") == "true"}
        shown = tuple(replace(item, fixed=item.text in fixed) for item in gaps[0].options)
        gaps = tuple(replace(gap, options=shown) for gap in gaps)
        return new(
            "matching", _joined(prompt, node, self), gaps=gaps, shuffle=node.get("shuffle", "false") == "true"
        )

    def order(self, prompt: str, node: Node) -> Question:
        texts = {one.get("identifier"): self.markdown(one) for one in node.children("simpleChoice")}
        if sorted(self.correct) != sorted(texts):
            raise Unread("exchange_no_right", node.line)
        gaps = items.steps(texts[key] for key in self.correct)
        return new("ordering", _joined(prompt, node, self), gaps=gaps, scoring="exact",
                   shuffle=node.get("shuffle", "false") == "true")  # fmt: skip


def _others(body: Node) -> list[str]:
    """The names of interactions that are not read."""
    names = {node.name for node in _every(body)}
    return [name for name in names if name.endswith("Interaction") and name not in _INTERACTIONS]


def _every(node: Node) -> Iterator[Node]:
    for part in node.children():
        yield part
        yield from _every(part)


def _without(body: Node, gone: Node | None) -> Node:
    """A body without its interaction and without what only markers, or those who answered, may see.

    A word that is asked for inside a sentence leaves a line to show where it was.
    """
    parts: list[Node | str] = []
    for part in body.parts:
        if isinstance(part, str):
            parts.append(part)
        elif part is gone:
            if gone.name == "textEntryInteraction" and any(text.strip() for text in body.words()):
                parts.append("___")
        elif part.name not in _FEEDBACK and (part.name != "rubricBlock" or "scorer" not in part.get("view")):
            parts.append(_without(part, gone))
    return Node(body.name, body.attributes, body.line, parts)


def _value(text: str) -> float:
    """A number of the package; 0 where there is none."""
    try:
        return float(items.decimal(text)) if text else 0.0
    except Unread:
        return 0.0


def _joined(prompt: str, node: Node, reader: ItemReader) -> str:
    """The text of the body and the prompt inside the interaction."""
    inner = node.child("prompt")
    return "\n\n".join(part for part in (prompt, reader.markdown(inner) if inner else "") if part)
