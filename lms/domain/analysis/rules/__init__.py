"""Pure rules of item analysis: figures, tables of answers, flags. Formulas by name: docs/analisis-butir.R."""

from lms.domain.analysis.rules.choices import Choice, Offer, choices_of
from lms.domain.analysis.rules.flags import (
    ALL,
    INDICATIVE,
    MANY,
    Flag,
    FlagCode,
    Look,
    Shown,
    flags_of,
    shown_of,
)
from lms.domain.analysis.rules.groups import Groups, groups_of, top_bottom
from lms.domain.analysis.rules.guessing import random_share
from lms.domain.analysis.rules.items import Analysis, Item, ItemFigures, analyse
from lms.domain.analysis.rules.numbers import mean, mean_interval, median, wilson
from lms.domain.analysis.rules.timing import ENOUGH, reading_seconds, seconds_of
from lms.domain.analysis.rules.totals import TotalFigures, near

__all__ = [
    "ALL", "ENOUGH", "INDICATIVE", "MANY", "Analysis", "Choice", "Flag", "FlagCode", "Groups", "Item",
    "ItemFigures", "Look", "Offer", "Shown", "TotalFigures", "analyse", "choices_of", "flags_of",
    "groups_of", "mean", "mean_interval", "median", "near", "random_share", "reading_seconds", "seconds_of",
    "shown_of", "top_bottom", "wilson",
]  # fmt: skip
