"""The canonical form of any course: written twice it is the same, read again it means the same."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from lms.content.formatting.course import format_course
from lms.content.formatting.meaning import meaning
from lms.content.formatting.text import canonical
from lms.content.parse import parse_course
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
@given(TEXTS)
def test_any_text_is_taken_and_written_the_same_twice(text: str) -> None:
    for kind in ("kuis", "materi", "kursus"):
        source = f"---\njenis: {kind}\nid: x\njudul: x\n---\n{text}"
        once = canonical("x.md", source)
        assert canonical("x.md", once) == once
