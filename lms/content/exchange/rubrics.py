"""A rubric in a text for markers: levels as our format writes them, or one level for the whole text."""

from __future__ import annotations

from decimal import Decimal

from lms.content.exchange.items import DEFAULT_RUBRIC
from lms.content.exchange.markdown import read_back
from lms.content.exchange.text import one_line
from lms.content.questions.question import Level


def levels_of(text: str) -> tuple[tuple[Level, ...], bool]:
    """The levels, and whether the text said them; other text becomes the description of the full level."""
    plain = one_line(text)
    if not plain:
        return DEFAULT_RUBRIC, False
    found, _ = read_back(f"## x {{#x tipe=esai}}\n\nx\n\n> Rubrik: {plain}")
    if found is not None:
        return found.rubric, True
    described = plain.replace(";", ",").replace("=", ":")
    return (Level(Decimal(1), described), DEFAULT_RUBRIC[1]), False
