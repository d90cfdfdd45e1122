"""Long lists: what the address asks for and what is offered."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.web.listing import Order, Page, here, order_of, page_of


def test_a_page_knows_its_rows() -> None:
    page = Page(2, 25, 60)
    assert (page.pages, page.offset, page.first, page.last) == (3, 25, 26, 50)
    last = Page(3, 25, 60)
    assert (last.first, last.last) == (51, 60)


def test_an_empty_list_is_one_page_without_rows() -> None:
    page = Page(1, 25, 0)
    assert (page.pages, page.first, page.last, page.links) == (1, 0, 0, [1])


@pytest.mark.parametrize(
    ("number", "links"),
    [
        (1, [1, 2, None, 32]),
        (2, [1, 2, 3, None, 32]),
        (16, [1, None, 15, 16, 17, None, 32]),
        (32, [1, None, 31, 32]),
    ],
)
def test_links_are_the_ends_and_the_neighbours(number: int, links: list[int | None]) -> None:
    assert Page(number, 10, 312).links == links


@pytest.mark.parametrize(
    ("asked", "number", "size"),
    [
        ({}, 1, 25),
        ({"page": "3"}, 3, 25),
        ({"page": "99"}, 4, 25),
        ({"page": "0"}, 1, 25),
        ({"page": "-1"}, 1, 25),
        ({"page": "²"}, 1, 25),
        ({"page": "x", "size": "7"}, 1, 25),
        ({"page": "9", "size": "100"}, 1, 100),
    ],
)
def test_nonsense_in_the_address_falls_back_to_what_exists(
    asked: dict[str, str], number: int, size: int
) -> None:
    assert page_of(asked, 90) == Page(number, size, 90)


def test_only_offered_columns_order_the_list() -> None:
    assert order_of({"sort": "-jp"}, ["name", "jp"], "name") == Order("jp", descending=True)
    assert order_of({"sort": "password_hash"}, ["name"], "name") == Order("name")
    assert order_of({}, ["name", "at"], "-at") == Order("at", descending=True)


def test_a_second_click_on_a_column_turns_it_round() -> None:
    assert Order("name").next("name") == "-name"
    assert Order("name", descending=True).next("name") == "name"
    assert Order("name").next("jp") == "jp"


def test_a_link_keeps_the_filters_and_goes_back_to_the_first_page() -> None:
    with Flask(__name__).test_request_context("/hr/staff?q=siti&unit=3&unit=4&page=5&sort=name"):
        assert here(sort="-name") == "/hr/staff?q=siti&unit=3&unit=4&sort=-name"
        assert here(page=6) == "/hr/staff?q=siti&unit=3&unit=4&sort=name&page=6"
        assert here(q=None, unit=None, sort=None) == "/hr/staff"
