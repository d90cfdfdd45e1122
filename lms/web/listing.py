"""Long lists in the address: page, order and filters stay in the query string, so a link shows the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Page:
    """One page of a list of `total` rows; numbers begin at 1."""

    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many rows lie before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """Number of the first row shown, 0 for an empty list."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.offset + self.size, self.total)

    @property
    def links(self) -> list[int | None]:
        """Page numbers to print: first, last and the neighbours; None stands for a gap."""
        shown = sorted({1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)})
        result: list[int | None] = []
        for number in shown:
            if result and result[-1] is not None and number - result[-1] > 1:
                result.append(None)
            result.append(number)
        return result


def page_of(args: Mapping[str, str], total: int, size: int = SIZES[0]) -> Page:
    """The page asked for by `page` and `size` in the query; nonsense falls back to what exists."""
    wanted_size = _whole(args.get("size"), size)
    if wanted_size not in SIZES:
        wanted_size = size
    last = Page(1, wanted_size, total).pages
    return Page(min(max(1, _whole(args.get("page"), 1)), last), wanted_size, total)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else default


@dataclass(frozen=True)
class Order:
    """The column a list is ordered by; written `name` or, from the end, `-name`."""

    column: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.column}" if self.descending else self.column

    def next(self, column: str) -> str:
        """What a click on the head of `column` asks for: another column, or this one turned round."""
        return str(Order(column, self.column == column and not self.descending))


def order_of(args: Mapping[str, str], columns: Collection[str], default: str) -> Order:
    """The order asked for by `sort`; a column that is not offered gives the default."""
    text = args.get("sort", default)
    column = text.removeprefix("-")
    if column not in columns:
        text, column = default, default.removeprefix("-")
    return Order(column, text.startswith("-"))


def here(address: str = "", /, **changes: object) -> str:
    """This address, or another, with the query of this one and some values changed. Template global.

    None removes a value. What people type into the query never becomes an argument of `url_for`.

    Any change but that of the page itself leads back to the first page.
    """
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key not in changes]
    if "page" not in changes:
        pairs = [(key, value) for key, value in pairs if key != "page"]
    pairs += [(key, str(value)) for key, value in changes.items() if value is not None]
    path = address or request.path
    return f"{path}?{urlencode(pairs)}" if pairs else path
