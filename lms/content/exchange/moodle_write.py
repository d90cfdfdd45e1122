"""Moodle XML written: one ``question`` element for each question, texts as Markdown, pictures inside."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from lms.content.exchange import items
from lms.content.exchange.choices import moodle_weights, truth_of
from lms.content.exchange.items import percent
from lms.content.exchange.losses import KEEPS_ALL, Loss, losses_of
from lms.content.exchange.text import is_plain, one_line, pictures_in, to_plain
from lms.content.exchange.xml import cdata
from lms.content.questions.numbers import plain_text
from lms.content.questions.question import Accepted, Gap, Question

KINDS = frozenset(
    {"true_false", "single", "multiple", "numeric", "short", "matching", "ordering", "essay", "cloze"}
)
KEEPS = KEEPS_ALL - {"pattern", "fixed", "truth_words", "scoring"}

_TYPES = {
    "true_false": "truefalse",
    "single": "multichoice",
    "multiple": "multichoice",
    "numeric": "numerical",
    "short": "shortanswer",
    "matching": "matching",
    "ordering": "ordering",
    "essay": "essay",
    "cloze": "cloze",
}
_CLOZE = re.compile(r"([}#~/\"\\])")
_ASSET = re.compile(r"\((?:\.{1,2}/)*aset/")


def losses(question: Question) -> tuple[Loss, ...]:
    """What Moodle XML cannot hold of a question."""
    found = losses_of(question, KINDS, KEEPS)
    codes = set() if any(loss.whole for loss in found) else _more(question)
    return (*found, *(Loss(question.id, code) for code in sorted(codes)))


def _more(question: Question) -> set[str]:
    codes = set()
    if question.kind == "cloze":
        codes |= {"shuffle"} if not question.shuffle else set()
        if question.hints:
            codes.add("hints")
    if question.kind in {"matching", "ordering"} and any(gap.feedback for gap in question.gaps):
        codes.add("option_feedback")
    if question.kind == "matching":
        rights = question.gaps[0].options
        codes |= {"option_feedback"} if any(item.feedback for item in rights) else set()
        codes |= {"markup"} if any(not is_plain(item.text) for item in rights) else set()
    if question.kind in {"numeric", "short", "true_false", "essay", "cloze"} and (
        question.feedback_right or question.feedback_partial or question.feedback_wrong
    ):
        codes.add("messages")
    if question.kind in {"true_false", "essay"} and question.hints:
        codes.add("hints")
    return codes


def write(questions: Sequence[Question], assets: Mapping[str, bytes]) -> bytes:
    """The questions as one document; those that are lost as a whole are left out."""
    written = [_question(item, assets) for item in questions if not any(loss.whole for loss in losses(item))]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *written, "</quiz>", ""]).encode()


def _question(question: Question, assets: Mapping[str, bytes]) -> str:
    prompt = _cloze(question) if question.kind == "cloze" else question.prompt
    lines = [
        f"<name><text>{cdata(one_line(question.title or question.id))}</text></name>",
        _text("questiontext", prompt, assets),
        _text("generalfeedback", question.explanation, assets),
        f"<defaultgrade>{question.points:.7f}</defaultgrade>",
        "<penalty>0</penalty>",
        "<hidden>0</hidden>",
        f"<idnumber>{cdata(question.id)}</idnumber>",
        *_answers(question, assets),
        *_messages(question, assets),
        *(_text("hint", text, assets) for text in question.hints),
        *_tags(question),
    ]
    inside = "\n".join(f"  {line}" for line in lines)
    return f'<question type="{_TYPES[question.kind]}">\n{inside}\n</question>'


def _text(name: str, text: str, assets: Mapping[str, bytes], marks: str = "") -> str:
    shown = cdata(_ASSET.sub("(@@PLUGINFILE@@/", text))
    return f'<{name}{marks} format="markdown"><text>{shown}</text>{_files([text], assets)}</{name}>'


def _files(texts: Sequence[str], assets: Mapping[str, bytes]) -> str:
    found = []
    for path in pictures_in(list(texts)):
        if path in assets:
            folder, _, name = path.removeprefix("aset/").rpartition("/")
            data = base64.b64encode(assets[path]).decode()
            place = escape(f"/{folder}/" if folder else "/")
            found.append(f'<file name="{escape(name)}" path="{place}" encoding="base64">{data}</file>')
    return "".join(found)


def _answers(question: Question, assets: Mapping[str, bytes]) -> Iterable[str]:
    if question.kind == "true_false":
        right, benar, salah = truth_of(question)
        yield _answer("true", 100 if right else 0, benar, assets, plain=True)
        yield _answer("false", 0 if right else 100, salah, assets, plain=True)
    elif question.options:
        yield f"<single>{'true' if question.kind == 'single' else 'false'}</single>"
        yield f"<shuffleanswers>{'true' if question.shuffle else 'false'}</shuffleanswers>"
        yield "<answernumbering>abc</answernumbering>"
        weights = moodle_weights(question) or []
        for item, weight in zip(question.options, weights, strict=True):
            yield _answer(item.text, percent(weight), item.feedback, assets)
    elif question.kind == "numeric":
        for number in question.answers:
            value, tolerance = items.middle(number)
            inside = f"<tolerance>{plain_text(tolerance)}</tolerance>"
            yield _answer(
                plain_text(value), percent(number.fraction), number.feedback, assets, inside, plain=True
            )
        if question.unit:
            unit = f"<multiplier>1</multiplier><unit_name>{cdata(question.unit)}</unit_name>"
            yield f"<units><unit>{unit}</unit></units>"
            yield "<unitgradingtype>0</unitgradingtype><showunits>3</showunits><unitsleft>0</unitsleft>"
    elif question.kind == "short":
        yield f"<usecase>{int(question.case_sensitive)}</usecase>"
        for word in question.answers:
            if word.form == "text":
                yield _answer(word.text, percent(word.fraction), word.feedback, assets, plain=True)
    elif question.kind == "matching":
        yield f"<shuffleanswers>{'true' if question.shuffle else 'false'}</shuffleanswers>"
        lines = [(gap.text, items.right_text(gap)) for gap in question.gaps]
        for left, fits in [*lines, *(("", extra.text) for extra in items.extras(question))]:
            said = f"<text>{cdata(left)}</text>{_files([left], assets)}"
            said += f"<answer><text>{cdata(to_plain(fits))}</text></answer>"
            yield f'<subquestion format="markdown">{said}</subquestion>'
    elif question.kind == "ordering":
        yield "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>"
        yield "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype><showgrading>1</showgrading>"
        yield f"<shuffleanswers>{'true' if question.shuffle else 'false'}</shuffleanswers>"
        for at, gap in enumerate(question.gaps, 1):
            yield _answer(gap.text, at, "", assets)
    elif question.kind == "essay":
        yield "<responseformat>editor</responseformat><responserequired>1</responserequired>"
        for name, words in (("minwordlimit", question.min_words), ("maxwordlimit", question.max_words)):
            if words:
                yield f"<{name}>{words}</{name}>"
        levels = "; ".join(f"{plain_text(level.value)} = {level.text}" for level in question.rubric)
        yield _text("graderinfo", levels, {})


def _answer(
    text: str,
    fraction: object,
    feedback: str,
    assets: Mapping[str, bytes],
    more: str = "",
    *,
    plain: bool = False,
) -> str:
    form = "plain_text" if plain else "markdown"
    shown = text if plain else _ASSET.sub("(@@PLUGINFILE@@/", text)
    inside = f"<text>{cdata(shown)}</text>{'' if plain else _files([text], assets)}{more}"
    return (
        f'<answer fraction="{fraction}" format="{form}">{inside}'
        f"{_text('feedback', feedback, assets)}</answer>"
    )


def _messages(question: Question, assets: Mapping[str, bytes]) -> Iterable[str]:
    found = {
        "correctfeedback": question.feedback_right,
        "partiallycorrectfeedback": question.feedback_partial,
        "incorrectfeedback": question.feedback_wrong,
    }
    return [_text(name, text, assets) for name, text in found.items() if text]


PREFIXES = {"competency": "kompetensi:", "legal": "dasar:", "difficulty": "kesulitan:"}
"""Tags that carry what Moodle has no field for."""


def _tags(question: Question) -> Iterable[str]:
    found = list(question.tags)
    if question.competency:
        found.append(f"{PREFIXES['competency']}{question.competency.code}:{question.competency.level}")
    if question.difficulty:
        found.append(f"{PREFIXES['difficulty']}{question.difficulty}")
    if question.legal_basis:
        found.append(f"{PREFIXES['legal']}{question.legal_basis}")
    if found:
        yield "<tags>" + "".join(f"<tag><text>{cdata(tag)}</text></tag>" for tag in found) + "</tags>"


def _cloze(question: Question) -> str:
    text = question.prompt
    for number, gap in enumerate(question.gaps, 1):
        text = text.replace(f"⟦{number}⟧", _gap(question, gap))
    return text


def _gap(question: Question, gap: Gap) -> str:
    if gap.options:
        kind = "MCS" if question.shuffle else "MULTICHOICE"
        parts = [f"{'=' if item.key == gap.right else ''}{_escape(item.text)}" for item in gap.options]
    elif gap.answers[0].form == "number":
        kind, parts = "NUMERICAL", [_number(item) for item in gap.answers]
    else:
        kind = "SAC" if question.case_sensitive else "SHORTANSWER"
        parts = [f"={_escape(item.text)}" for item in gap.answers]
    return f"{{1:{kind}:{'~'.join(parts)}}}"


def _escape(text: str) -> str:
    return _CLOZE.sub(r"\\\1", text)


def _number(item: Accepted) -> str:
    value, tolerance = items.middle(item)
    return f"={plain_text(value)}:{plain_text(tolerance)}"
