"""Do the imports keep the contracts of pyproject.toml? Usage: python -m tools.check_imports"""

from __future__ import annotations

import sys

from importlinter.cli import lint_imports


def main() -> int:
    """Return 0 when every contract is kept; prints the report."""
    sys.path.insert(0, "")
    return int(lint_imports(no_logo=True, cache_dir=None, no_cache=True))


if __name__ == "__main__":
    sys.exit(main())
