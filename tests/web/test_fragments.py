"""Fragments that are kept in memory: whatever is another reader's, language's or version's is another key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment, meta, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from markupsafe import escape
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import User
from lms.domain.quizzes import rules
from lms.domain.quizzes.models import Attempt
from lms.web.fragments import Own, _page, fragment
from tests.cast import NOW, Cast, grant, sign_in
from tests.course_files import PICTURE, QUIZ
from tests.courses import SLUG, enroll_in, make_bundle
from tests.taking import form
from tests.web.test_catalog import put

LESSON = f"/courses/{SLUG}/lessons/menyapa"
GIVEN_TO_ALL = {
    "_",
    "ngettext",
    "url_for",
    "asset",
    "has_endpoint",
    "locale",
    "csrf_token",
    "page_path",
    "slot",
    "desks",
}
"""Globals that a fragment may use: the same for everybody in one language, or a slot."""
PURE = {*DEFAULT_NAMESPACE, "drawings", "field_kind", "get_flashed_messages"}
"""More that is in files of macros; `flashes`, the one that reads messages, no fragment may import."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(autouse=True)
def time() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def readers(app: Flask, session: Session, cast: Cast) -> dict[str, FlaskClient]:
    """Two people in the course, each with a browser."""
    put(session, make_bundle())
    for user in (cast.learner, cast.trainer):
        enroll_in(session, user, now=NOW)
    session.commit()
    return {name: sign_in(app.test_client(), getattr(cast, name)) for name in ("learner", "trainer")}


def page(client: FlaskClient, address: str = LESSON) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_a_fragment_reads_nothing_but_what_it_is_keyed_by(app: Flask) -> None:
    env, found = app.jinja_env, 0
    for name in env.list_templates(extensions=["html"]):
        for call in _tree(env, name).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "fragment":
                target = call.args[0].as_const()
                given = {keyword.key for keyword in call.kwargs}
                tree = _tree(env, target)
                assert meta.find_undeclared_variables(tree) - GIVEN_TO_ALL <= given, (name, target)
                assert _globals_of_imports(env, tree) <= GIVEN_TO_ALL | PURE, (name, target)
                assert all("flashes" not in item.names for item in tree.find_all(nodes.FromImport)), target
                found += 1
    assert found >= 5


def _tree(env: Environment, name: str) -> nodes.Template:
    assert env.loader is not None
    return env.parse(env.loader.get_source(env, name)[0])


def _globals_of_imports(env: Environment, tree: nodes.Template) -> set[str]:
    """Globals that the macros of a template may read; macros imported without context see nothing else."""
    names: set[str] = set()
    for other in meta.find_referenced_templates(tree):
        assert other is not None, "a template that cannot be known"
        inner = _tree(env, other)
        names |= meta.find_undeclared_variables(inner) & set(env.globals) | _globals_of_imports(env, inner)
    return names


def test_two_people_get_their_own_names_desks_and_tokens(readers: dict[str, FlaskClient], cast: Cast) -> None:
    for _turn in ("made", "kept"):
        own, other = page(readers["learner"]), page(readers["trainer"])
        assert cast.learner.name in own and cast.trainer.name not in own
        assert cast.trainer.name in other and cast.learner.name not in other
        assert "/trainer/courses" in other and "/trainer/courses" not in own
        assert set(TOKEN.findall(own)).isdisjoint(TOKEN.findall(other))
        assert "slot-" not in own + other


def test_a_role_shows_as_soon_as_it_is_given(
    readers: dict[str, FlaskClient], session: Session, cast: Cast
) -> None:
    assert "/admin/users" not in page(readers["learner"])
    grant(session, session.get_one(User, cast.learner.id), "admin")
    session.commit()
    assert "/admin/users" in page(readers["learner"])
    assert "/admin/users" not in page(readers["trainer"])


def test_each_reads_in_the_own_language_and_appearance(
    readers: dict[str, FlaskClient], session: Session, cast: Cast
) -> None:
    page(readers["learner"])
    user = session.get_one(User, cast.learner.id)
    user.locale, user.theme = "en", "dark"
    session.commit()
    english, indonesian = page(readers["learner"]), page(readers["trainer"])
    assert "Part 1 of" in english and "Skip to content" in english and 'data-theme="dark"' in english
    assert 'value="dark" aria-pressed="true"' in english
    assert "Part 1 of" not in indonesian and "Skip to content" not in indonesian
    assert 'value="dark" aria-pressed="true"' not in indonesian


def test_marks_in_the_outline_are_those_of_the_reader(readers: dict[str, FlaskClient]) -> None:
    first = page(readers["learner"])
    assert "(selesai)" not in first
    token = TOKEN.findall(first)[0]
    with clock.frozen(NOW + timedelta(hours=1)):
        answer = readers["learner"].post(f"{LESSON}/completion", data={"csrf_token": token})
    assert answer.status_code == 303
    assert "(selesai)" in page(readers["learner"])
    assert "(selesai)" not in page(readers["trainer"])


def test_forms_of_a_kept_fragment_come_back_to_the_page_at_hand(readers: dict[str, FlaskClient]) -> None:
    for address in (LESSON, "/courses?q=%22a%3C"):
        text = page(readers["learner"], address)
        assert f'name="next" value="{LESSON}?"' in text if address == LESSON else "%22a%3C" in text
        assert '"a<' not in text


def test_a_new_version_shows(
    readers: dict[str, FlaskClient], session: Session, cast: Cast, app: Flask
) -> None:
    assert "Menyapa dengan nama" not in page(readers["learner"])
    files = {
        path: data.replace(b"judul: Menyapa", b"judul: Menyapa dengan nama")
        for path, data in make_bundle().items()
    }
    assert files != make_bundle()
    put(session, files)
    colleague = session.get_one(User, cast.colleague.id)
    enroll_in(session, colleague, now=NOW)
    session.commit()
    assert "Menyapa dengan nama" in page(sign_in(app.test_client(), colleague))


def test_two_people_at_one_quiz_see_their_own_answers_order_and_time(
    readers: dict[str, FlaskClient], session: Session
) -> None:
    typed, saved = {"learner": 'kanal "satu"', "trainer": "kanal <dua>"}, {}
    for turn, (name, client) in enumerate(readers.items()):
        with clock.frozen(NOW + timedelta(minutes=turn)):
            start = client.post(f"/courses/{SLUG}/quizzes/kuis-loket/attempts")
            saved[name] = start.location
            answers = form({"k-05": typed[name], "k-06": f"o{turn + 1}"})
            assert client.post(f"{start.location}/responses", data=answers).status_code == 303
    pages, again = (
        {
            name: TOKEN.sub("", page(client, saved[name])).partition('<form id="paper"')[2]
            for name, client in readers.items()
        }
        for _turn in ("made", "kept")
    )
    assert pages == again
    for turn, (name, text) in enumerate(pages.items()):
        other = "trainer" if name == "learner" else "learner"
        assert f'name="q-k-05" value="{escape(typed[name])}"' in text
        assert escape(typed[other]) not in text
        assert text.count(f"Tersimpan 10.{turn:02}") == 2 and f"Tersimpan 10.{1 - turn:02}" not in text
        paper = rules.paper_of(session.get_one(Attempt, int(saved[name].split("/")[-1])).paper)
        keys = [entry["id"] for entry in paper["questions"]]
        assert re.findall(r'name="q" value="([^"]+)"', text) == keys
        for number, entry in enumerate(paper["questions"], 1):
            field = text.partition(f'id="s-{number}" data-q="{entry["id"]}"')[2].partition("</fieldset>")[0]
            chosen = [f"o{turn + 1}"] if entry["id"] == "k-06" else []
            assert re.findall(r'value="(o\d+)" checked', field) == chosen
            if entry["options"]:
                assert re.findall(r'value="(o\d+|true|false)"', field) == entry["options"]
        assert "slot-" not in text


def test_a_replaced_picture_shows_in_the_paper_of_the_new_version(
    session: Session, cast: Cast, app: Flask
) -> None:
    shown = []
    for user, fill in ((cast.learner, b"red"), (cast.colleague, b"blue")):
        files = make_bundle()
        files[QUIZ] = files[QUIZ].replace(b"Warga datang", b"![Denah](aset/denah.svg)\n\nWarga datang")
        files["aset/denah.svg"] = PICTURE.replace(b"<rect", b'<rect fill="%s"' % fill)
        put(session, files)
        enroll_in(session, session.get_one(User, user.id), now=NOW)
        session.commit()
        client = sign_in(app.test_client(), user)
        paper = client.post(f"/courses/{SLUG}/quizzes/kuis-loket/attempts").location
        shown.append((client, paper, re.findall(r"[0-9a-f]{64}/aset/denah.svg", page(client, paper))))
    assert len(shown[0][2]) == len(shown[1][2]) == 1 and shown[0][2] != shown[1][2]
    for client, paper, picture in shown:
        assert picture[0] in page(client, paper)


def test_what_is_ones_own_is_never_kept_inside_another_fragment(app: Flask) -> None:
    with app.test_request_context("/"):
        _page().inside = True
        with pytest.raises(ValueError, match="own"):
            fragment("learner/attempts/words.html", own=Own({}))
