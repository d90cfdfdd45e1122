"""What the parser must know of Markdown: code fences, comments, headings, links, words. No rendering."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lms.content.dollars import begins, block_end, without_formulas

MAX_LINE = 10_000
MAX_DEPTH = 8
MAX_BRACKETS = 1_000
ASSETS = "aset/"

_FENCE = re.compile(r"[ >]*(?:[-*+][ ]+|\d+[.)][ ]+)?(`{3,}|~{3,})([^`]*)$")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\]\[]*)\](?:\(\s*<?([^)\s>]*)>?(?:\s+\"([^\"]*)\")?\s*\)|\[([^\]]*)\])")
_LINK = re.compile(
    r"(?<!!)\[((?:[^\]\[]|!\[[^\]]*\]\([^)]*\))*)\]"
    r"\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_NAMED = re.compile(r"[ ]{0,3}\[([^\]^]+)\]:\s*<?([^\s>]+)>?")
_HEADING = re.compile(r"(#{1,6})[ ]+(.*?)[ #]*$")
_WORD = re.compile(r"\w+(?:[-'./]\w+)*")


@dataclass(frozen=True)
class Link:
    """A link or an image in a text: its line, words (or alt text) and target."""

    line: int
    image: bool
    text: str
    target: str


@dataclass(frozen=True)
class Lines:
    """A text cut into lines, comments blanked; `code[i]`: line i is in a code fence or a block formula.

    `formulas` are the first and last line of each block formula.
    """

    lines: tuple[str, ...]
    code: tuple[bool, ...]
    open_fence: int | None
    open_comment: int | None
    formulas: tuple[tuple[int, int], ...] = ()

    def prose(self) -> Iterator[tuple[int, str]]:
        """The lines outside code, numbered from 0, with inline code blanked."""
        for at, line in enumerate(self.lines):
            if not self.code[at] and line and len(line) <= MAX_LINE:
                yield at, without_code(line)


def without_code(line: str, filler: str = " ") -> str:
    """A line outside code fences with its inline code and formulas overwritten; its length stays."""
    return without_formulas(without_inline_code(line, filler), filler)


def without_inline_code(line: str, filler: str = " ") -> str:
    """A line outside code fences with its inline code alone overwritten; its length stays."""
    return _CODE.sub(lambda found: filler * len(found[0]), line) if "`" in line else line


def cut(text: str) -> Lines:
    """Find code fences and comments; a comment never begins inside a fence."""
    lines: list[str] = []
    code: list[bool] = []
    fence: tuple[str, int] | None = None
    comment: int | None = None
    for at, raw in enumerate(text.split("\n")):
        line = raw
        if fence is None:
            line, comment = _uncomment(line, comment, at)
        found = _FENCE.match(line) if "```" in line[:200] or "~~~" in line[:200] else None
        if fence is None:
            if found and comment is None:
                fence = (found[1], at)
        elif found and found[1][0] == fence[0][0] and len(found[1]) >= len(fence[0]) and not found[2].strip():
            lines.append(line)
            code.append(True)
            fence = None
            continue
        lines.append(line)
        code.append(fence is not None)
    found_formulas = _formulas(lines, code) if "$$" in text else ()
    return Lines(tuple(lines), tuple(code), fence[1] if fence else None, comment, found_formulas)


def _formulas(lines: list[str], code: list[bool]) -> tuple[tuple[int, int], ...]:
    """The block formulas outside fences; their lines count as code from now on."""
    found: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if code[at] or len(line) > MAX_LINE or not begins(line):
            continue
        end = block_end(lines, at)
        if end is not None and not any(code[at : end + 1]):
            code[at : end + 1] = [True] * (end + 1 - at)
            found.append((at, end))
    return tuple(found)


def _uncomment(line: str, since: int | None, at: int) -> tuple[str, int | None]:
    """The line without comments, and the line where a comment that is still open began."""
    kept = ""
    rest = line
    while rest:
        if since is not None:
            _, closed, rest = rest.partition("-->")
            if not closed:
                return kept, since
            since = None
            continue
        start = _comment_start(rest)
        if start < 0:
            return kept + rest, None
        kept += rest[:start]
        rest = rest[start + 4 :]
        since = at
    return kept, since


def _comment_start(line: str) -> int:
    if "<!--" not in line or len(line) > MAX_LINE:
        return -1
    masked = _CODE.sub(lambda found: "`" * len(found[0]), line)
    return masked.find("<!--")


def links(source: Lines) -> list[Link]:
    """Every image and link with its target, by reference too; line numbers from 0."""
    named = {found[1].casefold(): found[2] for _, line in source.prose() if (found := _NAMED.match(line))}
    result: list[Link] = []
    for at, line in source.prose():
        if "](" not in line and "][" not in line and "]:" not in line:
            continue
        if found := _NAMED.match(line):
            result.append(Link(at, False, found[1], found[2]))
            continue
        for image in _IMAGE.finditer(line):
            target = image[2] if image[4] is None else named.get((image[4] or image[1]).casefold(), "")
            result.append(Link(at, True, image[1].strip(), target))
        result.extend(Link(at, False, link[1], link[2]) for link in _LINK.finditer(line))
    return result


def asset_name(target: str) -> str | None:
    """The path ``aset/...`` that a link means, from any folder of the course; None when it is no asset."""
    path = unquote(target.partition("#")[0])
    while path.startswith(("./", "../")):
        path = path.partition("/")[2]
    return path if path.startswith(ASSETS) and ".." not in path.split("/") else None


def assets_in(text: str) -> tuple[str, ...]:
    """The assets that a text shows or links to, each once, in order."""
    if "](" not in text and "]:" not in text:
        return ()
    names = (asset_name(link.target) for link in links(cut(text)))
    return tuple(dict.fromkeys(name for name in names if name))


def headings(source: Lines) -> list[tuple[int, int, str]]:
    """Line (from 0), level and words of each heading."""
    found = ((at, _HEADING.match(line)) for at, line in source.prose() if line.startswith("#"))
    return [(at, len(match[1]), match[2]) for at, match in found if match]


def word_count(source: Lines) -> int:
    """The words of a text outside code."""
    return sum(len(_WORD.findall(line)) for _, line in source.prose())


def crowded(text: str) -> int | None:
    """The line (from 0) of a paragraph with so many ``[`` that rendering would take seconds; None if fine."""
    if text.count("[") <= MAX_BRACKETS:
        return None
    count = 0
    for at, line in enumerate(text.split("\n")):
        count = count + line.count("[") if line.strip() else 0
        if count > MAX_BRACKETS:
            return at
    return None


def depth(line: str) -> int:
    """How deep a line is nested by quotation marks and list marks; an approximation for a limit."""
    level = 0
    rest = line
    while found := re.match(r"[ ]*(?:>|[-*+][ ]+|\d+[.)][ ]+)", rest):
        level += 1
        rest = rest[found.end() :]
    indent = len(line) - len(line.lstrip(" "))
    return level + indent // 4
