"""Does the last commit start and pass its tests on an empty machine? Standard library only.

Clones HEAD into a folder with a blank in its name, forgets the environment, runs `make run` until the
site answers and somebody can sign in, stops it, starts it again, and runs `make test`.
Usage: python3 tools/fresh.py [--no-tests]
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "layar terkembang 12"
FIRST_START, SECOND_START = 300, 30  # seconds to wait, the first one installs packages


def main(arguments: list[str]) -> None:
    """Do it, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="gurindam fresh ") as folder:
        site, home = Path(folder) / "the site", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(site)], check=True)
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "CI": "true"}
        start(site, environment, FIRST_START)
        start(site, environment, SECOND_START)
        changed = subprocess.run(
            ["git", "status", "--porcelain"], cwd=site, capture_output=True, text=True, check=True
        ).stdout
        if changed:
            sys.exit(f"The start left files behind:\n{changed}")
        if "--no-tests" not in arguments:
            sys.exit(subprocess.run(["make", "test"], cwd=site, env=environment).returncode)


def start(site: Path, environment: dict[str, str], patience: int) -> None:
    """Run the site until it answers, sign in, stop it; ends the program when one of them fails."""
    port = _free_port()
    begin = time.monotonic()
    server = subprocess.Popen(
        ["make", "run"],
        cwd=site,
        env={**environment, "PORT": str(port), "DEMO_PASSWORD": PASSWORD},
        start_new_session=True,
    )
    try:
        _wait(server, f"http://127.0.0.1:{port}/readyz", patience)
        print(f"ready after {time.monotonic() - begin:.1f} s", flush=True)
        for name in ("peserta", "pengajar", "kepegawaian", "bkpsdm", "admin"):
            _sign_in(port, f"{name}@gurindam.example")
        print("all five accounts can sign in", flush=True)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGINT)
        server.wait(30)


def _wait(server: subprocess.Popen[bytes], address: str, patience: int) -> None:
    for _ in range(patience * 5):
        if server.poll() is not None:
            sys.exit(f"make run ended with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{address} did not answer within {patience} s")


def _sign_in(port: int, identity: str) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{port}/login"
    with opener.open(address, timeout=20) as page:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
    data = {
        "identity": identity,
        "password": PASSWORD,
        "next": "/account",
        "csrf_token": token[1] if token else "",
    }
    request = urllib.request.Request(address, urllib.parse.urlencode(data).encode(), {"Origin": address[:-6]})
    with opener.open(request, timeout=20) as answer:
        if not answer.url.endswith("/account"):
            sys.exit(f"{identity} cannot sign in")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1:])
