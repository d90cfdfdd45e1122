"""Forms of the trainer's desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired


class UploadForm(FlaskForm):
    """A course as ZIP."""

    file = FileField(_l("Course as ZIP"), [FileRequired(_l("Choose the ZIP of the course first."))])


class TakeOverForm(FlaskForm):
    """Move a course from the server's folder to the desk."""

    sure = BooleanField(
        _l("I know that changes in the server's folder no longer reach this course"),
        [InputRequired(_l("Tick the box to move the course."))],
    )


class PublishForm(FlaskForm):
    """Publish the draft that was shown."""

    seen = HiddenField()
