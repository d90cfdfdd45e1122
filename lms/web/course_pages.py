"""Text of courses as HTML: one renderer for lessons, quizzes and the trainer's preview, kept by digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.content.course import Check, Lesson
from lms.content.html import RENDERER, image_size, render, render_inline
from lms.content.lines import assets_in
from lms.domain.catalog.models import CourseVersion, Piece
from lms.domain.catalog.queries import file_data, file_digests, lesson_of

PieceUrl = Callable[[str, str], str]
_html: Cache[tuple[str, ...], Markup] = Cache(512)
_sizes: Cache[str, tuple[int, int] | None] = Cache(2048)


@dataclass
class CourseText:
    """Renders Markdown of one course: its pictures and links get addresses.

    `place` keeps apart what is rendered from the same source with other addresses (live, draft).
    `piece_url("lesson" | "quiz", key)` gives addresses of pieces.
    """

    slug: str
    place: str
    language: str
    files: Callable[[], Mapping[str, str]]
    piece_url: PieceUrl
    session: Session

    def block(self, markdown: str, digest: str, prefix: str) -> Markup:
        """Return the HTML of a text; `digest` is that of its piece, `prefix` begins every id."""
        return self._kept(markdown, digest, prefix, inline=False)

    def inline(self, markdown: str, digest: str, prefix: str) -> Markup:
        """Return the HTML of a short text, a single paragraph without its own element."""
        return self._kept(markdown, digest, prefix, inline=True)

    def _kept(self, markdown: str, digest: str, prefix: str, *, inline: bool) -> Markup:
        text = hashlib.sha256(markdown.encode()).hexdigest()
        key = (RENDERER, self.slug, self.place, self.language, digest, prefix, str(inline), text)
        return _html.get(key, lambda: self._render(markdown, prefix, inline))

    def _render(self, markdown: str, prefix: str, inline: bool) -> Markup:
        shown = assets_in(markdown)
        return (render_inline if inline else render)(
            markdown,
            prefix=prefix,
            asset_url=self.asset_url if shown else None,
            piece_url=self.piece_url,
            asset_size=self.asset_size if shown else None,
            language=self.language,
        )

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        return self.files()

    def asset_url(self, path: str) -> str:
        """Return the address of a file of the course; it names the content, so browsers keep it for ever."""
        digest = self._digests.get(path, "0" * 64)
        return url_for("course_files.show", slug=self.slug, digest=digest, name=path)

    def asset_size(self, path: str) -> tuple[int, int] | None:
        """Return width and height of a picture of the course in pixels."""
        digest = self._digests.get(path)
        return _sizes.get(digest, lambda: self._measure(digest)) if digest else None

    def _measure(self, digest: str) -> tuple[int, int] | None:
        data = file_data(self.session, digest)
        return image_size(data) if data else None


def live_text(session: Session, version: CourseVersion, slug: str) -> CourseText:
    """Return the renderer for what learners see of a version."""
    version_id = version.id
    return CourseText(
        slug, "live", version.language, lambda: file_digests(session, version_id), learner_urls(slug), session
    )


def learner_urls(slug: str) -> PieceUrl:
    """Return the addresses of pieces for learners."""

    def url(kind: str, key: str) -> str:
        return url_for("lessons.show" if kind == "lesson" else "quizzes.show", slug=slug, key=key)

    return url


def lesson_html(session: Session, version: CourseVersion, piece: Piece, slug: str) -> Markup:
    """Return the HTML of a lesson of a version."""
    lesson = lesson_of(session, piece)
    return live_text(session, version, slug).block(lesson.body, piece.digest, piece.key)


def at_checks(html: Markup, lesson: Lesson) -> list[tuple[Markup, Check | None]]:
    """Cut the HTML of a lesson at the marks of its checks: text, then the check that follows it."""
    found: list[tuple[Markup, Check | None]] = []
    for check in lesson.checks:
        before, mark, rest = html.partition(Markup(f"<p>{check.mark}</p>"))
        if mark:
            found.append((before, check))
            html = rest
    return [*found, (html, None)]
