"""QTI 2.1 read: the items of a content package; what its manifest names and what is missing is told."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from lms.content.archive import read_members
from lms.content.exchange import items
from lms.content.exchange.items import Item, Reading, Unread, first_words
from lms.content.exchange.qti_item import ItemReader
from lms.content.exchange.qti_write import losses, write
from lms.content.exchange.text import one_line
from lms.content.exchange.xml import Node, parse_xml
from lms.content.problems import Report

__all__ = ["losses", "read", "write"]

_OTHER_VERSIONS = {"questestinterop": "1.2", "qti-assessment-item": "3.0"}


def read(data: bytes) -> Reading:
    """The questions of a package, or of one item without one; each is refused or taken by itself."""
    if len(data) > items.MAX_BYTES:
        return items.refused("exchange_large", limit="10 MB")
    report = Report()
    files = read_members(data, report) if data.startswith(b"PK") else {"item.xml": data}
    if report.failed:
        return Reading((), problems=tuple(report.errors())[:1])
    kept: dict[str, bytes] = {}
    return items.bounded(list(_items(files, kept)), kept)


def _items(files: Mapping[str, bytes], kept: dict[str, bytes]) -> Iterator[Item]:
    seen = set()
    for path in sorted(files):
        name = path.rpartition("/")[2]
        if not name.casefold().endswith(".xml") or name == "imsmanifest.xml":
            continue
        seen.add(path)
        try:
            root = parse_xml(files[path])
        except Unread as error:
            yield Item(error.line, path, None, (error.problem(),), path)
            continue
        if root.name == "assessmentItem":
            yield _item(root, path, files, kept)
        elif root.name in _OTHER_VERSIONS:
            problem = Unread("exchange_qti_version", root.line, version=_OTHER_VERSIONS[root.name])
            yield Item(root.line, path, None, (problem.problem(),), path)
    for path in _named(files):
        if path not in seen:
            problem = Unread("exchange_qti_missing", name=path)
            yield Item(0, path, None, (problem.problem(),), path)


def _named(files: Mapping[str, bytes]) -> Iterator[str]:
    """The items that the manifests name, by path."""
    for path in sorted(files):
        if path.rpartition("/")[2] != "imsmanifest.xml":
            continue
        try:
            root = parse_xml(files[path])
        except Unread:
            continue  # the items say what they are themselves
        for resource in root.every("resource"):
            if resource.get("type").startswith("imsqti_item") and resource.get("href"):
                yield posixpath.normpath(
                    posixpath.join(posixpath.dirname(path), unquote(resource.get("href")))
                )


def _item(root: Node, path: str, files: Mapping[str, bytes], kept: dict[str, bytes]) -> Item:
    reader = ItemReader(root, path, files)
    source_id, title = root.get("identifier"), one_line(root.get("title"))
    try:
        question = reader.question()
    except Unread as error:
        return Item(root.line, first_words(title, path), None, (error.problem(root.line),), source_id)
    kept.update(reader.notes.files)
    question = replace(question, title="" if title == source_id else title)
    return Item(
        root.line, first_words(title, question.prompt), question, reader.notes.told(root.line), source_id
    )
