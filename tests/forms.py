"""The forms of a page, as a browser would find and send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({"text", "email", "search", "tel", "url", "number", "password", "textarea", "date"})
"""Kinds of fields that a person types into."""


@dataclass
class Field:
    """One field: its kind (an input's type, textarea, select or button), the value it would send."""

    name: str
    kind: str
    value: str = ""
    sent: bool = True

    @property
    def typed(self) -> bool:
        """Whether a person types into it."""
        return self.kind in TYPED


@dataclass
class PageForm:
    """A form: where it goes, how, and its fields in order."""

    action: str
    method: str
    multipart: bool
    fields: list[Field] = field(default_factory=list)

    def values(self, **changed: str) -> dict[str, list[str]]:
        """What is sent when nothing is changed but the fields named."""
        found: dict[str, list[str]] = {}
        for item in self.fields:
            if item.sent and item.name:
                found.setdefault(item.name, []).append(changed.get(item.name, item.value))
        return found


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.area: Field | None = None
        self.choice: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action", "") or self.here
            self.open = PageForm(
                action, given.get("method", "get").lower(), given.get("enctype") == "multipart/form-data"
            )
            self.forms.append(self.open)
        if self.open is None or "disabled" in given:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input":
            kind = given.get("type", "text")
            sent = kind not in {"radio", "checkbox"} or "checked" in given
            self.open.fields.append(Field(name, kind, value or ("on" if kind == "checkbox" else ""), sent))
        elif tag == "textarea":
            self.area = Field(name, "textarea")
            self.open.fields.append(self.area)
        elif tag == "select":
            self.choice = Field(name, "select")
            self.open.fields.append(self.choice)
        elif tag == "option" and self.choice is not None:
            if "selected" in given or not self.choice.value:
                self.choice.value = value
        elif tag == "button" and name:
            self.open.fields.append(Field(name, "button", value, sent=False))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data


def forms_of(html: str, here: str) -> list[PageForm]:
    """Return the forms of a page whose address is `here`."""
    reader = _Reader(here)
    reader.feed(html)
    reader.close()
    return reader.forms
