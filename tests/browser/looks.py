"""How a page looks to everybody: axe's rules, a phone and a desk, light and dark, from one opening."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (1280, 360)
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that the colours decide; all others say the same in light and in dark."""
_RUN = """options => axe.run(options).then(results => results.violations.map(
    rule => `${rule.id}: ${rule.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`))"""
_SETTLE = """() => document.getAnimations().filter(one => one instanceof CSSTransition)
    .forEach(one => one.finish())"""


def faults(page: Page, *, tags: list[str] | None = None, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands, one line a rule: by all its rules or by some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if tags or rules:
        options["runOnly"] = {"type": "tag" if tags else "rule", "values": tags or rules}
    found: list[str] = page.evaluate(_RUN, options)
    return found


def judge(page: Page, *, tags: list[str] | None = None, opening: bool = False) -> None:
    """AssertionError unless the page is accessible and fits, on a desk and a phone, in light and in dark.

    `opening`: what is folded is opened first. Afterwards the page is as wide as a phone.
    """
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        if opening:
            for summary in page.locator("main details:not([open]) > summary").all():
                if summary.is_visible():
                    summary.click()
        page.evaluate(_SETTLE)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
        assert faults(page, tags=tags) == [], (page.url, width)
        page.emulate_media(color_scheme="dark")
        page.evaluate(_SETTLE)
        assert faults(page, rules=COLOURS) == [], (page.url, width, "dark")
    page.emulate_media(color_scheme="light")
