"""Settings of the mail server that contradict each other stop the start, and say what to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

import config
from lms.mail.server import mail_server

GOOD = {"SMTP_HOST": "surel.kota.example", "SMTP_FROM": "lms@kota.example"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SMTP_FROM": ""}, "SMTP_FROM"),
        ({"SMTP_FROM": "Gurindam <lms@kota.example>"}, "SMTP_FROM"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_USER": "lms"}, "belong together"),
        ({"SMTP_USER": "lms", "SMTP_PASSWORD_FILE": "/x", "SMTP_SECURITY": "none"}, "in the clear"),
        ({"SMTP_PORT": "70000"}, "SMTP_PORT"),
    ],
)
def test_what_contradicts_is_refused(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(config.ConfigError, match=said):
        config.load({**GOOD, "LMS_INSTANCE": str(tmp_path), "SECRET_KEY": "x" * 32, **wrong})


def test_ports_follow_the_protection_and_no_host_is_no_server(tmp_path: Path) -> None:
    base = {"LMS_INSTANCE": str(tmp_path), "SECRET_KEY": "x" * 32}
    assert mail_server(config.load(base)) is None
    for security, port in (("starttls", 587), ("tls", 465), ("none", 25)):
        found = mail_server(config.load({**base, **GOOD, "SMTP_SECURITY": security}))
        assert found is not None and (found.port, found.own_name) == (port, "127.0.0.1")
