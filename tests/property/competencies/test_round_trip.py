"""Any dictionary survives the way through a CASE package and through a table."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.exchange.grids import csv_grid
from lms.domain.competencies.rules import KINDS, Entry, entry_problem
from lms.domain.competencies.rules.case import Issue, read_case, write_case
from lms.domain.competencies.rules.dictionary import guid_of
from lms.domain.competencies.rules.tables import DICTIONARY_HEADS, dictionary_row, read_dictionary
from lms.domain.reports.spreadsheet import Column, csv_text
from lms.web.typed import clean

ISSUE = Issue("BKPSDM", "https://gurindam.example", 1, datetime(2026, 1, 1, tzinfo=UTC))
TEXT = st.text(max_size=12).map(clean)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    code = draw(st.from_regex(r"(M|SK|T)\.[0-9]{1,3}", fullmatch=True))
    kind = draw(st.sampled_from(KINDS))
    return Entry(
        code, kind, draw(TEXT), draw(TEXT), draw(TEXT), tuple(draw(TEXT) for _ in range(5)),
        draw(st.sampled_from([None, "KEL-01"])) if kind == "technical" else None,
        draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))), guid_of("competency", code),
    ).tidy()  # fmt: skip


LISTS = st.lists(
    entries().filter(lambda entry: entry_problem(entry) is None),
    max_size=4,
    unique_by=lambda entry: entry.code,
)


@settings(max_examples=60)
@given(LISTS)
def test_case_and_csv_are_the_identity(found: list[Entry]) -> None:
    text = write_case(found, ISSUE)
    assert read_case(text) == found
    assert write_case(read_case(text), ISSUE) == text
    table = csv_text([Column(head) for head in DICTIONARY_HEADS], map(dictionary_row, found))
    read, problems = read_dictionary(csv_grid(table.encode()))
    assert ([entry for _line, entry in read], problems) == (found, [])
