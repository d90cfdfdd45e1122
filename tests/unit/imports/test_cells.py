"""What cells mean: NIP that Excel ruined, days, names, ranks."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.domain.imports.rules.cells import Wrong, read_day, read_nip, shown, text_of
from lms.domain.imports.rules.lines import read_class
from lms.domain.imports.rules.names import bare_name, full_name, place_core, place_key

NIP = "198609262015051001"
FEW = settings(max_examples=40, deadline=None)


@pytest.mark.parametrize(
    "cell",
    [NIP, f"'{NIP}", f'"{NIP}"', f'="{NIP}"', "19860926 201505 1 001", "19860926.201505.1.001", f"{NIP}.0",
     f"\u200b{NIP}\ufeff", "19860926\u00a0201505\u00a01\u00a0001", f" {NIP},", "’" + NIP],
)  # fmt: skip
def test_a_nip_is_read_however_it_was_kept(cell: str) -> None:
    assert read_nip(cell) == NIP


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,98609E+17", "nip.rounded"), ("1.98E+17", "nip.rounded"), ("2E+17", "nip.rounded"),
        (1.98609262015051e17, "nip.rounded"), ("198609262015051000", "nip.rounded"),
        ("19860926 201505 1 000", "nip.rounded"), ("19861326 201505 1 001", "nip.birth"),
        ("19860926201505100", "nip.length"), (12345.0, "nip.length"),
        ("l98609262015051001", "nip.characters"),
    ],
)  # fmt: skip
def test_a_nip_whose_digits_are_lost_or_wrong_is_refused(cell: str | float, code: str) -> None:
    with pytest.raises(Wrong) as refusal:
        read_nip(cell)
    assert refusal.value.code == code


@FEW
@given(
    st.dates(date(1955, 1, 1), date(2005, 12, 31)), st.integers(1, 12), st.integers(1, 999),
    st.sampled_from("12"),
    st.sampled_from(["", " ", ".", "-", "\u00a0"]),
)  # fmt: skip
def test_every_nip_survives_text_and_never_a_number(
    birth: date, month: int, serial: int, sex: str, mark: str
) -> None:
    parts = (f"{birth:%Y%m%d}", f"{birth.year + 20}{month:02}", sex, f"{serial:03}")
    assert read_nip(mark.join(parts)) == "".join(parts)
    with pytest.raises(Wrong):
        read_nip(float("".join(parts)))
    with pytest.raises(Wrong):
        read_nip(f"{float(''.join(parts)):.5E}".replace(".", ","))


@FEW
@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_from_each_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    ways = (day, float(serial), str(serial), f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}",
            f"{day.day}.{day.month}.{day.year}",
            day.isoformat(), f"{day.isoformat()} 00:00:00")  # fmt: skip
    assert {read_day(way) for way in ways} == {day}


@FEW
@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    for read in (read_nip, read_day):
        with suppress(Wrong):
            read(text)
    assert "\n" not in shown(text) and text_of(text) == text_of(text_of(text)) or text.startswith("'")
    full_name(text, text[:5], text[5:])


@pytest.mark.parametrize(
    ("text", "day"),
    [("1 Maret 2020", date(2020, 3, 1)), ("17-Agt-1995", date(1995, 8, 17)),
     ("02 Okt. 2021", date(2021, 10, 2)),
     ("1/3/2020 0:00:00", date(2020, 3, 1))],
)  # fmt: skip
def test_months_have_names(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [("12/31/2024", "day.order"), ("31/02/2024", "day.none"), ("01/02/24", "day.unreadable"),
     ("kemarin", "day.unreadable"), ("99999999", "day.unreadable"), ("1 Foo 2020", "day.unreadable")],
)  # fmt: skip
def test_a_day_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(Wrong) as refusal:
        read_day(text)
    assert refusal.value.code == code
    assert read_day("01/01/2020") + timedelta(1) == date(2020, 1, 2)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Dra. Hj. Aminah, M.M.", "", ""), "Dra. Hj. Aminah, M.M."),
        (("DRA. HJ. AMINAH, M.M.", "", ""), "Dra. Hj. Aminah, M.M."),
        (("RAJA HAJI FISABILILLAH, S.SOS., M.SI.", "", ""), "Raja Haji Fisabilillah, S.Sos., M.Si."),
        (("SITI NURBAYA", "Dr.", "S.Pd., M.Pd."), "Dr. Siti Nurbaya, S.Pd., M.Pd."),
        (("Siti", "Dr.", "S.Pd."), "Dr. Siti, S.Pd."),
        (("Dr. Siti, S.Pd.", "Dr.", "S.Pd."), "Dr. Siti, S.Pd."),
        (("INDAH BR. SITUMORANG", "", ""), "Indah br. Situmorang"),
        (("ABDUL AL-BANJARI", "", ""), "Abdul Al-Banjari"),
        (("MUHAMMAD BIN ALI", "", ""), "Muhammad bin Ali"), (("SARI", "", ""), "Sari"),
    ],
)  # fmt: skip
def test_names_keep_their_titles(parts: tuple[str, str, str], name: str) -> None:
    assert full_name(*parts) == name


def test_names_of_people_and_places_are_compared_without_what_differs() -> None:
    assert bare_name("DRA. HJ. AMINAH, M.M.") == bare_name("Aminah") == "aminah"
    assert place_key("Kel. Penyengat") == place_key("KELURAHAN  PENYENGAT")
    assert place_core("Kecamatan Tanjungpinang Timur") == place_core("Kel. Tanjungpinang Timur")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Ahli Muda", "ahli_muda"), ("ahli_pertama", "ahli_pertama"), ("JFU", "pelaksana"),
     ("III.a", "administrator"),
     ("Eselon II.b", "jpt_pratama"), ("IV/a", "pengawas"), ("Terampil", "terampil"), ("Sultan", None)],
)  # fmt: skip
def test_the_class_of_a_position_is_read(text: str, code: str | None) -> None:
    assert read_class(text) == code
