"""Deployment settings from the environment.

Policy that an office changes while the site runs (targets, signatory, number
template ...) lives in the database: `lms.domain.settings`.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent


class ConfigError(RuntimeError):
    """A deployment setting is missing or contradicts another; the text says which and how to mend it."""


def load(environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """Return the Flask configuration for this environment.

    Raises ConfigError when production lacks SECRET_KEY or PUBLIC_URL, or asks for demo data.
    """
    production = environ.get("LMS_ENV", "development") == "production"
    instance = Path(environ.get("LMS_INSTANCE", str(ROOT / "instance"))).resolve()
    settings: dict[str, object] = {
        "PRODUCTION": production,
        "INSTANCE": str(instance),
        "COURSES_DIR": environ.get("COURSES_DIR", str(ROOT / "courses")),
        "SQLALCHEMY_DATABASE_URI": _database_url(environ, instance),
        "SECRET_KEY": _secret(environ, instance, production),
        "PUBLIC_URL": _public_url(environ, production),
        "DEMO": _demo(environ, production),
        "TRUSTED_PROXIES": int(environ.get("TRUSTED_PROXIES", "0")),
        "SESSION_COOKIE_SECURE": str(environ.get("PUBLIC_URL", "")).startswith("https://"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "gurindam",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": 14 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "JOBS_THREAD": environ.get("JOBS_THREAD", "1") == "1",
        **_mail(environ),
    }
    return settings


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'gurindam.sqlite3'}"
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


SECRET_LENGTH = 32


def _secret(environ: Mapping[str, str], instance: Path, production: bool) -> str:
    given = environ.get("SECRET_KEY", "")
    if production and given and len(given) < SECRET_LENGTH:
        raise ConfigError(f"SECRET_KEY is too short: it needs at least {SECRET_LENGTH} random characters.")
    return given or _kept_secret(instance, production)


def _kept_secret(instance: Path, production: bool) -> str:
    if production:
        raise ConfigError("SECRET_KEY is missing: set it to at least 32 random characters.")
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _public_url(environ: Mapping[str, str], production: bool) -> str:
    url = environ.get("PUBLIC_URL", "").rstrip("/")
    if not url:
        if production:
            raise ConfigError("PUBLIC_URL is missing: set it to the address people type, such as https://...")
        return f"http://127.0.0.1:{environ.get('PORT', '5000')}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ConfigError(
            "PUBLIC_URL must be an http(s) address without query, such as https://belajar.example."
        )
    return url


MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def _mail(environ: Mapping[str, str]) -> dict[str, object]:
    """The mail server; without SMTP_HOST the site sends no mail. The password stays in its file."""
    host, security = environ.get("SMTP_HOST", ""), environ.get("SMTP_SECURITY", "starttls")
    user, file = environ.get("SMTP_USER", ""), environ.get("SMTP_PASSWORD_FILE", "")
    sender, port = environ.get("SMTP_FROM", ""), environ.get("SMTP_PORT", "")
    if host:
        if security not in MAIL_PORTS:
            raise ConfigError("SMTP_SECURITY must be starttls, tls or none.")
        if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", sender):
            raise ConfigError("SMTP_FROM must be the bare address of the sender, such as lms@kota.example.")
        if bool(user) != bool(file):
            raise ConfigError("SMTP_USER and SMTP_PASSWORD_FILE belong together: set both or none.")
        if user and security == "none":
            raise ConfigError("SMTP_SECURITY=none would send the password in the clear: use starttls or tls.")
        if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise ConfigError("SMTP_PORT must be a number from 1 to 65535.")
    return {
        "SMTP_HOST": host,
        "SMTP_PORT": int(port) if host and port else MAIL_PORTS.get(security, 587),
        "SMTP_SECURITY": security,
        "SMTP_USER": user,
        "SMTP_PASSWORD_FILE": file,
        "SMTP_FROM": sender,
        "SMTP_CA_FILE": environ.get("SMTP_CA_FILE", ""),
    }


def _demo(environ: Mapping[str, str], production: bool) -> bool:
    wanted = environ.get("LMS_DEMO", "0" if production else "1") == "1"
    if production and (wanted or environ.get("DEMO_PASSWORD")):
        raise ConfigError("LMS_ENV=production refuses demo data: unset LMS_DEMO and DEMO_PASSWORD.")
    return wanted
