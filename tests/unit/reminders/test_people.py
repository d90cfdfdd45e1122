"""To whom by which channel, phone numbers, texts, days off from a file, lines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.reminders.rules import (
    DEFAULTS,
    WRITTEN,
    InvalidPhone,
    Line,
    Outcome,
    Reader,
    Why,
    filled,
    is_urgent,
    line_of,
    normalise_phone,
    outcome,
    quarter_end,
    told_keys,
)
from lms.domain.reminders.rules.holidays import BadLine, read_days
from lms.domain.reminders.rules.texts import PART_MAX, problem

TODAY = date(2026, 11, 24)
READERS = st.builds(
    Reader, st.sampled_from([None, "a@x.example", "b@x.example"]), st.booleans(), st.booleans(),
    st.sampled_from([None, "a@x.example"]),
)  # fmt: skip


@given(st.sampled_from(["weekly", "urgent", "escalation"]), READERS, st.integers(0, 3), st.booleans(),
       st.integers(0, 5), st.integers(1, 4), st.booleans())  # fmt: skip
def test_nobody_is_written_to_without_need_beyond_the_cap_or_at_a_refused_address(
    kind: str, reader: Reader, lines: int, told: bool, sent: int, cap: int, server: bool
) -> None:
    found = outcome(kind, reader, lines=lines, told=told, sent=sent, cap=cap, server=server)
    assert (found in WRITTEN) == (
        lines > 0 and sent < cap and (kind != "weekly" or reader.weekly) and (kind != "urgent" or not told)
    )
    if found is Outcome.EMAIL:
        assert server and reader.by_email and reader.email and reader.email != reader.refused_address


def test_phone_numbers_as_people_type_them() -> None:
    for typed in ("0812-3456-7890", "+62 812 3456 7890", "62 812.3456.7890", "(0812) 34567890"):
        assert normalise_phone(typed) == "6281234567890"
    assert normalise_phone("+65 8123 4567") == "6581234567"
    for wrong in ("0812", "telepon", "0812x4567890", "1" * 16, "+0812345678", "٠٨١٢٣٤٥٦٧٨٩٠"):
        with pytest.raises(InvalidPhone):
            normalise_phone(wrong)


def test_texts_hold_known_placeholders_and_no_nip() -> None:
    for (kind, _locale), words in DEFAULTS.items():
        for part in ("subject", "greeting", "closing"):
            text = getattr(words, part)
            assert problem(part, text, PART_MAX) is None or (kind == "whatsapp" and part == "subject")
    assert problem("subject", "Halo {nip}", 150) == ("text.unknown", {"name": "nip"})
    for brace in ("Halo {nama", "}", "{ nama }", "{Nama}", "{nama}}"):
        assert problem("greeting", brace, 100) == ("text.brace", {}), brace
    assert problem("greeting", "19860926 201505 1 001", 100) == ("text.nip", {})
    assert (
        problem("greeting", "", 100) == problem("greeting", "x" * 101, 100) == ("text.length", {"most": 100})
    )
    assert problem("closing", "", 100) is None
    assert filled("{nama}, {jumlah}", {"nama": "{jumlah}", "jumlah": "3"}) == "{jumlah}, 3"


def test_days_off_are_read_from_what_offices_save() -> None:
    christmas = date(2026, 12, 25)
    assert read_days(b"\xef\xbb\xbftanggal;nama\r\n25/12/2026;Hari Natal\r\n\r\n") == [
        (christmas, "Hari Natal")
    ]
    assert read_days(b'2026-12-25,"Natal, cuti"\n2026-12-25,Natal\n') == [(christmas, "Natal")]
    for wrong, line in ((b"2026-12-25,Natal\n31/02/2026,X\n", 2), (b"2026-12-25,Natal\n2026-12-26\n", 2),
                        (b"2026-12-25\n", 1), (b"2026-12-25,Na\0tal\n", 1),
                        (b"2026-12-25,Natal\n25/12/26,Y", 2)):  # fmt: skip
        with pytest.raises(BadLine) as error:
            read_days(wrong)
        assert error.value.number == line


def test_lines_keep_their_values_and_tell_what_is_urgent() -> None:
    line = Line(Why.ASSIGNED_DUE, "Etika", "etika", date(2026, 11, 27), "800/1", date(2026, 11, 1))
    assert line_of(line.plain) == line and "name" not in line.plain
    assert is_urgent(line, TODAY, 3) and not is_urgent(line, TODAY, 2) and not is_urgent(line, TODAY, 0)
    assert not is_urgent(line, date(2026, 11, 28), 3)
    assert told_keys([(TODAY, [line])], 3) == {line.key}
    assert told_keys([(date(2026, 11, 20), [line])], 3) == set()  # told before it was urgent
    assert [quarter_end(2026, quarter).isoformat()[5:] for quarter in (1, 2, 3, 4)] == [
        "03-31", "06-30", "09-30", "12-31"
    ]  # fmt: skip
