"""Which questions a group may draw, and which it draws first."""

from __future__ import annotations

import random

import pytest

from lms.content.course import Quiz
from lms.content.parse import parse_quiz
from lms.domain.quizzes import rules
from tests.courses import quiz_text

BANK = """---
jenis: bank
id: bank-umum
judul: Bank
---
""" + "".join(
    f"\n## Soal {at} {{#p-{at} tag={tag} kompetensi={code} kesulitan={level}}}\n\nBenarkah?\n\n"
    "- [x] Benar\n- [ ] Salah\n"
    for at, (tag, code, level) in enumerate(
        [("a", "M.1:2", "mudah")] * 4 + [("a", "M.2:1", "sulit")] * 2 + [("b", "M.1:3", "mudah")] * 2
    )
)


def pool_of(heading: str) -> list[str]:
    """The ids that a group with that heading may draw."""
    return [question.id for question in pool_quiz(heading).questions()]


def pool_quiz(heading: str) -> Quiz:
    text = quiz_text("kuis", "Kuis", questions=f"# G {{{heading} dari=bank/umum}}\n")
    return parse_quiz(text, "kuis.md", {"bank/umum.md": BANK})


def test_a_group_draws_by_tag_competency_and_difficulty_without_what_is_excepted() -> None:
    assert pool_of("ambil=1 kompetensi=M.1") == ["p-0", "p-1", "p-2", "p-3", "p-6", "p-7"]
    assert pool_of("ambil=1 kompetensi=M.1:3,M.2") == ["p-4", "p-5", "p-6", "p-7"]
    assert pool_of("ambil=1 kesulitan=sulit") == ["p-4", "p-5"]
    assert pool_of("ambil=1 tag=a kompetensi=M.1 kecuali=p-0,p-2") == ["p-1", "p-3"]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("ambil=1 kesulitan=gampang", "value_choice"),
        ("ambil=1 kompetensi=9", "value_claim"),
        ("ambil=1 kecuali=p-99", "pool_except"),
        ("ambil=1 wajib=p-99", "pool_pinned"),
        ("ambil=1 wajib=p-1,p-2", "pool_pinned_many"),
        ("wajib=p-1", "pool_pinned_all"),
        ("ambil=9", "pool_short"),
    ],
)
def test_a_group_that_cannot_be_drawn_says_why(heading: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        pool_quiz(heading)


def test_pinned_questions_are_always_drawn_and_unseen_ones_come_first() -> None:
    quiz = pool_quiz("ambil=3 wajib=p-7")
    first = [rules.keys_of(rules.draw(quiz, random.Random(seed))) for seed in range(30)]
    assert all("p-7" in keys and len(set(keys)) == 3 for keys in first)
    assert len({tuple(sorted(keys)) for keys in first}) > 5
    papers = [rules.draw(quiz, random.Random(1))]
    for seed in range(2, 5):
        papers.append(rules.draw(quiz, random.Random(seed), rules.seen_in(dict(paper) for paper in papers)))
    fresh = [set(rules.keys_of(paper)) - {"p-7"} for paper in papers]
    assert len(fresh[0] | fresh[1] | fresh[2]) == 6
    assert len(fresh[3] - fresh[0] - fresh[1] - fresh[2]) == 1
    assert all("p-7" in rules.keys_of(paper) for paper in papers)
    assert rules.draw(quiz, random.Random(4), {"p-1"}) == rules.draw(quiz, random.Random(4), {"p-1"})
