"""The flask commands: `flask --app wsgi <group> <command>`."""

from __future__ import annotations

from flask import Flask

from lms.cli import accounts, courses, demo, jobs, translations


def init_cli(app: Flask) -> None:
    """Register every command group."""
    for group in (accounts.group, courses.group, demo.group, jobs.group, translations.group):
        app.cli.add_command(group)
