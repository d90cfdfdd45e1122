"""Markdown as one line of plain words, for lists: without rendering, which would take a page its time."""

import re
from html import unescape

_PICTURE = re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)")
_LINK = re.compile(r"(?<!\[)\[([^\[\]\n]+)\]\([^)\n]*\)")
_GAP = re.compile(r"\[\[[^\]\n]*\]\]")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_LINE = re.compile(r"(?m)^[ ]*(?:#{1,6}[ ]+|>[ ]?|[-*+][ ]+|:::.*$|(?:```|~~~).*$|\|?[ ]*:?-{3,}[-|: ]*$)")
_STRONG = re.compile(r"(?<![\\\w*])(\*{1,3})(?=\S)([^*\n]*[^\s*\\])\1(?!\w)")
_UNDER = re.compile(r"(?<![\\\w_])(_{1,3})(?=\S)([^_\n]*[^\s_\\])\1(?!\w)")
_CODE = re.compile(r"(?<!\\)(`+)([^`\n]+)\1")
_STRUCK = re.compile(r"(?<!\\)~~([^~\n]+)~~")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BLANK = "…"


def plain_line(markdown: str) -> str:
    """The words on one line: marks go, pictures are their alternative text, gaps a row of dots.

    A mark that was cut off, or that is none (2 * 3, nama_berkas), stays as it was typed.
    """
    text = _COMMENT.sub(" ", markdown)
    text = _LINE.sub("", text)
    text = _GAP.sub(_BLANK, text)
    text = _LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    for mark in (_CODE, _STRONG, _UNDER, _STRONG, _UNDER):
        text = mark.sub(r"\2", text)
    text = _TAG.sub("", _STRUCK.sub(r"\1", text))
    return " ".join(unescape(_ESCAPED.sub(r"\1", text)).split())
