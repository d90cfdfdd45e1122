"""`flask accounts ...`: the first admin of an empty site, or one after all others have left."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms import clock
from lms.db import db
from lms.domain.accounts.actions import Person, Refused, create_user, grant_role, issue_codes
from lms.domain.accounts.models import RoleName
from lms.domain.accounts.queries import user_by_identity, user_with_grants

CODE_DAYS = 7
group = AppGroup("accounts", help="The first admin.")


@group.command("admin")
@click.argument("email")
@click.argument("name")
def admin(email: str, name: str) -> None:
    """Make the person of EMAIL an admin, created as NAME where unknown, and print an activation code."""
    session, now = db.session(), clock.now()
    try:
        known = user_by_identity(session, email)
        person = known or create_user(session, Person(name=name, email=email), now=now, actor=None)
        grant_role(session, person, RoleName.ADMIN, now=now, actor=None)
        session.expire_all()
        whole = user_with_grants(session, person.id)
        assert whole is not None
        [issued] = issue_codes(session, [whole.id], by=whole, now=now, days=CODE_DAYS)
    except Refused as refused:
        session.rollback()
        raise click.ClickException(_("Nothing was changed: %(code)s.", code=refused.code)) from refused
    session.commit()
    click.echo(
        _(
            "%(name)s is an admin. Activation code, once, at /activate: %(code)s",
            name=whole.name,
            code=issued.code,
        )
    )
