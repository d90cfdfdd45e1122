"""Every form that a page of the site offers to somebody, found by looking at all pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, url_for
from werkzeug.exceptions import HTTPException

from tests.forms import Field, PageForm, forms_of
from tests.web.access.table import REFUSED, ROWS
from tests.web.access.world import ACTORS, World


@dataclass(frozen=True)
class Offer:
    """A form in front of a person: whose, on which page, and the endpoint it goes to."""

    actor: str
    page: str
    endpoint: str
    form: PageForm


def endpoint_of(app: Flask, address: str, method: str = "POST") -> str:
    """Return the endpoint of an address of the site, "" when there is none."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(address).path, method=method)
    except HTTPException:
        return ""
    return str(endpoint)


def pages(world: World) -> Iterator[tuple[str, str]]:
    """(actor, address) of each page of the access table, as the first person whom it answers with 200."""
    for row in ROWS:
        if row.method != "GET" or "200" not in row.answers:
            continue
        with world.app.test_request_context():
            address = url_for(row.endpoint, **row.values(world.things))  # type: ignore[arg-type]
        yield ACTORS[row.answers.index("200")], address
    yield "hr", f"/hr/codes?unit={world.things['village']}"


def offers(world: World) -> list[Offer]:
    """Return the forms of all pages, each once: same endpoint and same fields are one."""
    found: dict[tuple[str, tuple[str, ...]], Offer] = {}
    world.restore()
    for actor, address in pages(world):
        answer = world.ask(actor, "GET", address, fresh=False)
        if not answer.content_type.startswith("text/html"):
            continue
        for form in forms_of(answer.text, address):
            endpoint = endpoint_of(world.app, form.action)
            if form.method == "post" and endpoint:
                names = tuple(item.name for item in form.fields)
                found.setdefault((endpoint, names), Offer(actor, address, endpoint, form))
    return [*found.values(), *_of_the_table(world, {offer.endpoint for offer in found.values()})]


def _of_the_table(world: World, known: set[str]) -> Iterator[Offer]:
    """What no page offers just now: sent by a script, or only after a step before it."""
    for row in ROWS:
        if row.method != "POST" or row.endpoint in known or set(row.answers) <= set(REFUSED):
            continue
        known.add(row.endpoint)
        with world.app.test_request_context():
            address = url_for(row.endpoint, **row.values(world.things))  # type: ignore[arg-type]
        actor = next(who for who, word in zip(ACTORS, row.answers, strict=True) if word not in REFUSED)
        typed = [Field(name, "text", value) for name, value in row.form(world.things).items()]
        form = PageForm(address, "post", multipart=False, fields=typed)
        yield Offer(actor, address, row.endpoint, form)
