"""The flask commands: `flask --app wsgi <group> <command>`."""

from __future__ import annotations

from flask import Flask

<<<<<<< HEAD
from lms.cli import accounts, courses, demo, jobs, questions, translations
=======
from lms.cli import accounts, bench, courses, demo, jobs, translations
>>>>>>> 66eadad (Map of gaps: unit by competency summed in the database, the people behind each figure, the quarters, a city worked out on paper; many invented people to measure it with)


def init_cli(app: Flask) -> None:
    """Register every command group."""
<<<<<<< HEAD
    groups = (accounts, courses, demo, jobs, questions, translations)
    for group in (module.group for module in groups):
=======
    for group in (accounts.group, bench.group, courses.group, demo.group, jobs.group, translations.group):
>>>>>>> 66eadad (Map of gaps: unit by competency summed in the database, the people behind each figure, the quarters, a city worked out on paper; many invented people to measure it with)
        app.cli.add_command(group)
