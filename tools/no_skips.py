"""A pytest plugin: with CI=true a skipped test is a failure, so that no gap stays unseen."""

from __future__ import annotations

import os

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the session when something was skipped and CI=true."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI", "").lower() not in {"1", "true"}:
        return
    skipped = len(reporter.stats.get("skipped", []))
    if skipped:
        reporter.write_line(f"\nCI=true: {skipped} skipped, but nothing may be skipped here.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
