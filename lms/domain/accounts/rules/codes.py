"""Activation codes: ten symbols of Crockford's alphabet, 50 bits, printed as "7K2QM-9XWBE"."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

CODE_SYMBOLS = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


class InvalidCode(ValueError):
    """The text cannot be an activation code."""


def new_code() -> str:
    """Return a fresh code in two groups of five symbols."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(CODE_SYMBOLS))
    return f"{text[:5]}-{text[5:]}"


def derived_code(secret: bytes, nonce: str, issuer_id: int, user_id: int) -> str:
    """Return the code that this issuer's press of a button (`nonce`) gives this person.

    The same press gives the same code, so that a form sent twice is one sheet of paper. Without the
    server's secret it tells as little as a random one.
    """
    message = f"activation-sheet:{nonce}:{issuer_id}:{user_id}".encode()
    number = int.from_bytes(hmac.digest(secret, message, "sha256")[:8], "big")
    text = "".join(_ALPHABET[number >> (5 * place) & 31] for place in range(CODE_SYMBOLS))
    return f"{text[:5]}-{text[5:]}"


def read_code(text: str) -> str:
    """Return the ten symbols of a typed code; case, blanks, hyphens and O/0, I/L/1 do not matter.

    Raises InvalidCode when other symbols or another length remain.
    """
    letters = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    symbols = letters.translate(_MISREAD)
    if len(symbols) != CODE_SYMBOLS or any(c not in _ALPHABET for c in symbols):
        raise InvalidCode(text)
    return symbols


def code_hash(code: str) -> str:
    """Return the SHA-256 (hex) under which a code is kept. Raises InvalidCode."""
    return hashlib.sha256(b"activation:" + read_code(code).encode()).hexdigest()
