"""What certificates are made with inside a request."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from lms.domain.progress.actions import Office
from lms.web.context import policy


def office() -> Office:
    """Return the policy in force, the public address and the file store."""
    return Office(policy(), str(current_app.config["PUBLIC_URL"]), Path(current_app.instance_path) / "files")
