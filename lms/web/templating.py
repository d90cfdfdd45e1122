"""What every template may call besides Flask's own names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Flask
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from wtforms import Field, widgets

from lms.content.html import plain_words
from lms.web import drawings, law_words
from lms.web.listing import here

_WIDGETS: tuple[tuple[type[object], str], ...] = (
    (widgets.HiddenInput, "hidden"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.FileInput, "file"),
    (widgets.TextArea, "area"),
    (widgets.Select, "select"),
    (widgets.ListWidget, "choices"),
)


class SharedMacros(Template):
    """A template whose macros are made once; Jinja itself compares all names of both sides at each import."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def init_templating(app: Flask) -> None:
    """Give templates the globals and filters defined or imported here."""
    app.jinja_env.template_class = SharedMacros
    app.jinja_env.globals["drawings"] = drawings
    app.jinja_env.globals["law_words"] = law_words
    app.add_template_global(here, "here")
    app.add_template_global(field_kind, "field_kind")
    app.add_template_global(lambda name: name in app.view_functions, "has_endpoint")
    app.add_template_global(current_entry, "current_entry")
    app.add_template_filter(flat_errors, "flat_errors")
    app.add_template_filter(plain_words, "plain_words")


def field_kind(field: Field) -> str:
    """How a form field is drawn: input, area, select, choices, checkbox, file or hidden."""
    return next((kind for widget, kind in _WIDGETS if isinstance(field.widget, widget)), "input")


def flat_errors(errors: object) -> list[str]:
    """Messages of a field; those of nested forms and lists are taken out of their nests."""
    if isinstance(errors, Mapping):
        return [message for inner in errors.values() for message in flat_errors(inner)]
    if isinstance(errors, list | tuple):
        return [message for inner in errors for message in flat_errors(inner)]
    return [str(errors)]


def current_entry(endpoints: Sequence[str], endpoint: str) -> str:
    """Which entry of a menu a page belongs to: itself, else the only one of the same blueprint, else ""."""
    if endpoint in endpoints:
        return endpoint
    blueprint = endpoint.rpartition(".")[0]
    near = [entry for entry in endpoints if entry.rpartition(".")[0] == blueprint]
    return near[0] if len(near) == 1 else ""
