"""A question of a learner beside the text in which it is answered: its file, its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from lms.content.writing.outline import outline
from lms.db import db
from lms.domain.inquiries.queries import Listed, inquiry_for
from lms.domain.inquiries.rules import line_of
from lms.web.access import person


@dataclass(frozen=True)
class Beside:
    """The question that stands beside a text, and the line (from 1) of its words; None when they are gone."""

    one: Listed
    line: int | None


def path_of(lesson_key: str, files: Mapping[str, bytes]) -> str | None:
    """Return the file of a lesson among the texts of a draft, by the id in its head."""
    return next(
        (entry.path for entry in outline(files).texts() if entry.kind == "lesson" and entry.id == lesson_key),
        None,
    )


def asked_beside(slug: str, text: str | None) -> Beside | None:
    """Return the question that the address names (`?asked=`), when the person may answer it here."""
    wanted = request.args.get("asked", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10) or text is None:
        return None
    one = inquiry_for(db.session(), person().id, int(wanted))
    if one is None or one.slug != slug:
        return None
    return Beside(one, line_of(one.inquiry.quote, text.split("\n")))
