"""The canonical form of any course: written twice it is the same, read again it means the same."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lms.content.formatting.course import format_course
from lms.content.formatting.meaning import meaning, same_lesson
from lms.content.formatting.text import canonical
from lms.content.html import render
from lms.content.parse import parse_course, parse_lesson, parse_quiz
from tests.property.content.damaging import LESSON_LINES, QUESTION_LINES, damaged
from tests.property.content.making import courses
from tests.property.content.test_properties import TEXTS

SETTINGS = settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SETTINGS
@given(courses())
def test_a_course_in_canonical_form_means_the_same_and_stays(texts: dict[str, str]) -> None:
    bundle = {path: text.encode() for path, text in texts.items()}
    before = parse_course(bundle, "uji")
    assert before.course is not None, before.problems
    formatted = format_course(bundle, "uji")
    assert not formatted.problems
    written = {**bundle, **{path: text.encode() for path, text in formatted.texts.items()}}
    after = parse_course(written, "uji")
    assert after.course is not None, after.problems
    assert meaning(after.course) == meaning(before.course)
    assert {item.code for item in after.problems} == {item.code for item in before.problems}
    assert not format_course(written, "uji").texts
    for path in bundle:
        assert written[path].count(b"<!--") == bundle[path].count(b"<!--")


@SETTINGS
@given(st.one_of(TEXTS, damaged(LESSON_LINES)))
def test_any_lesson_looks_the_same_and_is_written_the_same_twice(text: str) -> None:
    source = f"---\njenis: materi\nid: x\njudul: x\n---\n{text}"
    once = canonical("x.md", source)
    assert canonical("x.md", once) == once
    try:
        before = parse_lesson(source, "x.md")
    except ValueError:
        return
    after = parse_lesson(once, "x.md")
    assert same_lesson(before, after)
    assert _looks(before.body) == _looks(after.body)


@settings(SETTINGS, max_examples=100)
@given(damaged(QUESTION_LINES))
def test_any_quiz_means_the_same_and_is_written_the_same_twice(text: str) -> None:
    source = f"---\njenis: kuis\nid: x\njudul: x\n---\n{text}"
    once = canonical("x.md", source)
    assert canonical("x.md", once) == once
    try:
        before = parse_quiz(source, "x.md")
    except ValueError:
        return
    after = parse_quiz(once, "x.md")
    assert meaning(before) == meaning(after)
    for one, other in zip(before.questions(), after.questions(), strict=True):
        assert _looks(one.prompt) == _looks(other.prompt)


def _looks(markdown: str) -> str:
    """The page without white space; marks of checks are none of it."""
    return "".join(re.sub(r"cekdisini\w+", "", render(markdown, prefix="p")).split())
