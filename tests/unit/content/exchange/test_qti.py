"""QTI packages as other programs make them: what is taken, and what is refused with its reason."""

from __future__ import annotations

import io
import zipfile

from lms.content.exchange.banks import judge
from lms.content.exchange.dialects import DIALECTS
from lms.content.exchange.guide import EXAMPLES
from lms.content.exchange.xml import parse_xml

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def item(key: str, declared: str, body: str, more: str = "") -> str:
    """The source of an item."""
    return (
        f'{HEAD}\n<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="{key}"'
        f' title="{key}"'
        f' adaptive="false" timeDependent="false"><responseDeclaration identifier="RESPONSE" {declared}'
        f"</responseDeclaration>{more}<itemBody>{body}</itemBody></assessmentItem>"
    )


ONE = 'cardinality="single" baseType="identifier"><correctResponse><value>B</value></correctResponse>'
NONE = 'cardinality="single" baseType="identifier">'
CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">'
    '<prompt>Pilih satu.</prompt><simpleChoice identifier="A">Batam</simpleChoice>'
    '<simpleChoice identifier="B">Tanjungpinang</simpleChoice>'
    "</choiceInteraction>"
)
ITEMS = {
    "satu": item("satu", ONE, f"<p>Ibu kota <b>Kepri</b>?</p>{CHOICE}"),
    "tanpa-kunci": item("tanpa-kunci", NONE, CHOICE),
    "dua": item("dua", ONE, CHOICE * 2),
    "geser": item("geser", NONE, '<p><sliderInteraction responseIdentifier="RESPONSE"/></p>'),
    "gambar": item("gambar", ONE, f'<p><img src="hilang.png" alt="x"/></p>{CHOICE}'),
    "angka": item(
        "angka",
        'cardinality="single" baseType="float"><correctResponse><value>37.5</value></correctResponse>',
        '<p>Jam kerja? <textEntryInteraction responseIdentifier="RESPONSE"/></p>',
    ),
    "rusak": "<assessmentItem>\n<p>",
    "luar": f'{HEAD}<!DOCTYPE a SYSTEM "x.dtd"><assessmentItem/>',
}


def package(files: dict[str, str]) -> bytes:
    """A ZIP of items in a folder, with a manifest."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        for name, text in files.items():
            archive.writestr(f"items/{name}.xml", text)
    return target.getvalue()


def test_items_are_read_one_by_one() -> None:
    reading = DIALECTS["qti"].read(package(ITEMS))
    found = {one.id: one for one in judge(reading, "", {}, ())}
    reasons = {key: [problem.code for problem in one.errors] for key, one in found.items() if one.errors}
    assert reasons == {
        "tanpa-kunci": ["exchange_no_right"], "dua": ["exchange_kind"], "geser": ["exchange_kind"],
        "gambar": ["exchange_picture"], "items/rusak.xml": ["exchange_xml"],
        "items/luar.xml": ["exchange_doctype"],
    }  # fmt: skip
    assert found["geser"].errors[0].params["kind"] == "sliderInteraction"
    single, number = found["satu"].question, found["angka"].question
    assert single is not None and single.prompt == "Ibu kota **Kepri**?\n\nPilih satu."
    assert [option.right for option in single.options] == [False, True]
    assert number is not None and str(number.answers[0].low) == "37.5"


def test_packages_that_are_refused_as_a_whole() -> None:
    assert DIALECTS["qti"].read(b"PK nonsense").problems[0].code == "zip_broken"
    assert DIALECTS["qti"].read(package({})).problems[0].code == "exchange_empty"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.png", b"0" * 9_900_000)
    assert DIALECTS["qti"].read(bomb.getvalue()).problems[0].code == "zip_ratio"


def test_what_is_written_is_whole_xml_with_a_manifest_that_names_every_item() -> None:
    data = DIALECTS["qti"].write(EXAMPLES, {})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        roots = {name: parse_xml(archive.read(name)) for name in names}
    named = {node.get("href") for node in roots.pop("imsmanifest.xml").every("resource")}
    assert named == names - {"imsmanifest.xml"} and len(named) == 8
    for root in roots.values():
        [response] = root.children("responseDeclaration")
        assert root.name == "assessmentItem" and response.get("identifier") == "RESPONSE"
        assert list(root.every("value", "mapEntry")) or "esai" in root.get("identifier")
