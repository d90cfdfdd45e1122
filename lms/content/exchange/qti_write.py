"""QTI 2.1 written: a content package with one item for each question, and the pictures beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from lms.content.bundle import write_zip
from lms.content.exchange import items
from lms.content.exchange.choices import counted, moodle_weights
from lms.content.exchange.html import from_html
from lms.content.exchange.items import Unread
from lms.content.exchange.losses import Loss, losses_of
from lms.content.exchange.text import one_line, pictures_in, to_html
from lms.content.exchange.xml import parse_xml
from lms.content.questions.numbers import plain_text
from lms.content.questions.question import Accepted, Question

KINDS = frozenset({"true_false", "single", "multiple", "numeric", "short", "matching", "ordering", "essay"})
KEEPS = frozenset(
    {
        "title", "id", "points", "shuffle", "fixed", "explanation", "weights", "named_wrong", "case",
        "tolerance", "variants", "extra_options", "rubric", "pictures", "links", "markup", "lines",
        "truth_words",
    }
)  # fmt: skip
NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
EXPLANATION = "pembahasan"


def losses(question: Question) -> tuple[Loss, ...]:
    """What a QTI item cannot hold of a question; texts are tried, whether they come back the same."""
    found = losses_of(question, KINDS, KEEPS)
    if any(loss.whole for loss in found):
        return found
    codes = {loss.code for loss in found} - {"scoring"}
    if _scoring_lost(question):
        codes.add("scoring")
    texts = list(question.texts())
    if not all(_comes_back(text) for text in texts):
        codes |= {"markup"}
    return tuple(Loss(question.id, code) for code in sorted(codes))


def _comes_back(text: str) -> bool:
    try:
        return from_html(to_html(text)) == text.strip()
    except Unread:
        return False


def _scoring_lost(question: Question) -> bool:
    if question.kind == "multiple" and counted(question):
        return question.scoring == "partial_strict"
    if question.kind == "ordering":
        return question.scoring != "exact"
    return question.kind == "matching" and question.scoring != "partial"


def write(questions: Sequence[Question], assets: Mapping[str, bytes]) -> bytes:
    """The package; questions that are lost as a whole are left out."""
    kept = [item for item in questions if not any(loss.whole for loss in losses(item))]
    files = {f"{item.id}.xml": _item(item).encode() for item in kept}
    shown = pictures_in([text for item in kept for text in item.texts()])
    pictures = {name: assets[name] for name in shown if name in assets}
    return write_zip({"imsmanifest.xml": _manifest(kept, pictures).encode(), **files, **pictures})


def _manifest(questions: Sequence[Question], pictures: Mapping[str, bytes]) -> str:
    resources = []
    for item in questions:
        own = [name for name in pictures_in(list(item.texts())) if name in pictures]
        files = "".join(f'<file href="{escape(name)}"/>' for name in (f"{item.id}.xml", *own))
        resources.append(
            f'<resource identifier="res-{item.id}" type="imsqti_item_xmlv2p1" href="{item.id}.xml">'
            f"{files}</resource>"
        )
    head = "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>"
    inside = "\n".join(resources)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{_PACKAGE}" identifier="gurindam">\n{head}\n'
        f"<organizations/>\n<resources>\n{inside}\n</resources>\n</manifest>\n"
    )


def _item(question: Question) -> str:
    title = escape(one_line(question.title) or question.id)
    said = ""
    if question.explanation:
        said = (
            f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{EXPLANATION}" showHide="show">'
            f"{_html(question.explanation)}</modalFeedback>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<assessmentItem xmlns="{NAMESPACE}" identifier="{question.id}" title="{title}" adaptive="false"'
        f' timeDependent="false">\n{_declaration(question)}\n'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\n'
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        f"<defaultValue><value>{question.points:g}</value></defaultValue></outcomeDeclaration>\n"
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>\n'
        f"<itemBody>\n{_html(question.prompt)}\n{_interaction(question)}\n</itemBody>\n"
        f"{_processing(question)}\n{said}\n</assessmentItem>\n"
    )


def _html(text: str) -> str:
    """XHTML of a text; what is not well formed is written as plain paragraphs."""
    html = to_html(text)
    try:
        parse_xml(f"<div>{html}</div>".encode())
    except Unread:
        return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    return html


def _inline(text: str) -> str:
    html = _html(text)
    single = html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>")
    return html[3:-4] if single else html


def _declaration(question: Question) -> str:
    kinds = {"multiple": "multiple", "matching": "multiple", "ordering": "ordered"}
    types = {"numeric": "float", "short": "string", "essay": "string", "matching": "directedPair"}
    cardinality, base = kinds.get(question.kind, "single"), types.get(question.kind, "identifier")
    correct = "".join(f"<value>{escape(value)}</value>" for value in _correct(question))
    inside = f"<correctResponse>{correct}</correctResponse>" if correct else ""
    mapping = "".join(_mapping(question))
    if mapping:
        inside += (
            f'<mapping defaultValue="0" lowerBound="0" upperBound="{question.points:g}">{mapping}</mapping>'
        )
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">{inside}'
        "</responseDeclaration>"
    )


def _correct(question: Question) -> Iterable[str]:
    if question.options:
        return [item.key for item in question.options if item.weight > 0]
    if question.kind == "matching":
        return [f"{gap.key} {_key(question, gap.right)}" for gap in question.gaps]
    if question.kind == "ordering":
        return [f"s{at}" for at, _ in enumerate(question.gaps, 1)]
    right = next(
        (item for item in question.answers if item.fraction > 0.99999 and item.form != "pattern"), None
    )
    if right is None:
        return []
    return [plain_text(items.middle(right)[0]) if right.form == "number" else right.text]


def _key(question: Question, key: str) -> str:
    """The identifier of a text on the right: its place, since ours begin with the id of the question."""
    return f"r{[item.key for item in question.gaps[0].options].index(key) + 1}"


def _mapping(question: Question) -> Iterable[str]:
    if question.options and not _is_exact(question):
        weights = moodle_weights(question) or []
        for item, weight in zip(question.options, weights, strict=True):
            yield f'<mapEntry mapKey="{item.key}" mappedValue="{weight * question.points:.7g}"/>'
    elif question.kind == "short":
        case = "true" if question.case_sensitive else "false"
        for answer in question.answers:
            if answer.form == "text":
                value = f"{answer.fraction * question.points:.7g}"
                key = escape(answer.text)
                yield f'<mapEntry mapKey="{key}" mappedValue="{value}" caseSensitive="{case}"/>'
    elif question.kind == "matching":
        value = f"{question.points / len(question.gaps):.7g}"
        for pair in _correct(question):
            yield f'<mapEntry mapKey="{pair}" mappedValue="{value}"/>'


def _is_exact(question: Question) -> bool:
    return question.kind == "multiple" and counted(question) and question.scoring != "partial"


def _interaction(question: Question) -> str:
    shuffle = "true" if question.shuffle else "false"
    if question.options:
        many = 0 if question.kind == "multiple" else 1
        inside = "".join(
            f'<simpleChoice identifier="{item.key}" fixed="{"true" if item.fixed else "false"}">'
            f"{_inline(item.text)}</simpleChoice>"
            for item in question.options
        )
        marks = f'responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{many}"'
        return f"<choiceInteraction {marks}>{inside}</choiceInteraction>"
    if question.kind == "ordering":
        inside = "".join(
            f'<simpleChoice identifier="s{at}">{_inline(gap.text)}</simpleChoice>'
            for at, gap in enumerate(question.gaps, 1)
        )
        return (
            f'<orderInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}">{inside}</orderInteraction>'
        )
    if question.kind == "matching":
        left = "".join(_associable(gap.key, gap.text, 1) for gap in question.gaps)
        rights = question.gaps[0].options
        right = "".join(_associable(f"r{at}", item.text, 0, item.fixed) for at, item in enumerate(rights, 1))
        sets = f"<simpleMatchSet>{left}</simpleMatchSet><simpleMatchSet>{right}</simpleMatchSet>"
        count = len(question.gaps)
        marks = f'responseIdentifier="RESPONSE" shuffle="{shuffle}" maxAssociations="{count}"'
        return f"<matchInteraction {marks}>{sets}</matchInteraction>"
    if question.kind == "essay":
        levels = "; ".join(f"{plain_text(level.value)} = {level.text}" for level in question.rubric)
        rubric = f'<rubricBlock view="scorer"><p>{escape(levels)}</p></rubricBlock>'
        return f'{rubric}<extendedTextInteraction responseIdentifier="RESPONSE"/>'
    return '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'


def _associable(key: str, text: str, most: int, fixed: bool = False) -> str:
    marks = f'identifier="{key}" matchMax="{most}"' + (' fixed="true"' if fixed else "")
    return f"<simpleAssociableChoice {marks}>{_inline(text)}</simpleAssociableChoice>"


def _processing(question: Question) -> str:
    rules = _score(question)
    if question.explanation:
        value = f'<baseValue baseType="identifier">{EXPLANATION}</baseValue>'
        rules += f'<setOutcomeValue identifier="FEEDBACK">{value}</setOutcomeValue>'
    return f"<responseProcessing>{rules}</responseProcessing>" if rules else ""


def _score(question: Question) -> str:
    points = question.points
    if question.kind == "essay":
        return ""
    if question.kind == "numeric":
        branches = [
            f"<responseIf>{_within(item)}{_set(points * item.fraction)}</responseIf>"
            if not at else f"<responseElseIf>{_within(item)}{_set(points * item.fraction)}</responseElseIf>"
            for at, item in enumerate(question.answers)
        ]  # fmt: skip
        return f"<responseCondition>{''.join(branches)}</responseCondition>"
    if _is_exact(question) or question.kind == "ordering":
        same = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
        return f"<responseCondition><responseIf>{same}{_set(points)}</responseIf></responseCondition>"
    return '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>'


def _within(item: Accepted) -> str:
    value, tolerance = items.middle(item)
    wide = plain_text(tolerance)
    return (
        f'<equal toleranceMode="absolute" tolerance="{wide} {wide}"><variable identifier="RESPONSE"/>'
        f'<baseValue baseType="float">{plain_text(value)}</baseValue></equal>'
    )


def _set(points: float) -> str:
    return (
        '<setOutcomeValue identifier="SCORE">'
        f'<baseValue baseType="float">{points:.7g}</baseValue></setOutcomeValue>'
    )
