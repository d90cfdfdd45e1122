"""The mail server of this site, from the deployment's settings."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed over. `security`: starttls, tls or none; the password is read when used."""

    host: str
    port: int
    security: str
    sender: str
    own_name: str  # what this site calls itself to the server
    user: str = ""
    password_file: str = ""
    ca_file: str = ""

    def context(self) -> ssl.SSLContext:
        """Return what certificates are checked with: those of the system, or of the office's own file."""
        return ssl.create_default_context(cafile=self.ca_file or None)

    def password(self) -> str:
        """Return the password. Raises OSError when its file cannot be read."""
        return Path(self.password_file).read_text(encoding="utf-8").strip()


def mail_server(config: Mapping[str, Any]) -> MailServer | None:
    """Return the mail server that the configuration names; None: the site sends no mail."""
    if not config.get("SMTP_HOST"):
        return None
    return MailServer(
        str(config["SMTP_HOST"]), int(config["SMTP_PORT"]), str(config["SMTP_SECURITY"]),
        str(config["SMTP_FROM"]), host_name(config), str(config["SMTP_USER"]),
        str(config["SMTP_PASSWORD_FILE"]), str(config["SMTP_CA_FILE"]),
    )  # fmt: skip


def host_name(config: Mapping[str, Any]) -> str:
    """Return the name of this site's host, as in its public address."""
    return urlsplit(str(config["PUBLIC_URL"])).hostname or "localhost"
