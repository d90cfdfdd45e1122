"""The front matter in canonical form: keys in the order of the format, values by form, comments kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.content.formatting.words import completion_word, key_word, word_for, yes_word
from lms.content.header import COMMENT, Entry, Header, Values, read, split
from lms.content.problems import Report
from lms.content.vocabulary import KINDS, YES, Key, name_of, value_of

LONGEST = 1_000
"""Lists of codes that would make a longer line keep a line for each item."""


@dataclass
class _Written:
    """An entry with its line as written, the comments above it, and its items with comments between them."""

    entry: Entry
    line: str
    above: list[str]
    items: list[str] = field(default_factory=list)
    remarked: bool = False


def written_header(header: Header, raw: Sequence[str], kind: str, english: bool) -> list[str]:
    """The lines between the dashes; `raw` are those of the source. With an error they stay as they are."""
    plain = [line.rstrip() for line in raw]
    report = Report()
    before = read(header, kind, report)
    if report.failed:
        return plain
    lines = _rewritten(header, plain, KINDS[kind], english)
    after = split("\n".join(["---", *lines, "---", ""]), report)
    same = after is not None and _told(read(after, kind, report)) == _told(before) and not report.failed
    return lines if same else plain


def _told(values: Values) -> dict[str, object]:
    """The values, with the Indonesian words of the completion rule."""
    rule = [completion_word(word, english=False) for word in values.items("completion")]
    return {**values.values, "completion": rule}


def _rewritten(header: Header, raw: Sequence[str], keys: tuple[Key, ...], english: bool) -> list[str]:
    found, tail = _parts(header, raw)
    order = {key.name: place for place, key in enumerate(keys)}
    named = [(key, part) for part in found if (key := name_of(part.entry.word, keys)) is not None]
    lines: list[str] = []
    for key, part in sorted(named, key=lambda pair: order[pair[0].name]):
        lines += [*part.above, *_entry(key, part, english)]
    return [*lines, *tail]


def _parts(header: Header, raw: Sequence[str]) -> tuple[list[_Written], list[str]]:
    """The entries in source order, and the comments below the last one."""
    comments = dict(header.comments)
    entries = {entry.line: entry for entry in header.entries}
    items = {number: text for entry in header.entries for number, text in entry.items}
    found: list[_Written] = []
    waiting: list[str] = []
    for number, line in enumerate(raw, 2):
        if number in comments:
            waiting.append(comments[number])
        elif number in entries:
            found.append(_Written(entries[number], line, waiting))
            waiting = []
        elif number in items:
            found[-1].remarked = found[-1].remarked or bool(waiting)
            found[-1].items += [*waiting, f"- {items[number]}"]
            waiting = []
    return found, waiting


def _entry(key: Key, part: _Written, english: bool) -> list[str]:
    word = f"{key_word(key, english)}:"
    if key.form in {"codes", "texts", "marks"}:
        return _list(word, key, part, english)
    if key.form == "text":
        return [f"{word} {part.entry.value}".rstrip()]
    plain = COMMENT.sub("", part.entry.value).strip()
    return [_remarked(f"{word} {_value(plain, key, english)}".rstrip(), part)]


def _remarked(line: str, part: _Written) -> str:
    """The line with the comment that stood behind its value, in the same column if there is room."""
    found = COMMENT.search(part.entry.value)
    comment = found[0].strip() if found else ""
    column = len(part.line) - len(comment)
    return f"{line.ljust(column - 1)} {comment}" if comment else line


def _value(plain: str, key: Key, english: bool) -> str:
    if not plain:
        return plain
    if key.form == "choice":
        kept = value_of(plain, key.choices)
        return word_for(kept, key.choices, english) if kept else plain
    if key.form == "yes":
        return yes_word(YES[plain.casefold()], english)
    if key.form == "int":
        words = list(key.words)
        return words[-1 if english else 0] if plain.casefold() in key.words else str(int(plain))
    return plain


def _list(word: str, key: Key, part: _Written, english: bool) -> list[str]:
    value = part.entry.value
    if key.form == "codes":
        return _codes(word, key, part, english)
    if part.items:
        return [word, *part.items]
    inner = value[1:-1] if value.startswith("[") else value
    texts = [text.strip() for text in inner.split(",")] if value.startswith("[") else [inner.strip()]
    texts = [text for text in texts if text]
    if not texts or (key.form == "marks" and value.startswith("[")):
        return [f"{word} [{', '.join(texts)}]"]
    return [word, *(f"- {text}" for text in texts)]


def _codes(word: str, key: Key, part: _Written, english: bool) -> list[str]:
    """Codes between brackets on one line, unless something is said about one of them."""
    items = [item for item in part.items if item.startswith("- ")]
    plain = [COMMENT.sub("", item[2:]).strip() for item in items]
    if part.remarked or plain != [item[2:] for item in items] or any("," in text for text in plain):
        return [word, *part.items]
    value = COMMENT.sub("", part.entry.value).strip()
    texts = plain or [text.strip() for text in value.removeprefix("[").removesuffix("]").split(",")]
    joined = ", ".join(completion_word(text, english) for text in texts if text)
    if key.name != "completion" or not joined:
        joined = f"[{joined}]"
    if len(joined) > LONGEST:
        return [part.line, *part.items]
    return [_remarked(f"{word} {joined}", part)]
