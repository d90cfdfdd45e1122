"""Questions as fields: read from the text, written back into their own lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.content.writing.question_form import Given, QuestionFields, given_of, question_fields, written_back
from lms.content.writing.single import read_single
from tests.courses import make_bundle

COURSES = Path(__file__).resolve().parents[3] / "courses"
PATTERNS = ("*/*/*kuis*.md", "*/bank/*.md", "*/*ujian*.md", "*/prates.md")
TEXTS = sorted(path for pattern in PATTERNS for path in COURSES.glob(pattern))
TEXT = """---
jenis: kuis
id: k
judul: K
---
# Kelompok {ambil=1}

<!-- catatan satu -->
## Lama {#k-01 poin=2 tag=a}

Mana?

<!-- catatan dua -->
- [ ] Ini {tetap}
  > Salah.
- [x] Itu

> Petunjuk: Lihat.

> Pembahasan: Sebab
> itu.

## Dua {#k-02}

Berapa?

- = 5
"""


def given(question: QuestionFields) -> Given:
    options = tuple((one.text, one.right, one.feedback) for one in question.options)
    return Given(question.title, question.points, question.prompt, question.explanation, options)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_not_changed_stays_byte_for_byte_and_another_option_is_read_again(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for number, question in enumerate(question_fields(text)):
        same = given(question)
        assert written_back(text, question, same) == text
        if question.options:
            more = replace(same, options=(*same.options, ("Pilihan baru", False, "Balikan\nbaru")))
            again = question_fields(written_back(text, question, more))[number]
            assert given(again) == more
        told = replace(same, explanation="Baru\n\ndua", points="3", title="Judul lain")
        told = replace(told, prompt=f"{same.prompt}\n\nApa?")
        after = written_back(text, question, told)
        assert given(question_fields(after)[number]) == told
        assert len(question_fields(after)) == len(question_fields(text))


def test_each_field_changes_its_own_lines() -> None:
    first, second = question_fields(TEXT)
    assert (first.id, first.kind, first.points, first.prompt) == ("k-01", "single", "2", "Mana?")
    assert (first.explanation, second.options) == ("Sebab\nitu.", ())
    new = replace(
        given(first), title="Baru", points="", explanation="",
        options=(("Ini", True, "Salah."), ("", False, ""), ("Ketiga  kali", False, ""),
                 ("Empat", True, "Ya\nya")),
    )  # fmt: skip
    lines = written_back(TEXT, first, new).split("\n")
    gone = [line for line in TEXT.split("\n") if line not in lines]
    added = [line for line in lines if line not in TEXT.split("\n")]
    head, note = "## Lama {#k-01 poin=2 tag=a}", "> Pembahasan: Sebab"
    assert gone == [head, "- [ ] Ini {tetap}", "- [x] Itu", note, "> itu."]
    more = ["- [ ] Ketiga kali", "- [x] Empat", "  > Ya", "  > ya"]
    assert added == ["## Baru {#k-01 tag=a}", "- [x] Ini {tetap}", *more]
    read = read_single("\n".join(lines).encode(), "k.md", {}).piece
    assert read is not None and [one.kind for one in read.questions()] == ["multiple", "numeric"]


def test_fields_come_from_a_form_of_any_browser_and_broken_questions_are_left_out() -> None:
    form = {"title": "A", "prompt": "x\r\ny", "option-0": "Satu", "right-0": "1", "option-1": "Dua"}
    options = (("Satu", True, ""), ("Dua", False, ""), ("", False, ""))
    assert given_of(form, 3) == Given("A", "", "x\ny", "", options)
    assert question_fields("tanpa kepala") == []
    broken = TEXT.replace("- [x] Itu", "- [] Itu")
    assert [one.id for one in question_fields(broken)] == ["k-02"]
    weights = TEXT.replace("- [x] Itu", "- [100%] Itu")
    assert question_fields(weights)[0].options == ()
    quiz = make_bundle()["01-loket/03-kuis.md"].decode()
    assert len(question_fields(quiz)) == 10
