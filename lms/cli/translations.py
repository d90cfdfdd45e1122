"""`flask translations ...`"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from lms.i18n.catalogs import ensure_compiled

group = AppGroup("translations", help="Translated texts.")


@group.command("compile")
def compile_catalogs() -> None:
    """Compile the translation files that changed (the server does this at its start, too)."""
    written = ensure_compiled()
    for path in written:
        click.echo(f"compiled {path}")
    if not written:
        click.echo("nothing changed")
