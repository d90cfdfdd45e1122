"""Questions as fields: read from the text, written back into their own lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.content.writing.question_form.given import given_of, shown
from lms.content.writing.question_form.model import Given, QuestionFields, Row
from lms.content.writing.question_form.reading import question_fields
from lms.content.writing.question_form.whole import added, copied, moved, removed
from lms.content.writing.question_form.writing import flaws_of, written_back
from lms.content.writing.snippets import QUESTIONS
from tests.property.content.making import questions

COURSES = Path(__file__).resolve().parents[3] / "courses"
TEXTS = sorted(COURSES.glob("*/**/*.md"))
HEAD = "---\njenis: kuis\nid: k\njudul: K\n---\n"
TEXT = f"""{HEAD}# Kelompok {{ambil=1}}

<!-- catatan satu -->
## Lama {{#k-01 poin=2 tag=a}}

Mana?

<!-- catatan dua -->
- [ ] Ini {{tetap}}
  > Salah.
- [x] Itu
<!-- catatan tiga -->

> Petunjuk: Lihat.

> Pembahasan: Sebab
> itu.

## Dua {{#k-02}}

Berapa?

- = 5 ± 1
- != 7
"""


def every(text: str) -> list[QuestionFields]:
    found = question_fields(text)
    assert found
    return found


def form_of(question: QuestionFields) -> dict[str, str]:
    """The fields of the form as a browser sends them when nothing was changed."""
    now = shown(question)
    form = {**now.values, "prompt": now.prompt, **now.notes}
    form = {name: text.replace("\n", "\r\n") for name, text in form.items()}
    low, _dots, high = now.values["words"].partition("..")
    form |= {"words_min": low, "words_max": high}
    for at, row in enumerate(now.rows):
        text, _sign, width = row.text.partition(" ± ") if question.kind == "numeric" else (row.text, "", "")
        form |= {f"was-{at}": str(row.was), f"text-{at}": text.replace("\n", "\r\n"), f"left-{at}": row.left,
                 f"share-{at}": row.share, f"feedback-{at}": row.feedback.replace("\n", "\r\n"),
                 f"sign-{at}": row.sign}  # fmt: skip
        form |= {f"width-{at}": width} if width else {}
        form |= {f"fixed-{at}": "1"} if row.fixed else {}
        form |= {f"right-{at}": "1"} if row.sign in {"right", "radio"} else {}
    form |= {f"was-{len(now.rows)}": "", f"text-{len(now.rows)}": ""}
    return form


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_form_sent_unchanged_changes_no_byte_and_each_field_only_its_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for question in question_fields(text):
        same = given_of(form_of(question), question)
        assert written_back(text, question, same) == text, question.id
    for question in question_fields(text)[:4]:
        same = given_of(form_of(question), question)
        told = replace(
            same, prompt=f"{same.prompt}\n\nApa?", notes={**same.notes, "explanation": "Baru\n\ndua"},
            values={**same.values, "points": "3", "title": "Judul lain", "difficulty": "hard"},
        )  # fmt: skip
        after = written_back(text, question, told)
        assert flaws_of(after, text, question, told) == [], question.id
        again = next(one for one in question_fields(after) if one.line == question.line)
        assert again.values["points"] == "3" and again.values["difficulty"] == "hard"
        assert (again.prompt, again.notes["explanation"].text) == (told.prompt, "Baru\n\ndua")
        assert [row.said() for row in again.rows or ()] == [row.said() for row in question.rows or ()]


@given(st.tuples(questions("a-1"), questions("a-2")))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_opening_and_saving_any_question_is_the_identity(made: tuple[str, str]) -> None:
    text = HEAD + "\n\n".join(made) + "\n"
    for question in question_fields(text):
        assert written_back(text, question, given_of(form_of(question), question)) == text
        longer = replace(shown(question), values={**question.values, "points": "7"})
        changed = written_back(text, question, longer).split("\n")
        pairs = zip(text.split("\n"), changed, strict=True)
        assert [at for at, (old, new) in enumerate(pairs, 1) if old != new] in ([question.line], [])


def rows(question: QuestionFields, *given: Row) -> Given:
    return replace(shown(question), rows=given)


def lines_of(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    return [one for one in old if one not in new], [one for one in new if one not in old]


def test_answers_are_changed_added_taken_out_and_put_in_order() -> None:
    first, second = every(TEXT)
    one, two = first.rows or ()
    new = rows(
        first, Row("right", "Baru dulu"), replace(one, sign="right"), Row("wrong", "Tiga", feedback="a\nb")
    )
    gone, more = lines_of(TEXT, written_back(TEXT, first, new))
    assert gone == ["- [ ] Ini {tetap}", "- [x] Itu"]
    assert more == ["- [x] Baru dulu", "- [x] Ini {tetap}", "- [ ] Tiga", "  > a", "  > b"]
    turned = written_back(TEXT, first, rows(first, two, one))
    assert sorted(turned.split("\n")) == sorted(TEXT.split("\n")) and turned.index("Itu") < turned.index(
        "Ini"
    )
    form = form_of(second) | {"text-0": "1.000,5", "width-0": "5 %", "points": "2,5"}
    told = given_of(form, second)
    gone, more = lines_of(TEXT, written_back(TEXT, second, told))
    assert (gone, more) == (["## Dua {#k-02}", "- = 5 ± 1"], ["## Dua {#k-02 poin=2.5}", "- = 1000.5 ± 5%"])


@pytest.mark.parametrize("kind", QUESTIONS)
def test_each_kind_is_added_and_its_own_fields_are_written(kind: str) -> None:
    text = added(TEXT, kind, "k-baru", "cek-9", every(TEXT)[0])
    question = every(text)[1]
    assert (question.id, question.kind) == ("k-baru", kind)
    more = {
        "title": "X", "words_max": "200", "unit": "hari kerja", "case": "sensitive", "scoring": "exact",
        "tag": "a,b", "legal": "UU 5/2014 ps 1", "competency": "M.1:2",
    }  # fmt: skip
    told = given_of(form_of(question) | more, question)
    after = written_back(text, question, told)
    assert flaws_of(after, text, question, told) == []
    own = {"numeric": 'satuan="hari kerja"', "short": "huruf=peka", "essay": "kata=50..200",
           "matching": "nilai=persis", "cloze": "huruf=peka"}  # fmt: skip
    assert own.get(kind, "k-baru") in after and 'dasar="UU 5/2014 ps 1"' in after
    assert len(lines_of(text, after)[1]) == 1


def test_what_would_be_read_otherwise_is_refused_at_its_field() -> None:
    first, second = every(TEXT)

    def fields(question: QuestionFields, told: Given) -> list[str]:
        after = written_back(TEXT, question, told)
        return [name for name, _problem in flaws_of(after, TEXT, question, told)]

    assert fields(first, replace(shown(first), prompt="Mana?\n\n## Judul")) == ["prompt"]
    assert fields(first, replace(shown(first), prompt="- [x] jawaban")) == ["prompt"]
    one, two = first.rows or ()
    assert fields(first, rows(first, one, replace(two, text="Ini"))) == ["text-1"]
    form = form_of(second) | {"text-1": "tujuh", "points": "banyak"}
    assert set(fields(second, given_of(form, second))) >= {"points"}


def test_a_question_stays_of_its_kind_whatever_is_typed_as_an_answer() -> None:
    two = every(TEXT)[1]
    for typed, value in (({"text-0": "lima"}, "lima ± 1"), ({"width-0": "kecil"}, "5 ± kecil")):
        words = given_of({**form_of(two), **typed}, two)
        new = written_back(TEXT, two, words)
        ((name, problem),) = flaws_of(new, TEXT, two, words)
        assert (name, problem.code, problem.params["value"]) == ("text-0", "number_source", value)
    text = f"{HEAD}\n## Kode {{#k-03}}\n\nKode?\n\n- = A1\n"
    (short,) = every(text)
    numbers = given_of({**form_of(short), "text-0": "0012"}, short)
    new = written_back(text, short, numbers)
    assert new == text.replace("{#k-03}", "{#k-03 tipe=isian}").replace("A1", "0012")
    assert every(new)[0].kind == "short" and not flaws_of(new, text, short, numbers)
    text = f"{HEAD}\n## Celah {{#k-04}}\n\nPasal [[empat]].\n"
    (cloze,) = every(text)
    none = given_of({**form_of(cloze), "prompt": "Pasal empat."}, cloze)
    ((name, problem),) = flaws_of(written_back(text, cloze, none), text, cloze, none)
    assert (name, problem.code) == ("prompt", "cloze_none")


def test_a_level_or_a_share_without_a_number_is_told_at_its_field() -> None:
    two = every(TEXT)[1]
    typed = given_of({**form_of(two), "share-0": "separuh"}, two)
    ((name, problem),) = flaws_of(written_back(TEXT, two, typed), TEXT, two, typed)
    assert (name, problem.code, problem.params["value"]) == ("share-0", "number_source", "separuh")
    text = (
        f"{HEAD}\n## Uraian {{#k-05 tipe=esai}}\n\nUraikan.\n\n> Rubrik: 3 = tepat; 2 = cukup; 1 = kurang.\n"
    )
    (essay,) = every(text)
    typed = given_of({**form_of(essay), "left-2": "rendah"}, essay)
    flaws = flaws_of(written_back(text, essay, typed), text, essay, typed)
    assert [(name, one.code, one.params) for name, one in flaws] == [
        ("left-2", "number_source", {"value": "rendah"})
    ]


@pytest.mark.parametrize("was", ["²", "9" * 5000, "-1", "7"])
def test_a_row_and_a_choice_that_there_are_not_are_not_taken_from_a_form(was: str) -> None:
    two = every(TEXT)[1]
    assert given_of({**form_of(two), "was-0": was}, two).rows[0].was == -1
    told = given_of({**form_of(two), "difficulty": was}, two)
    assert told.values["difficulty"] == "" and written_back(TEXT, two, told) == TEXT


def test_whole_questions_are_copied_moved_and_removed() -> None:
    first, _second = every(TEXT)
    twice = copied(TEXT, first, "k-09")
    assert [one.id for one in every(twice)] == ["k-01", "k-09", "k-02"]
    assert [one.id for one in every(moved(TEXT, first, up=False))] == ["k-02", "k-01"]
    assert moved(TEXT, first, up=True) == TEXT
    assert moved(moved(TEXT, first, up=False), every(moved(TEXT, first, up=False))[1], up=True) == TEXT
    left = removed(TEXT, first)
    assert [one.id for one in every(left)] == ["k-02"] and "<!-- catatan satu -->" in left
    lesson = "---\njenis: materi\nid: m\njudul: M\n---\nIsi.\n"
    inside = added(lesson, "single", "m-1", "cek-m", None)
    assert [one.id for one in every(inside)] == ["m-1"] and "::: kuis {#cek-m}" in inside
    assert [one.id for one in every(added(inside, "short", "m-2", "x", None))] == ["m-1", "m-2"]
    assert question_fields("tanpa kepala") == []
    broken = TEXT.replace("- [x] Itu", "- [] Itu")
    assert [one.id for one in every(broken)] == ["k-02"]
