"""The crash test sees a loss: each promise is broken here once."""

from __future__ import annotations

import http.client
import random
from urllib.parse import parse_qs

import pytest

from tests.courses import RIGHT
from tests.storm.learner import Known, Learner
from tests.storm.place import Someone
from tests.storm.truth import ONE_PASSED, differences

NOBODY = Someone(1, 1, "", "")
PASSED = [ONE_PASSED]


def known(**values: object) -> Known:
    return Known(NOBODY, attempt_id=1, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "stored", "closed"),
    [
        (known(acked={"k-01": "o1"}), {"k-01": "o1"}, []),
        (known(acked={"k-01": "o1"}, sent={"k-01": "o2"}, maybe={"k-01": ["o2"]}), {"k-01": "o2"}, []),
        (known(acked={"k-01": "o1"}, sent={"k-01": "o2"}, maybe={"k-01": ["o2"]}), {"k-01": "o1"}, []),
        (known(sent={"k-01": "o1", "k-03": "o1"}, whole=True), {}, []),
        (known(sent={"k-01": "o1", "k-03": "o1"}, whole=True), {"k-01": "o1", "k-03": "o1"}, []),
        (known(sent=dict(RIGHT), whole=True, handing=True), dict(RIGHT), PASSED),
        (known(acked=dict(RIGHT), closed=True), dict(RIGHT), PASSED),
    ],
)
def test_kept_promises(one: Known, stored: dict[str, object], closed: list[tuple[object, ...]]) -> None:
    assert differences(one, stored, closed) == []


@pytest.mark.parametrize(
    ("one", "stored", "closed", "words"),
    [
        (known(acked={"k-01": "o1"}), {}, [], "None is stored"),
        (known(acked={"k-01": "o1"}), {"k-01": "o2"}, [], "'o2' is stored"),
        (known(acked={"k-01": "o1"}), {"k-01": "o1", "k-03": "o1"}, [], "k-03"),
        (known(sent={"k-01": "o1", "k-03": "o1"}, whole=True), {"k-01": "o1"}, [], "k-01"),
        (known(acked=dict(RIGHT), closed=True), dict(RIGHT), [], "is lost"),
        (known(acked={"k-01": "o1"}), {"k-01": "o1"}, PASSED, "nobody handed in"),
        (known(acked=dict(RIGHT), closed=True), dict(RIGHT), [(3.0, False, "learner")], "closed as"),
        (known(acked={"k-01": "o1"}, sent=dict(RIGHT), whole=True, handing=True), dict(RIGHT), [], "k-02"),
    ],
)
def test_broken_promises(
    one: Known, stored: dict[str, object], closed: list[tuple[object, ...]], words: str
) -> None:
    assert any(words in line for line in differences(one, stored, closed))


class Dead(http.client.HTTPConnection):
    """A line that takes what is sent and breaks."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", 1)
        self.sent: list[tuple[str, list[str]]] = []

    def request(self, method: str, url: str, body: object = None, *args: object, **more: object) -> None:
        form = parse_qs(str(body))
        self.sent.append((form["q-k-05"][0], form.get("was-k-05", [])))
        raise ConnectionResetError


def test_the_learner_names_every_answer_that_went_unheard() -> None:
    """As the script does: none falls out of the list, and none is named twice."""
    learner, line = Learner(iter([]), random.Random(1)), Dead()
    learner.history.append(known())
    for text in ("a", "a", "b", "c", "d", "e"):
        with pytest.raises(ConnectionResetError):
            learner._one(line, learner.now, "k-05", text)
    assert [text for text, _was in line.sent] == ["a", "a", "b", "c", "c", "c"]
    assert line.sent[-1][1] == ["q-k-05=a", "q-k-05=b"]
    assert learner.now.sent == {"k-05": "c"}
