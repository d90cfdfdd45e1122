"""Files as other systems write them, with the expected outcome of every question.

What stands in a file is taken (its kind) or refused (the code of the reason): the table names all of them,
so nothing can be dropped in silence.
"""

from __future__ import annotations

import base64
import io
import time
import zipfile
from pathlib import Path

import pytest

from lms.content.exchange.banks import Judged, empty_bank, judge, merge
from lms.content.exchange.dialects import DIALECTS, guess
from lms.content.exchange.html import from_html
from lms.content.exchange.items import MAX_ITEMS, Unread
from lms.i18n.problems import WORDS

CORPUS = Path(__file__).parent / "corpus"
DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>
<resource type="imsqti_item_xmlv2p1" href="soal/hilang.xml"/>
<resource type="imsqti_item_xmlv2p1" href="soal/peta.xml"/></resources></manifest>"""

EXPECTED = {
    "moodle-4.xml": """
        Dua kunci penuh: exchange_two_right
        Sepertiga: multiple
        Bobot aneh: exchange_weight
        Tanpa kunci: exchange_no_right
        Benar salah: true_false
        Keduanya salah: exchange_no_right
        Jawaban lain: short + exchange_catch_all
        Bintang: exchange_wildcard
        Satuan: numeric + exchange_units
        Pengecoh: matching
        Pasangan kosong: answer_empty
        Esai: essay + exchange_rubric exchange_attachments exchange_template
        Sisipan: cloze + exchange_cloze_feedback
        Sisipan sebagian: exchange_cloze_partial
        Urutan: ordering + exchange_order_marks
        Seret kata: exchange_kind
        Pilih kata: exchange_kind
        Hitungan: exchange_kind
        Keterangan: exchange_kind
        Acak (Loket): exchange_kind
        Tabel dan rumus: single + exchange_markup
        Gambar di pilihan: single
        Gambar jahat: exchange_picture_bad
        Film dari luar: single + exchange_markup
        Kode kembar: exchange_id_twice
        Pilihan kembar: option_twice
        Bukan angka: exchange_number
        Tanpa jawaban: answers_missing
        Tanpa teks: prompt_empty
    """,
    "gift.txt": """
        Sapaan: awal: single
        Banyak: multiple
        BS: true_false
        Rentang suhu ruang?: numeric
        Tahun UU?: numeric
        Titik tengah: numeric
        Singkatan: short
        Pasang: matching
        Warga: single
        Ceritakan.: essay + exchange_rubric
        Sekadar pengantar tanpa kurung.: exchange_description
        Tanpa kunci: exchange_no_right
        Dua kunci: exchange_two_right
        Terbuka{=a ~b: exchange_braces
        Rumus: single
        Gambar: exchange_picture
        Nomor: exchange_number
        Bobot: weights_sum
        Pasangan satu: pairs_few
    """,
    "gift-cp1252.txt": """
        Apa arti “café” — 5 €?: single
    """,
    "aiken.txt": """
        Siapa yang disapa?: single
        Pilih yang tepat: single
        Tanpa kunci di sini: exchange_aiken_open
        Soal sesudahnya: single
        Dua kunci: exchange_two_right
        Huruf meloncat: exchange_aiken_letter
        Kunci di luar: exchange_key
        Hanya satu pilihan: exchange_aiken_options
        Kunci ganda: exchange_two_right
        Terputus: exchange_aiken_open
    """,
    "aiken-27.txt": """
        Lewat Z: exchange_aiken_letter
    """,
    "qti": """
        Angka acak: exchange_kind
        Angka: numeric
        Dua kunci: exchange_two_right
        Dua pertanyaan: exchange_kind
        soal/entitas.xml: exchange_doctype
        Esai: essay
        Gambar luar: exchange_picture_elsewhere
        Titik di gambar: exchange_kind
        Umpan balik: single + exchange_qti_feedback
        Isian di kalimat: short
        Jodoh banyak: exchange_answers
        Jodoh: matching
        Kunci hilang: exchange_key
        Pemetaan: multiple
        soal/rusak.xml: exchange_xml
        Tanpa kunci: exchange_no_right
        Urut: order_few
        soal/versi-1.xml: exchange_qti_version
        soal/versi-3.xml: exchange_qti_version
        soal/hilang.xml: exchange_qti_missing
    """,
}


def package(more: dict[str, bytes] | None = None) -> bytes:
    """The items of the corpus as a package."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted((CORPUS / "qti").iterdir()):
            archive.writestr(f"soal/{path.name}", path.read_bytes())
        archive.writestr("soal/gambar/titik.gif", DOT)
        archive.writestr("imsmanifest.xml", MANIFEST)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return target.getvalue()


def file_of(name: str) -> tuple[str, bytes]:
    """A file of the corpus with the format that the site recognises."""
    data = package() if name == "qti" else (CORPUS / name).read_bytes()
    dialect = guess(f"{name}.zip" if name == "qti" else name, data)
    assert dialect is not None
    return dialect, data


def outcome(item: Judged) -> str:
    """A line of the table."""
    if item.question is None:
        return f"{item.name}: {item.errors[0].code}"
    notes = " ".join(note.code for note in item.notes if note.code != "exchange_category")
    return f"{item.name}: {item.question.kind}" + (f" + {notes}" if notes else "")


@pytest.mark.parametrize("name", list(EXPECTED))
def test_every_question_is_taken_or_refused_by_name(name: str) -> None:
    dialect, data = file_of(name)
    reading = DIALECTS[dialect].read(data)
    assert not reading.problems
    found = judge(reading, "", {}, ())
    assert [outcome(item) for item in found] == [line.strip() for line in EXPECTED[name].strip().split("\n")]
    assert all(problem.code in WORDS for item in found for problem in item.problems)


@pytest.mark.parametrize("name", list(EXPECTED))
def test_the_same_file_again_changes_nothing(name: str) -> None:
    dialect, data = file_of(name)
    bank = merge(empty_bank("b", "Bank"), judge(DIALECTS[dialect].read(data), "", {}, ()))
    again = judge(DIALECTS[dialect].read(data), bank, {}, ())
    assert {item.state for item in again} <= {"same", "refused"}
    assert merge(bank, again) == bank


def _bank(name: str) -> str:
    dialect, data = file_of(name)
    return merge(empty_bank("b", "Bank"), judge(DIALECTS[dialect].read(data), "", {}, ()))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "moodle-4.xml",
            (
                "| Hari | Warga |\n| --- | --- |\n| Senin | 12 |",
                "Rata-rata $\\bar{x} = \\frac{12}{1}$ H<sub>2</sub>O merah",
                "- [x] ![titik](aset/a-b-",
                "- [ ] ![kosong](aset/gambar-",
                "> Salah: Periksa peta.",
                "Warga [[ditegur | *disapa]] dalam [[=15 ± 1]] menit dan [[dilayani|dibantu]].",
                "1. Pertama\n2. Kedua\n3. Ketiga",
            ),
        ),
        (
            "gift.txt",
            ("Berapa $x^2$ bila x = 2?", "- [50%] Pagi\n  > Kurang = lengkap", "Warga \\_\\_\\_ lebih"),
        ),
        ("aiken.txt", ("Pilih yang tepat\nlanjutan pertanyaan", "- [x] Dua dan lanjutannya")),
        (
            "qti",
            (
                "- [ ] Salah\n- [x] Tepat {tetap}",
                "poin=2 nilai=sebagian acak=tidak",
                "Tulis dengan rapi.\n\nUraikan.",
                "Ibu kota Kepri ialah \\_\\_\\_ sejak 2002.",
                "- = 37.5 ± 0.5",
            ),
        ),
    ],
)
def test_what_is_taken_says_what_stood_there(name: str, texts: tuple[str, ...]) -> None:
    bank = _bank(name)
    for text in texts:
        assert text in bank, text
    assert "RAHASIA" not in bank and "alert(" not in bank


def test_an_item_of_qti_without_a_package_is_read() -> None:
    data = (CORPUS / "qti" / "isian.xml").read_bytes()
    assert guess("isian.xml", data) == "qti"
    [item] = DIALECTS["qti"].read(data).items
    assert item.question is not None and item.question.kind == "short"


def test_a_path_that_leaves_the_package_is_refused() -> None:
    reading = DIALECTS["qti"].read(package({"../../etc/a.xml": b"<assessmentItem/>"}))
    assert reading.problems and not reading.items


@pytest.mark.parametrize("name", ["gift", "moodle", "aiken", "csv"])
def test_ten_thousand_questions_are_refused_at_once_with_the_limit(name: str) -> None:
    one = {
        "gift": "::Soal {0}::Apa {0}?{{=a ~b}}\n\n",
        "aiken": "Apa {0}?\nA. a\nB. b\nANSWER: A\n\n",
        "csv": "Apa {0}?;a;b;a\n",
        "moodle": '<question type="truefalse"><questiontext><text>Apa {0}?</text></questiontext><answer'
        ' fraction="100"><text>true</text></answer><answer fraction="0"><text>false'
        "</text></answer></question>",
    }[name]
    text = "".join(one.format(at) for at in range(10_000))
    whole = {"moodle": f"<quiz>{text}</quiz>", "csv": f"soal;pilihan a;pilihan b;kunci\n{text}"}
    started = time.process_time()
    reading = DIALECTS[name].read(whole.get(name, text).encode())
    assert time.process_time() - started < 10
    [problem] = reading.problems
    assert not reading.items
    assert problem.code == ("exchange_table_large" if name == "csv" else "exchange_many")
    assert problem.params["limit"] in {str(MAX_ITEMS), "5000"}


def test_a_full_bank_is_read_and_judged_in_seconds() -> None:
    text = "".join(f"::Soal {at}::Apa {at}?{{=a ~b}}\n\n" for at in range(MAX_ITEMS))
    started = time.process_time()
    found = judge(DIALECTS["gift"].read(text.encode()), "", {}, ())
    assert time.process_time() - started < 30
    assert len({item.id for item in found}) == MAX_ITEMS


@pytest.mark.parametrize("part", ["<a ", "<a b='", "<!--", "</", "<ul><li>", "\\(", "<table><td>"])
def test_broken_html_is_read_in_a_moment_or_refused(part: str) -> None:
    started = time.process_time()
    try:
        from_html(part * (99_000 // len(part)))
    except Unread as error:
        assert error.code == "exchange_text_large"
    assert time.process_time() - started < 10
