"""What a course without errors is told, each with its line."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from lms.content.advice import long_sentences
from lms.content.assets import asset_problem
from lms.content.bundle import write_zip
from lms.content.parse import parse_course
from tests.courses import SLUG, make_bundle

LESSON, QUIZ = "01-loket/01-menyapa.md", "01-loket/03-kuis.md"
LONG = " ".join(["kata"] * 31)


def told(changes: dict[str, bytes]) -> list[tuple[str, int, str]]:
    parsed = parse_course({**make_bundle(), **changes}, SLUG, advice=True)
    return [(one.path, one.line, one.code) for one in parsed.problems]


def noise(side: int) -> bytes:
    picture = Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=95)
    return target.getvalue()


def test_each_weakness_is_told_at_its_line_and_only_to_those_who_ask() -> None:
    files = make_bundle()
    course = files["kursus.md"].replace(b"kompetensi: [M.5:2]", b"kompetensi: [M.5:2, M.9:1]")
    text = files[LESSON].replace(b"menit: 6", b"menit: 11") + f"\n{LONG}.\n\n![a](aset/a.jpg)\n".encode()
    quiz = files[QUIZ].replace(b"- [ ] Semua jawaban di atas {tetap}", b"- [ ] Semua jawaban di atas")
    changed = {"kursus.md": course, LESSON: text, QUIZ: quiz, "aset/a.jpg": noise(900)}
    before = [(path, code) for path, _line, code in told({})]
    found = told(changed)
    new = [(path, line, code) for path, line, code in found if (path, code) not in before]
    lines = text.decode().split("\n")
    assert new == [
        (LESSON, 5, "lesson_long"),
        (LESSON, lines.index(f"{LONG}.") + 1, "sentence_long"),
        (QUIZ, quiz.decode().split("\n").index("- [ ] Semua jawaban di atas") + 1, "all_of_above"),
        ("aset/a.jpg", 0, "picture_heavy"),
        ("kursus.md", 11, "claim_untested"),
    ]
    unexplained = {line for path, line, code in found if code == "explanation_missing" and path == QUIZ}
    headings = [at for at, line in enumerate(quiz.decode().split("\n"), 1) if line.startswith("## ")]
    assert headings[0] not in unexplained and headings[5] in unexplained
    silent = parse_course({**files, **changed}, SLUG).problems
    assert not {one.code for one in silent} & {code for _path, _line, code in new}
    broken = told({**changed, "01-loket/04-rusak.md": b"x"})
    assert [code for _path, _line, code in broken if code == "sentence_long"] == []


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"Satu.\n{LONG}.", [1]),
        (f"Satu. Dua.\n\n- {LONG}\n- pendek", [2]),
        (f"{LONG[:80]}\n{LONG[:80]}.", [0]),
        (f"{LONG[:70]}.\n{LONG[:80]}.", []),
        (f"```\n{LONG}\n```\n| {LONG} |\n## {LONG}", []),
        (f"{LONG[:100]}; {LONG[:50]}.", []),
        (f"[{LONG[:60]}](https://x.example/{'a/' * 40})", []),
    ],
)  # fmt: skip
def test_long_sentences_are_found_where_they_begin(body: str, lines: list[int]) -> None:
    assert [line for line, _words in long_sentences(body)] == lines


@pytest.mark.parametrize(
    "more", [b"<script>alert(1)</script>", b"<!DOCTYPE html><html>", b"%PDF-1.7", b"<?php x"]
)
def test_a_picture_that_is_two_files_at_once_is_refused(more: bytes) -> None:
    assert asset_problem("aset/a.jpg", noise(8)) is None
    assert asset_problem("aset/a.jpg", noise(8) + more) == "asset_foreign"


def test_a_picture_with_a_zip_behind_it_is_refused() -> None:
    assert asset_problem("aset/a.jpg", noise(8) + write_zip({"a.md": b"x"})) == "asset_foreign"
