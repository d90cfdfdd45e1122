"""A package that we write holds to QTI 2.1 (IMS Question and Test Interoperability, Assessment Test, Section
and Item Information Model 2.1; IMS Content Packaging 1.1.4).

No reader or schema of QTI 2.1 is published as a Python package, so the rules of the specification that
concern our items are written down here and asked of the XML with ElementTree, without our own code.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest

from lms.content.exchange.dialects import DIALECTS
from lms.content.questions.question import Question
from tests.unit.content.exchange.test_other_readers import QUESTIONS

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
ORDER = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
RULES = {  # interaction: cardinalities and base types of its response
    "choiceInteraction": ({"single", "multiple"}, {"identifier"}),
    "orderInteraction": ({"ordered"}, {"identifier"}),
    "matchInteraction": ({"single", "multiple"}, {"directedPair"}),
    "textEntryInteraction": ({"single"}, {"string", "integer", "float"}),
    "extendedTextInteraction": ({"single", "multiple", "ordered"}, {"string", "integer", "float"}),
}
HEADINGS = {f"h{level}" for level in range(1, 7)}
TEXT_BLOCKS = {"p", "ul", "ol", "pre", "table", "blockquote", "div", "hr", "dl", "rubricBlock"}
BLOCKS = (TEXT_BLOCKS | HEADINGS | set(RULES)) - {"textEntryInteraction"}
INLINE = {"strong", "em", "code", "a", "img", "br", "sub", "sup", "span"}
INLINE |= {"li", "caption", "thead", "tbody", "tr", "td", "th"}


def tag(node: ET.Element) -> str:
    """The name of an element of QTI."""
    assert node.tag.startswith(QTI), node.tag
    return node.tag.removeprefix(QTI)


def written(questions: list[Question]) -> dict[str, bytes]:
    """The files of our package."""
    with zipfile.ZipFile(io.BytesIO(DIALECTS["qti"].write(questions, {}))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


KEPT = [one for one in QUESTIONS if not any(loss.whole for loss in DIALECTS["qti"].losses(one))]
FILES = written(QUESTIONS)


def test_the_manifest_names_every_file_once() -> None:
    root = ET.fromstring(FILES["imsmanifest.xml"])
    assert root.tag == f"{CP}manifest" and root.get("identifier")
    assert [one.tag for one in root] == [f"{CP}metadata", f"{CP}organizations", f"{CP}resources"]
    resources = list(root.iter(f"{CP}resource"))
    assert len({one.get("identifier") for one in resources}) == len(resources) == len(KEPT) > 10
    named = []
    for one in resources:
        assert one.get("type") == "imsqti_item_xmlv2p1"
        files = [str(file.get("href")) for file in one.iter(f"{CP}file")]
        assert one.get("href") in files
        named += files
    assert sorted(named) == sorted(set(FILES) - {"imsmanifest.xml"})


@pytest.mark.parametrize("question", KEPT, ids=lambda question: question.id)
def test_an_item_holds_to_the_information_model(question: Question) -> None:
    root = ET.fromstring(FILES[f"{question.id}.xml"])
    assert tag(root) == "assessmentItem" and root.get("identifier") == question.id and root.get("title")
    assert {root.get("adaptive"), root.get("timeDependent")} == {"false"}
    order = [ORDER.index(tag(one)) for one in root]
    assert order == sorted(order) and [tag(one) for one in root].count("itemBody") == 1
    responses = {str(one.get("identifier")): one for one in root if tag(one) == "responseDeclaration"}
    outcomes = {str(one.get("identifier")): one for one in root if tag(one) == "outcomeDeclaration"}
    assert outcomes["SCORE"].get("baseType") == "float" and outcomes["SCORE"].get("cardinality") == "single"
    body = root.find(f"{QTI}itemBody")
    assert body is not None
    _blocks(body)
    asked = [one for one in body.iter() if tag(one) in RULES]
    assert [one.get("responseIdentifier") for one in asked] == list(responses)
    for one in asked:
        _response(one, responses[str(one.get("responseIdentifier"))])
    _processing(root, responses, outcomes)


def _blocks(body: ET.Element) -> None:
    """Text and inline elements stand in blocks; nothing stands there that QTI does not know."""
    assert not (body.text or "").strip()
    for one in body:
        assert tag(one) in BLOCKS and not (one.tail or "").strip(), tag(one)
    own = {"prompt", "simpleChoice", "simpleMatchSet", "simpleAssociableChoice", "textEntryInteraction"}
    assert {tag(one) for one in body.iter()} - {"itemBody"} <= BLOCKS | INLINE | own
    for one in body.iter(f"{QTI}p"):
        assert not {tag(each) for each in one} & BLOCKS


def _response(node: ET.Element, declared: ET.Element) -> None:
    cardinalities, types = RULES[tag(node)]
    cardinality, base = str(declared.get("cardinality")), declared.get("baseType")
    assert cardinality in cardinalities and base in types
    values = [one.text or "" for one in declared.iterfind(f"{QTI}correctResponse/{QTI}value")]
    assert cardinality != "single" or len(values) <= 1
    choices = [str(one.get("identifier")) for one in node.iter() if one.get("identifier")]
    assert len(set(choices)) == len(choices) and all(map(IDENTIFIER.fullmatch, choices))
    keys = [str(one.get("mapKey")) for one in declared.iter(f"{QTI}mapEntry")]
    assert len(set(keys)) == len(keys)
    for one in declared.iter(f"{QTI}mapEntry"):
        float(str(one.get("mappedValue")))
    if base == "identifier":
        assert set(values) | set(keys) <= set(choices)
        assert tag(node) != "orderInteraction" or sorted(values) == sorted(choices)
        assert tag(node) != "choiceInteraction" or (node.get("maxChoices") == "1") == (
            cardinality == "single"
        )
    elif base == "directedPair":
        left, right = (
            {str(one.get("identifier")) for one in each} for each in node.findall(f"{QTI}simpleMatchSet")
        )
        assert all(one.get("matchMax", "").isdigit() for one in node.iter(f"{QTI}simpleAssociableChoice"))
        for pair in (*values, *keys):
            first, second = pair.split(" ")
            assert first in left and second in right
    elif base == "float":
        assert [float(value) for value in values]
    if tag(node) != "extendedTextInteraction":
        assert values


def _processing(root: ET.Element, responses: dict[str, ET.Element], outcomes: dict[str, ET.Element]) -> None:
    rules = root.find(f"{QTI}responseProcessing")
    for one in rules.iter() if rules is not None else ():
        name = str(one.get("identifier"))
        if tag(one) in {"variable", "correct", "mapResponse"}:
            assert name in responses
        if tag(one) == "mapResponse":
            assert responses[name].find(f"{QTI}mapping/{QTI}mapEntry") is not None
        if tag(one) == "setOutcomeValue":
            assert name in outcomes and len(list(one)) == 1
        if tag(one) in {"match", "equal"}:
            assert len(list(one)) == 2
        if tag(one) == "equal":
            assert one.get("toleranceMode") == "absolute"
            assert all(float(part) >= 0 for part in str(one.get("tolerance")).split())
    for one in root.iter(f"{QTI}modalFeedback"):
        declared = outcomes[str(one.get("outcomeIdentifier"))]
        assert declared.get("baseType") == "identifier" and one.get("showHide") == "show"
