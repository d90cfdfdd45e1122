"""The flask commands: `flask --app wsgi <group> <command>`."""

from __future__ import annotations

from flask import Flask

from lms.cli import courses, demo, jobs, translations


def init_cli(app: Flask) -> None:
    """Register every command group."""
    for group in (courses.group, demo.group, jobs.group, translations.group):
        app.cli.add_command(group)
