"""Passwords, tokens, activation codes."""

from __future__ import annotations

import pytest

from lms.domain.accounts.rules import (
    InvalidCode,
    code_hash,
    hash_password,
    needs_rehash,
    new_code,
    new_token,
    password_problem,
    read_code,
    token_hash,
    verify_password,
)

OWN = {"name": "Tengku Zahara, A.Md.", "identities": ("199002142015032003", "zahara.tengku@gurindam.example")}


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("hujan di atas pulau", None), ("kucingmakan", None), ("1357924680", None), ("!?#%&/()=x", None),
        ("kucing", "password.short"), ("         x", "password.short"), ("x" * 201, "password.long"),
        ("199002142015032003", "password.identity"), ("19900214 201503 2 003", "password.identity"),
        ("Zahara.Tengku@gurindam.example", "password.identity"), ("zaharatengku", "password.identity"),
        ("tengku zahara amd", "password.identity"),
        ("Password123", "password.common"), ("Tanjung Pinang 123", "password.common"),
        ("aaaaaaaaaa", "password.common"), ("ababababab", "password.common"),
        ("..........", "password.common"), ("1234567890", "password.common"),
        ("0987654321", "password.common"), ("9876543210", "password.common"),
    ],
)  # fmt: skip
def test_length_counts_and_not_the_kind_of_characters(password: str, problem: str | None) -> None:
    assert password_problem(password, **OWN) == problem


def test_a_person_without_email_may_use_any_sentence() -> None:
    assert password_problem("angin dari selatan", name="Siti", identities=(None, None)) is None


def test_a_hash_fits_its_password_only() -> None:
    stored = hash_password("hujan di atas pulau é")
    assert verify_password(stored, "hujan di atas pulau e\u0301")  # the same letters, composed otherwise
    assert not verify_password(stored, "hujan di atas pulau e")
    assert not verify_password(None, "hujan di atas pulau")
    assert not verify_password("no hash at all", "hujan di atas pulau")
    assert not needs_rehash(stored)
    assert "$m=19456,t=2,p=1$" in stored


def test_an_endless_password_is_not_hashed_whole() -> None:
    stored = hash_password("x" * 200)
    assert verify_password(stored, "x" * 200)
    assert not verify_password(stored, "x" * 1000)


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _number in range(50)}
    assert len(tokens) == 50
    assert min(len(token) for token in tokens) >= 43
    assert len(token_hash("x")) == 64


def test_codes_are_read_as_people_write_them() -> None:
    assert read_code("7k2qm-9xwbe") == read_code(" 7K2QM 9XWBE ") == "7K2QM9XWBE"
    assert read_code("OIL00-11111") == "0110011111"
    assert code_hash("oil00 11111") == code_hash("01100-11111")


@pytest.mark.parametrize("text", ["", "7K2QM", "7K2QM-9XWB", "7K2QM-9XWBEE", "UUUUU-UUUUU", "7K2QM-9XWBÉ"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidCode):
        read_code(text)


def test_new_codes_are_readable_and_different() -> None:
    codes = {new_code() for _number in range(100)}
    assert len(codes) == 100
    for code in codes:
        assert (len(code), code[5]) == (11, "-")
        assert read_code(code) == code.replace("-", "")
