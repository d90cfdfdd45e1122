"""Blocks of Markdown between slashes: ``/// penting | Judul`` ... ``///``.

One form for all: a notice of one of five kinds, a part to open (`rincian`), and the caption of the picture
or table above (`keterangan`). It reads as text in every viewer; the English words are taken too.
"""

import re

# Word of authors: English aliases, class of the style sheet, title in Indonesian and in English.
NOTICES: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "catatan": (("note", "info"), "info", "Catatan", "Note"),
    "tips": (("tip",), "ok", "Tips", "Tip"),
    "penting": (("important", "warning", "attention"), "warn", "Penting", "Important"),
    "awas": (("danger", "caution", "bahaya"), "danger", "Awas", "Caution"),
    "contoh": (("example",), "quiet", "Contoh", "Example"),
}
DETAILS = ("rincian", "details")
CAPTION = ("keterangan", "caption")

OPENING = re.compile(r"[ ]{0,3}(/{3,})[ ]*([\w-]+)[ ]*(?:\|[ ]*(.*?))?[ ]*$")
CLOSING = re.compile(r"[ ]{0,3}(/{3,})[ ]*$")


def all_words() -> list[str]:
    """Every word that may open a block."""
    words = [word for main, (others, *_) in NOTICES.items() for word in (main, *others)]
    return [*words, *DETAILS, *CAPTION]


WORDS = frozenset(all_words())
