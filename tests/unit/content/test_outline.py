"""Questions are counted where they stand, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.bundle import read_folder
from lms.content.course import Course
from lms.content.outline import by_kind, by_outcome
from lms.content.parse import parse_course

COURSES = Path(__file__).resolve().parents[3] / "courses"
REAL = ["manajemen-pelayanan-publik", "teknologi-informasi-sehari-hari"]


def course(slug: str) -> Course:
    found = parse_course(read_folder(COURSES / slug), slug).course
    assert found is not None
    return found


def headings(folder: Path) -> int:
    """The questions of the banks as their authors wrote them."""
    return sum(path.read_text(encoding="utf-8").count("\n## ") for path in folder.glob("bank/*.md"))


@pytest.mark.parametrize("slug", REAL)
def test_a_question_of_a_bank_counts_once_however_many_groups_may_draw_it(slug: str) -> None:
    found = course(slug)
    for counts in (by_kind(found), by_outcome(found)):
        assert sum(count.banks for count in counts) == headings(COURSES / slug)
        checks = sum(
            1 for piece in found.pieces() for check in getattr(piece, "checks", ()) for _ in check.questions
        )
        assert sum(count.checks for count in counts) == checks > 0


@pytest.mark.parametrize("slug", REAL)
def test_what_a_course_claims_is_tested(slug: str) -> None:
    found = course(slug)
    tested = {count.name for count in by_outcome(found) if count.quizzes + count.banks}
    assert {f"{claim.code}:{claim.level}" for claim in found.competencies} <= tested
