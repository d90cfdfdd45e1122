"""The link in a mail that stops further mails: it names the person, signed, and works without a sign-in."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="reminders-stop")


def stop_token(secret: str, user_id: int) -> str:
    """Return the token of a person."""
    return str(_serializer(secret).dumps(user_id))


def stopped_user(secret: str, token: str) -> int | None:
    """Return whose token it is; None when it is none of ours."""
    try:
        found = _serializer(secret).loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None
