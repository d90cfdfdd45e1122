"""The browser, the PostgreSQL server and the R that tests need: found, or installed, or asked for.

As root on Debian missing packages are installed, and that is said; anybody else gets the line to type.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg

DEFAULT_URL = "postgresql://postgres@127.0.0.1:5432/postgres"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Return the path of a Chromium; install it when it is missing and may be."""
    path = _browser()
    if path is None:
        _install("chromium", "the browser tests")
        path = _browser()
    return path or _missing("chromium")


def _browser() -> str | None:
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def r() -> None:
    """See that Rscript is there; install R when it is missing and may be."""
    if shutil.which("Rscript") is None:
        _install("r-base-core", "the comparison with R")


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a server: TEST_POSTGRES_URL, the local one, or one started for this block."""
    chosen = os.environ.get("TEST_POSTGRES_URL")
    url = chosen or DEFAULT_URL
    problem = _problem(url)
    if problem is None:
        yield url
        return
    if chosen:
        sys.exit(f"TEST_POSTGRES_URL={chosen} does not answer: {problem}")
    binaries = server_binaries()
    if binaries is None:
        _install("postgresql", "the tests on PostgreSQL")
        binaries = server_binaries() or _missing("postgresql")
    with own_server(binaries) as url:
        yield url


def _problem(url: str) -> str | None:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            if not (row.fetchone() or (False,))[0]:
                return "the user may not create databases"
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return None


def server_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return Path(path).resolve().parent if path else None


@contextmanager
def own_server(binaries: Path) -> Iterator[str]:
    """Run a server of our own in a temporary folder; PostgreSQL refuses root, so root lends it `postgres`."""
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="gurindam-pg-", dir="/tmp") as folder:
        if as_user:
            shutil.chown(folder, user)
        data, port = f"{folder}/data", _free_port()
        print(f"Starting a PostgreSQL server for the tests on port {port} ...", flush=True)
        initdb = [
            str(binaries / "initdb"),
            "-D",
            data,
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=100"
        control = [str(binaries / "pg_ctl"), "-D", data, "-w", "-s"]
        subprocess.run([*as_user, *initdb], check=True, stdout=subprocess.DEVNULL, cwd="/")
        start = [*control, "-l", f"{folder}/log", "-o", options, "start"]
        subprocess.run([*as_user, *start], check=True, stdout=subprocess.DEVNULL, cwd="/")
        try:
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _wait_for(url)
            yield url
        finally:
            subprocess.run([*as_user, *control, "-m", "immediate", "stop"], cwd="/")


def _wait_for(url: str) -> None:
    for _ in range(50):
        if _problem(url) is None:
            return
        time.sleep(0.2)
    sys.exit(f"The PostgreSQL server for the tests did not start: {_problem(url)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _line(package: str) -> str:
    return f"apt-get update && apt-get install -y --no-install-recommends {package}"


def _install(package: str, purpose: str) -> None:
    """Install a Debian package as root; anybody else is told the line and the run ends."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        _missing(package)
    print(f"Installing {package} for {purpose}: {_line(package)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    ):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode != 0:
            _missing(package)


def _missing(package: str) -> NoReturn:
    sys.exit(f"{package} is missing. Install it, then try again:\n  sudo sh -c '{_line(package)}'")
