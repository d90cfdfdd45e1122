"""Where a piece lies: a place for a new one, up and down, another name. Prefixes such as 02- carry the order.

Every function returns {old path: new path} for the files that get another name; nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from lms.content.lines import ASSETS
from lms.content.page import slug
from lms.content.parse import MODULE_FILE
from lms.content.paths import extension, natural_key
from lms.content.writing.outline import BANKS, Outline

_WORDS = {"module": "modul", "lesson": "materi", "quiz": "kuis", "bank": "bank"}
_PREFIX = re.compile(r"(\d+)-(?=.)")


def place_for(kind: str, title: str, folder: str, paths: Collection[str]) -> str:
    """A free path for a new piece: behind its siblings; `folder` "" is the course itself."""
    word = slug(title)[:40].strip("-") or _WORDS[kind]
    if kind == "bank":
        return _free(BANKS, word, ".md", paths)
    start = f"{folder}/" if folder else ""
    inside = [path[len(start) :] for path in paths if path.startswith(start)]
    siblings = {path.partition("/")[0] for path in inside if kind != "module" or "/" in path}
    number = max((int(found[1]) for name in siblings if (found := _PREFIX.match(name))), default=0) + 1
    if kind == "module":
        return f"{number:02d}-{word}/{MODULE_FILE}"
    if not folder:  # a quiz of the course comes after the modules, whatever their number
        return f"{max(number, 90)}-{word}.md"
    return f"{folder}/{number:02d}-{word}.md"


def _free(folder: str, word: str, ending: str, paths: Collection[str]) -> str:
    taken = {path.casefold() for path in paths}
    names = (
        f"{folder}{word}{'' if number == 1 else f'-{number}'}{ending}" for number in range(1, len(taken) + 2)
    )
    return next(path for path in names if path.casefold() not in taken)


def asset_place(name: str, paths: Collection[str]) -> str:
    """A free path in aset/ for an uploaded file, made of its name."""
    stem, ending = name.rpartition(".")[0] or name, extension(name)
    return _free(ASSETS, slug(stem)[:60].strip("-") or "gambar", f".{ending}" if ending else "", paths)


def siblings_of(path: str, plan: Outline) -> list[str]:
    """The pieces among which a path moves, in order: modules by their file, pieces of one folder, quizzes."""
    folder, _, name = path.rpartition("/")
    if name == MODULE_FILE:
        return [f"{part.folder}/{MODULE_FILE}" for part in plan.modules]
    if not folder:
        return [entry.path for entry in plan.quizzes]
    return [entry.path for part in plan.modules if part.folder == folder for entry in part.pieces]


def moved(path: str, up: bool, plan: Outline, paths: Collection[str]) -> dict[str, str]:
    """One step up or down among the siblings; nothing at the end of the list."""
    order = siblings_of(path, plan)
    at = order.index(path) if path in order else -1
    to = at - 1 if up else at + 1
    if at < 0 or not 0 <= to < len(order):
        return {}
    wanted = list(order)
    wanted[at], wanted[to] = wanted[to], wanted[at]
    names = _names(order)
    change = {at: _with(names[at], _number(names[to])), to: _with(names[to], _number(names[at]))}
    if not all(_number(names[which]) for which in (at, to)) or not _sorts(names, change, wanted, order):
        change = {
            order.index(path): _with(names[order.index(path)], f"{number:02d}")
            for number, path in enumerate(wanted, 1)
        }
    return _renamed(order, change, paths)


def _sorts(
    names: Sequence[str], change: Mapping[int, str], wanted: Sequence[str], order: Sequence[str]
) -> bool:
    """Whether the changed names are all different and come in the order that is wanted."""
    new = [change.get(at, name) for at, name in enumerate(names)]
    place = {path: new[at] for at, path in enumerate(order)}
    listed = [place[path] for path in wanted]
    return len({name.casefold() for name in new}) == len(new) and listed == sorted(listed, key=natural_key)


def _names(order: Sequence[str]) -> list[str]:
    """The part of each path that carries its number: the folder of a module, the name of a file."""
    return [
        path.split("/")[-2] if path.endswith(f"/{MODULE_FILE}") else path.rpartition("/")[2] for path in order
    ]


def _number(name: str) -> str:
    found = _PREFIX.match(name)
    return found[1] if found else ""


def _with(name: str, number: str) -> str:
    return f"{number}-{_PREFIX.sub('', name, count=1)}"


def _renamed(order: Sequence[str], change: Mapping[int, str], paths: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at, name in change.items():
        path = order[at]
        folder = path.rpartition("/")[0]
        if path.endswith(f"/{MODULE_FILE}"):
            found |= {one: name + one[len(folder) :] for one in paths if one.startswith(f"{folder}/")}
        else:
            found[path] = f"{folder}/{name}" if folder else name
    return {old: new for old, new in found.items() if old != new}


def renamed(path: str, title: str, paths: Collection[str]) -> dict[str, str]:
    """The file (of a module: its folder) named after another title; its number and its place stay."""
    folder, _, name = path.rpartition("/")
    module = name == MODULE_FILE
    old = folder if module else name
    ending = "" if module else f".{extension(name)}"
    word = slug(title.removesuffix(ending) if ending else title)[:40].strip("-")
    number = _number(old)
    new = f"{number}-{word}{ending}" if number else f"{word}{ending}"
    if not word or new == old:
        return {}
    target = new if module else (f"{folder}/{new}" if folder else new)
    if any(f"{one}/".casefold().startswith(f"{target}/".casefold()) for one in paths):
        return {}
    if module:
        return {one: new + one[len(folder) :] for one in paths if one.startswith(f"{folder}/")}
    return {path: target}


def placed(path: str, folder: str, paths: Collection[str]) -> dict[str, str]:
    """A lesson or quiz in another module, behind what is there; nothing when it is there already."""
    here, _, name = path.rpartition("/")
    if here == folder or path not in paths:
        return {}
    word = _PREFIX.sub("", name.removesuffix(".md"), count=1)
    return {path: place_for("quiz" if not folder else "lesson", word, folder, paths)}


def removed(path: str, paths: Collection[str]) -> list[str]:
    """What goes with a file: a module takes its folder along."""
    folder, _, name = path.rpartition("/")
    if name == MODULE_FILE and folder:
        return sorted((one for one in paths if one.startswith(f"{folder}/")), key=natural_key)
    return [path] if path in paths else []
