"""The least that Flask, SQLAlchemy and Jinja can do on this machine: what our pages are compared with.

Read: session cookie, the person of a token and the text of a lesson (two selects of the ORM), a page of the
size of ours. Write: session cookie, one insert, one commit with full durability. No form tokens, no rights,
no languages, no progress, no headers.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, render_template, session
from jinja2 import DictLoader
from markupsafe import Markup
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column

from lms.db import set_sqlite_rules

BASE = """<!doctype html><html lang="id"><head><title>{% block title %}{% endblock %}</title></head>
<body><nav>{% for place in places %}<a href="/{{ place }}">{{ place }}</a>{% endfor %}</nav>
<main>{% block main %}{% endblock %}</main></body></html>"""
PAGE = """{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}
{% block main %}<h1>{{ title }}</h1><p>{{ name }}</p>{{ body }}{% endblock %}"""


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Tables of the floor."""


class Person(Base):
    """Who is signed in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    token: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Text(Base):
    """A page's text."""

    __tablename__ = "text"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str]
    body: Mapped[str]


class Note(Base):
    """What a write leaves."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int]
    text: Mapped[str]


def make_floor(path: Path, size: int) -> Flask:
    """Return the bare app on a database file of its own; its page has about `size` bytes."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False})
    set_sqlite_rules(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as database:
        database.add(Person(token="token", name="Tengku Zahara"))
        database.add(
            Text(title="Dua belas asas", body="<p>Pelayanan publik berasaskan.</p>\n" * (size // 36))
        )
        database.commit()
    app = Flask("floor")
    app.secret_key = "only-for-benchmarks"
    app.jinja_loader = DictLoader({"base.html": BASE, "page.html": PAGE})

    @app.get("/enter")
    def enter() -> str:
        session["token"] = "token"
        return ""

    @app.get("/text/<int:text_id>")
    def read(text_id: int) -> str:
        with Session(engine) as database:
            person = database.scalars(select(Person).where(Person.token == session["token"])).one()
            text = database.scalars(select(Text).where(Text.id == text_id)).one()
            return render_template(
                "page.html", name=person.name, title=text.title, body=Markup(text.body), places=range(12)
            )

    @app.post("/notes")
    def write() -> Response:
        with Session(engine) as database:
            person_id = 1 if session["token"] else 0
            database.add(Note(person_id=person_id, text="o2"))
            database.commit()
        return Response(status=204)

    app.extensions["engine"] = engine
    return app
