"""Start the site: migrate, load demo data into an empty database, say how to sign in, serve.

Usage: python -m tools.run, with PORT, HOST and DEMO_PASSWORD from the environment.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path

from config import ConfigError

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Prepare the database, then become the server."""
    os.chdir(ROOT)
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "5000")
    _require_free(host, port)
    os.environ["PORT"] = port
    try:
        _prepare()
    except ConfigError as error:
        sys.exit(str(error))
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"])


def _require_free(host: str, port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is no port number; choose one from 1024 to 65535.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            sys.exit(
                f"Port {port} on {host} cannot be used ({error.strerror}).\n"
                f"Stop the program that uses it, or choose another one: make run PORT={int(port) + 1}"
            )


def _prepare() -> None:
    from flask_migrate import upgrade

    from lms import create_app
    from lms.cli import demo

    app = create_app({"JOBS_THREAD": False})
    with app.app_context():
        logging.getLogger("alembic").setLevel(logging.WARNING)
        upgrade()
        if app.config["DEMO"]:
            for line in demo.prepare(app):
                print(line)


if __name__ == "__main__":
    main()
