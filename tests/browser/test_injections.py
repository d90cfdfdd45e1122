"""Scripts of others in every field of the site, in a real browser: none runs, none is markup."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from lms import clock, create_app
from lms.content.html import render, render_inline
from lms.db import db
from lms.domain.accounts.models import OrgUnit, User
from lms.domain.quizzes.models import Response
from lms.web.access import public
from tests.cast import NOW, make_unit, make_user
from tests.conftest import settings
from tests.forms import Field
from tests.payloads import PAYLOADS
from tests.web.access.world import ACTORS, World, build
from tests.web.attacks.filled import offers, pages

LISTEN = """
document.addEventListener("securitypolicyviolation", event =>
  console.log("VIOLATION " + event.effectiveDirective + " " + event.sample + " " + event.blockedURI));
"""
LIVE = """
() => {
  const found = [];
  const bad = "script:not([src^='/static/']),iframe,object,embed,base,meta[http-equiv],style,applet,frame,"
    + "marquee,[style]:not(.numbers),[srcdoc],"
    + "[formaction]:not([formaction^='/hr/']):not([formaction^='/trainer/']),"
    + "[srcset]:not([srcset^='/courses/']):not([srcset^='/trainer/']),[background],[poster],[ping],"
    + "[lowsrc],foreignObject,animate,set,annotation-xml,video,audio,template,xmp,"
    + "input[type=image],link:not([href^='/static/'])";
  for (const element of document.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      const value = attribute.value.replace(/[\\x00-\\x20]/g, "").toLowerCase();
      if (attribute.name.startsWith("on")) found.push(element.tagName + " " + attribute.name);
      if (["href", "src", "action", "xlink:href", "data"].includes(attribute.name) &&
          (/^(javascript|data|vbscript):/.test(value) && !/^data:image\\/(png|svg\\+xml;base64)/.test(value)
           || value.startsWith("/canary") || /^[\\/\\\\]{2}/.test(value)))
        found.push(element.tagName + " " + attribute.name + "=" + attribute.value);
    }
  }
  for (const element of document.querySelectorAll(bad)) found.push(element.outerHTML.slice(0, 90));
  return found;
}
"""


@dataclass
class Watch:
    """A browser window in which everything that runs or is loaded is seen."""

    page: Page = field(repr=False)
    ran: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, context: BrowserContext) -> Watch:
        """Watch a new page of a context."""
        watch = cls(context.new_page())
        watch.page.set_default_timeout(90_000)  # each of many windows waits for its turn on a busy machine
        watch.page.expose_function("hit", lambda *number: watch.ran.append(f"hit{number}"))
        watch.page.add_init_script(LISTEN)
        watch.page.on("dialog", lambda dialog: (watch.ran.append("dialog"), dialog.dismiss()))
        watch.page.on("request", lambda request: watch._note(request.url))
        watch.page.on("console", lambda line: watch._hear(line.text))
        return watch

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.path.startswith("/canary") or "evil.example" in parts.netloc:
            self.asked.append(url)

    def _hear(self, text: str) -> None:
        if text.startswith("VIOLATION"):
            self.blocked.append(text)

    def look(self, address: str) -> str:
        """Open a page, move over it, and return its text; AssertionError for anything live."""
        self.page.goto(address, wait_until="load")
        live = self.page.evaluate(LIVE)
        assert live == [], address
        assert (self.ran, self.asked, self.blocked) == ([], [], []), address
        text = self.page.inner_text("body")
        assert "1337" not in text, address
        return text


@pytest.fixture
def office(sqlite_template: Path, static_build: Path, tmp_path: Path) -> Iterator[tuple[str, World]]:
    """The office of the access table, listening."""
    path = tmp_path / "office.sqlite3"
    shutil.copyfile(sqlite_template, path)
    app = create_app({**settings(tmp_path, f"sqlite:///{path}"), "STATIC_BUILD": str(static_build)})
    _planted(app)
    with clock.frozen(NOW):
        world = build(app, path, tmp_path / "kept.sqlite3")
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", world
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def _planted(app: Flask) -> None:
    """Pages that only this test has: what the renderer makes of each text, and the texts as raw markup."""

    @app.get("/planted/rendered/<int:part>")
    @public
    def rendered(part: int) -> str:
        parts = PAYLOADS[part::4]
        made = [
            Markup(f"<section>{make(text, prefix=f'p{number}', asset_url=str, piece_url=_place)}</section>")
            for number, text in enumerate(parts) for make in (render, render_inline)
        ]  # fmt: skip
        return render_template_string(
            "{% extends 'base.html' %}{% block content %}{{ made|join }}{% endblock %}", made=made
        )

    @app.get("/planted/raw")
    @public
    def raw() -> str:
        return f"<!doctype html><title>x</title><p>{chr(10).join(PAYLOADS[8:12])}<script>hit(0)</script>"


def _place(kind: str, key: str) -> str:
    return f"/{kind}"


def window(browser: Browser, office: tuple[str, World], actor: str) -> BrowserContext:
    """The browser of a person of the office."""
    address, world = office
    context = browser.new_context(base_url=address)
    if actor != "out":
        context.add_cookies([{"name": "gurindam", "value": world.cookies[actor], "url": address}])
    return context


def test_there_are_many_and_each_has_its_number() -> None:
    assert len(PAYLOADS) >= 100
    assert len(set(PAYLOADS)) == len(PAYLOADS)


def test_what_authors_write_is_never_a_script(browser: Browser, office: tuple[str, World]) -> None:
    """Lesson, prompt, option, feedback, hint, explanation: all go through these two functions."""
    context = window(browser, office, "out")
    watch = Watch.over(context)
    for part in range(4):
        watch.look(f"/planted/rendered/{part}")
        assert watch.page.locator("section").count() >= len(PAYLOADS[part::4]) * 2
        for link in watch.page.locator("section a").all()[:40]:
            link.dispatch_event("mouseover")
            link.dispatch_event("focus")
        assert (watch.ran, watch.asked, watch.blocked) == ([], [], [])
    context.close()


def test_the_policy_alone_stops_inline_scripts(browser: Browser, office: tuple[str, World]) -> None:
    """Markup that somehow got onto a page does not run: the watch sees it blocked."""
    context = window(browser, office, "out")
    watch = Watch.over(context)
    watch.page.goto("/planted/raw")
    watch.page.wait_for_function("document.images.length > 0")
    assert watch.page.evaluate(LIVE) != [], "the planted markup is there"
    assert watch.ran == []
    assert any("script-src" in line for line in watch.blocked)
    context.close()
    free = browser.new_context(base_url=office[0], bypass_csp=True)
    seen = Watch.over(free)
    seen.page.goto("/planted/raw")
    seen.page.wait_for_function("document.images.length > 0")
    assert "hit(0,)" in seen.ran, "without the policy the watch would have seen it run"
    free.close()


def fill_forms(world: World) -> None:
    """Send every form of the site with a bad text in each field that takes one."""
    bad = cycle([text for text in PAYLOADS if len(text) < 60 and "\n" not in text])
    world.restore()

    def value(item: Field) -> str:
        free = item.kind in {"text", "textarea", "search"} and not re.search("nip|number", item.name)
        return next(bad) if free else item.value

    for offer in offers(world):
        if offer.endpoint.startswith(("auth.", "account.", "activation.")) or "close" in offer.endpoint:
            continue
        values: dict[str, list[str]] = {}
        for item in offer.form.fields:
            if item.sent and item.name and item.kind != "file":
                values.setdefault(item.name, []).append(value(item))
        world.ask(offer.actor, "POST", offer.form.action, values, fresh=False)  # type: ignore[arg-type]


def fill_rows(world: World) -> None:
    """A person, and a unit, for each bad text; answers and names of those who are on the pages already."""
    with world.app.app_context():
        session: Session = db.session()
        village = session.get_one(OrgUnit, world.things["village"])
        for number, text in enumerate(PAYLOADS[::3]):
            make_user(session, text[:200], f"bad{number}@gurindam.example", village)
        for number, text in enumerate(PAYLOADS[1::5]):
            make_unit(session, f"B{number}", text[:200], village)
        for name in ("learner", "stranger", "hr", "trainer"):
            session.get_one(User, world.things[f"person_{name}"]).name = PAYLOADS[9] + name
        for response in session.query(Response).filter_by(attempt_id=world.things["attempt"]):
            response.answer = {"raw": PAYLOADS[0]} if isinstance(response.answer, dict) else response.answer
        session.commit()
        db.session.remove()


def test_no_field_of_the_site_becomes_markup(browser: Browser, office: tuple[str, World]) -> None:
    """All forms are sent with bad texts, rows are named by them; then every page is opened."""
    _address, world = office
    fill_forms(world)
    fill_rows(world)
    seen = 0
    windows = {actor: Watch.over(window(browser, office, actor)) for actor in ACTORS}
    for actor, page in pages(world):
        head = world.ask(actor, "GET", page, fresh=False)
        if head.mimetype != "text/html":
            continue
        mark = "&" if "?" in page else "?"
        text = windows[actor].look(f"{page}{mark}size=100")
        seen += "hit(" in text
    assert seen >= 12, "the bad texts are on the pages, as text"
    for watch in windows.values():
        watch.page.context.close()


def test_what_an_address_says_never_becomes_markup(browser: Browser, office: tuple[str, World]) -> None:
    """Searches, codes and paths are shown again: as text."""
    texts = [text for text in PAYLOADS if "\n" not in text][::4]
    places = (
        "/courses?q={}", "/hr/staff?q={}", "/hr/completions?q={}&course={}", "/v?code={}", "/v/{}", "/{}",
        "/login?next={}", "/courses/{}", "/hr/staff?sort={}",
    )  # fmt: skip
    watch = Watch.over(window(browser, office, "hr"))
    for number, text in enumerate(texts):
        place = places[number % len(places)]
        watch.look(place.replace("{}", quote(text, safe="")))
    watch.page.context.close()
