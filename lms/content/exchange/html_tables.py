"""A table of HTML on its way to the pipes of Markdown: one line a row, the first row as its head."""

from __future__ import annotations

from lms.content.exchange.text import one_line


class Table:
    """Cells as they are read; `outside` is what stood before the table, `open` whether a cell is open."""

    def __init__(self, outside: list[str]) -> None:
        self.outside = outside
        self.rows: list[list[str]] = []
        self.open = False
        self.between: list[str] = []

    def row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def cell(self, text: str) -> None:
        """End the cell that is open; text outside cells, such as a caption, is kept for above the table."""
        if not self.open:
            self.between.append(text.strip())
            return
        if not self.rows:
            self.row()
        self.rows[-1].append(one_line(text).replace("|", "\\|"))
        self.open = False

    def markdown(self) -> str:
        """The table with what stood in it outside its cells; a table of one cell is its text."""
        rows = [row for row in self.rows if any(row)]
        above = "\n\n".join(text for text in self.between if text)
        width = max((len(row) for row in rows), default=0)
        if width < 2:
            lines = "\n\n".join(row[0].replace("\\|", "|") for row in rows)
            return "\n\n".join(part for part in (above, lines) if part)
        full = [row + [""] * (width - len(row)) for row in rows]
        head, *rest = (f"| {' | '.join(row)} |" for row in full)
        lines = "\n".join([head, f"|{' --- |' * width}", *rest])
        return f"{above}\n\n{lines}" if above else lines

    def words(self) -> str:
        """The texts of the cells, for a table inside a cell."""
        return " ".join(text for row in self.rows for text in row if text).replace("\\|", "|")
