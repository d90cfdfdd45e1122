"""CPU time of single requests: one thread, the WSGI app called directly, medians."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

Environ = dict[str, Any]
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Ticket:
    """What a signed-in browser sends along: its cookie and the token of its forms."""

    cookie: str
    token: str


def ticket_of(app: Flask, cookie: str, page: str) -> Ticket:
    """Open a page with forms as this person and keep what the next form needs."""
    name = str(app.config["SESSION_COOKIE_NAME"])
    client = FlaskClient(app, app.response_class, use_cookies=True)
    if cookie:
        client.set_cookie(name, cookie)
    found = _TOKEN.search(client.get(page).get_data(as_text=True))
    assert found is not None, page
    kept = client.get_cookie(name)
    assert kept is not None
    return Ticket(f"{name}={kept.value}", found[1])


def request(
    method: str,
    path: str,
    cookie: str = "",
    data: Mapping[str, object] | None = None,
    address: str = "127.0.0.1",
) -> Environ:
    """One request, ready to be given to an app."""
    headers = {"Cookie": cookie} if cookie else {}
    builder = EnvironBuilder(
        path=path,
        method=method,
        headers=headers,
        data=dict(data or {}),
        environ_base={"REMOTE_ADDR": address},
    )
    try:
        return builder.get_environ()
    finally:
        builder.close()


@dataclass(frozen=True)
class Answer:
    """Status, size, CPU milliseconds and wall milliseconds of one request."""

    status: int
    size: int
    cpu: float
    wall: float


def call(app: Flask, environ: Environ) -> Answer:
    """Let the app answer one request in this thread, in a context of its own as on the server."""
    told: list[str] = []

    def start_response(status: str, headers: object, exc_info: object = None) -> Callable[[bytes], None]:
        told[:] = [status]
        return lambda data: None

    wall, cpu = time.perf_counter(), time.thread_time()
    with app.app_context():
        parts = app(environ, start_response)  # type: ignore[arg-type]
        size = sum(len(part) for part in parts)
        if hasattr(parts, "close"):
            parts.close()
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
    return Answer(int(told[0].split()[0]), size, cpu * 1000, wall * 1000)


@contextmanager
def no_collector() -> Iterator[None]:
    """Keep Python's collector from falling into a measurement."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def measure(kinds: Mapping[str, tuple[Flask, list[Environ], int]], warm: int = 5) -> dict[str, Answer]:
    """Answer the requests of all kinds in turns, so that a busy moment of the machine falls on all alike.

    Each kind is an app, its requests in order, and the status that each must get; the first `warm` of
    them are not counted. Returns medians.
    """
    found: dict[str, list[Answer]] = {name: [] for name in kinds}
    with no_collector():
        for turn in range(max(len(environs) for _app, environs, _status in kinds.values())):
            for name, (app, environs, status) in kinds.items():
                if turn < len(environs):
                    answer = call(app, environs[turn])
                    assert answer.status == status, (name, answer)
                    found[name].append(answer)
    return {name: _median(answers[min(warm, len(answers) // 3) :]) for name, answers in found.items()}


def _median(answers: list[Answer]) -> Answer:
    return Answer(
        answers[-1].status,
        answers[-1].size,
        median(answer.cpu for answer in answers),
        median(answer.wall for answer in answers),
    )
