"""Everything that can be said about the code without running the site. Usage: python -m tools.check"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "imports": ["tools.check_imports"],
    "refusals": ["tools.check_refusals"],
    "templates": ["djlint", "lms/templates", "--lint", "--quiet"],
    "translations": ["tools.check_translations"],
    "migrations": ["tools.check_migrations"],
    "files": ["tools.check_files"],
    "rights": ["tools.rights", "--check"],
}


def main() -> int:
    """Run each check, show what the failing ones say; return 1 when one fails."""
    os.chdir(ROOT)
    failed = []
    for name, command in STEPS.items():
        begin = time.monotonic()
        run = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True)
        print(
            f"{name:14}{'ok' if run.returncode == 0 else 'FAILED':8}{time.monotonic() - begin:5.1f} s",
            flush=True,
        )
        if run.returncode != 0:
            failed.append(name)
            print(run.stdout + run.stderr, flush=True)
    print(
        f"{len(STEPS) - len(failed)} of {len(STEPS)} checks passed"
        + (f"; failed: {', '.join(failed)}" * bool(failed))
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
