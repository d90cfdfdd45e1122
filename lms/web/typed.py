"""What people type, freed at the border of characters that nobody can see or type on purpose.

PostgreSQL stores no NUL, XLSX no control character, and a direction override turns a name round on paper.
Such characters come along when text is pasted from old documents; they are taken out of addresses, forms,
JSON and file names in one place, so that no form is refused for them and no text is lost.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.routing import PathConverter, UnicodeConverter, ValidationError
from werkzeug.utils import cached_property

_BREAKS = re.compile("[\x0b\x0c]")
"""Line and page breaks of word processors."""
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters but tab, line feed and carriage return; direction overrides; no characters at all."""


def clean(text: str) -> str:
    """Return the text without unseen characters; breaks of word processors become line feeds."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def clean_json(value: Any) -> Any:
    """Return a JSON value with all its texts and keys cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_json(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean_json(item) for key, item in value.items()}
    return value


class TypedRequest(Request):
    """A request whose address, form, JSON and file names are clean."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The query of the address."""
        return _cleaned(super().args)

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        files: MultiDict[str, FileStorage] = self.__dict__["files"]
        for upload in (item for _name, item in files.items(multi=True)):
            upload.filename = clean(upload.filename or "")
        self.__dict__["form"] = _cleaned(self.__dict__["form"])

    def get_json(self, *args: Any, **options: Any) -> Any:
        """The JSON of the body."""
        return clean_json(super().get_json(*args, **options))


def _cleaned(values: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([(clean(name), clean(text)) for name, text in values.items(multi=True)])


class SeenText(UnicodeConverter):
    """A part of an address for `<name>`; one with unseen characters leads nowhere (404)."""

    def to_python(self, value: str) -> str:
        """Return the text. Raises ValidationError, which means 404."""
        return _seen(value)


class SeenPath(PathConverter):
    """The rest of an address for `<path:name>`; one with unseen characters leads nowhere (404)."""

    def to_python(self, value: str) -> str:
        """Return the text. Raises ValidationError, which means 404."""
        return _seen(value)


def _seen(value: str) -> str:
    if clean(value) != value:
        raise ValidationError
    return value
