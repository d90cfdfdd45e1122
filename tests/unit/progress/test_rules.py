"""What is done, next, locked, missing."""

from datetime import UTC, datetime, timedelta

from lms.domain.catalog.models import Piece
from lms.domain.progress.rules import PieceState, progress, seconds_until_read

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def piece(
    kind: str,
    key: str,
    module: str | None = None,
    *,
    required: bool = True,
    finish: str = "read",
    use: str | None = None,
) -> Piece:
    return Piece(
        version_id=1, position=0, kind=kind, key=key, title=key, path=key, digest="", module_key=module,
        minutes=5, required=required and kind != "module", finish=finish, use=use,
    )  # fmt: skip


def states(pieces: list[Piece], done: set[str]) -> dict[str, str]:
    return {step.piece.key: step.state.value for step in progress(pieces, done).steps}


FREE = [
    piece("module", "m1", finish="free"),
    piece("lesson", "a", "m1"),
    piece("lesson", "b", "m1"),
    piece("quiz", "q", "m1"),
]
ORDERED = [
    piece("module", "m1", finish="sequential"),
    piece("lesson", "a", "m1"),
    piece("lesson", "extra", "m1", required=False),
    piece("lesson", "b", "m1"),
    piece("quiz", "exam"),
]


def test_the_first_open_required_piece_is_next() -> None:
    assert states(FREE, set()) == {"a": "next", "b": "open", "q": "open"}
    assert states(FREE, {"a"}) == {"a": "done", "b": "next", "q": "open"}
    assert states(FREE, {"a", "b", "q"}) == {"a": "done", "b": "done", "q": "done"}


def test_a_module_in_order_locks_what_follows_a_missing_piece() -> None:
    assert states(ORDERED, set()) == {"a": "next", "extra": "locked", "b": "locked", "exam": "locked"}


def test_an_optional_piece_locks_nothing() -> None:
    assert states(ORDERED, {"a"}) == {"a": "done", "extra": "open", "b": "next", "exam": "locked"}


def test_a_quiz_of_the_course_waits_for_the_modules_in_order_alone() -> None:
    exam, survey = piece("quiz", "exam"), piece("quiz", "survey", required=False, use="survey")
    pretest = piece("quiz", "before", required=False, use="pretest")
    course = [pretest, *FREE, piece("module", "m2", finish="sequential"), *_lessons("m2"), exam, survey]
    found = progress(course, set())
    assert {key: found.step(key).state.value for key in ("before", "a", "x", "y", "exam", "survey")} == {  # type: ignore[union-attr]
        "before": "open", "a": "next", "x": "open", "y": "locked", "exam": "locked", "survey": "locked",
    }  # fmt: skip
    step = found.step("exam")
    assert step is not None and [one.key for one in step.waits_for] == ["x", "y"]
    assert states(course, {"x"})["exam"] == "locked"
    assert states(course, {"x", "y"})["exam"] == "open"  # the free module does not keep it
    assert states([*FREE, exam], set())["exam"] == "open"


def test_a_pre_test_in_a_module_in_order_is_never_locked() -> None:
    course = [*ORDERED[:2], piece("quiz", "before", "m1", required=False, use="pretest"), *ORDERED[3:]]
    assert states(course, set()) == {"a": "next", "before": "open", "b": "locked", "exam": "locked"}


def _lessons(module: str) -> list[Piece]:
    return [piece("lesson", "x", module), piece("lesson", "y", module)]


def test_complete_needs_every_required_piece() -> None:
    assert not progress(ORDERED, {"a", "b"}).complete
    found = progress(ORDERED, {"a", "b", "exam"})
    assert found.complete
    assert found.minutes_left == 0
    assert (found.done_count, len(found.required)) == (3, 3)


def test_a_course_that_asks_for_nothing_is_never_complete() -> None:
    assert not progress([piece("lesson", "a", required=False)], {"a"}).complete
    assert not progress([], set()).complete


def test_neighbours_in_reading_order() -> None:
    found = progress(FREE, set())
    after, before = found.after("a"), found.before("b")
    assert after is not None and after.piece.key == "b"
    assert before is not None and before.piece.key == "a"
    assert found.before("a") is None
    assert found.after("q") is None
    assert found.step("nothing") is None


def test_next_falls_back_to_an_optional_piece() -> None:
    pieces = [piece("lesson", "a"), piece("lesson", "b", required=False)]
    step = progress(pieces, {"a"}).next
    assert step is not None
    assert (step.piece.key, step.state) == ("b", PieceState.NEXT)


def test_reading_time() -> None:
    opened = NOW - timedelta(seconds=60)
    assert seconds_until_read(opened, 10, 30, NOW) == 120
    assert seconds_until_read(opened, 10, 10, NOW) == 0
    assert seconds_until_read(opened, 10, 0, NOW) == 0
    assert seconds_until_read(None, 10, 30, NOW) == 0
