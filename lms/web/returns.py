"""Where to go after a form: only to a page of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 2000
_FORBIDDEN = frozenset(chr(code) for code in (*range(33), 127)) | {"\\"}


def local_path(text: str | None, default: str = "/") -> str:
    """Return the address if it is a path of this site ("/courses?q=x"), else the default."""
    if not text or len(text) > LONGEST or not text.startswith("/") or text.startswith("//"):
        return default
    if any(character in _FORBIDDEN for character in text):
        return default
    parts = urlsplit(text)
    return default if parts.scheme or parts.netloc else text
