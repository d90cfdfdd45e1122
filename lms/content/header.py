"""The front matter: a strict line format that looks like YAML and has none of its surprises."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lms.content.claims import Claim, read_claim
from lms.content.problems import Report, nearest
from lms.content.vocabulary import KIND_ALIASES, KIND_WORDS, KINDS, YES, Key, name_of, value_of

MAX_LINES = 200
MAX_TITLE = 200
ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")

_KEY = re.compile(r"([^\W\d][\w-]*)[ ]*:(?:[ ]+(.*))?")
_ITEM = re.compile(r"[ ]*-[ ]+(.*)")
COMMENT = re.compile(r"(?:^|[ ]+)#(?:[ ].*)?$")


@dataclass(frozen=True)
class Entry:
    """One key as written: the rest of its line, and the list items below it, each with its line."""

    word: str
    line: int
    value: str
    items: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Header:
    """A front matter cut into entries, with its comments as tokens, and the text after it."""

    entries: tuple[Entry, ...]
    comments: tuple[tuple[int, str], ...]
    body: str
    body_line: int

    def kind(self) -> str | None:
        """The kind of file (course, module, lesson, quiz, bank), or None when it is not told."""
        return KIND_ALIASES.get(self.kind_word().casefold())

    def kind_word(self) -> str:
        """The kind of file as written; empty when it is not told."""
        words = (entry for entry in self.entries if entry.word.casefold() in {"jenis", "kind", "type"})
        return next((_without_comment(entry.value) for entry in words), "")

    def line_of(self, name: str) -> int:
        """The line of a key by its English name; 1 when it is absent."""
        for keys in KINDS.values():
            for entry in self.entries:
                key = name_of(entry.word, keys)
                if key is not None and key.name == name:
                    return entry.line
        return 1


def split(text: str, report: Report) -> Header | None:
    """Cut a file into front matter and body; None, with the problem, when there is no front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        report.error(1, "header_missing")
        return None
    end = next((at for at, line in enumerate(lines[1:MAX_LINES], 1) if line.rstrip() == "---"), None)
    if end is None:
        report.error(1, "header_open" if len(lines) < MAX_LINES else "header_long", limit=MAX_LINES)
        return None
    entries, comments = _entries(lines[1:end], report)
    return Header(tuple(entries), tuple(comments), "\n".join(lines[end + 1 :]), end + 2)


def _entries(lines: list[str], report: Report) -> tuple[list[Entry], list[tuple[int, str]]]:
    entries: list[Entry] = []
    comments: list[tuple[int, str]] = []
    items: list[tuple[int, str]] = []
    for number, raw in enumerate(lines, 2):
        line = raw.rstrip()
        if "\t" in line:
            report.error(number, "header_tab")
        elif len(line) > 2000:
            report.error(number, "line_long", limit=2000)
        elif line.lstrip().startswith("#"):
            comments.append((number, line.strip()))
        elif (item := _ITEM.fullmatch(line)) and entries:
            if entries[-1].value:
                report.error(number, "header_item", key=entries[-1].word)
            items.append((number, item[1].strip()))
            last = entries[-1]
            entries[-1] = Entry(last.word, last.line, last.value, tuple(items))
        elif found := _KEY.fullmatch(line):
            items = []
            entries.append(Entry(found[1], number, (found[2] or "").strip()))
        elif line:
            report.error(number, "header_line", text=line)
    return entries, comments


def check_title(header: Header, kind: str, report: Report) -> None:
    """Report a title that no list could hold. What is published already stays readable without this check."""
    for entry in header.entries:
        key = name_of(entry.word, KINDS[kind])
        if key is not None and key.name == "title" and len(entry.value) > MAX_TITLE:
            report.error(entry.line, "title_long", limit=MAX_TITLE)


def read(header: Header, kind: str, report: Report) -> "Values":
    """The typed values of a front matter of that kind; unknown, repeated and missing keys are reported."""
    keys = KINDS[kind]
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for entry in header.entries:
        key = name_of(entry.word, keys)
        if key is None:
            report.error(
                entry.line,
                "key_unknown",
                key=entry.word,
                known=nearest(entry.word, [known.word for known in keys]),
            )
        elif key.name in lines:
            report.error(entry.line, "key_twice", key=entry.word, first=lines[key.name])
        else:
            lines[key.name] = entry.line
            value = _value(entry, key, report)
            if value is not None:
                values[key.name] = value
    for key in keys:
        if key.required and key.name not in lines:
            report.error(1, "key_missing", key=key.word)
    return Values(values, lines)


@dataclass(frozen=True)
class Values:
    """Typed values by English key name; `lines` has the line of each key that was written."""

    values: Mapping[str, object]
    lines: Mapping[str, int]

    def text(self, name: str, default: str = "") -> str:
        """A text, code or chosen value."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str) -> int | None:
        """A whole number, or None when the key is absent or empty."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, name: str) -> datetime.date | None:
        """A date, or None when the key is absent or empty."""
        value = self.values.get(name)
        return value if isinstance(value, datetime.date) else None

    def yes(self, name: str, default: bool) -> bool:
        """A yes or no."""
        value = self.values.get(name, default)
        return value if isinstance(value, bool) else default

    def items(self, name: str) -> tuple[str, ...]:
        """A list of texts or codes."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def line(self, name: str) -> int:
        """Where the key was written; 1 when it was not."""
        return self.lines.get(name, 1)


def _value(entry: Entry, key: Key, report: Report) -> object:
    if key.form in {"codes", "texts", "marks"}:
        return _list(entry, key, report)
    if entry.items:
        report.error(entry.line, "value_list", key=entry.word)
        return None
    raw = entry.value if key.form == "text" else _without_comment(entry.value)
    if not raw:
        if key.required:
            report.error(entry.line, "value_empty", key=entry.word)
        return None
    return _single(raw, entry, key, report)


def _single(raw: str, entry: Entry, key: Key, report: Report) -> object:
    if key.form == "choice":
        value = value_of(raw, key.choices)
        if value is None:
            known = list(KIND_WORDS) if key.name == "kind" else list(key.choices)
            report.error(entry.line, "value_choice", key=entry.word, value=raw, known=", ".join(known))
        return value
    if key.form == "yes":
        if raw.casefold() not in YES:
            report.error(entry.line, "value_yes", key=entry.word, value=raw)
            return None
        return YES[raw.casefold()]
    if key.form == "int":
        return _int(raw, entry, key, report)
    if key.form == "date":
        day = read_date(raw)
        if day is None:
            report.error(entry.line, "value_date", key=entry.word, value=raw)
        return day
    if key.form == "code" and not ID.fullmatch(raw):
        report.error(entry.line, "value_id", key=entry.word, value=raw)
        return None
    return raw


def _int(raw: str, entry: Entry, key: Key, report: Report) -> int | None:
    if raw.casefold() in key.words:
        return None
    number = int(raw) if re.fullmatch(r"[0-9]{1,9}", raw) else -1
    if not key.low <= number <= key.high:
        report.error(entry.line, "value_int", key=entry.word, value=raw, low=key.low, high=key.high)
        return None
    return number


def _list(entry: Entry, key: Key, report: Report) -> tuple[str, ...]:
    raw = _without_comment(entry.value) if key.form == "codes" else entry.value
    if entry.items:
        texts = [_without_comment(text) if key.form == "codes" else text for _, text in entry.items]
    elif raw.startswith("[") or raw.endswith("]"):
        if not (raw.startswith("[") and raw.endswith("]")):
            report.error(entry.line, "value_brackets", key=entry.word)
            return ()
        if key.form == "texts" and "," in raw:
            report.error(entry.line, "value_commas", key=entry.word)
            return ()
        texts = raw[1:-1].split(",")
    else:
        texts = raw.split(",") if key.form == "codes" else [raw]
    found = tuple(text.strip() for text in texts if text.strip())
    for text in found:
        if found.count(text) > 1:
            report.error(entry.line, "value_twice", key=entry.word, value=text)
            break
    return found


def claims(values: Values, name: str, report: Report) -> tuple[Claim, ...]:
    """The competencies of a key, each CODE:level; a wrong one is reported."""
    found: list[Claim] = []
    for text in values.items(name):
        claim = read_claim(text)
        if claim is None:
            report.error(values.line(name), "value_claim", value=text)
        else:
            found.append(claim)
    return tuple(found)


def read_date(text: str) -> datetime.date | None:
    """A date of the form 2026-01-31, or None."""
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _without_comment(value: str) -> str:
    return COMMENT.sub("", value).strip() if "#" in value else value.strip()
