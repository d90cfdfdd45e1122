"""Characters that nobody sees, in every field of every form, in addresses and file names."""

from __future__ import annotations

import io

import pytest
from flask import request

from lms.web.typed import clean
from tests.forms import Field
from tests.web.access.table import ROWS
from tests.web.access.world import World
from tests.web.attacks.filled import Offer, offers, pages

UNSEEN = "\0\x01\x08\x0b\x1b\x7f\x85\u202e\u2066\ufffe"
TYPED = f"Aman{UNSEEN}Sekali"
KEPT = "Sekali"
FINE = {200, 303, 401, 403, 404, 409, 422, 429}


def sent(offer: Offer, *, everywhere: bool) -> dict[str, object]:
    """What the form sends with the bad text in what is typed, or in all it has."""

    def value(item: Field) -> object:
        if item.kind == "file":
            return io.BytesIO(b"\0\x01 no file of any kind"), f"berkas{UNSEEN}.zip"
        return TYPED if item.typed or everywhere else item.value

    values: dict[str, list[object]] = {}
    for item in offer.form.fields:
        if item.name and (item.sent or everywhere or item.kind in {"file", "button"}):
            values.setdefault(item.name, []).append(value(item))
    return values  # type: ignore[return-value]


def test_every_form_takes_text_with_unseen_characters(office: World) -> None:
    """No form breaks or is refused for them; a form that is shown again still holds the text."""
    found = offers(office)
    assert {row.endpoint for row in ROWS if row.method == "POST"} == {offer.endpoint for offer in found}
    for offer in found:
        answer = office.ask(offer.actor, "POST", offer.form.action, sent(offer, everywhere=False))
        if answer.mimetype == "application/json" and answer.status_code == 400:
            assert answer.json and answer.json["message"], "an answer that the script shows"
        else:
            assert answer.status_code in FINE, (offer.endpoint, answer.status_code)
        typed = [item for item in offer.form.fields if item.typed and item.kind != "password"]
        if answer.status_code == 422 and any(item.kind in {"text", "textarea"} for item in typed):
            assert KEPT in answer.text, f"{offer.endpoint} lost the text"
        if answer.mimetype == "text/html":
            assert not any(mark in answer.text for mark in "\0\x01\x1b\u202e\ufffe"), offer.endpoint


def test_no_form_breaks_with_them_in_what_is_not_typed(office: World) -> None:
    """Hidden fields, choices and ticks that no browser sends like this: refused, never a fault."""
    for offer in offers(office):
        answer = office.ask(offer.actor, "POST", offer.form.action, sent(offer, everywhere=True))
        assert answer.status_code in FINE | {400}, (offer.endpoint, answer.status_code)


def test_every_page_takes_them_in_its_address(office: World) -> None:
    names = ("q", "unit", "sort", "page", "next", "user", "verb", "state", "course", "before", "code", "lang",
             "parent", "year", "competency", "first", "from", "key", "employment", "role")  # fmt: skip
    query = "&".join(f"{name}=a%00%01%E2%80%AEb" for name in names)
    for actor, address in pages(office):
        mark = "&" if "?" in address else "?"
        answer = office.ask(actor, "GET", f"{address}{mark}{query}", fresh=False)
        assert answer.status_code in {200, 303, 404}, (address, answer.status_code)
        answer = office.ask(actor, "GET", f"{address.partition('?')[0]}%00", fresh=False)
        assert answer.status_code == 404, (address, answer.status_code)


@pytest.mark.parametrize(
    ("text", "left"),
    [("a\0b", "ab"), ("satu\x0bdua\x0ctiga", "satu\ndua\ntiga"), ("\u202egnp.exe", "gnp.exe"),
     ("baris\r\n\tlain", "baris\r\n\tlain"),
     ("كتاب \u200fX", "كتاب \u200fX"), ("👩‍👧 é", "👩‍👧 é"), ("\ufffe\uffff", "")],
)  # fmt: skip
def test_only_what_nobody_sees_is_taken_out(text: str, left: str) -> None:
    assert clean(text) == left


def test_json_and_file_names_are_clean(sqlite_office: World) -> None:
    app = sqlite_office.app
    with app.test_request_context(method="POST", json={"a\0": ["x\0", {"b": "\u202ey"}, 3, None]}):
        assert request.get_json() == {"a": ["x", {"b": "y"}, 3, None]}
    upload = {"file": (io.BytesIO(b"\0\x01"), "a\0\u202eb.zip")}
    with app.test_request_context(method="POST", data=upload):
        assert request.files["file"].filename == "ab.zip"
        assert request.files["file"].read() == b"\0\x01"
