"""`/_parts`: every part of the interface in both themes, for the eye and for the design tests.

Registered outside production only; there the address does not exist.
"""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from lms.web.access import public
from lms.web.listing import Order, Page

parts = Blueprint("parts", __name__)
WRONG = "NIP berisi 17 angka, seharusnya 18. Periksa angka terakhir."


class SampleForm(FlaskForm):
    """One field of each kind."""

    class Meta:
        csrf = False

    name = StringField("Nama dengan gelar", [DataRequired()])
    nip = StringField("NIP", [Length(18, 18, WRONG)])
    unit = SelectField(
        "Unit kerja", choices=[SelectChoice("1", "Kelurahan Penyengat"), SelectChoice("2", "BKPSDM")]
    )
    employment = RadioField(
        "Status", choices=[SelectChoice("pns", "PNS"), SelectChoice("pppk", "PPPK")], default="pns"
    )
    reason = TextAreaField("Alasan", [Optional()])
    agreed = BooleanField("Kirim juga lewat surel")
    sheet = FileField("Berkas")


def _sample(theme: str) -> SampleForm:
    form = SampleForm(
        prefix=theme,
        data={
            "name": "Drs. H. Muhammad Syahrul Ramadhan Al-Banjari, S.Sos., M.Si.",
            "nip": "19700817199603100",
        },
    )
    form.nip.errors = [WRONG]
    return form


@parts.get("/_parts")
@public
def show() -> str:
    """Show all parts."""
    return render_template(
        "parts.html",
        forms={theme: _sample(theme) for theme in ("light", "dark")},
        page=Page(2, 10, 312),
        order=Order("name"),
    )


def init_parts(app: Flask) -> None:
    """Offer the page unless this is production."""
    if not app.config["PRODUCTION"]:
        app.register_blueprint(parts)
