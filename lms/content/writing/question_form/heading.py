"""The heading of a question with other words or attributes; what is not changed stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lms.content.formatting.words import word_for
from lms.content.vocabulary import ATTRIBUTES, TYPES
from lms.content.writing.question_form.model import TABLES

_HEAD = re.compile(r"^(##)([ ]+)?(.*?)([ ]*\{[^{}]*\})?([ ]*(?:<!--.*)?)$")
_WORDS = {**TABLES, "type": TYPES}


def changed_heading(line: str, before: Mapping[str, str], after: Mapping[str, str], english: bool) -> str:
    """The heading with the values that differ."""
    found = _HEAD.match(line)
    changed = [name for name in after if _plain(after[name]) != _plain(before.get(name, ""))]
    names = [name for name in changed if name != "title"]
    title = _plain(after.get("title", ""))
    if found is None or not changed:
        return line
    words = f" {title}" if title else ""
    if "title" not in changed:
        words = f"{found[2] or ''}{found[3]}"
    braces = found[4] or ""
    for name in names:
        braces = _with(braces, name, after[name], english)
    return f"{found[1]}{words}{braces}{found[5]}"


def _plain(text: str) -> str:
    return " ".join(text.split())


def with_heading_id(line: str, new: str) -> str:
    """The heading with another id."""
    return re.sub(r"(?<=[{\s])#[^\s}]+", f"#{new}", line, count=1)


def _with(braces: str, name: str, value: str, english: bool) -> str:
    own = next(word for word, kept in ATTRIBUTES.items() if kept == name)
    pattern = re.compile(rf"(?<=[{{\s])({own}|{name})=(?:\"[^\"]*\"|[^\s}}\"]*)", re.I)
    text = _written(name, value, english)
    if pattern.search(braces):
        new = pattern.sub(lambda old: f"{old[1]}={text}" if value else "", braces)
        new = re.sub(r"\s+(?=\})|(?<=\{)\s+", "", re.sub(r"(?<=\S)\s{2,}", " ", new))
        return "" if new.strip() == "{}" else new
    if not value:
        return braces
    word = name if english else own
    return f"{braces.rstrip()[:-1]} {word}={text}}}" if braces else f" {{{word}={text}}}"


def _written(name: str, value: str, english: bool) -> str:
    if name in _WORDS:
        return word_for(value, _WORDS[name], english)
    if name == "shuffle":
        return "no" if english else "tidak"
    plain = value.replace('"', "'").replace("{", "(").replace("}", ")")
    return f'"{plain}"' if re.search(r"[\s=']", plain) else plain
