"""The item analysis against R: the script of the guide reckons the same figures from the downloads."""

from __future__ import annotations

import subprocess
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.catalog.models import CourseMember
from tests.answering import answer_all, people
from tests.cast import NOW, Cast, sign_in
from tests.courses import SLUG, publish_course

SCRIPT = Path(__file__).parents[2] / "docs" / "analisis-butir.R"
FILES = f"/trainer/courses/{SLUG}/analysis/kuis-loket/files"


def _said(*arguments: str | Path) -> str:
    run = subprocess.run(["Rscript", SCRIPT, *arguments], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_r_reckons_the_same_figures_from_the_marks(
    client: FlaskClient, session: Session, cast: Cast, tmp_path: Path
) -> None:
    version = publish_course(session, now=NOW)
    session.add(CourseMember(course_id=version.course_id, user_id=cast.trainer.id))
    answer_all(session, version, cast.city, people(60), now=NOW)
    session.commit()
    files = [tmp_path / f"{kind}.csv" for kind in ("marks", "figures")]
    with clock.frozen(NOW):
        trainer = sign_in(client, cast.trainer)
        for file in files:
            answer = trainer.post(FILES, data={"kind": file.stem, "version": "1"})
            assert answer.status_code == 200 and answer.mimetype == "text/csv"
            file.write_bytes(answer.data)
    assert float(_said(*files).rpartition(":")[2]) < 0.00005  # four decimals


def test_r_finds_the_figures_of_the_worked_example() -> None:
    figures = _said("contoh").split()
    for known in ("53.4522", "-25.0000", "-33.3333", "-59.7614", "-0.3986", "118.2603", "-39.8551"):
        assert known in figures  # ten people, five questions
    for known in ("71.0801", "53.7772", "-0.5618", "-1.0983", "63.0341"):
        assert known in figures  # eight people, points 2, 1, 3
