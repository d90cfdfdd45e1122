"""The small course with a quiz that asks for an essay, and ways to its mark."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from lms.domain.accounts.models import User
from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import CourseVersion
from lms.domain.enrollments.models import Enrollment
from lms.domain.progress.actions import submit_attempt
from lms.domain.quizzes.models import Attempt
from tests.courses import SLUG, enroll_in, make_bundle, quiz_text
from tests.learning import answered_attempt, office_of, read_lessons

ESSAY_QUIZ = "esai-loket"
ESSAY = "e-02"
PATH = "01-loket/04-esai.md"
WRITTEN = "Saya menyapa warga lebih dahulu.\n\nLalu saya memeriksa berkas bersama warga."
ANSWERS: dict[str, object] = {"e-01": "o1", ESSAY: WRITTEN}

QUESTIONS = """
## Sapaan {#e-01 poin=2}

Siapa yang menyapa lebih dahulu?

- [x] Petugas
- [ ] Warga

## Langkah Anda {#e-02 poin=8 tipe=esai kata=5..40}

Jelaskan langkah Anda saat berkas warga kurang.

> Rubrik: 4 = menyapa, memeriksa, dan menjelaskan; 2 = hanya satu langkah; 0 = tidak menjawab
"""
KEYS = {"nilai_lulus": "70", "percobaan": "2", "tampil_jawaban": "setelah-kumpul"}


def essay_bundle(use: str = "kuis", questions: str = QUESTIONS, **keys: str) -> dict[str, bytes]:
    """Return the course whose completion asks for the essay quiz: 2 points by rule, 8 by a person."""
    bundle = make_bundle(completion=f"semua-materi, {ESSAY_QUIZ}")
    text = quiz_text(ESSAY_QUIZ, "Esai loket", use, questions, **{**KEYS, **keys})
    return {**bundle, PATH: text.encode()}


def publish_essays(
    session: Session, owner: User, *, now: datetime, use: str = "kuis", questions: str = QUESTIONS,
    **keys: str,
) -> CourseVersion:  # fmt: skip
    """Publish the course with its owner."""
    bundle = essay_bundle(use, questions, **keys)
    made = publish(session, SLUG, bundle, home="desk", by=owner.id, now=now)
    assert made.version is not None, made.problems
    return made.version


def hand_in(
    session: Session, app: Flask, user: User, *, now: datetime, answers: dict[str, object] = ANSWERS,
    lessons: bool = True,
) -> tuple[Enrollment, Attempt]:  # fmt: skip
    """Enrol, read the lessons, hand in the essay quiz."""
    enrollment, office = enroll_in(session, user, now=now), office_of(app, session)
    if lessons:
        read_lessons(session, enrollment, office, now=now)
    attempt = answered_attempt(session, enrollment, now=now, answers=answers, key=ESSAY_QUIZ)
    submit_attempt(session, attempt, now=now, office=office)
    return enrollment, attempt
