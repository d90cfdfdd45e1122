"""Forms of the trainer's desk."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp

from lms.domain.catalog.rules import REMARK_MAX

SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*$")


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


class SendForm(FlaskForm):
    """Send the draft that was shown for review."""

    seen = HiddenField()
    message = TextAreaField(_l("What the reviewer should look at"), [Length(max=REMARK_MAX)])


class DecisionForm(FlaskForm):
    """Approve or return a text."""

    note = TextAreaField(_l("Your answer to the authors"), [Length(max=REMARK_MAX)])


class RemarkForm(FlaskForm):
    """A remark at a line of a file."""

    line = IntegerField(
        _l("Line"),
        [
            InputRequired(_l("Write the number of the line.")),
            NumberRange(1, 100_000, _l("There is no such line.")),
        ],
    )
    text = TextAreaField(_l("Your remark"), [DataRequired(_l("Write the remark.")), Length(max=REMARK_MAX)])


class CorrectionForm(FlaskForm):
    """Mark answers again by a corrected key."""

    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Write the reason.")), Length(max=200)],
    )
    lower = BooleanField(
        _l("Lower the marks of those, too, who would no longer pass"),
        description=_l("Otherwise they keep what they reached by the wrong key."),
    )


class ArchiveForm(FlaskForm):
    """Take a course out of the catalogue."""

    reason = StringField(_l("Why"), [DataRequired(_l("Write the reason.")), Length(max=200)])


class NewForm(FlaskForm):
    """A course begun at the desk: from a small example, empty, or from a course of one's own."""

    title = StringField(_l("Its title"), [InputRequired(_l("Write a title.")), Length(max=200)])
    slug = StringField(
        _l("Id, part of its address"),
        [
            InputRequired(_l("Write an id, such as disiplin-pns.")),
            Length(max=64),
            Regexp(SLUG, message=_l("Use lower-case letters, digits and hyphens, such as disiplin-pns.")),
        ],
    )
    source = SelectField(_l("Begin with"))


class PieceForm(FlaskForm):
    """A new part of a course."""

    kind = SelectField(
        _l("Kind"),
        choices=[
            SelectChoice("lesson", _l("Lesson")),
            SelectChoice("quiz", _l("Quiz")),
            SelectChoice("module", _l("Module")),
            SelectChoice("bank", _l("Question bank")),
        ],
    )
    title = StringField(_l("Its title"), [InputRequired(_l("Write a title.")), Length(max=200)])
    folder = SelectField(_l("In the module"), validate_choice=True)


class PictureForm(FlaskForm):
    """A file for a course, with what it shows."""

    file = FileField(_l("File"), [FileRequired(_l("Choose the file first."))])
    alt = StringField(
        _l("What the picture shows"),
        [InputRequired(_l("Write what the picture shows.")), Length(max=300)],
    )


class TitleForm(FlaskForm):
    """Another title for a part."""

    title = StringField(_l("Its title"), [InputRequired(_l("Write a title.")), Length(max=200)])


class QuestionFileForm(FlaskForm):
    """Questions of another program, and the bank they go into."""

    file = FileField(_l("File with questions"), [FileRequired(_l("Choose the file first."))])
    bank = StringField(
        _l("Name of the bank"),
        [InputRequired(_l("Write a name of letters and digits, such as loket.")), Length(max=60)],
    )


class BankForm(FlaskForm):
    """A shared bank begun at the desk, perhaps for one competency of the dictionary."""

    title = StringField(_l("Its title"), [InputRequired(_l("Write a title.")), Length(max=200)])
    slug = StringField(
        _l("Its name in quizzes"),
        [
            InputRequired(_l("Write a name, such as loket-dasar.")),
            Length(max=40),
            Regexp(SLUG, message=_l("Use lower-case letters, digits and hyphens, such as loket-dasar.")),
        ],
    )
    competency = SelectField(_l("Competency"), validate_choice=True)
    level = SelectField(_l("Level"), validate_choice=True)


class CopyForm(FlaskForm):
    """Where a question is copied to."""

    course = SelectField(_l("Into the course"), validate_choice=True)
    bank = StringField(
        _l("Name of the bank"),
        [InputRequired(_l("Write a name of letters and digits, such as loket.")), Length(max=60)],
    )
