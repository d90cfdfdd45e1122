"""Workbooks as offices keep them: a title above the head, columns of their own, gaps, numbers and days."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from lms.content.exchange.banks import Judged, judge
from lms.content.exchange.dialects import DIALECTS, guess
from tests.unit.imports.files import repacked, workbook

HEAD = ["No", "Soal", "Pilihan A", "Pilihan B", "Pilihan C", "Kunci", "Catatan", None]


def judged(data: bytes) -> list[Judged]:
    """What becomes of each row."""
    assert guess("soal.xlsx", data) == "xlsx"
    reading = DIALECTS["xlsx"].read(data)
    assert not reading.problems, reading.problems
    return list(judge(reading, "", {}, ()))


def codes(item: Judged) -> list[str]:
    """The remarks on a row."""
    return [problem.code for problem in item.problems]


def test_a_title_own_columns_gaps_numbers_and_days() -> None:
    rows: list[Sequence[Any]] = [
        ["Bank soal loket 2026"],
        [],
        HEAD,
        [1, "Apa?", "satu", "dua", None, "A", None],
        *([[]] * 10),
        [2, "Tahun UU Pelayanan Publik?", 2009, 2014, 199001012015041001, "A", "dari Ibu Wan"],
        [3, "Kapan?", date(2026, 11, 24), date(2026, 12, 1), None, "B", None, "di luar kolom"],
        [4, "Berapa?", "0,5", "1.5", 0.1 + 0.2, "C"],
        [5, "Tanpa kunci?", "satu", "dua"],
        [6, "Dua kunci?", "satu", "dua", None, "A,B"],
        [7, None, "satu", "dua", None, "A"],
    ]
    found = judged(workbook(*rows))
    assert [item.line for item in found] == [4, 15, 16, 17, 18, 19, 20]
    assert [item.question.kind if item.question else codes(item)[-1] for item in found] == [
        "single", "single", "single", "single", "exchange_no_right", "multiple", "prompt_empty",
    ]  # fmt: skip
    texts = [[option.text for option in item.question.options] for item in found[:4] if item.question]
    assert texts[1][:2] == ["2009", "2014"] and texts[2] == ["2026-11-24", "2026-12-01"]
    assert texts[3] == ["0,5", "1.5", "0.3"]
    assert found[1].notes[0].params["names"] == "no, catatan"
    assert found[2].notes[0].params["names"] == "di luar kolom, no"


def test_a_head_without_known_columns_says_so() -> None:
    for head, code in (
        (["Pertanyaan", "A", "B"], "exchange_header"),
        (["Soal", "Opsi 1", "Opsi 2", "Jawaban"], "exchange_column"),
        (["Soal", "Pilihan A", "Pilihn B", "Kunci"], "exchange_column"),
        (["Soal", "Pilihan A", "Pilihan A", "Kunci"], "exchange_column_twice"),
    ):
        reading = DIALECTS["xlsx"].read(workbook(head, ["Apa?", "a", "b", "A"]))
        assert [problem.code for problem in reading.problems] == [code], head


def test_formulas_count_with_what_they_show_and_hidden_rows_are_rows() -> None:
    data = workbook(["soal", "pilihan a", "pilihan b", "kunci"], ["Apa?", "a", "b", "A"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    hidden = sheet.replace('<row r="2"', '<row r="2" hidden="1"')
    assert hidden != sheet
    [item] = judged(repacked(data, {"xl/worksheets/sheet1.xml": hidden.encode()}))
    assert item.state == "new"
    last = sheet.rindex('<c r="D2"')
    shown = '<c r="D2" t="str"><f>UPPER("b")</f><v>B</v></c>'
    formula = f"{sheet[:last]}{shown}{sheet[sheet.index('</row>', last) :]}"
    [item] = judged(repacked(data, {"xl/worksheets/sheet1.xml": formula.encode()}))
    assert item.question is not None and item.question.options[1].right


def test_words_that_a_column_does_not_know_are_told() -> None:
    head = "soal;pilihan a;pilihan b;kunci;jenis;acak;huruf;kata;poin"
    lines = {
        "Apa?;a;b;A;;mungkin;;;": "value_choice",
        "Apa?;a;;;isian;;besar;;": "value_choice",
        "Apa?;;;;esai;;;banyak;": "exchange_words",
        "Apa?;a;b;A;;;;;dua": "exchange_number",
    }
    found = judge(DIALECTS["csv"].read("\n".join([head, *lines]).encode()), "", {}, ())
    assert [codes(item) for item in found] == [[code] for code in lines.values()]


def test_the_head_says_what_separates_cells() -> None:
    for text in ("sep=,\nsoal,pilihan a,pilihan b,kunci\nApa?,a,b,A\n",
                 "Bank; soal loket; 2026\nsoal,pilihan a,pilihan b,kunci\nApa?,a,b,A\n",
                 "soal\tpilihan a\tpilihan b\tkunci\r\nApa?\ta\tb\tA\r\n"):  # fmt: skip
        [item] = judge(DIALECTS["csv"].read(text.encode()), "", {}, ())
        assert item.state == "new", text


def test_a_small_file_that_unpacks_to_hundreds_of_megabytes_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for at in range(6):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", b"<a>" + b" " * 49_000_000)
    assert len(target.getvalue()) < 400_000
    [problem] = DIALECTS["xlsx"].read(target.getvalue()).problems
    assert problem.code == "exchange_bomb"
