import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.domain.certificates import rules
from lms.domain.certificates.rules import State

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)

# ---- code ----


@pytest.mark.parametrize("printed", ["7K3Q-X9M2-VA4T-H", "ZZZZ-ZZZZ-ZZZZ-C"])
def test_known_codes(printed: str) -> None:
    code = rules.parse_code(printed)
    assert code is not None
    assert rules.print_code(code) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "7k3qx9m2va4th",
        " 7K3Q X9M2 VA4T H ",
        "7K3Q\u2011X9M2\u2013VA4T\u2212H",
        "7K3Q-X9M2-VA4T-H\n",
        "7-K-3-Q-X-9-M-2-V-A-4-T-H",
    ],
)
def test_how_a_code_is_typed_does_not_matter(typed: str) -> None:
    assert rules.parse_code(typed) == "7K3QX9M2VA4TH"


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    code = "0123456789AB"
    code += rules.check_symbol(code)
    assert rules.parse_code(code.replace("0", "o").replace("1", "l")) == code
    assert rules.parse_code(code.replace("0", "O").replace("1", "I")) == code


@pytest.mark.parametrize(
    "typed",
    ["", "7K3Q-X9M2-VA4T", "7K3Q-X9M2-VA4T-HH", "7K3Q-X9M2-VA4T-J", "UK3Q-X9M2-VA4T-H", "é" * 13, "-" * 9999],
)
def test_a_mistyped_code_is_none(typed: str) -> None:
    assert rules.parse_code(typed) is None


def test_new_codes_are_valid_and_differ() -> None:
    codes = {rules.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(rules.parse_code(rules.print_code(code)) == code for code in codes)


def test_every_wrong_symbol_and_nearly_every_swap_is_noticed() -> None:
    chance = random.Random(7)
    swaps = caught = 0
    for _ in range(200):
        body = "".join(chance.choice(rules.ALPHABET) for _ in range(12))
        code = body + rules.check_symbol(body)
        for i, right in enumerate(code):
            for wrong in rules.ALPHABET:
                if wrong != right:
                    assert rules.parse_code(code[:i] + wrong + code[i + 1 :]) is None
        for i in range(12):
            if code[i] != code[i + 1]:
                swaps += 1
                swapped = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
                caught += rules.parse_code(swapped) is None
    assert caught / swaps > 0.99


# ---- number ----

DEFAULT = "{seq:03}/{unit}/{class}/{month_roman}/{year}"
CODES = {"unit": "BKPSDM", "class": "DIKLAT"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (DEFAULT, "007/BKPSDM/DIKLAT/XI/2026"),
        ("B.{seq}/{unit}/PK.2/{month}/{year}", "B.7/BKPSDM/PK.2/11/2026"),
        ("{year}-{seq:5}", "2026-00007"),
    ],
)
def test_a_number_follows_its_template(template: str, text: str) -> None:
    assert rules.number_problem(template, CODES) is None
    assert rules.number(template, 7, date(2026, 11, 20), CODES) == text


def test_a_long_serial_outgrows_its_zeros() -> None:
    assert rules.number("{seq:03}/{year}", 12345, date(2026, 1, 1)) == "12345/2026"


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("", "number-needs-seq"),
        ("{year}/{unit}", "number-needs-seq"),
        ("{seq}/{seq}/{year}", "number-needs-seq"),
        ("{seq}/{unit}", "number-needs-year"),
        ("{seq}/{year}/{nip}", "number-unknown-field"),
        ("{seq}/{year}/{}", "number-unknown-field"),
        ("{seq.__class__}/{year}", "number-brace"),
        ("{seq/{year}", "number-brace"),
        ("{{seq}}/{year}", "number-brace"),
        ("{seq:9}/{year}", "number-brace"),
        ("{seq}/{year:4}", "number-width"),
        ("{seq}/{year}\n", "number-characters"),
        ("{seq}/<b>/{year}", "number-characters"),
        ("{seq}{year}", "number-seq-touches"),
        ("1{seq:3}/{year}", "number-seq-touches"),
        ("{month}{seq}/{year}", "number-seq-touches"),
        ("{seq}/{year}" + "x" * 80, "number-too-long"),
        ("{seq}/{year}" + "x" * 60, "number-too-long"),
    ],
)
def test_what_is_wrong_with_a_template(template: str, problem: str) -> None:
    assert rules.number_problem(template, CODES) == problem


_FIELDS = st.permutations(["{seq}", "{year}", "{month}", "{month_roman}", "{unit}", "PK.2"])
_MARKS = st.lists(st.sampled_from(["/", ".", "-", "", "1"]), min_size=6, max_size=6)


@given(_FIELDS, _MARKS, st.integers(1, 99_999), st.integers(1, 99_999), st.dates(), st.integers(1, 12))
def test_two_serials_of_a_year_never_share_a_number(
    fields: list[str], marks: list[str], one: int, other: int, day: date, month: int
) -> None:
    template = "".join(field + mark for field, mark in zip(fields, marks, strict=True))
    assume(one != other and rules.number_problem(template, CODES) is None)
    later = date(day.year, month, 1)
    assert rules.number(template, one, day, CODES) != rules.number(template, other, later, CODES)


# ---- state ----


def state(**facts: object) -> State:
    known: dict[str, object] = {
        "revoked_at": None,
        "replaced_at": None,
        "valid_until": None,
        "signed_at": None,
        "signature_required": False,
        "today": TODAY,
    }
    return rules.state(**(known | facts))  # type: ignore[arg-type]


def test_the_first_state_that_applies_wins() -> None:
    facts: dict[str, object] = {
        "revoked_at": NOW,
        "replaced_at": NOW,
        "valid_until": TODAY - timedelta(days=1),
        "signature_required": True,
    }
    order = [State.REVOKED, State.REPLACED, State.EXPIRED, State.AWAITING_SIGNATURE]
    for expected in order:
        assert state(**facts) is expected
        facts.pop(next(iter(facts)))
    assert state(**facts) is State.VALID


def test_the_last_day_is_still_valid() -> None:
    assert state(valid_until=TODAY) is State.VALID
    assert state(valid_until=TODAY - timedelta(days=1)) is State.EXPIRED


def test_a_signature_matters_only_where_it_is_required() -> None:
    assert state(signature_required=True) is State.AWAITING_SIGNATURE
    assert state(signature_required=True, signed_at=NOW) is State.VALID
    assert state(signature_required=False) is State.VALID


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        (date(2026, 2, 18), 24, date(2028, 2, 18)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 2, 18), None, None),
    ],
)
def test_validity_ends_on_a_day_that_exists(day: date, months: int | None, until: date | None) -> None:
    assert rules.valid_until(day, months) == until


# ---- NIP ----


def test_a_nip_is_grouped_as_offices_do() -> None:
    assert rules.group_nip("198609262015051001") == "19860926 201505 1 001"
    assert rules.group_nip("200012312024211001") == "20001231 2024 21 1 001"
    assert rules.group_nip("") == ""
    assert rules.group_nip("123") == "123"


def test_a_masked_nip_keeps_its_last_three_digits_only() -> None:
    assert rules.mask_nip("19860926 201505 1 004") == "•" * 15 + "004"
    assert rules.mask_nip("12") == "••"
    assert rules.mask_nip("") == ""


def test_a_typed_nip_is_compared_by_its_digits() -> None:
    assert rules.same_nip("1986 0926-2015.05 1001", "19860926 201505 1 001")
    assert not rules.same_nip("198609262015051002", "19860926 201505 1 001")
    assert not rules.same_nip("", "")


# ---- JP per module ----


@given(st.integers(0, 500), st.lists(st.integers(0, 600), min_size=1, max_size=30))
def test_shared_hours_sum_exactly_and_stay_near_their_share(jp: int, minutes: list[int]) -> None:
    shares = rules.share_jp(jp, minutes)
    assert sum(shares) == jp
    total = sum(minutes)
    if total:
        assert all(abs(s - jp * m / total) < 1 for s, m in zip(shares, minutes, strict=True))


def test_hours_are_shared_by_minutes() -> None:
    assert rules.share_jp(6, [55, 95, 50, 45, 30]) == [1, 2, 1, 1, 1]
    assert rules.share_jp(2, [10, 10, 10]) == [1, 1, 0]
    assert rules.share_jp(3, [0, 0]) == [2, 1]
    assert rules.share_jp(3, []) == []


# ---- file names ----


def test_an_exported_file_is_named_for_its_owner() -> None:
    name = rules.export_name(
        nip="19860926 201505 1 001",
        name="Dra. Encik Nurʼaini, M.M.",
        course="Arsip & Surat",
        number="7/PK.2/XI/2026",
    )
    assert name == "198609262015051001_Dra-Encik-Nuraini-M-M_Arsip-Surat_7-PK-2-XI-2026.pdf"


def test_without_a_nip_the_name_still_sorts() -> None:
    name = rules.export_name(nip="", name="Siti", course="Arsip", number="7/2026")
    assert name == "tanpa-nip_Siti_Arsip_7-2026.pdf"


@given(st.text(max_size=300), st.text(max_size=300), st.integers(1, 999_999))
def test_any_name_gives_a_short_plain_file_name(name: str, course: str, serial: int) -> None:
    number = rules.number("{seq}/BKPSDM/PK.2/{month_roman}/{year}", serial, TODAY)
    made = rules.export_name(nip="198609262015051001", name=name, course=course, number=number)
    assert len(made.encode()) <= 120
    assert re.fullmatch(r"198609262015051001_([A-Za-z0-9-]+_)*[A-Za-z0-9-]+\.pdf", made)
    assert made.endswith(f"_{rules.file_part(number)}.pdf")
    assert "__" not in made


def test_long_names_are_cut_and_numbers_are_not() -> None:
    made = rules.export_name(
        nip="198609262015051001", name="Raja " * 60, course="Arsip " * 60, number="9" * 60
    )
    assert len(made) <= 120
    assert made.endswith(f"_{'9' * 60}.pdf")
