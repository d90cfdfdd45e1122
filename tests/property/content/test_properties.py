"""What holds for every text: nothing raises, nothing dangerous is rendered, nothing is lost on the way."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.bundle import digest, normalize, read_zip, write_zip
from lms.content.html import render, render_inline
from lms.content.parse import Parsed, parse_course, parse_quiz
from lms.content.questions import KINDS, Question, Unreadable, cloze, kind_of, parts_of
from lms.content.questions.gaps import given_to, unread
from lms.content.questions.numbers import learner_number, plain_text, source_number, spoken
from lms.i18n import init_i18n
from lms.i18n.problems import WORDS, problem_text
from tests.unit.content.conftest import FILES
from tests.unit.content.safety import dangers

SETTINGS = settings(deadline=None, max_examples=150)

# fmt: off
PIECES = st.sampled_from(
    [
        "---\n", "\n", "\n\n", "# ", "## Judul {#a1}\n", "# Bagian {ambil=2 dari=bank/umum}\n", "- [x] ",
        "- [ ] ", "- [50%] ", "- (x) ", "- = 3\n", "- =50% 1.000\n", "- != ", "- ~ (a+)+\n",
        "> Petunjuk: ", "> ", "  > ", "```\n", "::: kuis\n", "/// penting | ", "///\n", "{#x poin=2}",
        "{tetap}", "judul: ", "jenis: kuis\n", "id: x\n", "\t", "<!-- ", "-->", "[a](materi:x)",
        "![](aset/a.png)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))", "<a href='javascript:x'>", "|a|b|\n|-|-|\n", "[^1]", "[^1]: x\n",
        "*[a]: b\n", "&#x3c;", "\x02", "\x03", "<svg onload=x>", "{onclick=x}", "`", "**", "_", "1. ",
        "   ", "    ", ": x\n", "![a](aset/a.svg 't')",
        "$", "$$", "\n$$\n", "$x$", "\\text{", "}", "\\$", "$a <b>$", "\\begin{pmatrix}",
        "&", "\\\\", "$\\frac{a}{b}$",
        "- a -> b\n", "- -> c\n", "## Urut {#u1 tipe=urut}\n", "[[", "]]", "[[*a | b]]", "[[=1.000]]",
    ]
)
# fmt: on
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map("".join),
)
NAMES = st.from_regex(r"[a-z]{1,6}(/[a-z0-9-]{1,6}){0,2}\.(md|txt|pdf)", fullmatch=True)
BUNDLES = st.dictionaries(NAMES, st.binary(max_size=80), min_size=1, max_size=6)


APP = Flask("lms")
init_i18n(APP)


def check(parsed: Parsed) -> None:
    """Problems can be said in words; there is a course exactly when there is no error."""
    with APP.test_request_context(), force_locale("en"):
        assert all(problem_text(problem) for problem in parsed.problems)
    assert (parsed.course is None) == any(problem.severity == "error" for problem in parsed.problems)


@SETTINGS
@given(st.sampled_from(sorted(FILES)), TEXTS, st.booleans())
def test_the_parser_never_raises(path: str, text: str, keep_header: bool) -> None:
    head = FILES[path].partition("\n---\n")[0] + "\n---\n" if keep_header else ""
    bundle = {name: source.encode() for name, source in FILES.items()}
    check(parse_course(bundle | {path: (head + text).encode(errors="surrogatepass")}, "uji"))


@SETTINGS
@given(st.dictionaries(st.text(max_size=20), st.binary(max_size=60), max_size=4))
def test_the_parser_never_raises_on_any_files(files: dict[str, bytes]) -> None:
    check(parse_course({name: source.encode() for name, source in FILES.items()} | files, "uji"))


@SETTINGS
@given(TEXTS)
def test_nothing_dangerous_is_ever_rendered(text: str) -> None:
    def asset(name: str) -> str:
        return f"/berkas/{name}"

    def piece(kind: str, key: str) -> str:
        return f"/{kind}"

    assert dangers(render(text, prefix="p", asset_url=asset, piece_url=piece), "p-") == []
    assert dangers(render_inline(text, prefix="p", asset_url=asset, piece_url=piece), "p-") == []


@SETTINGS
@given(TEXTS, TEXTS)
def test_rendering_depends_on_its_text_alone(first: str, second: str) -> None:
    alone = render(second, prefix="p")
    render(first, prefix="q")
    assert render(second, prefix="p") == alone


@SETTINGS
@given(
    st.dictionaries(
        NAMES, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufeff")), max_size=5
    )
)
def test_the_digest_does_not_see_how_a_system_stores_text(texts: dict[str, str]) -> None:
    plain = {
        name: unicodedata.normalize("NFC", text)
        for name, text in texts.items()
        if name.endswith(("md", "txt"))
    }
    windows = {
        name: b"\xef\xbb\xbf" + unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode()
        for name, text in plain.items()
    }
    assert digest(windows) == digest({name: text.encode() for name, text in plain.items()})
    assert normalize(normalize(windows)) == normalize(windows)


@SETTINGS
@given(BUNDLES)
def test_a_zip_gives_back_the_bundle(bundle: dict[str, bytes]) -> None:
    whole = bundle | {"kursus.md": b"x"}
    kept = {
        path: data for path, data in whole.items() if path.split("/")[0] not in {"aux", "con", "nul", "prn"}
    }
    assert read_zip(write_zip(kept)) == kept


@SETTINGS
@given(st.text(max_size=30))
def test_reading_a_number_is_total_and_what_is_read_is_stored_and_shown_alike(text: str) -> None:
    try:
        value = learner_number(text)
    except Unreadable as error:
        assert error.code == "number_unreadable"
        return
    stored = plain_text(value)
    assert source_number(stored) == value
    assert learner_number(spoken(stored)) == value


@SETTINGS
@given(st.decimals(min_value=-999999, max_value=999999, places=3))
def test_every_number_we_show_can_be_typed_back(value: object) -> None:
    stored = plain_text(value)  # type: ignore[arg-type]
    assert plain_text(learner_number(spoken(stored))) == stored


HEAD = "---\njenis: kuis\nid: k\njudul: K\n---\n## Satu {#s1 %s}\n\nTanya?\n\n"


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A valid question of any kind that is marked at once."""
    kind = draw(st.sampled_from(sorted(KINDS.keys() - {"essay"})))
    if kind == "multiple":
        rights = draw(st.lists(st.booleans(), min_size=2, max_size=7).filter(any))
        lines = [f"- [{'x' if right else ' '}] Pilihan {at}" for at, right in enumerate(rights)]
        attributes = f"tipe=banyak nilai={draw(st.sampled_from(['persis', 'sebagian', 'sebagian-ketat']))}"
    elif kind == "single":
        weights = draw(st.lists(st.sampled_from(["0", "50", "-50", "33.33333"]), min_size=1, max_size=5))
        lines = ["- [x] Benar sekali", *(f"- [{weight}%] Pilihan {at}" for at, weight in enumerate(weights))]
        attributes = ""
    else:
        rule = draw(st.sampled_from(["", "nilai=persis", "nilai=sebagian", "nilai=sebagian-ketat"]))
        attributes = {"ordering": f"tipe=urut {rule}", "matching": rule, "cloze": rule}.get(kind, "")
        lines = {
            "true_false": ["- [x] Benar", "- [ ] Salah"],
            "numeric": ["- = 20 ± 1", "- =50% 15..25", "- != 3"],
            "matching": ["- Kartu -> Keluarga", "- Surat -> Kuasa", "- Akta -> Keluarga", "- -> Lain"],
            "cloze": [
                "Kota [[*Batam | Bintan | Natuna]] punya [[pulau|gugus pulau]] dan [[=20 ± 1]] pantai."
            ],
            "ordering": ["1. Satu", "2. Dua", "3. Tiga", "4. Empat"],
            "short": ["- = Kartu Keluarga", "- =50% KK", "- ~ kartu\\s+keluarga", "- != KTP"],
        }[kind]
    quiz = parse_quiz(HEAD % attributes + "\n".join(lines) + "\n", "k.md")
    return next(quiz.questions())


def full_answer(question: Question) -> dict[str, list[str]]:
    """What a form sends for the right answer, by field."""
    if question.gaps:
        parts = [(part.gap.key, part.gap.right or part.correct) for part in parts_of(question, None)]
        return {key: [text.split(" (")[0]] for key, text in parts}
    if question.options:
        return {"": [option.key for option in question.options if option.right]}
    return {"": ["20" if question.kind == "numeric" else "kartu keluarga."]}


@st.composite
def forms(draw: st.DrawFn, question: Question) -> dict[str, list[str]]:
    """What a form may send, and what none does."""
    keys = [option.key for option in question.options]
    typed = st.one_of(st.sampled_from(["1", "2", "3", "4", "20,5", "PULAU.", ""]), st.text(max_size=20))
    if question.gaps:
        return {
            gap.key: [draw(st.sampled_from([item.key for item in gap.options]) if gap.options else typed)]
            for gap in question.gaps
            if draw(st.booleans())
        }
    values = st.sampled_from([*keys, ""]) if keys else typed
    return {"": draw(st.lists(values, max_size=5))}


@SETTINGS
@given(questions(), st.data())
def test_a_mark_is_within_0_and_1_and_the_full_answer_gives_1(
    question: Question, data: st.DataObject
) -> None:
    kind = kind_of(question)
    assert kind.grade(question, kind.read(question, full_answer(question))).fraction == 1.0
    try:
        answer = kind.read(question, data.draw(forms(question)))
    except Unreadable as error:
        assert error.code in WORDS
        return
    mark = kind.grade(question, answer)
    assert 0.0 <= mark.fraction <= 1.0
    assert (mark.verdict == "right") == (mark.fraction == 1.0)
    assert (mark.verdict == "blank") == (answer is None)
    assert isinstance(kind.show(question, answer), str)
    assert all(part.problem == "" or part.problem in WORDS for part in parts_of(question, answer))


@SETTINGS
@given(questions(), st.data())
def test_the_form_of_a_stored_answer_reads_back_the_same(question: Question, data: st.DataObject) -> None:
    """What the page shows of a stored answer, sent again, is the same answer."""
    kind = kind_of(question)
    try:
        answer = kind.read(question, data.draw(forms(question)))
    except Unreadable:
        return
    numbers = {gap.key: cloze.is_number(gap) for gap in question.gaps}
    if question.gaps:
        shown = {
            key: [unread(value) or (spoken(value) if numbers.get(key) else str(value))]
            for key, value in given_to(question, answer).items()
        }
    elif question.options:
        shown = {"": answer if isinstance(answer, list) else [str(answer or "")]}
    else:
        shown = {"": [kind.show(question, answer)]}
    again = kind.read(question, shown)
    assert again == answer or question.kind == "short"
    assert (kind.show(question, again), kind.grade(question, again)) == (
        kind.show(question, answer),
        kind.grade(question, answer),
    )


@SETTINGS
@given(questions(), st.integers(min_value=0, max_value=999))
def test_shuffling_loses_no_option_and_repeats_none(question: Question, seed: int) -> None:
    order = kind_of(question).shuffled(question, random.Random(seed))
    gaps = {option.key for gap in question.gaps for option in gap.options}
    if question.kind == "ordering":
        gaps = {gap.key for gap in question.gaps}
        assert order != [gap.key for gap in question.gaps]
    assert sorted(order) == sorted(gaps or {option.key for option in question.options})


@SETTINGS
@given(questions(), st.data())
def test_the_order_of_options_does_not_matter_to_the_mark(question: Question, data: st.DataObject) -> None:
    """The same answer to the same question with its options in another order earns the same."""
    kind = kind_of(question)
    try:
        answer = kind.read(question, data.draw(forms(question)))
    except Unreadable:
        return
    turned = replace(
        question,
        options=question.options[::-1],
        gaps=tuple(replace(gap, options=gap.options[::-1]) for gap in question.gaps),
    )
    assert kind.grade(turned, answer).fraction == pytest.approx(kind.grade(question, answer).fraction)
