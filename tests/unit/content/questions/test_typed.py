"""Numbers and short texts: which part of the points each answer earns, worked out by hand."""

from __future__ import annotations

import pytest

from tests.unit.content.questions.making import grade, make

NUMBER = "- = 25 ± 0.5\n- =50% 25 ± 2\n  > Dekat.\n- != 24\n  > Itu angka lama.\n- = 1000..1100"
TEXT = "- = Laporan Harta\n- =50% Laporan\n- ~ lhk(pn)?\n- = LHK\n- != Laporan Kerja\n  > Bukan kerja."


@pytest.mark.parametrize(
    ("typed", "share", "remarks"),
    [
        ("25", 1, ()),
        ("25,5", 1, ()),  # the edge counts
        ("25.5 JP", 1, ()),  # a point for a comma, the unit typed too
        ("25,51", 0.5, ("Dekat.",)),
        ("27", 0.5, ("Dekat.",)),
        ("27,01", 0, ()),
        ("24", 0.5, ("Dekat.",)),  # within the wider tolerance: the best line counts
        ("1.000", 1, ()),  # thousands
        ("1.100,0", 1, ()),
        ("1000,5", 1, ()),
        ("1.101", 0, ()),
        ("-25", 0, ()),
    ],
)
def test_numeric(typed: str, share: float, remarks: tuple[str, ...]) -> None:
    mark = grade(make(NUMBER, "satuan=JP"), {"": typed})
    assert (mark.fraction, mark.remarks) == (share, remarks)


def test_a_wrong_number_with_a_name_gets_its_feedback() -> None:
    mark = grade(make("- = 20\n- != 24\n  > Untuk PPPK."), {"": "24"})
    assert (mark.fraction, mark.verdict, mark.remarks) == (0, "wrong", ("Untuk PPPK.",))


@pytest.mark.parametrize(
    ("typed", "share", "remarks"),
    [
        ("Laporan Harta", 1, ()),
        ("  laporan   HARTA. ", 1, ()),  # spaces, case, one full stop
        ("Ｌａｐｏｒａｎ Harta", 1, ()),  # NFKC
        ("Laporan Harta..", 0, ()),  # one full stop, not two
        ("laporan", 0.5, ()),
        ("LHKPN", 1, ()),  # the pattern
        ("lhkp", 0, ()),  # it means the whole answer
        ("Laporan Hart", 0, ()),  # near is not right
        ("laporan kerja", 0, ("Bukan kerja.",)),
    ],
)
def test_short(typed: str, share: float, remarks: tuple[str, ...]) -> None:
    mark = grade(make(TEXT), {"": typed})
    assert (mark.fraction, mark.remarks) == (share, remarks)


@pytest.mark.parametrize(
    ("typed", "any_case", "sensitive"), [("KTP-el", 1, 1), ("ktp-el", 1, 0), ("KTP-EL.", 1, 0)]
)
def test_short_by_case(typed: str, any_case: float, sensitive: float) -> None:
    assert grade(make("- = KTP-el"), {"": typed}).fraction == any_case
    assert grade(make("- = KTP-el", "huruf=peka"), {"": typed}).fraction == sensitive
