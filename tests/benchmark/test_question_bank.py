"""Searching a bank of 20,000 questions: server CPU of the whole page, median of some rounds."""

from __future__ import annotations

import time
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from lms.domain.catalog.actions import publish
from lms.domain.catalog.models import IndexedQuestion
from tests.cast import NOW, Cast, sign_in
from tests.course_files import named
from tests.courses import SLUG, make_bundle
from tests.learning import course_of

QUESTIONS, ROUNDS = 20_000, 9
AIM_MS, SLACK = 50.0, 4.0
"""The run fails only far beyond the aim: the printed figure judges, a busy machine must not."""
WORDS = ["loket", "berkas", "warga", "antrean", "izin", "aduan", "standar", "waktu", "biaya", "surat"]


def _rows(course_id: int, count: int) -> list[dict[str, object]]:
    return [
        {
            "course_id": course_id, "path": f"bank/b{at % 20:02}.md", "line": at,
            "key": f"q-{course_id}-{at}",
            "kind": ("single", "multiple", "short")[at % 3], "title": f"Soal {at}",
            "prompt": "Apa?",
            "words": " ".join([f"soal {at}", *(WORDS[(at * step) % len(WORDS)] for step in range(1, 61))]),
            "tags": f",t{at % 50},", "competency": f"M.{at % 9}:2", "difficulty": "easy", "points": 1.0,
            "quizzes": ",kuis-loket," if at % 2 else "",
        }
        for at in range(count)
    ]  # fmt: skip


def test_twenty_thousand_questions_are_searched(client: FlaskClient, session: Session, cast: Cast) -> None:
    for slug, bundle in ((SLUG, make_bundle()), ("arsip-rapi", named("arsip-rapi"))):
        publish(session, slug, bundle, home="desk", by=cast.trainer.id, now=NOW)
        session.execute(insert(IndexedQuestion), _rows(course_of(session, slug).id, QUESTIONS // 2))
    session.commit()
    trainer = sign_in(client, cast.trainer)
    for query in ("", "?q=loket+1999", "?tag=t7&kind=short", "?q=tidakada", "?used=no&page=300"):
        taken = []
        for _round in range(ROUNDS):
            start = time.process_time()
            answer = trainer.get(f"/trainer/questions{query}")
            taken.append((time.process_time() - start) * 1000)
            assert answer.status_code == 200
        print(f"bank of {QUESTIONS} questions, {query or 'all'}: {median(taken):.1f} ms CPU")
        assert median(taken) < AIM_MS * SLACK
