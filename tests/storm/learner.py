"""A learner at a browser: answers by the small POST, saves whole forms, hands in, and tells a ledger.

What is sent and not acknowledged is sent again unchanged, or follows as a changed answer that names what
went before, as the script of the paper does.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.courses import RIGHT
from tests.storm.place import Someone

QUIZ = "/courses/layanan-loket/quizzes/kuis-loket"
HAND_IN, WHOLE_FORM = 0.02, 0.08
MOST_UNHEARD = 3
OTHER: dict[str, list[object]] = {
    "k-01": ["o1", "o2", "o3"], "k-02": [["o1"], ["o1", "o2"], ["o3"]], "k-03": ["o1", "o2"],
    "k-04": ["7", "12", "3"], "k-05": ["LAPOR!", "papan"], "k-06": ["o1", "o2"], "k-07": ["o1", "o2"],
    "k-08": ["o1", "o2"], "k-09": ["5", "6"], "k-10": ["standar operasional prosedur", "surat"],
}  # fmt: skip
"""Answers to choose from; the stored form of each is what is sent."""


class Wrong(Exception):
    """The server answered what it must not."""


@dataclass
class Known:
    """What one browser knows of one attempt.

    `acked` is what the server said is saved, `maybe` what was sent since without an answer (`unheard`: each
    once, the last at the end), `sent` what is under way (`whole`: all of it or nothing), `handing` that it
    hands in, `closed` that this was acknowledged. `stale`: the page must be read again first.
    """

    person: Someone
    attempt_id: int = 0
    acked: dict[str, object] = field(default_factory=dict)
    maybe: dict[str, list[object]] = field(default_factory=dict)
    unheard: dict[str, list[object]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    sent: dict[str, object] = field(default_factory=dict)
    whole: bool = False
    handing: bool = False
    closed: bool = False
    stale: bool = False


class Learner:
    """Takes the quiz with one person after another until the server is gone."""

    def __init__(self, people: Iterator[Someone], rng: random.Random) -> None:
        self._people, self._rng = people, rng
        self.history: list[Known] = []
        self.acknowledged = 0

    @property
    def now(self) -> Known:
        """The person at the browser."""
        return self.history[-1]

    def work(self, port: int, stop: threading.Event) -> None:
        """Take the quiz until `stop`, or until the line breaks. Raises Wrong for a false answer."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            while not stop.is_set():
                self._step(line)
        except (OSError, http.client.HTTPException):
            return
        finally:
            line.close()

    def _step(self, line: http.client.HTTPConnection) -> None:
        if not self.history or self.now.closed:
            self.history.append(Known(next(self._people)))
        known = self.now
        if not known.attempt_id:
            place, _body = self._send(line, "POST", f"{QUIZ}/attempts", {}, 303)
            known.attempt_id = int(re.findall(r"/attempts/(\d+)$", place)[0])
        elif known.sent:
            self._again(line, known)
        elif known.stale:
            _place, page = self._send(line, "GET", f"/attempts/{known.attempt_id}", {}, 200)
            known.seen = dict(re.findall(r'name="seen-(k-\d\d)" value="(\d*)"', page.decode()))
            known.stale = False
        elif self._rng.random() < HAND_IN:
            self._form(line, known, dict(RIGHT), handing=True)
        elif self._rng.random() < WHOLE_FORM:
            self._form(line, known, {key: self._rng.choice(OTHER[key]) for key in RIGHT})
        else:
            key = self._rng.choice(list(RIGHT))
            self._one(line, known, key, self._rng.choice(OTHER[key]))

    def _again(self, line: http.client.HTTPConnection, known: Known) -> None:
        """Go on after a broken line: the same once more, or another answer that names it."""
        if known.whole:
            self._form(line, known, known.sent, handing=known.handing)
            return
        [(key, value)] = known.sent.items()
        self._one(line, known, key, value if self._rng.random() < 0.5 else self._rng.choice(OTHER[key]))

    def _one(self, line: http.client.HTTPConnection, known: Known, key: str, value: object) -> None:
        unheard = known.unheard.setdefault(key, [])
        if len(unheard) >= MOST_UNHEARD and value not in unheard:
            value = unheard[-1]  # as the script does: until the server answers
        unheard[:] = [one for one in unheard if one != value]
        before = [urlencode({f"q-{key}": one}, doseq=True) for one in unheard]
        unheard.append(value)
        fields = {f"q-{key}": value, f"seen-{key}": known.seen.get(key, ""), f"was-{key}": before}
        known.sent, known.whole = {key: value}, False
        known.maybe.setdefault(key, []).append(value)
        _place, body = self._send(
            line, "POST", f"/attempts/{known.attempt_id}/responses/{key}", fields, 200
        )  # fmt: skip
        known.seen[key] = json.loads(body)["seen"]
        self._kept(known)

    def _form(
        self, line: http.client.HTTPConnection, known: Known, answers: dict[str, object], *,
        handing: bool = False,
    ) -> None:  # fmt: skip
        fields: dict[str, object] = {"q": list(answers), "confirmed": "1" if handing else ""}
        for key, value in answers.items():
            fields |= {f"q-{key}": value, f"seen-{key}": known.seen.get(key, "")}
        known.sent, known.whole, known.handing = dict(answers), True, handing
        address = f"/attempts/{known.attempt_id}"
        button, leads_to = ("submission", f"{address}/result") if handing else ("responses", address)
        place, _body = self._send(line, "POST", f"{address}/{button}", fields, 303)
        if place != leads_to:
            raise Wrong(f"{button} led to {place}")
        known.closed, known.stale = handing, True
        self._kept(known)

    def _kept(self, known: Known) -> None:
        self.acknowledged += len(known.sent)
        known.acked.update(known.sent)
        for key in known.sent:
            known.maybe.pop(key, None)
            known.unheard.pop(key, None)
        known.sent, known.whole, known.handing = {}, False, False

    def _send(
        self, line: http.client.HTTPConnection, method: str, path: str, fields: dict[str, object], wanted: int
    ) -> tuple[str, bytes]:
        """Send a form as this person; return (place it leads to, body). Raises Wrong for another status."""
        headers = {
            "Cookie": self.now.person.cookie, "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json" if wanted == 200 and method == "POST" else "text/html",
        }  # fmt: skip
        body = urlencode({**fields, "csrf_token": self.now.person.token}, doseq=True)
        line.request(method, path, body if method == "POST" else None, headers)
        answer = line.getresponse()
        text = answer.read()
        if answer.status != wanted:
            raise Wrong(f"{method} {path} with {fields}: {answer.status} {text[:200]!r}")
        return answer.getheader("Location", "") or "", text
