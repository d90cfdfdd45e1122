"""What single, multiple and true/false have in common: options, weights, reading, shuffling."""

import re
from collections.abc import Mapping, Sequence

from lms.content.problems import Report
from lms.content.questions.block import Block
from lms.content.questions.question import Option, Question, Random, Unreadable

CHOICE_MARKS = frozenset({"right", "wrong", "weight", "radio", "radio_wrong"})

# The shares that Moodle knows (format.md, rule 11): an export must be exact.
WEIGHTS = (
    "100",
    "90",
    "83.33333",
    "80",
    "75",
    "70",
    "66.66667",
    "60",
    "50",
    "40",
    "33.33333",
    "30",
    "25",
    "20",
    "16.66667",
    "14.28571",
    "12.5",
    "11.11111",
    "10",
    "5",
    "0",
)


def weight_of(text: str, line: int, report: Report) -> float:
    """The fraction of a written percentage; one outside Moodle's list is reported with the nearest."""
    plain = re.sub(r"(\.\d*?)0+$", r"\1", text.lstrip("-")).rstrip(".")
    if plain not in WEIGHTS:
        close = min(WEIGHTS, key=lambda known: abs(float(known) - float(plain)))
        report.error(line, "weight_unknown", value=f"{text}%", near=f"{close}%")
        return 0.0
    return round(float(plain) / 100 * (-1 if text.startswith("-") else 1), 7)


def read_options(block: Block, report: Report) -> list[Option]:
    """The options in source order under the keys o1, o2 ...; a mixture of marks and doubles are reported."""
    options: list[Option] = []
    seen: dict[str, int] = {}
    for number, answer in enumerate(block.answers, 1):
        if answer.mark not in CHOICE_MARKS:
            report.error(answer.line, "marks_mixed")
            continue
        weight = 1.0 if answer.mark in {"right", "radio"} else 0.0
        if answer.mark == "weight":
            weight = weight_of(answer.share, answer.line, report)
        plain = " ".join(answer.text.casefold().split())
        if plain in seen:
            report.error(answer.line, "option_twice", first=seen[plain])
        seen.setdefault(plain, answer.line)
        options.append(
            Option(f"o{number}", answer.text, weight, weight > 0.99999, answer.feedback, answer.fixed)
        )
    marks = block.marks
    if marks & {"radio", "radio_wrong"} and marks & {"right", "wrong"}:
        report.error(block.head.line, "marks_mixed")
    if len(options) < 2 and not block.flawed:
        report.error(block.head.line, "options_few")
    return options


def chosen(question: Question, values: Mapping[str, Sequence[str]]) -> list[str]:
    """The chosen keys in source order. Raises Unreadable for a key that the question does not have."""
    given = {value for value in values.get("", ()) if value}
    keys = [option.key for option in question.options if option.key in given]
    if len(keys) != len(given):
        raise Unreadable("option_unknown")
    return keys


def shuffled(question: Question, rng: Random) -> list[str]:
    """The keys in the order to show; options marked {tetap} stay last."""
    keys = [option.key for option in question.options]
    if not question.shuffle:
        return keys
    moving = [option.key for option in question.options if not option.fixed]
    rng.shuffle(moving)
    return moving + [option.key for option in question.options if option.fixed]


def texts_of(question: Question, keys: Sequence[str]) -> str:
    """The texts of the options of those keys, as Markdown on one line."""
    return "; ".join(" ".join(option.text.split()) for option in question.options if option.key in keys)
