"""Each folder of tests/broken is a small course with something wrong; expected.txt says what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.bundle import read_folder
from lms.content.parse import parse_course
from lms.i18n.problems import problem_text

BROKEN = Path(__file__).resolve().parents[2] / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_a_broken_course_is_reported_line_by_line(case: str, in_indonesian: None) -> None:
    bundle = read_folder(BROKEN / case)
    expected = bundle.pop("expected.txt").decode().splitlines()
    parsed = parse_course(bundle, "uji")
    assert [problem_text(problem) for problem in parsed.problems] == expected
    has_error = any(problem.severity == "error" for problem in parsed.problems)
    assert (parsed.course is None) == has_error


def test_there_are_enough_broken_courses() -> None:
    assert len(CASES) >= 40
