"""Tables are counted before they are rendered: a small text may ask for millions of cells."""

from __future__ import annotations

import pytest

from lms.content.html import render
from lms.content.limits import MAX_CELLS, MAX_PAGE_CELLS
from lms.content.lines import cut
from lms.content.tables import table_sizes
from lms.i18n.problems import problem_text
from tests.unit.content.conftest import FILES, Parse

LESSON = "01-dasar/01-awal.md"


def table(columns: int, rows: int, row: str = "") -> str:
    """A table with its heading; each row as it would be, or `row` in its place."""
    whole = f"|{' a |' * columns}"
    return "\n".join([whole, f"|{'---|' * columns}", *[row or whole] * (rows - 1)]) + "\n"


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("", []),
        ("a | b\n", []),
        ("Teks.\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\nTeks.\n", [(2, 4)]),
        ("a | b\n--|--\n1 | 2\ntanpa garis\n\n| c |\n|---|\n| 3 |\n", [(0, 6), (5, 2)]),
        (
            "> | a | b |\n> |---|---|\n> | 1 | 2 |\n\n- [x] Ya\n  > | a |\n  > |---|\n  > | 1 |\n",
            [(0, 4), (5, 2)],
        ),
        ("```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n", []),
    ],
)
def test_cells_are_columns_times_rows(text: str, sizes: list[tuple[int, int]]) -> None:
    assert table_sizes(cut(text)) == sizes


@pytest.mark.parametrize(("columns", "rows", "row"), [(1, 3000, ""), (100, 30, "|")])
def test_a_table_up_to_the_limit_is_shown(columns: int, rows: int, row: str) -> None:
    assert columns * rows == MAX_CELLS
    html = render(table(columns, rows, row), prefix="p")
    assert html.count("<td") + html.count("<th ") == MAX_CELLS


@pytest.mark.parametrize("row", ["", "x", "|"])
def test_a_larger_table_is_an_error_and_is_shown_as_typed(
    parse: Parse, in_indonesian: None, row: str
) -> None:
    text = FILES[LESSON] + "\n" + table(100, 31, row)
    found = parse({LESSON: text})
    assert found.course is None
    assert [(one.path, one.line, one.code) for one in found.problems] == [(LESSON, 9, "table_large")]
    assert "3100 sel, lebih dari 3000" in problem_text(found.problems[0])
    assert "<td" not in render(table(100, 31, row), prefix="p")


def test_many_tables_on_one_page_are_an_error_but_not_in_a_bank(parse: Parse) -> None:
    tables = "\n".join(table(50, 50) for _ in range(5))
    assert MAX_PAGE_CELLS == 4 * 2500
    assert [one.code for one in parse({LESSON: f"{FILES[LESSON]}\n{tables}"}).problems] == ["tables_large"]
    assert "<td" not in render(tables, prefix="p")
    bank = "---\njenis: bank\nid: b\njudul: B\n---\n"
    questions = "\n".join(
        f"## Tabel {{#t{at}}}\n\nMana?\n\n{table(50, 50)}\n- [x] A\n- [ ] B\n" for at in range(5)
    )
    assert parse({"bank/b.md": bank + questions}).course is not None


@pytest.mark.parametrize(
    "line", ["> " * 4_900, "- " * 4_900, "a | b\n-" + " " * 9_000 + "x", "a | b\n-" + "|-" * 4_900 + "x"]
)
def test_a_long_line_is_read_once(line: str) -> None:
    assert table_sizes(cut(f"|||\n{line}\n" * 40)) == []
