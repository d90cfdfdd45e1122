"""What invented people say of two courses: enough to be shown in one, too few in the other."""

from __future__ import annotations

import random
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from lms.domain.catalog.models import Course
from lms.domain.enrollments.models import Enrollment
from lms.domain.evaluations.actions import give
from lms.domain.evaluations.rules import COMMENTS, FORMS, Evaluation, has_standard_form

PEOPLE = {"manajemen-pelayanan-publik": 8, "teknologi-informasi-sehari-hari": 3}
"""How many answer; results are shown from five on."""
SAID = {
    "text-good": (
        "Kasus di loket mirip dengan yang saya hadapi, jadi langsung terbayang.",
        "Bagiannya pendek. Saya belajar sepuluh menit sebelum loket dibuka.",
        "Penjelasan di bawah setiap jawaban kuis.",
        "Latihan menghitung indeks kepuasan dengan angka kantor sendiri.",
    ),
    "text-better": (
        "Modul empat agak panjang. Sebaiknya dibagi dua.",
        "Tambahkan contoh dari kelurahan di pulau.",
        "Tabel lebar sulit dibaca di ponsel saya.",
    ),
}


def evaluate(session: Session, *, now: datetime) -> None:
    """Let people who have begun answer the form; the same people and courses give the same answers."""
    rng = random.Random(7)
    for slug, count in PEOPLE.items():
        begun = session.scalars(
            select(Enrollment)
            .options(joinedload(Enrollment.version))
            .join(Course, Course.id == Enrollment.course_id)
            .where(Course.slug == slug, Enrollment.started_at.is_not(None))
            .order_by(Enrollment.completed_at.is_(None), Enrollment.id)
            .limit(count)
        ).all()
        for place, enrollment in enumerate(begun):
            if has_standard_form(enrollment.version.header):
                give(session, enrollment, _answers(place, rng), now=now)


def _answers(place: int, rng: random.Random) -> Evaluation:
    scores = {item: rng.choice((2, 3, 3, 3, 4, 4)) for items in FORMS.values() for item in items}
    said = {item: SAID[item][place] for item in COMMENTS if place < len(SAID[item])}
    return Evaluation(scores, said)
