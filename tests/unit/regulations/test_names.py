"""One rule of law under its many spellings; what is no name; what a change makes outdated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.regulations.rules import LONGEST, Name, key_of, names_in, outdated, read_name, title_in

SPELLINGS = {
    "PP": ("PP", "pp", "Peraturan Pemerintah", "PERATURAN  PEMERINTAH"),
    "UU": ("UU", "Undang-Undang", "undang undang"),
    "Perppu": ("Perppu", "Perpu", "Peraturan Pemerintah Pengganti Undang-Undang"),
    "Perpres": ("Perpres", "Peraturan Presiden"),
    "PermenPANRB": (
        "PermenPANRB", "PermenPAN-RB", "Permenpan RB", "Peraturan Menteri PANRB",
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    ),
    "Permendagri": ("Permendagri", "Peraturan Menteri Dalam Negeri"),
    "Permenkeu": ("Permenkeu", "PMK", "Peraturan Menteri Keuangan"),
    "Peraturan BKN": ("Peraturan BKN", "Per-BKN", "Perka BKN", "Peraturan Badan Kepegawaian Negara"),
    "Peraturan LAN": ("Peraturan LAN", "PerLAN", "Peraturan Kepala Lembaga Administrasi Negara"),
    "SE MenPANRB": ("SE MenPANRB", "Surat Edaran Menteri PANRB"),
    "Perda": ("Perda", "Peraturan Daerah Kota Tanjungpinang", "Perda Kota Tanjungpinang"),
    "Perwali": ("Perwali", "Peraturan Wali Kota Tanjungpinang", "Peraturan Walikota"),
}  # fmt: skip
KINDS = st.sampled_from(sorted(SPELLINGS))
NUMBERS, YEARS = st.integers(1, 2000).map(str), st.integers(1945, 2099)
FORMS = ("{kind} {number}/{year}", "{kind} Nomor {number} Tahun {year}", "{kind} No. {number} Tahun {year}",
         "{kind} no {number}/{year}", "  {kind}  {number} / {year} ")  # fmt: skip


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, Name]:
    """A rule written in one of its ways."""
    kind, number, year = draw(KINDS), draw(NUMBERS), draw(YEARS)
    words = draw(st.sampled_from(SPELLINGS[kind]))
    return draw(st.sampled_from(FORMS)).format(kind=words, number=number, year=year), Name(kind, number, year)


@given(
    spelled(), st.sampled_from(["", " ps 5", ", Pasal 3 ayat (2) huruf a", " tentang Disiplin PNS, Pasal 5"])
)
def test_every_spelling_is_one_rule(one: tuple[str, Name], tail: str) -> None:
    text, name = one
    assert names_in(text + tail) == (name,)
    assert key_of(text + tail) == key_of(name.short) == name.short.casefold()
    assert read_name(name.short) == name


@given(st.lists(spelled(), min_size=1, max_size=4), st.sampled_from([" jo. ", ", ", " dan ", "; "]))
def test_a_chain_names_each_rule_once_in_its_order(rules: list[tuple[str, Name]], between: str) -> None:
    text = between.join(text for text, _name in rules)
    assert names_in(text) == tuple(dict.fromkeys(name for _text, name in rules))


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert len(key_of(text)) <= 80
    assert all(1900 <= name.year <= 2099 for name in names_in(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PP 11/2017 jo. 17/2020", ["PP 11/2017", "PP 17/2020"]),
        ("Permendagri 7/2019, 109/2019", ["Permendagri 7/2019", "Permendagri 109/2019"]),
        ("PMK 113/PMK.05/2012", ["Permenkeu 113/2012"]),
        ("PP 96/2012 tentang Pelaksanaan UU 25/2009", ["PP 96/2012"]),
        ("UU 30/2014 tentang Administrasi, Pasal 53, kini dalam UU 6/2023", ["UU 30/2014", "UU 6/2023"]),
        ("Permenparekraf 4/2021", ["Permenparekraf 4/2021"]),
        ("PP11/2017", ["PP 11/2017"]),
        ("UU ITE ps 11", []),
        ("Surat 5 dari 2019", []),
        ("11/2017", []),
    ],
)
def test_citations_of_courses(text: str, names: list[str]) -> None:
    assert [name.short for name in names_in(text)] == names


def test_a_name_without_a_number_has_a_key_of_its_own_and_a_title_is_taken_from_its_own_citation() -> None:
    assert key_of("UU ITE ps 11") == key_of("uu  ITE, Pasal 5") == "uu ite"
    name = Name("UU", "25", 2009)
    assert title_in("UU 25/2009 tentang Pelayanan Publik, Pasal 4", name) == "Pelayanan Publik"
    assert title_in("PP 96/2012 tentang Pelaksanaan UU 25/2009", name) == ""


def test_who_names_the_newer_rule_beside_the_older_one_is_up_to_date() -> None:
    assert outdated({"pp 53/2010"}, {"pp 53/2010"}, {"pp 94/2021"})
    assert not outdated({"pp 53/2010", "pp 94/2021"}, {"pp 53/2010"}, {"pp 94/2021"})
    assert not outdated({"uu 5/2014"}, {"pp 53/2010"}, {"pp 94/2021"})


def test_a_long_unknown_kind_leaves_room_for_number_and_year() -> None:
    found = read_name(" ".join(["Keputusan", *["Panjangsekali"] * 5]) + " Nomor 1234A Tahun 2020")
    assert found is not None and found.short.endswith(" 1234A/2020")
    assert len(found.short) == LONGEST
