"""A view that shows a page after an act was refused takes back first what the act had done so far.

For each `try` in lms/web that hands a database session to an act of the domain: each handler of an exception
of the domain begins by calling `undo()`, `...rollback()` or `abort(...)`, or a function of the same module
that does.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAKES_BACK = frozenset({"undo", "rollback", "abort"})


def main() -> int:
    """Print each handler that does not take back; return 1 when there is one."""
    found = [line for path in sorted((ROOT / "lms" / "web").rglob("*.py")) for line in problems(path)]
    print("\n".join(found))
    return 1 if found else 0


def problems(path: Path) -> list[str]:
    """Return "path:line: what is missing" for each handler of a module that does not take back."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = set(_from_domain(tree))
    helpers = TAKES_BACK | {
        item.name for item in tree.body if isinstance(item, ast.FunctionDef) and _calls(item, TAKES_BACK)
    }
    return [
        f"{path}:{handler.lineno}: call undo() before anything is shown after {ast.unparse(handler.type)}"
        for item in ast.walk(tree) if isinstance(item, ast.Try) and _has_session(item.body)
        for handler in item.handlers
        if handler.type is not None and _names(handler.type) & known and not _calls(handler, helpers)
    ]  # fmt: skip


def _from_domain(tree: ast.Module) -> Iterator[str]:
    for item in ast.walk(tree):
        if isinstance(item, ast.ImportFrom) and (item.module or "").startswith("lms.domain"):
            yield from (alias.asname or alias.name for alias in item.names)


def _names(kind: ast.expr) -> set[str]:
    return {item.id for item in ast.walk(kind) if isinstance(item, ast.Name)}


def _has_session(body: list[ast.stmt]) -> bool:
    return any(
        (isinstance(item, ast.Name) and item.id == "session")
        or (isinstance(item, ast.Attribute) and item.attr == "session")
        for statement in body for item in ast.walk(statement)
    )  # fmt: skip


def _calls(block: ast.AST, names: frozenset[str] | set[str]) -> bool:
    return any(
        isinstance(item, ast.Call)
        and (item.func.attr if isinstance(item.func, ast.Attribute) else getattr(item.func, "id", ""))
        in names
        for item in ast.walk(block)
    )


if __name__ == "__main__":
    sys.exit(main())
