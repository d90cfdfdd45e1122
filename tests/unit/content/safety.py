"""What must never be in rendered HTML, found by parsing it as a browser would read it."""

from __future__ import annotations

from html.parser import HTMLParser

from lms.content.formulas import ELEMENTS
from lms.content.sanitize import SCHEMES
from lms.content.tags import TAGS

ATTRIBUTES = frozenset(
    [
        "alt", "aria-hidden", "aria-label", "class", "colspan", "height", "href", "id", "lang", "loading",
        "open",
        "rel", "role", "rowspan", "scope", "src", "start", "tabindex", "title", "width",
    ]
)  # fmt: skip


class _Watch(HTMLParser):
    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = prefix
        self.found: list[str] = []
        self.formula = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "math" or self.formula:
            self.formula = True
            known = ELEMENTS.get(tag)
            if known is None or any(name not in known for name, _ in attrs):
                self.found.append(f"formula <{tag}> {attrs}")
            return
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = (value or "").strip()
            if name not in ATTRIBUTES:
                self.found.append(f"{tag} {name}")
            if name == "id" and not text.startswith(self.prefix):
                self.found.append(f"id {text}")
            if name == "src" and not text.startswith("/berkas/aset/"):
                self.found.append(f"src {text}")
            if name == "href" and not _good(text):
                self.found.append(f"href {text}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "math":
            self.formula = False

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")


def _good(link: str) -> bool:
    if link.startswith("#"):
        return True
    if link.startswith("/"):
        return not link.startswith(("//", "/\\"))
    scheme, _, rest = link.partition(":")
    return scheme.casefold() in SCHEMES and (scheme[:4].casefold() != "http" or rest.startswith("//"))


def dangers(html: str, prefix: str) -> list[str]:
    """The tags, attributes, ids and addresses that should not be there."""
    watch = _Watch(prefix)
    watch.feed(html)
    watch.close()
    return watch.found
