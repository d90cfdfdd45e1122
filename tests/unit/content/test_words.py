"""Every code that lms/content can report has words, in English and in Indonesian."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

from babel.messages.pofile import read_po

import lms.content
from lms.content.problems import Problem
from lms.i18n.problems import WORDS, problem_text, unreadable_text

CONTENT = Path(next(iter(lms.content.__path__)))
TRANSLATIONS = sorted((CONTENT.parent / "translations" / "id").glob("*.po"))
SHARED = CONTENT.parent / "cli" / "shared.py"  # names a problem of the folder of shared banks, too


def codes() -> set[str]:
    """The codes in the source: second arguments of error() and warn(), and those raised or returned."""
    found: set[str] = set()
    for path in CONTENT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(
                getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
            )
            if isinstance(node, ast.Call) and name in {"error", "warn"} and len(node.args) > 1:
                found |= _texts(node.args[1])
            elif isinstance(node, ast.Call) and name in {"ValueError", "Unreadable"} and node.args:
                found |= _texts(node.args[0])
            elif isinstance(node, ast.Return | ast.Assign) and node.value is not None:
                found |= {text for text in _texts(node.value) if text in WORDS}
    return {code for code in found if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+|tab|braces", code)}


def _texts(node: ast.AST) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_code_has_words_and_every_word_a_code() -> None:
    assert len(codes()) > 100
    assert codes() - WORDS.keys() == set()
    named = "\n".join(path.read_text(encoding="utf-8") for path in (*CONTENT.rglob("*.py"), SHARED))
    assert {code for code in WORDS if f'"{code}"' not in named} == set()


def test_every_sentence_is_translated_with_the_same_parameters(in_english: None) -> None:
    catalogs = [read_po(io.BytesIO(path.read_bytes()), locale="id") for path in TRANSLATIONS]
    for code, words in WORDS.items():
        english = str(words)
        message = next(filter(None, (catalog.get(english) for catalog in catalogs)), None)
        assert message is not None and message.string, code
        assert set(re.findall(r"%\(\w+\)s", message.string)) <= set(re.findall(r"%\(\w+\)s", english)), code
        assert message.string != english, code


def test_a_problem_reads_in_the_language_of_the_reader(in_indonesian: None) -> None:
    problem = Problem("kursus.md", 3, "key_twice", {"key": "jp", "first": "2"})
    assert problem_text(problem) == 'kursus.md:3: Kunci "jp" sudah ada di baris 2. Pakai salah satu saja.'
    assert problem_text(Problem("", 0, "zip_broken")).startswith("Ini bukan ZIP")
    assert unreadable_text("number_unreadable").startswith("Ini tidak terbaca sebagai angka.")


def test_a_problem_reads_in_english(in_english: None) -> None:
    assert problem_text(Problem("a.md", 1, "weight_zero")) == (
        'a.md:1: An accepted answer earns more than 0 %. Write "- !=" for a wrong one.'
    )
