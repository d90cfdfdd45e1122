"""The page of all parts, the frame around pages, and the error pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask, render_template, render_template_string
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, PasswordField, SelectMultipleField, StringField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from lms import create_app
from lms.web.kept import Kept
from lms.web.templating import current_entry, field_kind, flat_errors
from tests.cast import Cast, sign_in

CODES = (400, 403, 404, 405, 410, 413, 429, 500, 503)


def test_every_part_is_shown_in_both_themes(client: FlaskClient) -> None:
    page = client.get("/_parts").text
    for theme in ("light", "dark"):
        assert f'data-theme="{theme}" class="theme"' in page
    for css in ("btn", "field bad", "errors", "note", "status", "badge", "verdict", "ring", "level",
                "next", "items", "data cards", "bulk", "pager", "empty", "steps", "chart", "data heat",
                "drop", "q"):  # fmt: skip
        assert re.search(rf'class="{css}[ "]', page), css


def test_the_page_of_parts_does_not_exist_in_production(app: Flask) -> None:
    config = {
        key: app.config[key] for key in ("INSTANCE", "STATIC_BUILD", "SQLALCHEMY_DATABASE_URI", "SECRET_KEY")
    }
    live = create_app({**config, "PRODUCTION": True, "DEMO": False, "JOBS_THREAD": False,
                       "PUBLIC_URL": "https://gurindam.example"})  # fmt: skip
    assert "parts.show" not in live.view_functions


def test_no_style_or_script_stands_in_the_page(client: FlaskClient) -> None:
    page = client.get("/_parts").text
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]* src=)", page)


def test_the_frame_has_its_landmarks_and_one_heading(client: FlaskClient) -> None:
    page = client.get("/_parts").text
    assert '<html lang="id">' in page
    assert 'href="#main"' in page and 'id="main"' in page
    assert page.count("<h1") == 1
    assert "<header" in page and "<footer" in page


def test_the_frame_of_a_person_names_the_person_and_the_desks(client: FlaskClient, cast: Cast) -> None:
    page = sign_in(client, cast.trainer).get("/_parts").text
    assert "Raja Fauziah Hanim" in page
    assert "Akun dan meja kerja" in page
    assert "Akun dan meja kerja" not in sign_in(client, None).get("/_parts").text


def test_a_chosen_appearance_is_in_the_page_before_any_script(client: FlaskClient) -> None:
    client.set_cookie("theme", "dark")
    assert '<html lang="id" data-theme="dark">' in client.get("/_parts").text
    client.set_cookie("theme", '"><script>')
    assert '<html lang="id">' in client.get("/_parts").text


def test_a_desk_page_lists_the_desk_and_marks_its_place(app: Flask) -> None:
    source = """{% extends "desk.html" %}{% block content %}<h1>Pegawai</h1>{% endblock %}"""
    side = [("health.alive", "Ringkasan"), ("parts.show", "Pegawai"), ("hr.gone", "Tidak ada")]
    with app.test_request_context("/_parts"):
        page = render_template_string(source, desk_name="Meja kepegawaian", side=side)
    assert '<a href="/_parts" aria-current="page">Pegawai</a>' in page
    assert '<a href="/healthz">Ringkasan</a>' in page
    assert "Tidak ada" not in page
    assert page.count("<main") == page.count("<h1") == 1
    assert app.extensions["assets"].names["desk.css"] in page


@pytest.mark.parametrize("code", CODES)
def test_an_error_says_what_happened_and_what_to_do(app: Flask, code: int) -> None:
    with app.test_request_context("/"):
        page = render_template(f"errors/{code}.html", code=code, wait_seconds=90)
    assert page.count("<h1") == 1
    assert 'class="second"' in page
    assert 'class="btn"' in page
    assert str(code) not in re.sub(r"<[^>]+>", "", page), "no code words on the page"


def test_waiting_is_said_in_minutes(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "2 menit" in render_template("errors/429.html", wait_seconds=90)
        assert "1 menit" in render_template("errors/429.html", wait_seconds=None)


def test_what_was_typed_is_shown_again_and_escaped(app: Flask) -> None:
    form = Kept("/attempts/1", (("q-s9", "Warga <b>tua</b>\nmenunggu"), ("empty", " ")))
    with app.test_request_context("/"):
        resend = render_template("errors/csrf.html", form=form)
        session = render_template("errors/session.html", form=form, kept="signed")
    for page in (resend, session):
        assert "Warga &lt;b&gt;tua&lt;/b&gt;" in page
    assert 'action="/attempts/1"' in resend


def test_the_crash_page_asks_nothing_of_the_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("no database")

    for name in ("site", "person", "desks", "locale"):
        monkeypatch.setitem(app.jinja_env.globals, name, broken)
    with app.test_request_context("/"):
        assert "Ada yang keliru" in render_template("errors/500.html")
        assert "sedang dirawat" in render_template("errors/503.html")


class Line(Form):
    """A form inside a form."""

    title = StringField(validators=[DataRequired("isi judul")])


class Sheet(Form):
    """Fields that are not plain."""

    lines = FieldList(FormField(Line), min_entries=1)
    boxes = SelectMultipleField(
        choices=[SelectChoice("a", "A")], widget=widgets.ListWidget(prefix_label=False)
    )
    secret = PasswordField()


def test_errors_of_nested_fields_are_found() -> None:
    sheet = Sheet(MultiDict({"lines-0-title": ""}))
    assert not sheet.validate()
    assert flat_errors(sheet.lines.errors) == ["isi judul"]


def test_a_field_is_drawn_by_its_widget() -> None:
    sheet = Sheet()
    assert field_kind(sheet.boxes) == "choices"
    assert field_kind(sheet.secret) == "input"


@pytest.mark.parametrize(
    ("endpoint", "entry"),
    [
        ("hr.staff.index", "hr.staff.index"),
        ("hr.staff.edit", "hr.staff.index"),
        ("hr.units.tree", "hr.units.list"),
        ("hr.reports.year", ""),
        ("", ""),
    ],
)
def test_a_page_below_an_entry_marks_it(endpoint: str, entry: str) -> None:
    entries = ["hr.staff.index", "hr.units.list", "hr.reports.index", "hr.reports.gaps"]
    assert current_entry(entries, endpoint) == entry
