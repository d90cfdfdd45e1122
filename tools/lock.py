"""Write the lock files anew: exact versions with hashes, for any platform, without any address.

Usage: python -m tools.lock, with UPGRADE=1 to take the newest versions that fit.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
QUIET = ["--no-emit-index-url", "--no-header", "--no-annotate"]


def main() -> None:
    """Lock the packages of the site first, then those of the tools on top of the same versions."""
    os.chdir(ROOT)
    more = ["--upgrade"] if os.environ.get("UPGRADE") else []
    for source, constraints in (("requirements", []), ("requirements-dev", ["-c", "requirements.txt"])):
        command = [sys.executable, "-m", *COMPILE, *QUIET, *more, *constraints]
        subprocess.run(
            [*command, f"{source}.in", "-o", f"{source}.txt"], check=True, stdout=subprocess.DEVNULL
        )
        print(f"{source}.txt is up to date")


if __name__ == "__main__":
    main()
