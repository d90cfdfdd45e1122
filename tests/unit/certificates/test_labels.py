"""The JP of a subject are the same words on every page."""

import pytest

from lms.web.certificate_labels import subject_jp


@pytest.mark.parametrize(("total", "jp", "words"), [(3, 2, "2"), (3, 0, "< 1"), (0, 0, "–")])
def test_a_subject_of_less_than_a_jp_is_never_zero(total: int, jp: int, words: str) -> None:
    assert subject_jp({"jp": total}, jp) == words
