"""Tables of a page as rows of words."""

from __future__ import annotations

from html.parser import HTMLParser

Table = list[list[str]]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self._cell: list[str] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag in ("svg", "script"):
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append(" ".join(" ".join(self._cell).split()))
            self._cell = None
        elif tag in ("svg", "script"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)


def tables(text: str) -> list[Table]:
    """Return the tables of a page, the row of heads first."""
    found = _Tables()
    found.feed(text)
    return found.tables


def figure(text: str) -> float | None:
    """Return a figure as an Indonesian page writes it: "1.234,5"; None for a dash."""
    return None if text == "–" else float(text.replace(".", "").replace(",", ".").replace("−", "-"))
