"""Files as other programs write them: what is read is what stands there, and what is not is said."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from lms.content.exchange.banks import judge
from lms.content.exchange.dialects import DIALECTS, guess
from lms.content.exchange.guide import EXAMPLES
from lms.content.exchange.items import Reading

MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/top/Loket</text></category></question>
  <question type="multichoice">
    <name><text>Sapaan</text></name>
    <questiontext format="html"><text><![CDATA[<p>Siapa yang <b>disapa</b>?</p>]]></text></questiontext>
    <defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>
    <idnumber>m-1</idnumber><single>true</single><shuffleanswers>true</shuffleanswers>
    <answernumbering>abc</answernumbering>
    <answer fraction="100" format="html"><text><![CDATA[<p>Warga</p>]]></text></answer>
    <answer fraction="0" format="html"><text><![CDATA[<p>Meja</p>]]></text></answer>
  </question>
  <question type="multichoice">
    <name><text>Tanpa kunci</text></name><questiontext format="html"><text>Mana?</text></questiontext>
    <idnumber>m-2</idnumber><single>true</single>
    <answer fraction="0"><text>Satu</text></answer><answer fraction="0"><text>Dua</text></answer>
  </question>
  <question type="calculated"><name><text>Hitung</text></name>
    <questiontext format="html"><text>{a} + {b}</text></questiontext></question>
  <question type="ddimageortext"><name><text>Seret</text></name>
    <questiontext format="html"><text>Seret</text></questiontext></question>
</quiz>
"""
AIKEN = "Siapa yang disapa?\nA) Warga\nB) Meja\nANSWER: A\n\nTamu duduk?\nA. Ya\nB. Tidak\nANSWER: B\n"
GIFT = (
    "$CATEGORY: Loket/Dasar\n\n::Sapaan::[html]Siapa\\: yang <b>disapa</b>?{\n=Warga#Tepat.\n~Meja\n}\n\n"
    "::Bagian::Dua yang benar?{\n~%50%Satu\n~%50%Dua\n~%-100%Tiga\n}\n\n::Jam::Berapa?{#20:0.5}\n"
)


def read(name: str, data: bytes) -> Reading:
    """What the site makes of a file that it recognises by itself."""
    dialect = guess(name, data)
    assert dialect is not None
    return DIALECTS[dialect].read(data)


def test_an_export_of_moodle_is_told_question_by_question() -> None:
    found = read("soal.xml", MOODLE.encode())
    by_name = {item.name: item for item in found.items}
    assert set(by_name) >= {"Sapaan", "Tanpa kunci", "Hitung", "Seret"}
    first = by_name["Sapaan"].question
    assert first is not None and by_name["Sapaan"].source_id == "m-1"
    assert (first.points, first.kind) == (2.0, "single")
    assert [(one.text, one.weight) for one in first.options] == [("Warga", 1.0), ("Meja", 0.0)]
    judged = {item.name: item for item in judge(found, "", {}, frozenset(), {})}
    for name in ("Tanpa kunci", "Hitung", "Seret"):
        assert judged[name].state == "refused" and judged[name].errors, name


@pytest.mark.parametrize(
    "attack", ['<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE quiz>"]
)
def test_a_document_type_is_refused(attack: str) -> None:
    found = read("soal.xml", MOODLE.replace("<quiz>", f"{attack}<quiz>", 1).encode())
    assert found.problems and not found.items


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("name", "text", "kinds"),
    [("a.txt", AIKEN, ["single", "single"]), ("g.txt", GIFT, ["single", "multiple", "numeric"])],
)
def test_codings_and_line_ends_of_windows(
    codec: str, ends: str, name: str, text: str, kinds: list[str]
) -> None:
    found = read(name, text.replace("\n", ends).encode(codec))
    assert [item.question.kind if item.question else item.problems for item in found.items] == kinds
    assert not found.problems


def test_moodle_xml_is_read_by_another_reader() -> None:
    """By the elements that Moodle's own description of the format names, not by our code."""
    root = ET.fromstring(DIALECTS["moodle"].write(EXAMPLES, {}))
    assert root.tag == "quiz"
    types = {
        "single": "multichoice", "multiple": "multichoice", "true_false": "truefalse", "numeric": "numerical",
        "short": "shortanswer", "matching": "matching", "ordering": "ordering", "cloze": "cloze",
        "essay": "essay",
    }  # fmt: skip
    written = {
        one.findtext("idnumber"): one for one in root.iter("question") if one.get("type") != "category"
    }
    for question in EXAMPLES:
        one = written[question.id]
        assert one.get("type") == types[question.kind]
        assert one.findtext("questiontext/text") and one.findtext("name/text")
        shares = [float(answer.get("fraction", "0")) for answer in one.findall("answer")]
        if question.kind in {"single", "true_false", "short", "numeric"}:
            assert max(shares) == 100
        if question.kind == "multiple":
            assert one.findtext("single") == "false"
            assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.01)


def test_aiken_is_read_by_another_reader() -> None:
    kept = [one for one in EXAMPLES if not any(loss.whole for loss in DIALECTS["aiken"].losses(one))]
    text = DIALECTS["aiken"].write(kept, {}).decode("utf-8-sig")
    blocks = [block.strip().splitlines() for block in re.split(r"\n\s*\n", text) if block.strip()]
    assert len(blocks) == len(kept) > 0
    for question, lines in zip(kept, blocks, strict=True):
        letters = [line[0] for line in lines[1:-1]]
        assert letters == [chr(65 + at) for at in range(len(question.options))]
        right = next(at for at, one in enumerate(question.options) if one.weight > 0.99)
        assert lines[-1] == f"ANSWER: {chr(65 + right)}"
