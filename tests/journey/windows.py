"""Windows of a browser that notice what a person would not: errors, refused scripts, foreign addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.journey.site import PASSWORD, Someone

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
WIDTHS = "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
WAIT = 30_000
"""Milliseconds that a job may take."""


@dataclass(frozen=True)
class Mode:
    """How the site is used: with scripts or without; `phone`: learners on a phone, offices on a desk."""

    name: str
    script: bool
    phone: bool


@dataclass
class Window:
    """One person's window."""

    page: Page
    mode: Mode
    pictures: Path | None
    address: str
    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def watch(self) -> None:
        """Note whatever goes wrong from now on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        told = re.search(r"responded with a status of (\d+)", message.text)
        if message.type in {"error", "warning"} and not (told and int(told[1]) in self.expected):
            self.troubles.append(f"{message.type}: {message.text} on {self.page.url}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"foreign: {request.url}")

    def done(self, picture: str = "") -> None:
        """A step is done: nothing went wrong, nothing sticks out; take a picture when pictures are wanted."""
        assert self.troubles == [], self.troubles
        expect(self.page.locator("h1")).to_have_count(1)
        room, taken = self.page.evaluate(WIDTHS)
        assert taken <= room, f"{self.page.url} is {taken} pixels wide, the window {room}"
        if picture and self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self.pictures / f"perjalanan-{picture}.png")

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def press(self, name: str | re.Pattern[str], inside: str = "body") -> None:
        """Press the button or link of that name, the first one inside a part of the page."""
        self.named(name, inside).first.click()

    def named(self, name: str | re.Pattern[str], inside: str = "body") -> Locator:
        """Buttons and links of that name."""
        part = self.page.locator(inside)
        return part.get_by_role("button", name=name).or_(part.get_by_role("link", name=name))

    def sees(self, text: str | re.Pattern[str]) -> None:
        """A text that can be seen on the page."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def download(self, name: str | re.Pattern[str]) -> bytes:
        """Press what downloads a file, and return its bytes."""
        with self.page.expect_download() as waiting:
            self.press(name, "main")
        return Path(waiting.value.path()).read_bytes()

    def sign_in(self, who: Someone, identity: str = "") -> None:
        """Sign in with NIP or e-mail address."""
        self.go("/login")
        self.page.get_by_label("NIP atau surel").fill(identity or who.email)
        self.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        self.press("Masuk", "main form")
        self.page.wait_for_url(f"{self.address}/")
        self.done()

    def until(self, wanted: str) -> Locator:
        """Look at the page again until an element is there; a job of the server makes it."""
        found = self.page.locator(wanted)
        end = monotonic() + WAIT / 1000
        while not found.count():
            assert monotonic() < end, f"{wanted} did not appear"
            self.page.reload()
        return found.first


class Windows:
    """Opens windows for people, each in a browser context of its own."""

    def __init__(
        self, browser: Browser, address: str, mode: Mode, pictures: Path | None, downloads: Path
    ) -> None:
        self.browser, self.address, self.mode = browser, address, mode
        self.pictures, self.downloads = pictures, downloads
        self._contexts: list[BrowserContext] = []
        self._windows: list[Window] = []

    def open(self, *, learner: bool) -> Window:
        """A fresh window: nobody is signed in. Learners and offices have screens of different size."""
        context = self.browser.new_context(
            base_url=self.address,
            java_script_enabled=self.mode.script,
            viewport=PHONE if learner == self.mode.phone else DESK,  # type: ignore[arg-type]
            locale="id-ID",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        window = Window(context.new_page(), self.mode, self.pictures, self.address)
        window.watch()
        self._contexts.append(context)
        self._windows.append(window)
        return window

    def close(self) -> None:
        """Close all; whatever went wrong in any of them until the end counts."""
        for context in self._contexts:
            context.close()
        troubles = [trouble for window in self._windows for trouble in window.troubles]
        assert troubles == [], troubles
