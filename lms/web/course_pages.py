"""Text of courses as HTML: one renderer for lessons, quizzes and the trainer's preview, kept by digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from lms.cache import Cache
from lms.content.course import Check, Lesson
from lms.content.durations import seconds
from lms.content.html import RENDERER, image_size, render, render_inline
from lms.content.lines import assets_in
from lms.content.media import companions, is_media
from lms.content.page import Media, Picture
from lms.content.paths import extension
from lms.content.pictures import PAGE_WIDTH, WIDTHS, is_raster, upright_size
from lms.content.places import marked
from lms.domain.catalog.models import CourseVersion, Piece
from lms.domain.catalog.queries import file_data, file_digests, lesson_of

PieceUrl = Callable[[str, str], str]
_html: Cache[tuple[str, ...], Markup] = Cache(2048)
_sizes: Cache[str, tuple[int, int] | None] = Cache(2048)
_heads: Cache[tuple[str, str], tuple[int, int | None]] = Cache(512)


@dataclass
class CourseText:
    """Renders Markdown of one course: its pictures and links get addresses.

    `place` keeps apart what is rendered from the same source with other addresses (a version, a draft).
    `piece_url("lesson" | "quiz", key)` gives addresses of pieces. `kept` remembers the HTML: texts that are
    being written have a place of their own.
    """

    slug: str
    place: str
    language: str
    files: Callable[[], Mapping[str, str]]
    piece_url: PieceUrl
    session: Session
    kept: Cache[tuple[str, ...], Markup] = field(default_factory=lambda: _html)

    def block(self, markdown: str, digest: str, prefix: str, *, eager: bool = False) -> Markup:
        """Return the HTML of a text; `digest` is that of its piece, `prefix` begins every id.

        `eager`: the text stands at the top of its page, so a picture in its first blocks is not put off.
        """
        return self._kept(markdown, digest, prefix, "eager" if eager else "block")

    def lesson(self, markdown: str, digest: str, prefix: str) -> Markup:
        """Return the HTML of the text of a lesson, with a mark at each place that people may ask about."""
        return self._kept(markdown, digest, prefix, "lesson")

    def inline(self, markdown: str, digest: str, prefix: str) -> Markup:
        """Return the HTML of a short text, a single paragraph without its own element."""
        return self._kept(markdown, digest, prefix, "inline")

    def _kept(self, markdown: str, digest: str, prefix: str, form: str) -> Markup:
        text = hashlib.sha256(markdown.encode()).hexdigest()
        key = (RENDERER, self.slug, self.place, self.language, digest, prefix, form, text)
        return self.kept.get(key, lambda: self._render(markdown, prefix, form))

    def _render(self, markdown: str, prefix: str, form: str) -> Markup:
        files = bool(assets_in(markdown))
        make = render_inline if form == "inline" else partial(render, eager=form in {"eager", "lesson"})
        html = make(
            markdown,
            prefix=prefix,
            asset_url=self.asset_url if files else None,
            piece_url=self.piece_url,
            asset_size=self.asset_size if files else None,
            shown=self.shown if files else None,
            language=self.language,
        )
        return marked(html) if form == "lesson" else html

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        return self.files()

    def asset_url(self, path: str) -> str:
        """Return the address of a file of the course; it names the content, so browsers keep it for ever."""
        digest = self._digests.get(path, "0" * 64)
        return url_for("course_files.show", slug=self.slug, digest=digest, name=path)

    def shown(self, path: str) -> Picture | Media | None:
        """Return how a picture, sound or film of the course is shown; None for any other file."""
        digest = self._digests.get(path)
        if digest is None:
            return None
        if is_raster(path):
            size = _sizes.get(
                f"{digest} upright", lambda: upright_size(file_data(self.session, digest) or b"")
            )
            return self._picture(path, digest, *size) if size else None
        return self._media(path, digest) if is_media(path) else None

    def _picture(self, path: str, digest: str, width: int, height: int) -> Picture:
        """The widths for pages up to the first that is not narrower than the picture itself."""
        fits = [at for at in WIDTHS if at <= PAGE_WIDTH]
        widths = [at for number, at in enumerate(fits) if number == 0 or fits[number - 1] < width]
        sources = tuple((self._picture_url(path, digest, at), min(at, width)) for at in widths)
        shown = min(width, widths[-1])
        return Picture(shown, max(1, round(height * shown / width)), sources)

    def _picture_url(self, path: str, digest: str, width: int) -> str:
        return url_for("course_files.picture", slug=self.slug, digest=digest, width=width, name=path)

    def _media(self, path: str, digest: str) -> Media:
        size, length = _heads.get((digest, extension(path)), lambda: self._head(path, digest))
        own = {
            kind: next((name for name in names if name in self._digests), "")
            for kind, names in companions(path).items()
        }
        poster = own.get("poster", "")
        return Media(
            url=self.asset_url(path),
            size=size,
            seconds=length,
            captions=self.asset_url(own["captions"]) if own["captions"] else "",
            transcript=self.asset_url(own["transcript"]) if own["transcript"] else "",
            poster=self._picture_url(poster, self._digests[poster], WIDTHS[0]) if poster else "",
        )

    def _head(self, path: str, digest: str) -> tuple[int, int | None]:
        data = file_data(self.session, digest) or b""
        return len(data), seconds(extension(path), data)

    def asset_size(self, path: str) -> tuple[int, int] | None:
        """Return width and height of a picture of the course in pixels."""
        digest = self._digests.get(path)
        return _sizes.get(digest, lambda: self._measure(digest)) if digest else None

    def _measure(self, digest: str) -> tuple[int, int] | None:
        data = file_data(self.session, digest)
        return image_size(data) if data else None


def live_text(session: Session, version: CourseVersion, slug: str) -> CourseText:
    """Return the renderer for what learners see of a version."""
    return text_of_version(session, slug, version.id, version.digest, version.language)


def text_of_version(session: Session, slug: str, version_id: int, digest: str, language: str) -> CourseText:
    """Return the renderer for what learners see of a version, by what was read of it."""
    return CourseText(
        slug, digest, language, lambda: file_digests(session, version_id), learner_urls(slug), session
    )


def learner_urls(slug: str) -> PieceUrl:
    """Return the addresses of pieces for learners."""

    def url(kind: str, key: str) -> str:
        return url_for("lessons.show" if kind == "lesson" else "quizzes.show", slug=slug, key=key)

    return url


def lesson_html(session: Session, version: CourseVersion, piece: Piece, slug: str) -> Markup:
    """Return the HTML of a lesson of a version."""
    lesson = lesson_of(session, piece)
    return live_text(session, version, slug).lesson(lesson.body, piece.digest, piece.key)


def at_checks(html: Markup, lesson: Lesson) -> list[tuple[Markup, Check | None]]:
    """Cut the HTML of a lesson at the marks of its checks: text, then the check that follows it."""
    found: list[tuple[Markup, Check | None]] = []
    for check in lesson.checks:
        before, mark, rest = html.partition(Markup(f"<p>{check.mark}</p>"))
        if mark:
            found.append((before, check))
            html = rest
    return [*found, (html, None)]
