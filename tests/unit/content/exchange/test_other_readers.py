"""What is exported is read by readers that others wrote, and compared question by question.

GIFT: pygiftparser. Moodle XML: moodle-xml-parser, which knows multichoice and cloze; the other kinds are
compared in test_dialects.py by the elements that Moodle describes. No reader of QTI 2.1 or Aiken is published
for Python: test_qti_rules.py holds the rules of the QTI specification, test_dialects.py the lines of Aiken.
"""

from __future__ import annotations

import importlib
import io
import re
import warnings
from typing import Any

import pytest
from moodle_xml_parser.parser import parse_bytes

from lms.content.exchange.choices import moodle_weights
from lms.content.exchange.dialects import DIALECTS
from lms.content.exchange.guide import EXAMPLES
from lms.content.exchange.markdown import read_back
from lms.content.questions.question import Question

with warnings.catch_warnings():  # it asks for the locale in a way that Python is going to drop
    warnings.simplefilter("ignore", DeprecationWarning)
    gift = importlib.import_module("pygiftparser.parser")

HARD = """
## Titik dua: satu {#g-1 tag=loket}

Berapa {a} = b ~ c # d \\\\ e?

Baris **kedua**, dengan daftar:

- satu
- dua

- [x] a = b
  > Tepat: lihat #2.
- [ ] # pagar
- [ ] ~ombak \\[x\\]

> Pembahasan: Baris satu.
>
> Baris dua.
===
## Bobot {#g-2}

Pilih.

- [75%] Besar
- [25%] Kecil
- [-50%] Keliru
  > Bukan itu.
===
## Jawaban {#g-3}

Sebut.

- = Tanjungpinang
- =50% Pinang
  > Kurang lengkap.
===
## Ukuran {#g-4}

Berapa?

- = 37.5 ± 0.5
- =50% 19..21
"""
QUESTIONS = [*EXAMPLES, *(found for text in HARD.split("===") if (found := read_back(text.strip())[0]))]


def test_the_hard_questions_are_questions() -> None:
    assert len(QUESTIONS) == len(EXAMPLES) + 4


def plain(text: str) -> str:
    """A text of GIFT without its escapes."""
    return re.sub(r"\\([~=#{}:\\])", r"\1", text.replace("\\n", "\n")).strip()


@pytest.fixture(scope="module")
def read_by_gift() -> dict[str, Any]:
    """The questions of our export as the other reader has them, by title."""
    text = DIALECTS["gift"].write(QUESTIONS, {}).decode()
    return {plain(one.title): one for one in gift.parseFile(io.StringIO(text))}


def _kept(name: str) -> list[Question]:
    found = [one for one in QUESTIONS if not any(loss.whole for loss in DIALECTS[name].losses(one))]
    assert len(found) > 4
    return found


SETS = {
    "true_false": "TrueFalseSet", "single": "SelectSet", "multiple": "MultipleChoicesSet",
    "short": "ShortSet", "numeric": "NumericAnswerSet", "matching": "MatchingSet", "essay": "Essay",
}  # fmt: skip


def test_gift(read_by_gift: dict[str, Any]) -> None:
    kept = _kept("gift")
    assert len(read_by_gift) == len(kept)
    for question in kept:
        one = read_by_gift[question.title]
        assert one.valid, question.id
        assert (one.markup, plain(one.text)) == ("markdown", question.prompt)
        assert plain(one.generalFeedback) == question.explanation
        shares = [answer.fraction for answer in question.answers]
        partly = question.kind == "short" and any(share < 1 for share in shares)
        assert type(one.answers).__name__ == ("SelectSet" if partly else SETS[question.kind])
        if question.options and question.kind != "true_false":
            expected = [
                (item.text, pytest.approx(100 * weight, abs=0.001), item.feedback)
                for item, weight in zip(question.options, moodle_weights(question) or (), strict=True)
            ]
            found = [
                (plain(each.answer), each.fraction, plain(each.feedback)) for each in one.answers.answers
            ]
            assert found == expected
        elif question.kind == "true_false":
            assert one.answers.answer == question.options[0].right
            right, wrong = sorted(question.options, key=lambda item: not item.right)
            assert (one.answers.feedbackCorrect, one.answers.feedbackWrong) == (
                right.feedback,
                wrong.feedback,
            )
        elif question.kind == "short":
            assert [(plain(each.answer), each.fraction / 100) for each in one.answers.answers] == [
                (item.text, item.fraction) for item in question.answers
            ]
        elif question.kind == "matching":
            assert [(plain(each.question), plain(each.answer)) for each in one.answers.answers][:2] == [
                (gap.text, next(item.text for item in gap.options if item.key == gap.right))
                for gap in question.gaps
            ]


def test_no_blank_line_stands_inside_a_gift_question() -> None:
    """Moodle ends a question at a blank line, inside braces too (question/format.php: readquestions)."""
    blocks = DIALECTS["gift"].write(QUESTIONS, {}).decode().strip().split("\n\n")
    assert len(blocks) == len(_kept("gift"))
    assert all(block.startswith("//") and block.endswith("}") for block in blocks)


def test_moodle_xml() -> None:
    kept = {one.title or one.id: one for one in _kept("moodle")}
    found = parse_bytes(DIALECTS["moodle"].write(QUESTIONS, {}))
    choices = [one for one in kept.values() if one.kind in {"single", "multiple"}]
    assert [one.name for one in found["multichoice"]] == [one.title for one in choices]
    for read, question in zip(found["multichoice"], choices, strict=True):
        assert read.text_pre_parse == question.prompt
        assert (read.single, read.default_grade) == (question.kind == "single", question.points)
        assert read.general_feedback == question.explanation
        weights = moodle_weights(question) or []
        assert [(each.answer, each.score_fraction, each.feedback or "") for each in read.options] == [
            (item.text, pytest.approx(100 * weight, abs=0.001), item.feedback)
            for item, weight in zip(question.options, weights, strict=True)
        ]
    gaps = [one for one in kept.values() if one.kind == "cloze"]
    for read, question in zip(found["cloze"], gaps, strict=True):
        assert [len(gap.options) for gap in read.gaps] == [
            len(gap.options or gap.answers) for gap in question.gaps
        ]
        assert all(max(each.score for each in gap.options) == 100 for gap in read.gaps)
