"""A question written in our own format, so that reading it again gives the same question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lms.content.exchange.items import extras, percent, right_text, usual_scoring
from lms.content.exchange.text import one_line
from lms.content.formatting.questions import written_questions
from lms.content.header import Header
from lms.content.lines import cut, without_code
from lms.content.problems import Problem, Report
from lms.content.questions.marks import ANSWER, NEARLY, STEP, keyword_of, pair_of
from lms.content.questions.numbers import plain_text
from lms.content.questions.question import Accepted, Gap, Option, Question
from lms.content.quiz import read_questions
from lms.content.vocabulary import DIFFICULTY, SCORING, TYPES

_NAMED = frozenset({"ordering", "essay"})
_TYPE_WORDS = {name: word for word, name in TYPES.items()}
_DIFFICULTY_WORDS = {name: word for word, name in DIFFICULTY.items()}
_SCORING_WORDS = {name: word for word, name in SCORING.items()}
_HEADING = re.compile(r"#{1,2}(?!#)")


def write_question(question: Question) -> str:
    """The canonical source of a question, without a line end after it.

    Its kind is named only where it must be.
    """
    text = _written(question, named=question.kind in _NAMED)
    found, _ = read_back(text)
    if found is None or found.kind != question.kind:
        text = _written(question, named=True)
    return written_questions(text, keyless=False, english=False)


def read_back(text: str) -> tuple[Question | None, tuple[Problem, ...]]:
    """The one question of a source, and what is wrong with it; None when there is an error."""
    report = Report()
    questions = read_questions(Header((), (), text, 1), report)
    found = questions[0] if len(questions) == 1 and not report.failed else None
    return found, tuple(report.items)


def bare(question: Question) -> Question:
    """The question without what depends on where it stands: equal for equal questions."""
    return replace(question, digest="", path="", line=0)


def _written(question: Question, named: bool) -> str:
    parts = [_heading(question, named), _prompt(question)]
    if lines := _answers(question):
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, *_notes(question)])


def _heading(question: Question, named: bool) -> str:
    marks = [f"#{question.id}"]
    if question.points != 1 and question.points:
        marks.append(f"poin={round(question.points, 2):g}")
    if named:
        marks.append(f"tipe={_TYPE_WORDS[question.kind]}")
    if question.tags:
        marks.append(f"tag={_value(','.join(_tag(tag) for tag in question.tags))}")
    if question.competency:
        marks.append(f"kompetensi={question.competency.code}:{question.competency.level}")
    if question.difficulty:
        marks.append(f"kesulitan={_DIFFICULTY_WORDS[question.difficulty]}")
    if question.legal_basis:
        marks.append(f"dasar={_value(question.legal_basis)}")
    if question.unit:
        marks.append(f"satuan={_value(question.unit)}")
    if question.min_words or question.max_words:
        marks.append(f"kata={question.min_words or ''}..{question.max_words or ''}")
    if question.case_sensitive:
        marks.append("huruf=peka")
    if question.scoring != usual_scoring(question.kind):
        marks.append(f"nilai={_SCORING_WORDS[question.scoring]}")
    if not question.shuffle:
        marks.append("acak=tidak")
    title = one_line(question.title).replace("{", "(").replace("}", ")")
    return f"## {title} {{{' '.join(marks)}}}".replace("##  {", "## {")


def _value(text: str) -> str:
    plain = one_line(text).replace('"', "'").replace("{", "(").replace("}", ")")
    return f'"{plain}"' if " " in plain or "=" in plain else plain


def _tag(text: str) -> str:
    return one_line(text).replace(",", " ").strip()


def _prompt(question: Question) -> str:
    text = guarded(question.prompt, steps=question.kind == "ordering", gaps=question.kind == "cloze")
    for number, gap in enumerate(question.gaps if question.kind == "cloze" else (), 1):
        text = text.replace(f"⟦{number}⟧", f"[[{_gap(gap)}]]")
    return text


def _gap(gap: Gap) -> str:
    if gap.options:
        return " | ".join(f"*{item.text}" if item.key == gap.right else item.text for item in gap.options)
    if gap.answers[0].form == "number":
        return f"={gap.answers[0].text}"
    return " | ".join(item.text for item in gap.answers)


def guarded(text: str, *, steps: bool = False, gaps: bool = False) -> str:
    """A prompt in which no line is taken for an answer, a note, a heading or a gap; its words stay."""
    source = cut(text)
    lines = [
        raw if code else _guard(raw, steps, gaps)
        for raw, code in zip(text.split("\n"), source.code, strict=True)
    ]
    if source.open_fence is not None:
        lines.append("```")
    return "\n".join(lines).strip("\n")


def _guard(line: str, steps: bool, gaps: bool) -> str:
    line = line.rstrip()
    if ANSWER.fullmatch(line) or NEARLY.match(line):
        head, rest = re.match(r"([ ]*[-*+]?[ ]*)(.*)", line, re.S).groups()  # type: ignore[union-attr]
        line = head + (f"\\{rest}" if rest[:1] in {"[", "("} else f"&#{ord(rest[:1])};{rest[1:]}")
    elif pair_of(line):
        line = line.replace("->", "&#45;&gt;")
    elif _HEADING.match(line):
        line = f"\\{line}"
    elif line.startswith(">") and keyword_of(line[1:]):
        line = line.replace(":", "&#58;", 1)
    elif steps and (found := STEP.fullmatch(line)):
        line = f"{found['number']}\\. {found['text']}"
    if not gaps and "[[" in without_code(line):
        line = line.replace("[[", "[\\[")
    return line


def _answers(question: Question) -> list[str]:
    if question.options:
        return [line for item in question.options for line in _option(question, item)]
    if question.answers:
        return [line for item in question.answers for line in _typed(item)]
    if question.kind == "ordering":
        texts = enumerate(question.gaps, 1)
        return [line for at, gap in texts for line in _entry(f"{at}. ", gap.text, gap.feedback)]
    if question.kind == "matching":
        return _pairs(question)
    return []


def _option(question: Question, item: Option) -> Iterable[str]:
    weighted = question.kind == "multiple" and any(
        0 < abs(one.weight) < 0.99999 or one.weight < 0 for one in question.options
    )
    if not item.weight:
        mark = "[ ]"
    elif item.right and not weighted:
        mark = "[x]"
    else:
        mark = f"[{percent(item.weight)}%]"
    return _entry(f"- {mark} ", item.text, item.feedback, fixed=item.fixed)


def _typed(item: Accepted) -> Iterable[str]:
    if item.form == "pattern":
        mark = "~"
    elif item.fraction <= 0:
        mark = "!="
    else:
        mark = "=" if item.fraction > 0.99999 else f"={percent(item.fraction)}%"
    return _entry(f"- {mark} ", one_line(item.text) if item.form == "text" else item.text, item.feedback)


def _pairs(question: Question) -> list[str]:
    fixed = {item.text for item in question.gaps[0].options if item.fixed}
    found = [
        line
        for gap in question.gaps
        for line in _entry(
            f"- {one_line(gap.text)} -> ",
            one_line(right_text(gap)),
            gap.feedback,
            fixed=right_text(gap) in fixed,
        )
    ]
    for item in extras(question):
        found += _entry("- -> ", one_line(item.text), item.feedback, fixed=item.fixed)
    return found


def _entry(mark: str, text: str, feedback: str, fixed: bool = False) -> list[str]:
    first, *rest = text.strip().split("\n")
    first = re.sub(r"\{(tetap|fixed)\}[ ]*$", r"{\1\\}", first.strip())
    rest = [f"  {_inside(line)}".rstrip() for line in rest]
    lines = [f"{mark}{first}", *rest]
    if fixed:
        lines[-1] += " {tetap}"
    quoted = feedback.strip().split("\n") if feedback.strip() else []
    return [*lines, *(f"  > {line}".rstrip() for line in quoted)]


def _inside(line: str) -> str:
    """A further line of an answer: a quotation there would be feedback, a mark an error."""
    if line.startswith(">") or NEARLY.match(line):
        return f"\\{line}"
    return line


def _notes(question: Question) -> Iterable[str]:
    yield from (_note("Petunjuk", text) for text in question.hints)
    words = {
        "Benar": question.feedback_right,
        "Sebagian": question.feedback_partial,
        "Salah": question.feedback_wrong,
        "Pembahasan": question.explanation,
    }
    yield from (_note(word, text) for word, text in words.items() if text.strip())
    if question.rubric:
        levels = (f"{plain_text(level.value)} = {level.text}" for level in question.rubric)
        yield f"> Rubrik: {'; '.join(levels)}"


def _note(word: str, text: str) -> str:
    source = cut(text.strip())
    lines = [
        line.replace(":", "&#58;", 1) if keyword_of(line) and not code and at else line
        for at, (line, code) in enumerate(zip(text.strip().split("\n"), source.code, strict=True))
    ]
    first, *rest = lines
    return "\n".join([f"> {word}: {first}", *(f"> {line}".rstrip() for line in rest)])


__all__ = ["bare", "guarded", "read_back", "write_question"]
