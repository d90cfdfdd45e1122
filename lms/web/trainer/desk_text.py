"""The draft of a course while it is written: its outline, one file under preview, what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from flask import abort, url_for
from markupsafe import Markup

from lms.cache import Cache
from lms.content.course import Lesson
from lms.content.parse import parse_course
from lms.content.paths import SHARED
from lms.content.problems import Problem
from lms.content.writing.fixes import can_mend
from lms.content.writing.outline import BANKS, Outline, outline
from lms.content.writing.single import read_single
from lms.db import db
from lms.domain.catalog.models import Draft
from lms.domain.catalog.queries import (
    Membership,
    draft_bundle,
    draft_digests,
    draft_of,
    draft_texts,
    organisers_for,
    version_pages,
)
from lms.i18n.problems import problem_message
from lms.web.context import minutes_now
from lms.web.course_pages import CourseText, at_checks
from lms.web.trainer.own import own_course, today

written_html: Cache[tuple[str, ...], Markup] = Cache(256)
"""HTML of texts while they are written; learners' pages are kept elsewhere and are not pushed out."""


_problems: Cache[tuple[str, str, int, date, tuple[str, ...]], tuple[Problem, ...]] = Cache(64)
_ID = re.compile(r"(?:^id:[ ]*|[{]#)([A-Za-z_][A-Za-z0-9_.-]*)", re.M)


@dataclass(frozen=True)
class Desk:
    """A course whose draft is open: the texts of all files, arranged."""

    own: Membership
    draft: Draft
    files: Mapping[str, bytes]
    plan: Outline


def open_desk(slug: str, *, write: bool = False) -> Desk | Membership:
    """Return the open draft of a course of the person, or the course alone when there is none.

    404 when the course is not theirs, 403 when they may only read.
    """
    own, session = own_course(slug, write=write), db.session()
    draft = draft_of(session, own.course.id)
    if draft is None or own.course.home != "desk":
        return own
    files = draft_texts(session, draft.id)
    return Desk(own, draft, files, outline(files))


def desk_or_404(slug: str, *, write: bool = False) -> Desk:
    """Return the open draft of a course of the person; 404 when there is none."""
    desk = open_desk(slug, write=write)
    if not isinstance(desk, Desk):
        abort(404)
    return desk


@dataclass(frozen=True)
class Found:
    """A problem as the panel shows it."""

    severity: str
    path: str
    line: int
    message: str
    code: str
    fix: bool


def found_of(problems: Sequence[Problem]) -> list[Found]:
    """Put problems into words, errors first."""
    found = [
        Found(item.severity, item.path, item.line, problem_message(item), item.code, can_mend(item.code))
        for item in problems
    ]
    return sorted(found, key=lambda one: one.severity != "error")


@dataclass(frozen=True)
class Pen:
    """Where the page of one text sends what is written: addresses, and what keeps its copy on the device."""

    save: str
    preview: str
    tidy: str
    problems: str
    fix: str
    history: str
    forms: str
    snippets: str
    copy: str


def pen_of(slug: str, path: str) -> Pen:
    """The addresses for a file of a draft."""
    return Pen(
        save=url_for("trainer.editor.save", slug=slug, path=path),
        preview=url_for("trainer.editor.preview", slug=slug, path=path),
        tidy=url_for("trainer.editor.tidy", slug=slug, path=path),
        problems=url_for("trainer.problems.show", slug=slug, path=path),
        fix=url_for("trainer.problems.fix", slug=slug, path=path),
        history=url_for("trainer.saves.index", slug=slug, path=path),
        forms=url_for("trainer.question_forms.show", slug=slug, path=path),
        snippets=url_for("trainer.editor.snippets", slug=slug),
        copy=f"{slug}:{path}",
    )


def preview_values(desk: Desk, path: str, data: bytes) -> dict[str, object]:
    """What the template of a preview needs of one file: the same renderer as the learner's page."""
    banks = {name: text for name, text in desk.files.items() if name.startswith((BANKS, SHARED))}
    single = read_single(data, path, banks)
    digest = sha256(data).hexdigest()
    text = _text(desk)
    values: dict[str, object] = {
        "single": single, "text": text, "digest": digest, "with_key": True, "language": "id",
    }  # fmt: skip
    if isinstance(single.piece, Lesson):
        html = text.block(single.piece.body, digest, single.piece.id or "p", eager=True)
        values["parts"] = at_checks(html, single.piece)
    return values


def draft_problems(desk: Desk) -> tuple[Problem, ...]:
    """What is wrong in the whole saved draft; it is read once for each state of the draft."""
    session, course, minutes, day = db.session(), desk.own.course, minutes_now(), today()
    organisers = tuple(sorted(organisers_for(session, course.slug)))
    state = sha256(repr(sorted(draft_digests(session, desk.draft.id).items())).encode()).hexdigest()

    def read() -> tuple[Problem, ...]:
        files = draft_bundle(session, course.id) or {}
        return parse_course(
            files, course.slug, minutes, advice=True, today=day, organisers=organisers
        ).problems

    return _problems.get((course.slug, state, minutes, day, organisers), read)


def panel_values(desk: Desk, path: str) -> dict[str, object]:
    """What the panel of problems of one file needs: those here and those in other files."""
    found = found_of(draft_problems(desk))
    return {
        "here": [one for one in found if one.path == path],
        "elsewhere": [one for one in found if one.path != path],
    }


def ids_in(desk: Desk) -> frozenset[str]:
    """Every id that the texts of the draft or of the live version use, of pieces, checks and questions."""
    live = desk.own.course.live_version_id
    texts = [data.decode(errors="ignore") for path, data in desk.files.items() if path.endswith(".md")]
    if live is not None:
        texts += (data.decode(errors="ignore") for data in version_pages(db.session(), live).values())
    return frozenset(one for text in texts for one in ids_of(text))


def ids_of(text: str) -> frozenset[str]:
    """Every id that one text uses, of itself, its checks and questions."""
    return frozenset(_ID.findall(text))


def _text(desk: Desk) -> CourseText:
    slug, draft_id = desk.own.course.slug, desk.draft.id

    def piece_url(kind: str, key: str) -> str:
        return url_for("trainer.previews.piece", slug=slug, place="draft", key=key)

    return CourseText(
        slug,
        "writing",
        "id",
        lambda: draft_digests(db.session(), draft_id),
        piece_url,
        db.session(),
        written_html,
    )
