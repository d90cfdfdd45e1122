"""Who may see a page: signed in by default, a page opts out with `@public`; desks ask for a role.

Objects are reached through `*_for(user, ...)` queries; what is not yours is 404.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar, cast

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from lms.clock import local_date, now
from lms.db import begin_reading, db
from lms.domain.accounts.models import RoleName, User
from lms.domain.accounts.queries import Person, person_by_token, signed_in_user
from lms.domain.accounts.rules import is_over
from lms.i18n.locale import current_locale
from lms.web import kept

View = TypeVar("View", bound=Callable[..., Any])
READS = frozenset({"GET", "HEAD", "OPTIONS"})
login_manager = LoginManager()


class SignedIn:
    """A person as Flask-Login sees one: what every page needs, and the row for pages that ask for it."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, person: Person) -> None:
        self.person = person

    @cached_property
    def row(self) -> User:
        """The row of the person with unit and grants, read when it is first asked for."""
        return signed_in_user(db.session(), self.person.id)

    def get_id(self) -> str:
        """Return the id that Flask-Login keeps in the cookie (the token beside it is what counts)."""
        return str(self.person.id)


def init_access(app: Flask) -> None:
    """Install the loader and the checks that run before each request."""
    login_manager.init_app(app)
    login_manager.session_protection = (
        None  # a phone changes its address; sessions are listed and ended instead
    )
    login_manager.user_loader(_load)
    app.before_request(_begin)
    app.before_request(_require_sign_in)
    app.teardown_request(_end)


def public(view: View) -> View:
    """Mark a view as open to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(endpoint: str) -> bool:
    """Tell whether an address is open to people who are not signed in."""
    return getattr(current_app.view_functions.get(endpoint), "is_public", False)


def person() -> Person:
    """Return what the sign-in check read of the signed-in person; enough for most pages."""
    return cast(SignedIn, current_user).person


def me() -> User:
    """Return the row of the signed-in person with unit and grants (one statement, once a request)."""
    return cast(SignedIn, current_user).row


def is_signed_in() -> bool:
    """Tell whether somebody is signed in (loads the person)."""
    return bool(cast(Any, current_user).is_authenticated)


def has_role(user: Person, *roles: RoleName) -> bool:
    """Tell whether the person holds one of the roles."""
    return not user.roles.isdisjoint(role.value for role in roles)


def require_role(*roles: RoleName) -> None:
    """Answer 403 unless the signed-in person holds one of the roles."""
    if not has_role(person(), *roles):
        abort(403)


def desk_guard(blueprint: Blueprint, roles: Iterable[RoleName]) -> None:
    """Let only holders of one of the roles into all pages of a desk."""
    wanted = tuple(roles)

    @blueprint.before_request
    def check() -> None:
        require_role(*wanted)


def token_hash(token: str) -> str:
    """Return what the table keeps of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _load(user_id: str) -> SignedIn | None:
    token = session.get("token")
    if not token:
        return None
    found = person_by_token(db.session(), token_hash(token))
    if found is None or str(found.id) != user_id or is_over(found.access_until, local_date(now())):
        return None
    g.locale = found.locale
    g.locale = current_locale()  # decided once: a page asks for dozens of texts
    return SignedIn(found)


def _begin() -> None:
    begin_reading(request.method in READS)


def _end(_error: BaseException | None) -> None:
    begin_reading(False)


def _require_sign_in() -> Response | tuple[str, int] | None:
    if request.endpoint is None:
        return None
    if is_public(request.endpoint) or is_signed_in():
        return None
    if request.method in READS:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")), 303)
    return kept.ask_to_sign_in()
