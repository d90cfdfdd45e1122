"""Mistakes that can be mended without a decision: one function for each code, on the text of one file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

from lms.content.problems import Problem

_BRACES = re.compile(r"^(#{1,2}[ ].*?)[ ]*\{([^{}]*)\}[ ]*$")
_NEXT = re.compile(r"#{1,2}[ ]|:::")
_SHORTEST = 4


class CannotMend(Exception):
    """The line is not what the problem said, or no rule fits."""


def mend(text: str, problem: Problem, taken: frozenset[str], base: str) -> str:
    """The text without that problem. `taken` are ids in use, `base` begins new ones. Raises CannotMend."""
    rule, names = _RULES.get(problem.code), problem.code in _NAMING
    lines = text.split("\n")
    if not (rule or names) or not 1 <= problem.line <= len(lines):
        raise CannotMend
    line = lines[problem.line - 1]
    if names:
        line = with_id(line, new_id(base or "soal", _said(lines, problem.line), set(taken)))
    elif rule:
        line = rule(line, problem)
    if line == lines[problem.line - 1]:
        raise CannotMend
    lines[problem.line - 1] = line
    return "\n".join(lines)


def can_mend(code: str) -> bool:
    """Whether there is a rule for a code."""
    return code in _RULES or code in _NAMING


def new_id(base: str, said: str, taken: set[str]) -> str:
    """An id of the base and a few digits of the digest of what is said; it joins `taken`.

    It never is the id of another question that was removed, as the next free number would be.
    """
    digits = hashlib.sha256(said.encode()).hexdigest()
    found = next(one for size in range(_SHORTEST, 64) if (one := f"{base}-{digits[:size]}") not in taken)
    taken.add(found)
    return found


def _said(lines: Sequence[str], number: int) -> str:
    """What stands on a line and below it, up to the next heading or the end of a block."""
    end = next((at for at in range(number, len(lines)) if _NEXT.match(lines[at])), len(lines))
    return "\n".join(line.strip() for line in lines[number:end]) + lines[number - 1].rstrip()


def with_id(line: str, new: str) -> str:
    """A heading, or the opening of a check, with an id before its other attributes."""
    if found := _BRACES.match(line):
        return f"{found[1]} {{#{new} {found[2].strip()}".rstrip() + "}"
    return f"{line.rstrip()} {{#{new}}}"


def _heading_jump(line: str, problem: Problem) -> str:
    return re.sub(r"^#+", problem.params["before"] + "#", line)


def _heading_space(line: str, _problem: Problem) -> str:
    return re.sub(r"^(#{1,6})(?=[^#\s])", r"\1 ", line)


def _tab(line: str, _problem: Problem) -> str:
    return line.replace("\t", "    ")


def _choose_all(line: str, _problem: Problem) -> str:
    return _attribute(line, "tipe=banyak")


def _fixed(line: str, _problem: Problem) -> str:
    return f"{line.rstrip()} {{tetap}}"


def _thousands(line: str, problem: Problem) -> str:
    return line.replace(problem.params["value"], problem.params["meant"], 1)


def _attribute(line: str, text: str) -> str:
    if found := _BRACES.match(line):
        return f"{found[1]} {{{found[2].strip()} {text}".replace("{ ", "{") + "}"
    return f"{line.rstrip()} {{{text}}}" if line.startswith("#") else line


_NAMING = frozenset({"question_id", "check_id"})
_RULES: Mapping[str, Callable[[str, Problem], str]] = {
    "heading_jump": _heading_jump,
    "heading_space": _heading_space,
    "header_tab": _tab,
    "tab": _tab,
    "single_says_all": _choose_all,
    "all_of_above": _fixed,
    "number_thousands": _thousands,
}
