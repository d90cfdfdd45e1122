"""The flask commands: `flask --app wsgi <group> <command>`."""

from __future__ import annotations

from flask import Flask

from lms.cli import accounts, bench, courses, demo, jobs, questions, regulations, reminders, translations


def init_cli(app: Flask) -> None:
    """Register every command group."""
    groups = (accounts, bench, courses, demo, jobs, questions, regulations, reminders, translations)
    for group in (module.group for module in groups):
        app.cli.add_command(group)
