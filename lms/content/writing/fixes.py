"""Mistakes that can be mended without a decision: one function for each code, on the text of one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lms.content.problems import Problem

_BRACES = re.compile(r"^(#{1,2}[ ].*?)[ ]*\{([^{}]*)\}[ ]*$")
_NUMBER = re.compile(r"-(\d+)$")


class CannotMend(Exception):
    """The line is not what the problem said, or no rule fits."""


def mend(text: str, problem: Problem, taken: frozenset[str], base: str) -> str:
    """The text without that problem. `taken` are ids in use, `base` begins new ones. Raises CannotMend."""
    rule = _RULES.get(problem.code)
    lines = text.split("\n")
    if rule is None or not 1 <= problem.line <= len(lines):
        raise CannotMend
    line = rule(lines[problem.line - 1], problem, taken, base)
    if line == lines[problem.line - 1]:
        raise CannotMend
    lines[problem.line - 1] = line
    return "\n".join(lines)


def can_mend(code: str) -> bool:
    """Whether there is a rule for a code."""
    return code in _RULES


def fresh_id(taken: frozenset[str], base: str) -> str:
    """An id that no question has: the base with the number after the highest one used with it."""
    used = [int(found[1]) for one in taken if one.startswith(f"{base}-") and (found := _NUMBER.search(one))]
    number = max(used, default=0) + 1
    return f"{base}-{number:02d}"


def _question_id(line: str, _problem: Problem, taken: frozenset[str], base: str) -> str:
    return with_id(line, fresh_id(taken, base or "soal"))


def with_id(line: str, new: str) -> str:
    """A heading, or the opening of a check, with an id before its other attributes."""
    if found := _BRACES.match(line):
        return f"{found[1]} {{#{new} {found[2].strip()}".rstrip() + "}"
    return f"{line.rstrip()} {{#{new}}}"


def _check_id(line: str, _problem: Problem, taken: frozenset[str], base: str) -> str:
    return (
        f"{line.rstrip()} {{#{fresh_id(taken, f'{base}-cek' if base else 'cek')}}}"
        if "{" not in line
        else line
    )


def _heading_jump(line: str, problem: Problem, _taken: frozenset[str], _base: str) -> str:
    return re.sub(r"^#+", problem.params["before"] + "#", line)


def _heading_space(line: str, _problem: Problem, _taken: frozenset[str], _base: str) -> str:
    return re.sub(r"^(#{1,6})(?=[^#\s])", r"\1 ", line)


def _tab(line: str, _problem: Problem, _taken: frozenset[str], _base: str) -> str:
    return line.replace("\t", "    ")


def _choose_all(line: str, _problem: Problem, _taken: frozenset[str], _base: str) -> str:
    return _attribute(line, "tipe=banyak")


def _fixed(line: str, _problem: Problem, _taken: frozenset[str], _base: str) -> str:
    return f"{line.rstrip()} {{tetap}}"


def _thousands(line: str, problem: Problem, _taken: frozenset[str], _base: str) -> str:
    return line.replace(problem.params["value"], problem.params["meant"], 1)


def _attribute(line: str, text: str) -> str:
    if found := _BRACES.match(line):
        return f"{found[1]} {{{found[2].strip()} {text}".replace("{ ", "{") + "}"
    return f"{line.rstrip()} {{{text}}}" if line.startswith("#") else line


_RULES: Mapping[str, Callable[[str, Problem, frozenset[str], str], str]] = {
    "question_id": _question_id,
    "check_id": _check_id,
    "heading_jump": _heading_jump,
    "heading_space": _heading_space,
    "header_tab": _tab,
    "tab": _tab,
    "single_says_all": _choose_all,
    "all_of_above": _fixed,
    "number_thousands": _thousands,
}
