"""Valid questions and lessons with a few lines put in, taken out or changed: many are valid still."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.course_files import CHECK
from tests.courses import QUESTIONS
from tests.every_kind import QUESTIONS as EVERY_KIND

ESSAY = """
## Esai {#e1 tipe=esai kata=10..}

Jelaskan.

> Rubrik: 4 = a; 2 = b; 0 = c

> Pembahasan: x

> Benar: y
"""
QUESTION_LINES = [
    f"## {part}".split("\n") for text in (QUESTIONS, EVERY_KIND, ESSAY) for part in text.split("\n## ")[1:]
]
"""Questions as lines."""
LESSON_LINES = [
    CHECK.split("\n"),
    ["## Bagian", "", "Teks  ", "lagi.", "", "- satu", "  - dua", "", "| a | b |", "|---|---|", "| 1 | 2 |"],
]
"""Parts of a lesson as lines."""

# fmt: off
_LINES = st.sampled_from([
    "Mana?", "", " ", "- [x] A", "* [ ] C", "- [ ] D {tetap}", "- [50%] P", "  lanjut", "lanjut", "  > umpan",
    "    > jauh", "> Petunjuk: x", "> Benar:", "> lanjut", "> - a", ">", "- = 3", "- = kata", "- != 4",
    "- a -> b", "- -> e", "1. satu", "1) lain", "> Rubrik: 2 = a; 0 = b", "> - 4 = c", "<!-- c -->", "<!--",
    "-->", "```", "  - anak", "x  ", "{tetap}", "  {tetap}", "[[*a | b]]", "[[x|y]] [[=3 +- 1]]", "# Grup",
    "# Grup {ambil=1}", "> kutip", "$$", "$$ x $$", "/// tips | x", "///", "    kode", "> **Pembahasan**: y",
    ":::", "::: kuis {#c1}", "- ", "1. - [ ] ", "## Satu {poin=2 #s1}", "## Tanpa id",
])
_TAILS = st.sampled_from([" ", "  ", "   ", " <!-- c -->", "<!-- a", "-->", " {tetap}", "`x`", " #", " :"])
# fmt: on


@st.composite
def damaged(draw: st.DrawFn, parts: Sequence[Sequence[str]]) -> str:
    """Some of the parts in any order with one to four changes."""
    chosen = draw(st.lists(st.sampled_from(range(len(parts))), min_size=1, max_size=3, unique=True))
    lines = [line for place in chosen for line in parts[place]]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["insert", "insert", "remove", "indent", "tail", "mark"]))
        if change == "insert":
            lines.insert(at, draw(_LINES))
        elif change == "remove" and len(lines) > 1:
            del lines[at]
        elif change == "indent":
            lines[at] = " " * draw(st.integers(1, 4)) + lines[at]
        elif change == "tail":
            lines[at] += draw(_TAILS)
        else:
            lines[at] = lines[at].replace("- ", draw(st.sampled_from(["* ", "-  ", "  - ", "1. "])), 1)
    return "\n".join(lines)
