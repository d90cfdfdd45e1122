"""NIP, e-mail, ranks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.accounts.rules import (
    GRADES_PPPK,
    RANKS_PNS,
    InvalidEmail,
    InvalidNip,
    group_nip,
    looks_like_nip,
    mask_nip,
    nip_birth_date,
    nip_warnings,
    normalise_email,
    normalise_nip,
    read_rank,
    squeezed,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "198609262015051001", "19860926 201505 1 001", " 19860926.201505.1.001 ", "'198609262015051001",
        "19860926-201505-1-001", "19860926\u00a0201505\u00a01\u00a0001", "１９８６０９２６201505 1 001",
    ],
)  # fmt: skip
def test_a_nip_is_read_however_it_is_typed(text: str) -> None:
    assert normalise_nip(text) == "198609262015051001"
    assert looks_like_nip(text)


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("", "nip.length", 0), ("   ", "nip.length", 0), ("19860926201505100", "nip.length", 17),
        ("1986092620150510011", "nip.length", 19), ("19860926201505100O", "nip.characters", 17),
        ("peserta@gurindam.example", "nip.characters", 0), ("1.98609E+17", "nip.characters", 8),
    ],
)  # fmt: skip
def test_what_is_no_nip_is_refused_with_the_count(text: str, code: str, count: int) -> None:
    with pytest.raises(InvalidNip) as caught:
        normalise_nip(text)
    assert (caught.value.code, caught.value.count) == (code, count)
    assert not looks_like_nip(text)


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_printed_groups_are_read_back(number: int) -> None:
    nip = f"{number:018}"
    assert normalise_nip(group_nip(nip)) == nip


def test_a_nip_is_printed_in_groups_and_masked() -> None:
    assert group_nip("198609262015051001") == "19860926 201505 1 001"
    assert mask_nip("198609262015051001") == "•••••••• •••••• • 001"


@pytest.mark.parametrize(
    ("nip", "codes"),
    [
        ("198609262015051001", ()),
        ("200012312024211001", ()),  # PPPK
        ("199009132025242014", ()),  # PPPK part-time
        ("198602302015051001", ("nip.birth",)),
        ("202712312044051001", ("nip.birth", "nip.appointment")),
        ("200401012015051001", ("nip.age",)),
        ("198609262015131001", ("nip.appointment",)),
        ("198609262015201001", ("nip.appointment",)),
        ("198609262015053001", ("nip.sex",)),
        ("198609262015051000", ("nip.serial",)),
    ],
)
def test_what_looks_wrong_in_a_nip_is_named(nip: str, codes: tuple[str, ...]) -> None:
    assert nip_warnings(nip, TODAY) == codes


def test_the_birth_date_of_a_nip() -> None:
    assert nip_birth_date("198609262015051001") == date(1986, 9, 26)
    assert nip_birth_date("198613262015051001") is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Peserta@Gurindam.Example ", "peserta@gurindam.example"),
        ("a.b+c@dinas.tanjungpinangkota.go.id", "a.b+c@dinas.tanjungpinangkota.go.id"),
    ],
)
def test_an_address_is_kept_in_lower_case(text: str, address: str) -> None:
    assert normalise_email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "", "peserta", "a@b", "a@@b.id", "a b@c.id", "a@b..id", "a@-b.id", "a@b.id,c@d.id",
        "x" * 250 + "@b.id", "a\n@b.id",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidEmail):
        normalise_email(text)


def test_names_keep_their_titles() -> None:
    assert squeezed("  Dra.  Hj.\tAminah,  M.M. ") == "Dra. Hj. Aminah, M.M."


def test_there_are_seventeen_ranks_and_seventeen_grades() -> None:
    assert len(set(RANKS_PNS)) == 17
    assert (GRADES_PPPK[0], GRADES_PPPK[8], len(GRADES_PPPK)) == ("Golongan I", "Golongan IX", 17)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("III/a", "Penata Muda, III/a"), ("iii a", "Penata Muda, III/a"),
        ("Penata Muda (III/a)", "Penata Muda, III/a"),
        ("Penata Muda Tk. I", "Penata Muda Tingkat I, III/b"), ("Pembina Utama, IV/e", "Pembina Utama, IV/e"),
        ("Gol. IX", "Golongan IX"), ("golongan xvii", "Golongan XVII"), ("9", "Golongan IX"),
        ("", None), ("III/e", None), ("XVIII", None), ("0", None), ("18", None), ("Kapten", None),
    ],
)  # fmt: skip
def test_ranks_are_read_as_offices_write_them(text: str, rank: str | None) -> None:
    assert read_rank(text) == rank
    if rank is not None:
        assert read_rank(rank) == rank
