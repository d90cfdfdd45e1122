"""Markdown as people write it made into what python-markdown reads: lists of two spaces, lists after text."""

import re

from lms.content.lines import MAX_DEPTH, Lines, cut
from lms.content.notices import CAPTION, DETAILS, OPENING

_ITEM = re.compile(r"([ ]*)([-*+]|\d{1,9}[.)])[ ]+(?=\S)")
_CONTAINER = re.compile(r"([ ]{0,3})(?:\[\^[^\]]+\]:|:[ ]{1,3}(?=\S))")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,})$")
_TABLE = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_BLOCK = re.compile(r"/{3,}[ ]*\w")
INDENT = "    "


def prepare(text: str, level: int = 0) -> str:
    """The text with nested parts indented by four spaces for each level, and blank lines where a list,
    a table, a block or a formula begins right after a paragraph. Comments go; fences keep their content.
    """
    return "\n".join(_Preparer(cut(text), level).run())


class _Preparer:
    def __init__(self, source: Lines, level: int) -> None:
        self.source, self.level = source, level
        self.stack: list[int] = []
        self.out: list[str] = []
        self.text = False
        self.block_depth = 0
        self.at = 0
        self.formulas = dict(source.formulas)

    def run(self) -> list[str]:
        while self.at < len(self.source.lines):
            line = self.source.lines[self.at]
            if self.at in self.formulas:
                self._formula(self.formulas[self.at])
            elif self.source.code[self.at]:
                self._fence()
            elif not line.strip():
                self._put("")
            elif line.startswith(">") and self.level < MAX_DEPTH:
                self._quotation()
            else:
                self._line(line)
        return self.out

    def _put(self, line: str, text: bool = False) -> None:
        """Write a line; `text` marks one of a paragraph, after which a list needs a blank line."""
        if self._after_blank():
            self.block_depth = (len(line) - len(line.lstrip(" "))) // len(INDENT)
        self.out.append(line)
        self.text = text and bool(line.strip()) and not line.startswith(":")
        self.at += 1

    def _line(self, line: str) -> None:
        indent = len(line) - len(line.lstrip(" "))
        item = None if _RULE.match(line) else _ITEM.match(line)
        if item or self._after_blank():
            self._leave(indent)
        if item and self._runs_on(item[2]):
            item = None
        if item and self.block_depth > len(self.stack) and not self._after_blank():
            self.out.append("")
            self.block_depth = len(self.stack)
        elif self.text and (item or _BLOCK.match(line) or self._table_begins(line)):
            self.out.append("")
        if item:
            mark = "-" if item[2] in "-*+" else item[2].replace(")", ".")
            self._put(f"{INDENT * len(self.stack)}{mark} {line[item.end() :]}")
            self.stack.append(indent + 2)
        elif container := _CONTAINER.match(line):
            self._leave(indent)
            self._put(line)
            self.stack.append(len(container[1]) + 2)
        elif self.stack and indent >= 2:
            self._put(INDENT * len(self.stack) + _block(line.lstrip(" ")), text=True)
        else:
            self._put(_block(line), text=True)

    def _runs_on(self, mark: str) -> bool:
        """A number that only happens to begin a line of a paragraph: `... pada tahun / 2021. Lalu ...`"""
        return self.text and not self.stack and mark[0].isdigit() and mark[:-1] != "1"

    def _after_blank(self) -> bool:
        return not self.out or not self.out[-1].strip()

    def _leave(self, indent: int) -> None:
        while self.stack and indent < self.stack[-1]:
            self.stack.pop()

    def _table_begins(self, line: str) -> bool:
        follows = self.source.lines[self.at + 1] if self.at + 1 < len(self.source.lines) else ""
        return "|" in line and "-" in follows and "|" in follows and _TABLE.match(follows) is not None

    def _fence(self) -> None:
        """A whole code fence, moved to the level of the list item it stands in."""
        first = self.source.lines[self.at]
        indent = len(first) - len(first.lstrip(" "))
        self._leave(indent)
        shift = INDENT * len(self.stack)
        if self.stack and not self._after_blank():
            self.out.append("")
        while self.at < len(self.source.lines) and self.source.code[self.at] and self.at not in self.formulas:
            line = self.source.lines[self.at]
            own = min(indent, len(line) - len(line.lstrip(" ")))
            self._put(shift + line[own:] if self.stack else line)

    def _formula(self, last: int) -> None:
        """A block formula, moved to the level of the list item it stands in, between blank lines."""
        first = self.source.lines[self.at]
        self._leave(len(first) - len(first.lstrip(" ")))
        if not self._after_blank():
            self.out.append("")
        while self.at <= last:
            self._put(INDENT * len(self.stack) + self.source.lines[self.at].strip())
        self.out.append("")

    def _quotation(self) -> None:
        """A run of quoted lines, prepared by itself."""
        self.stack, self.text = [], False
        inner: list[str] = []
        while self.at < len(self.source.lines) and self.source.lines[self.at].startswith(">"):
            inner.append(self.source.lines[self.at][1:].removeprefix(" "))
            self.at += 1
        self.out.extend(
            f"> {line}" if line else ">" for line in prepare("\n".join(inner), self.level + 1).split("\n")
        )


def _block(line: str) -> str:
    """The opening of a block under the one name that the renderer knows."""
    found = OPENING.fullmatch(line) if line.startswith("///") else None
    if found is None:
        return line
    word = found[2].casefold()
    if word in CAPTION:
        return f"{found[1]} caption"
    if word in DETAILS:
        return f"{found[1]} details | {found[3] or 'Rincian'}"
    return f"{found[1]} {word}" + (f" | {found[3]}" if found[3] else "")
