"""Each kind of question: parsed, read from a form, graded, shown, shuffled."""

from __future__ import annotations

import random

import pytest

from lms.content.parse import parse_quiz
from lms.content.questions import KINDS, Mark, Question, Unreadable, kind_of

HEAD = "---\njenis: kuis\nid: k\njudul: Kuis\n---\n"


def question(lines: str, attributes: str = "") -> Question:
    quiz = parse_quiz(f"{HEAD}## Judul {{#s1 {attributes}}}\n\nTanya?\n\n{lines}\n", "kuis.md")
    return next(quiz.questions())


def grade(item: Question, *given: str) -> Mark:
    kind = kind_of(item)
    return kind.grade(item, kind.read(item, {"": list(given)}))


SINGLE = "- [ ] PP 53\n  > Sudah dicabut.\n- [x] PP 94\n- [50%] PP 11 {tetap}"
MULTIPLE = "- [x] Satu\n- [x] Dua\n- [ ] Tiga\n- [ ] Empat"


def test_single_choice() -> None:
    item = question(SINGLE)
    assert (item.kind, item.prompt, item.points) == ("single", "Tanya?", 1.0)
    assert [(option.key, option.weight, option.right, option.fixed) for option in item.options] == [
        ("o1", 0.0, False, False),
        ("o2", 1.0, True, False),
        ("o3", 0.5, False, True),
    ]
    assert grade(item, "o1") == Mark(0.0, "wrong", ("Sudah dicabut.",))
    assert grade(item, "o2") == Mark(1.0, "right")
    assert grade(item, "o3") == Mark(0.5, "partial")
    assert grade(item) == Mark(0.0, "blank")
    assert KINDS["single"].show(item, "o1") == "PP 53"
    assert KINDS["single"].right_answer(item) == "PP 94"


@pytest.mark.parametrize(("given", "code"), [(["o9"], "option_unknown"), (["o1", "o2"], "option_several")])
def test_single_choice_refuses_what_no_form_sends(given: list[str], code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        grade(question(SINGLE), *given)
    assert caught.value.code == code


def test_shuffling_keeps_fixed_options_last_and_true_false_in_order() -> None:
    item = question("- [x] A\n- [ ] Semua {tetap}\n- [ ] C\n- [ ] D")
    orders = {tuple(KINDS["single"].shuffled(item, random.Random(seed))) for seed in range(60)}
    assert len(orders) == 6
    assert {order[-1] for order in orders} == {"o2"}
    assert KINDS["single"].shuffled(question(SINGLE, "acak=tidak"), random.Random(1)) == ["o1", "o2", "o3"]
    truth = question("- [x] Benar\n- [ ] Salah")
    assert {tuple(kind_of(truth).shuffled(truth, random.Random(seed))) for seed in range(9)} == {("o1", "o2")}


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("- [ ] Benar\n- [x] Salah", "true_false"),
        ("- [ ] True\n- [x] False", "true_false"),
        ("- [x] Ya\n- [ ] Tidak", "single"),
        ("- (x) Satu\n- ( ) Dua", "single"),
        (MULTIPLE, "multiple"),
        ("- [50%] Satu\n- [50%] Dua\n- [-50%] Tiga", "multiple"),
        ("- = 20\n- != 24", "numeric"),
        ("- = 19..21", "numeric"),
        ("- = dua puluh", "short"),
        ("- = aa\n- ~ a+", "short"),
    ],
)
def test_the_answer_lines_choose_the_kind(lines: str, kind: str) -> None:
    assert question(lines).kind == kind


def test_one_right_option_may_still_be_choose_all() -> None:
    assert question("- [x] Satu\n- [ ] Dua", "tipe=banyak").kind == "multiple"


@pytest.mark.parametrize(
    ("scoring", "given", "fraction"),
    [
        ("persis", ["o1", "o2"], 1.0),
        ("persis", ["o1"], 0.0),
        ("persis", ["o1", "o2", "o3"], 0.0),
        ("sebagian", ["o1"], 0.5),
        ("sebagian", ["o1", "o2", "o3"], 0.5),
        ("sebagian", ["o1", "o3", "o4"], 0.0),
        ("sebagian-ketat", ["o1"], 0.5),
        ("sebagian-ketat", ["o1", "o2", "o3"], 0.0),
    ],
)
def test_multiple_choice_by_its_scoring_rule(scoring: str, given: list[str], fraction: float) -> None:
    assert grade(question(MULTIPLE, f"nilai={scoring}"), *given).fraction == fraction


def test_multiple_choice_with_weights() -> None:
    item = question("- [33.33333%] A\n- [66.66667%] B\n- [-50%] C")
    assert grade(item, "o1", "o2").fraction == 1.0
    assert grade(item, "o2", "o3").fraction == pytest.approx(0.1666667)
    assert grade(item, "o3") == Mark(0.0, "wrong")
    assert KINDS["multiple"].right_answer(item) == "A; B"


def test_numeric() -> None:
    item = question("- = 25 ± 0.5\n- =50% 25 ± 2\n  > Dekat.\n- != 30\n  > Terlalu banyak.", "satuan=JP")
    assert grade(item, "25,5") == Mark(1.0, "right")
    assert grade(item, "26.5 JP") == Mark(0.5, "partial", ("Dekat.",))
    assert grade(item, "30") == Mark(0.0, "wrong", ("Terlalu banyak.",))
    assert grade(item, "1.000").verdict == "wrong"
    assert grade(item, " ").verdict == "blank"
    assert KINDS["numeric"].show(item, "1000.5") == "1.000,5 JP"
    assert KINDS["numeric"].right_answer(item) == "25 (24,5–25,5) JP"
    with pytest.raises(Unreadable):
        grade(item, "sekitar 25")


def test_short_answers_are_compared_without_guessing() -> None:
    item = question("- = Laporan Harta Kekayaan\n- ~ lhk(pn)?\n- !=  Laporan Kerja\n  > Bukan.\n- = LHK")
    for given in ("laporan  harta kekayaan", "LAPORAN HARTA KEKAYAAN.", "Ｌaporan Harta Kekayaan", "LHKPN"):
        assert grade(item, given).verdict == "right", given
    assert grade(item, "laporan harta kekayan").verdict == "wrong"
    assert grade(item, "laporan kerja") == Mark(0.0, "wrong", ("Bukan.",))
    assert KINDS["short"].right_answer(item) == "Laporan Harta Kekayaan"


def test_short_answers_may_be_case_sensitive() -> None:
    item = question("- = KTP-el", "huruf=peka")
    assert grade(item, "KTP-el").verdict == "right"
    assert grade(item, "ktp-el").verdict == "wrong"


def test_notes_and_attributes() -> None:
    item = question(
        "- [x] Ya\n- [ ] Tidak\n\n> Petunjuk: Satu.\n> Petunjuk: Dua.\n\n> **Benar:** Bagus.\n> Terus.\n\n"
        "> Salah: Coba lagi.\n\n> Pembahasan: Lihat materi.",
        'poin=2.5 tag=a,b kompetensi=M.1:2 dasar="PP 94/2021 ps 3"',
    )
    assert item.hints == ("Satu.", "Dua.")
    assert item.feedback_for("right") == "Bagus.\nTerus."
    assert item.feedback_for("wrong") == "Coba lagi."
    assert item.feedback_for("blank") == ""
    assert item.explanation == "Lihat materi."
    assert (item.points, item.tags, item.legal_basis) == (2.5, ("a", "b"), "PP 94/2021 ps 3")
    assert item.competency is not None
    assert (item.competency.code, item.competency.level) == ("M.1", 2)


def test_the_prompt_may_hold_lists_quotations_and_code() -> None:
    quiz = parse_quiz(
        f"{HEAD}## Judul {{#s1}}\n\nPerhatikan:\n\n- satu\n- dua\n\n> Kutipan biasa.\n\n"
        "```\n## bukan soal\n- [x] bukan\n```\n\n"
        "- [x] Ya\n\n  > Umpan balik,\n  > dua baris.\n- [ ] Tidak\n  baris kedua\n",
        "kuis.md",
    )
    [item] = quiz.questions()
    assert item.prompt.startswith("Perhatikan:\n\n- satu\n- dua\n\n> Kutipan biasa.\n\n```\n## bukan soal")
    assert [option.text for option in item.options] == ["Ya", "Tidak\nbaris kedua"]
    assert item.options[0].feedback == "Umpan balik,\ndua baris."


FENCE = "```\n{}\n```"
QUOTED = "> Lihat:\n> ```\n> - [x] kunci\n> ```"


@pytest.mark.parametrize(
    ("lines", "text", "feedback"),
    [
        (QUOTED, "Ya", "Lihat:\n```\n- [x] kunci\n```"),
        ("> $$\n> x = 1\n> $$", "Ya", "$$\nx = 1\n$$"),
        (f"\n{FENCE.format('> dir')}\n\n{QUOTED}", "Ya\n\n```\n> dir\n```", "Lihat:\n```\n- [x] kunci\n```"),
        (f"{FENCE.format('dir')}\n> ```\n> kunci\n> ```", "Ya\n```\ndir\n```", "```\nkunci\n```"),
    ],
)
def test_code_in_feedback_is_feedback(lines: str, text: str, feedback: str) -> None:
    inner = "\n".join(f"  {line}" if line else "" for line in lines.split("\n"))
    [item] = parse_quiz(
        f"{HEAD}## J {{#s1}}\n\nTanya?\n\n- [x] Ya\n{inner}\n- [ ] Tidak\n", "k.md"
    ).questions()
    assert (item.options[0].text, item.options[0].feedback) == (text, feedback)


def test_code_after_feedback_is_refused() -> None:
    with pytest.raises(ValueError, match="answer_after_feedback"):
        parse_quiz(
            f"{HEAD}## J {{#s1}}\n\nTanya?\n\n- [x] Ya\n  > Tepat.\n  ```\n  a\n  ```\n- [ ] Tidak\n", "k.md"
        )


def test_the_digest_changes_with_the_source_alone() -> None:
    assert question(SINGLE).digest == question(SINGLE + "  ").digest
    assert question(SINGLE).digest != question(SINGLE + " ya").digest


def test_a_survey_has_no_key_and_no_points() -> None:
    text = HEAD.replace("---\n", "---\nguna: evaluasi\n", 1)
    quiz = parse_quiz(
        f"{text}## A {{#a}}\n\nPuas?\n\n- [ ] Ya\n- [ ] Tidak\n\n## B {{#b tipe=isian}}\n\nSaran?\n\n"
        "## C {#c tipe=banyak}\n\nApa saja?\n\n- [ ] Satu\n- [ ] Dua\n",
        "evaluasi.md",
    )
    first, second, third = quiz.questions()
    assert [item.points for item in (first, second, third)] == [0.0, 0.0, 0.0]
    assert grade(first, "o2").verdict == "right"
    assert grade(second, "Lebih banyak contoh").verdict == "right"
    assert grade(third, "o1").verdict == "right"
    assert quiz.pass_mark == 0


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_stored_answer_of_another_form_never_breaks_grading(kind: str) -> None:
    lines = {
        "numeric": "- = 2",
        "short": "- = dua",
        "true_false": "- [x] Benar\n- [ ] Salah",
        "multiple": MULTIPLE,
    }
    item = question(lines.get(kind, SINGLE))
    for answer in (None, "o9", "", [], ["o9", 3], 7, {"a": 1}, True):
        assert KINDS[kind].grade(item, answer).verdict in {"blank", "wrong"} or kind == "essay"
        assert isinstance(KINDS[kind].show(item, answer), str)
