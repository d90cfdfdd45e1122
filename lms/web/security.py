"""Headers, form tokens, request identity."""

from __future__ import annotations

import base64
import binascii
import secrets

from flask import Flask, Response, current_app, g, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf

from lms.cache import Cache

POLICY = (
    "default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


TYPED_INTO = frozenset({"attempts.show", "lessons.show"})
"""Pages that browsers may keep for the way back, so that an answer being typed is still there.

Every other page of a signed-in person is kept by no browser: an office shares its machines.
"""


class MaskedCSRF(CSRFProtect):
    """Flask-WTF's protection with a token that looks different in each response (HTML is compressed)."""

    def _get_csrf_token(self) -> str | None:
        token = super()._get_csrf_token()
        return unmask(token) if isinstance(token, str) else None


csrf = MaskedCSRF()
_signed: Cache[tuple[str, str], str] = Cache(4096)


def mask(token: str) -> str:
    """Return the token behind a fresh random pad of its own length."""
    raw = token.encode()
    pad = secrets.token_bytes(len(raw))
    return "m." + base64.urlsafe_b64encode(pad + _xor(raw, pad)).decode()


def unmask(token: str) -> str:
    """Return what `mask` hid; anything else is returned as it is and fails the check."""
    if not token.startswith("m."):
        return token
    try:
        both = base64.urlsafe_b64decode(token[2:].encode())
    except (binascii.Error, ValueError):
        return token
    half = len(both) // 2
    return _xor(both[:half], both[half : 2 * half]).decode("ascii", "replace")


def _xor(left: bytes, right: bytes) -> bytes:
    """Both have the same length."""
    return (int.from_bytes(left) ^ int.from_bytes(right)).to_bytes(len(left))


def form_token() -> str:
    """Return the token for the forms of this response, masked once for all of them."""
    plain, kept = _signed_token(), g.get("form_token")
    if kept is None or kept[0] != plain:
        kept = g.form_token = (plain, mask(plain))
    return str(kept[1])


def _signed_token() -> str:
    """The token of the session as Flask-WTF signs it; signed once, since it lives as long as the session."""
    secret = session.get("csrf_token")
    if secret is None:
        return str(generate_csrf())
    return _signed.get((str(current_app.secret_key), secret), _sign)


def _sign() -> str:
    g.pop("csrf_token", None)  # where Flask-WTF remembers the last one it signed, maybe for another session
    return str(generate_csrf())


def init_security(app: Flask) -> None:
    """Protect all forms and set the headers of every answer."""
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = form_token
    https = str(app.config["PUBLIC_URL"]).startswith("https://")

    @app.after_request
    def headers(response: Response) -> Response:
        put = response.headers.setdefault
        put("Content-Security-Policy", POLICY)
        put("X-Content-Type-Options", "nosniff")
        put("Referrer-Policy", "same-origin")
        put("X-Frame-Options", "DENY")
        put("Cross-Origin-Opener-Policy", "same-origin")
        put("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if https:
            put("Strict-Transport-Security", "max-age=31536000")
        if "Cache-Control" not in response.headers and request.endpoint is not None:
            kept = request.endpoint in TYPED_INTO or "token" not in session
            response.headers["Cache-Control"] = "private, no-cache" if kept else "no-store"
        return response
