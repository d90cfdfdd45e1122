"""The server of production as a process group of its own that can be killed whole."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from pathlib import Path

from tests.storm.place import ROOT, Place

_SUBREAPER = 36  # prctl(PR_SET_CHILD_SUBREAPER): workers whose master was killed become ours to wait for
START_SECONDS = 60.0


def warm_up() -> None:
    """Import what the server needs once; each server is a fork of this process, and starts in a moment."""

    import lms.cli
    import lms.db
    import lms.domain.certificates.pdf
    import lms.i18n
    import lms.migrations
    import lms.web  # noqa: F401

    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """gunicorn with `gunicorn.conf.py`, in a process group of its own.

    Start it while this process has no other threads: it is a fork.
    """

    def __init__(self, place: Place, port: int, log: Path) -> None:
        self.port, self._log = port, log
        self.pid = os.fork()
        if self.pid == 0:
            _become(place, port, log)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpgid(self.pid, self.pid)  # the child does the same: whoever is first

    def wait_until_ready(self) -> None:
        """Return when the first answer came. Raises RuntimeError when there is none in time."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as link:
                link.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if b" 200 " in link.recv(64):
                    return
            time.sleep(0.02)
        raise RuntimeError(f"the server did not start; see {self._log}")

    def kill(self) -> None:
        """Kill master and workers with SIGKILL and wait until all are gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-self.pid, 0)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()


def _become(place: Place, port: int, log: Path) -> None:
    """Turn this fork into the server; never returns."""
    try:
        os.setpgid(0, 0)
        os.chdir(ROOT)
        os.environ.update(place.environment(port))
        with log.open("ab") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        from gunicorn.app.wsgiapp import run

        sys.argv = ["gunicorn", "-c", "gunicorn.conf.py"]
        run()
    finally:
        os._exit(1)
