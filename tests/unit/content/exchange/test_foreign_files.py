"""Files as other programs make them: what is taken, and what is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lms.content.exchange.banks import Judged, empty_bank, judge, merge
from lms.content.exchange.dialects import DIALECTS, guess
from lms.content.exchange.guide import EXAMPLES, GUIDE
from lms.content.exchange.html import from_html
from lms.content.exchange.items import Unread
from lms.content.exchange.table import COLUMNS, rows
from lms.content.formatting.text import canonical
from lms.content.problems import Report
from lms.i18n.exchange_problems import LOSS_WORDS
from lms.i18n.problems import WORDS
from tests.unit.imports.files import repacked, workbook

FILES = Path(__file__).parent / "files"

MOODLE = (FILES / "moodle.xml").read_text(encoding="utf-8")


def judged(name: str, data: bytes | str, bank: str = "") -> dict[str, Judged]:
    """What becomes of each question of a file, by its name."""
    reading = DIALECTS[name].read(data.encode() if isinstance(data, str) else data)
    assert not reading.problems
    return {item.name: item for item in judge(reading, bank, {}, ())}


def why(item: Judged) -> list[str]:
    """The codes of why a question is refused."""
    return [problem.code for problem in item.errors]


def file_problem(name: str, data: bytes | str) -> tuple[str, int]:
    """The code and line of why a whole file is refused."""
    reading = DIALECTS[name].read(data.encode() if isinstance(data, str) else data)
    assert not reading.items
    [problem] = reading.problems
    return problem.code, problem.line


def test_moodle_as_moodle_writes_it() -> None:
    found = judged("moodle", MOODLE)
    assert [item.state for item in found.values()].count("new") == 5
    many = found["Sapaan"].question
    assert many is not None
    assert (many.id, many.points, many.tags, many.scoring) == ("LOK-1", 2.0, ("loket",), "partial")
    assert [(item.text, item.right) for item in many.options][::3] == [("Salam", True), ("Diam", False)]
    assert many.options[3].feedback == "Jangan."
    assert "Lihat **gambar** ini:" in many.prompt
    assert "\n- satu\n- dua" in many.prompt
    [path] = DIALECTS["moodle"].read(MOODLE.encode()).files
    assert f"![Loket]({path})" in many.prompt and path.startswith("aset/foto-loket-")
    assert many.explanation == "Lihat 3 &lt; 4 & 5\\_6\\_7."
    assert {problem.code for problem in found["Sapaan"].notes} == {"exchange_category"}
    truth = found["BS"].question
    assert truth is not None and truth.prompt == "1 \\* 2 \\* 3" and truth.options[1].right
    number = found["Jam"].question
    assert number is not None and (str(number.answers[0].low), number.unit) == ("37.0", "jam")
    gaps = found["Sisip"].question
    assert gaps is not None and gaps.prompt == "Kota ⟦1⟧ dan ⟦2⟧ serta ⟦3⟧."
    assert "exchange_cloze_weights" in {problem.code for problem in found["Sisip"].notes}
    pairs = found["Pasang"].question
    assert pairs is not None and [item.text for item in pairs.gaps[0].options] == ["kinerja", "harta", "cuti"]
    reasons = {name: why(item) for name, item in found.items() if item.state == "refused"}
    assert reasons == {
        "Hitung": ["exchange_kind"],
        "Dua benar": ["exchange_two_right"],
        "Tanpa kunci": ["exchange_no_right"],
        "Bintang": ["exchange_wildcard"],
        "Tanpa gambar": ["exchange_picture"],
        "Dari luar": ["exchange_picture_elsewhere"],
    }
    assert found["Hitung"].errors[0].params["kind"] == "calculated"


def test_importing_twice_changes_nothing_and_an_edit_is_a_change() -> None:
    first = judged("moodle", MOODLE)
    bank = merge(empty_bank("bank-a", "Bank A"), first.values())
    again = judged("moodle", MOODLE, bank)
    assert {item.state for item in again.values()} == {"same", "refused"}
    assert merge(bank, again.values()) == bank
    edited = judged("moodle", MOODLE.replace("Jangan.", "Sapalah."), bank)
    assert [name for name, item in edited.items() if item.state == "changed"] == ["Sapaan"]
    text = merge(bank, edited.values())
    assert text == bank.replace("Jangan.", "Sapalah.")


GIFT = (FILES / "gift.txt").read_text(encoding="utf-8")


def test_gift_as_people_write_it() -> None:
    items = list(judge(DIALECTS["gift"].read(GIFT.encode()), "", {}, ()))
    kinds = [item.question.kind if item.question else why(item)[0] for item in items]
    assert kinds == [
        "single",
        "true_false",
        "short",
        "numeric",
        "numeric",
        "matching",
        "essay",
        "exchange_description",
        "exchange_two_right",
        "exchange_no_right",
        "exchange_braces",
    ]
    single, truth, hole = (item.question for item in items[:3])
    assert single is not None and [item.weight for item in single.options] == [0.0, 1.0, 0.5]
    assert single.options[1].feedback == "Tepat"
    assert truth is not None and [item.feedback for item in truth.options] == ["Salah baca", "Benar"]
    assert hole is not None and hole.prompt.endswith("\\_\\_\\_ prosedur.")
    assert items[0].line == 4


AIKEN = (FILES / "aiken.txt").read_text(encoding="utf-8")


def test_aiken_as_people_write_it() -> None:
    items = list(judge(DIALECTS["aiken"].read(AIKEN.encode("utf-16")), "", {}, ()))
    assert [item.question.kind if item.question else why(item)[0] for item in items] == [
        "single",
        "exchange_key",
        "exchange_two_right",
        "exchange_aiken_open",
    ]
    assert items[0].question is not None and items[0].question.prompt == "Apa 2 \\* 3?"


def test_the_table_says_which_row_is_wrong() -> None:
    table = (FILES / "tabel.csv").read_bytes()
    items = list(judge(DIALECTS["csv"].read(table), "", {}, ()))
    assert [item.question.kind if item.question else why(item)[0] for item in items] == [
        "single",
        "exchange_two_right",
        "exchange_no_right",
        "true_false",
        "exchange_kind_word",
        "numeric",
        "exchange_key",
        "exchange_number",
    ]
    assert [item.line for item in items] == list(range(2, 10))
    assert file_problem("csv", "a;b\n1;2\n")[0] == "exchange_header"
    assert file_problem("csv", "soal;pilihn a\n1;2\n")[0] == "exchange_column"
    assert file_problem("csv", 'soal;kunci\n"a;b\n')[0] == "exchange_csv"


def test_the_template_explains_every_column_and_its_examples_can_be_imported() -> None:
    explained = {row[0] for row in GUIDE}
    assert set(COLUMNS) <= explained
    assert len({item.kind for item in EXAMPLES}) == len(EXAMPLES) == 9
    book = DIALECTS["xlsx"].write((), {})
    assert DIALECTS["xlsx"].read(book).problems[0].code == "exchange_empty"
    assert book == DIALECTS["xlsx"].write((), {})


def test_what_is_imported_is_in_canonical_form() -> None:
    bank = merge(empty_bank("bank-a", "Bank A"), judged("moodle", MOODLE).values())
    more = merge(bank, judged("csv", DIALECTS["csv"].write(EXAMPLES, {}), bank).values())
    assert more.count("\n## ") == 5 + len(EXAMPLES)
    assert canonical("bank/a.md", more) == more


def test_cells_never_begin_a_formula() -> None:
    text = DIALECTS["csv"].write(EXAMPLES, {}).decode("utf-8-sig")
    assert "'-> Maklumat" in text
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for line in text.split("\r\n") for cell in line.split(";")
    )
    assert rows(EXAMPLES)[6][9:12] != ["", "", ""]


BOMB = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("moodle", BOMB, ("exchange_doctype", 1)),
        ("moodle", '<!DOCTYPE q SYSTEM "file:///etc/passwd">\n<quiz/>', ("exchange_doctype", 1)),
        ("moodle", "<quiz>\n<question>\n</quiz>", ("exchange_xml", 3)),
        ("moodle", "<html/>", ("exchange_root", 1)),
        ("moodle", "<quiz>" + "<a>" * 100 + "</a>" * 100 + "</quiz>", ("exchange_xml_large", 1)),
        ("moodle", "<quiz/>", ("exchange_empty", 0)),
        ("moodle", b"x" * 10_000_001, ("exchange_large", 0)),
        ("gift", b"x" * 10_000_001, ("exchange_large", 0)),
        ("gift", b"a\0b", ("exchange_no_text", 0)),
        ("gift", "a {=b}\n\n" * 1001, ("exchange_many", 0)),
        ("xlsx", b"PK\x03\x04nonsense", ("exchange_xlsx", 0)),
        ("xlsx", b"nonsense", ("exchange_xlsx", 0)),
    ],
)
def test_files_that_are_refused_as_a_whole(name: str, data: bytes | str, expected: tuple[str, int]) -> None:
    assert file_problem(name, data) == expected


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 51_000_000)
    assert file_problem("xlsx", target.getvalue()) == ("exchange_bomb", 0)


def test_a_small_workbook_that_asks_for_a_giant_sheet_is_refused() -> None:
    """The library would lay the sheet out as a full rectangle up to its last cell."""
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{ns}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.XML"):
        data = repacked(workbook(("soal",)), {name: sheet})
        assert file_problem("xlsx", data) == ("exchange_table_large", 0)


@pytest.mark.parametrize("encoding", ["hex", "base64", "bukan-ini", "rot13"])
def test_xml_in_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    """What is named is known to Python as no text, or not at all: refused in words."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert file_problem("moodle", f"{head}<quiz>é</quiz>".encode()) == ("exchange_xml", 1)
    assert file_problem("xlsx", repacked(workbook(("soal",)), {"xl/workbook.xml": head.encode()}))


def test_a_table_that_grows_without_end_is_refused() -> None:
    """A row of three thousand cells over a thousand rows of one: eight megabytes out of thirty kilobytes."""
    wide = "<table><tr>" + "<td>a" * 3000 + "<tr><td>x" * 950
    with pytest.raises(Unread):
        from_html(wide)
    assert from_html("<table><tr><td>a<td>b<tr><td>c</table>").count("|") == 9


def test_a_question_of_another_bank_is_not_written_twice() -> None:
    reading = DIALECTS["moodle"].read(MOODLE.encode())
    item = next(one for one in judge(reading, "", {"LOK-1": "bank/lain.md"}, ()) if one.name == "Sapaan")
    assert (item.state, why(item)) == ("refused", ["exchange_id_elsewhere"])


def test_the_format_is_guessed_by_name_and_content() -> None:
    for name, dialect in DIALECTS.items():
        data = dialect.write(EXAMPLES, {})
        assert guess(f"soal.{dialect.extension}", data) == name
        assert guess("soal.bin", data) == (name if name != "csv" else None) or name == "csv"
    assert guess("catatan.txt", b"halo") is None


def test_every_code_has_its_words() -> None:
    for question in EXAMPLES:
        for dialect in DIALECTS.values():
            assert all(loss.code in LOSS_WORDS for loss in dialect.losses(question))
    report = Report()
    report.error(1, "exchange_xml", reason="x")
    assert str(WORDS[report.items[0].code] % report.items[0].params)
