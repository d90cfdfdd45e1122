"""XML of strangers: no document type and no entity, bounded in size, depth and number of elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from lms.content.exchange.items import MAX_BYTES, Unread

MAX_ELEMENTS = 300_000
MAX_DEPTH = 60


@dataclass
class Node:
    """An element: its name without prefix, its line, and its texts and elements in order."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[Node | str] = field(default_factory=list)

    def children(self, *names: str) -> Iterator[Node]:
        """The elements directly below, of those names where any are given."""
        return (part for part in self.parts if isinstance(part, Node) and (not names or part.name in names))

    def child(self, name: str) -> Node | None:
        """The first element of that name directly below."""
        return next(self.children(name), None)

    def every(self, *names: str) -> Iterator[Node]:
        """The elements of those names anywhere below, in order."""
        for part in self.children():
            if part.name in names:
                yield part
            yield from part.every(*names)

    def text(self, name: str = "") -> str:
        """All text below, or below the first child of that name, trimmed; "" when there is none."""
        node = self.child(name) if name else self
        return "".join(node.words()).strip() if node else ""

    def words(self) -> Iterator[str]:
        """The texts anywhere below."""
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from part.words()

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def inner(self) -> str:
        """What is below as HTML."""
        return "".join(
            escape(part, quote=False) if isinstance(part, str) else part.outer() for part in self.parts
        )

    def outer(self) -> str:
        """The element as HTML."""
        marks = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.name}{marks}>{self.inner()}</{self.name}>"


class _Builder:
    def __init__(self) -> None:
        self.root = Node("", {}, 0)
        self.stack = [self.root]
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.stack) > MAX_DEPTH:
            raise Unread("exchange_xml_large", line)
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(":")[2], plain, line)
        self.stack[-1].parts.append(node)
        self.stack.append(node)

    def end(self, _name: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        self.stack[-1].parts.append(text)

    def doctype(self, *_parts: object) -> None:
        raise Unread("exchange_doctype", self.parser.CurrentLineNumber)


def parse_xml(data: bytes) -> Node:
    """The root element. Raises Unread: too large, broken (with the line), or with a document type."""
    if len(data) > MAX_BYTES:
        raise Unread("exchange_large", limit="10 MB")
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise Unread("exchange_xml", error.lineno, reason=reason) from None
    except (ValueError, LookupError) as error:  # an encoding that is not known, or is none of text
        raise Unread("exchange_xml", 1, reason=error) from None
    return next(builder.root.children())


def cdata(text: str) -> str:
    """Text for an XML file, in a CDATA section where it needs one; what XML cannot hold is left out."""
    plain = "".join(char for char in text if char >= " " or char in "\n\t")
    if not any(char in plain for char in "<>&"):
        return plain
    return "<![CDATA[" + plain.replace("]]>", "]]]]><![CDATA[>") + "]]>"
