"""Passwords and tokens. Length counts, composition does not (NIST SP 800-63B); Argon2id as OWASP advises.

Randomness comes from the operating system; hashing takes about 25 ms, so callers do it while no
database lock is held.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PASSWORD_MIN = 10  # characters
PASSWORD_MAX = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

# Compared without case, blanks and punctuation; what people here would try first.
_COMMON_WORDS = """
    password password1 password12 password123 password1234 passwordku katasandi katasandi1 katasandi123
    rahasia rahasia123 rahasiaku indonesia indonesia1 indonesia123 indonesiaraya merdeka123 merdeka1945
    tanjungpinang tanjungpinang1 tanjungpinang123 pemkotanjungpinang kepulauanriau gurindam gurindam12
    gurindam123 gurindamduabelas bismillah bismillah1 bismillah123 alhamdulillah sayangkamu sayangku123
    akusayangkamu cintaku123 qwertyuiop qwerty12345 qwerty123456 asdfghjkl asdfghjkl1 zxcvbnm123 1q2w3e4r5t
    1qaz2wsx3edc abcdefghij abc1234567 admin12345 admin123456 administrator administrator1 selamatdatang
    selamatpagi selamatpagi123 bkpsdm12345 pegawai123 pegawai1234 pegawainegeri iloveyou12 iloveyou123
    letmein123 welcome123 welcome1234 changeme123 gantikatasandi
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_RUN = "01234567890123456789"


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def password_problem(password: str, *, name: str = "", identities: Iterable[str | None] = ()) -> str | None:
    """Return why a new password is refused: "password.short", ".long", ".identity", ".common"; None if fine.

    `identities` are the person's NIP and e-mail. There are no rules about kinds of characters.
    """
    if len(password) > PASSWORD_MAX:
        return "password.long"
    if len(unicodedata.normalize("NFKC", password).strip()) < PASSWORD_MIN:
        return "password.short"
    plain = _plain(password)
    own = {_plain(name)}
    for identity in identities:
        if identity:
            own |= {_plain(identity), _plain(identity.partition("@")[0])}
    if plain and plain in own:
        return "password.identity"
    if plain in _COMMON or len(set(password.casefold())) <= 2:
        return "password.common"
    if plain.isdigit() and (plain in _RUN or plain in _RUN[::-1]):
        return "password.common"
    return None


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password (m=19456 KiB, t=2, p=1); NFKC first, so keyboards agree."""
    return _hasher.hash(unicodedata.normalize("NFKC", password))


@functools.cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_hex(16))


def verify_password(stored: str | None, password: str) -> bool:
    """Say whether the password fits; a missing hash takes as long as a wrong password."""
    text = unicodedata.normalize("NFKC", password[: PASSWORD_MAX + 1])
    try:
        return _hasher.verify(stored or _nobody(), text) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def new_token() -> str:
    """Return a random token of 256 bits for a sign-in session."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the SHA-256 (hex) under which a session token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
