"""Questions out to other formats and back: what the list of losses does not name is the same afterwards."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lms.content.claims import Claim
from lms.content.exchange import items
from lms.content.exchange.banks import empty_bank, judge, merge
from lms.content.exchange.dialects import DIALECTS
from lms.content.exchange.html import from_html
from lms.content.exchange.markdown import bare, read_back, write_question
from lms.content.exchange.text import from_plain, is_plain, to_plain
from lms.content.formatting.text import canonical
from lms.content.questions.question import Accepted, Level, Question

SETTINGS = settings(deadline=None, max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])

_LETTERS = "abcdefghij klmnopq rstuvwxyz ABC 0123456789 éü=~#{}:;,'\"*_<>&%|/\\-+.!?()[]@^`$"
WORDS = st.text(_LETTERS, min_size=1, max_size=24).map(
    lambda text: from_plain(" ".join(f"k {text} z".replace("->", "- ").split()))
)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n\n".join)
MARKED = st.one_of(WORDS, WORDS.map(lambda text: f"**tebal** {text}"), LINES)
MAYBE = st.one_of(st.just(""), MARKED)
NAMES = st.from_regex(r"[a-z]{2,6}(-[0-9]{1,3})?", fullmatch=True)
TYPED = st.from_regex(r"[a-z]{2,8}( [a-z=#~:{}]{1,8})?", fullmatch=True)
NUMBERS = st.decimals(-999, 999, places=1).map(lambda value: value + Decimal(0))


def _common(question: Question, draw: st.DrawFn) -> Question:
    return replace(
        question,
        id=f"{draw(NAMES)}_x",
        title=draw(st.one_of(st.just(""), NAMES)),
        tags=tuple(draw(st.lists(NAMES, max_size=2, unique=True))),
        points=draw(st.sampled_from([1.0, 2.0, 0.5])),
        competency=draw(st.sampled_from([None, Claim("M.5", 2)])),
        legal_basis=draw(st.sampled_from(["", "UU 25/2009"])),
        hints=tuple(draw(st.lists(WORDS, max_size=2))),
        explanation=draw(MAYBE),
        feedback_right=draw(MAYBE),
        feedback_wrong=draw(MAYBE),
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question of any kind, as our parser reads it."""
    kind = draw(
        st.sampled_from(
            ["single", "multiple", "true_false", "short", "numeric", "matching", "ordering", "essay"]
        )
    )
    prompt, texts = draw(LINES), draw(st.lists(WORDS, min_size=4, max_size=6, unique_by=str.casefold))
    said = [draw(MAYBE) for _ in texts]
    shuffle = draw(st.booleans())
    if kind == "single":
        weights = [1.0, draw(st.sampled_from([0.0, 0.5, -0.25])), *[0.0] * (len(texts) - 2)]
        built = items.new(
            kind, prompt, options=items.options(zip(texts, weights, said, strict=True)), shuffle=shuffle
        )
    elif kind == "multiple":
        weights = [1.0, 1.0, *[0.0] * (len(texts) - 2)]
        if draw(st.booleans()):
            weights = [0.5, 0.5, -0.5, *[0.0] * (len(texts) - 3)]
            built = items.new(kind, prompt, options=items.options(zip(texts, weights, said, strict=True)))
        else:
            scoring = draw(st.sampled_from(["exact", "partial", "partial_strict"]))
            built = items.new(
                kind, prompt, scoring=scoring, options=items.options(zip(texts, weights, said, strict=True))
            )
    elif kind == "true_false":
        right = draw(st.booleans())
        parts = [("Benar", float(right), said[0]), ("Salah", float(not right), said[1])]
        built = items.new(kind, prompt, options=items.options(parts))
    elif kind == "short":
        words = draw(st.lists(TYPED, min_size=2, max_size=3, unique_by=lambda text: text.rstrip(".")))
        answers = [
            Accepted(words[0], 1.0, said[0]),
            Accepted(words[1], draw(st.sampled_from([0.0, 0.5])), said[1]),
        ]
        built = items.new(kind, prompt, answers=tuple(answers), case_sensitive=draw(st.booleans()))
    elif kind == "numeric":
        first, second = draw(NUMBERS), draw(NUMBERS)
        answers = [
            items.number(first, Decimal(draw(st.sampled_from(["0", "0.5", "2"]))), 1.0, said[0]),
            items.number(second + 5000, Decimal(0), draw(st.sampled_from([0.0, 0.5])), said[1]),
        ]
        built = items.new(kind, prompt, answers=tuple(answers), unit=draw(st.sampled_from(["", "JP"])))
    elif kind == "matching":
        pairs = [(texts[0], texts[1]), (texts[2], texts[3])]
        built = items.new(kind, prompt, gaps=items.pairs(pairs, texts[4:]), shuffle=shuffle)
    elif kind == "ordering":
        built = items.new(kind, prompt, gaps=items.steps(texts), shuffle=shuffle)
    else:
        built = items.new(
            kind,
            prompt,
            rubric=(Level(Decimal(2), "lengkap"), Level(Decimal(0), "kosong")),
            min_words=draw(st.sampled_from([0, 50])),
        )
    source = write_question(_common(built, draw))
    found, problems = read_back(source)
    assert found is not None, (source, problems)
    return found


@SETTINGS
@given(questions())
def test_our_own_format_keeps_a_question(question: Question) -> None:
    source = write_question(question)
    found, _ = read_back(source)
    assert found is not None
    assert bare(found) == bare(question)
    bank = f"---\njenis: bank\nid: b\njudul: b\n---\n{source}\n"
    assert canonical("bank/b.md", bank) == bank


def kept(question: Question, lost: set[str]) -> dict[str, object]:
    """What an export with those losses keeps of a question."""
    options = [*question.options, *(question.gaps[0].options if question.kind == "matching" else ())]

    def text(words: str) -> str:
        shown = to_plain(words) if "markup" in lost else words
        return " ".join(shown.split()) if "lines" in lost else shown

    found: dict[str, object] = {
        "kind": question.kind,
        "prompt": text(question.prompt),
        "options": [text(item.text) for item in options],
        "gaps": [text(gap.text) for gap in question.gaps],
        "key": [item.right for item in question.options]
        or [gap.right for gap in question.gaps if gap.options],
        "answers": [
            (item.text if item.form == "text" else item.low)
            for item in question.answers
            if item.fraction > 0.99999
        ],
    }
    more: dict[str, object] = {
        "title": question.title,
        "id": question.id,
        "tags": question.tags,
        "points": question.points,
        "competency": question.competency,
        "legal": question.legal_basis,
        "hints": question.hints,
        "explanation": question.explanation,
        "unit": question.unit,
        "case": question.case_sensitive,
        "messages": (question.feedback_right, question.feedback_partial, question.feedback_wrong),
        "option_feedback": [item.feedback for item in (*options, *question.answers, *question.gaps)],
        "weights": [item.weight for item in options] + [item.fraction for item in question.answers],
        "shuffle": question.shuffle,
        "scoring": question.scoring,
        "rubric": question.rubric,
        "words": (question.min_words, question.max_words),
        "tolerance": [(item.low, item.high) for item in question.answers],
    }
    same_key = "id" in lost and question.kind == "matching"
    if same_key:
        found.pop("key")
    return found | {name: value for name, value in more.items() if name not in lost}


@pytest.mark.parametrize("name", list(DIALECTS))
@SETTINGS
@given(st.data())
def test_what_is_not_named_as_lost_comes_back(name: str, data: st.DataObject) -> None:
    question, dialect = data.draw(questions()), DIALECTS[name]
    losses = dialect.losses(question)
    written = dialect.write([question], {})
    if any(loss.whole for loss in losses):
        return
    reading = dialect.read(written)
    [judged] = judge(reading, "", {}, ())
    assert judged.question is not None, (judged.problems, written.decode(errors="replace"))
    lost = {loss.code for loss in losses}
    assert kept(judged.question, lost) == kept(question, lost)
    bank = merge(empty_bank("b", "Bank"), [judged])
    [again] = judge(dialect.read(written), bank, {}, ())
    assert again.state == "same"
    assert merge(bank, [again]) == bank


@SETTINGS
@given(st.text(max_size=60))
def test_plain_text_is_escaped_so_that_it_comes_back(text: str) -> None:
    written = from_plain(text)
    assert is_plain(written)
    assert from_plain(to_plain(written)) == written


@SETTINGS
@given(st.sampled_from(list(DIALECTS)), st.binary(max_size=120))
def test_no_bytes_make_a_reader_fail(name: str, data: bytes) -> None:
    reading = DIALECTS[name].read(data)
    assert reading.items or reading.problems


@SETTINGS
@given(st.text("<>/abp imgsrc=\"'&;#\n", max_size=80))
def test_no_html_makes_the_converter_fail(text: str) -> None:
    assert "<script" not in from_html(text)
