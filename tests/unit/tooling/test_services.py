"""Tests get a browser and a PostgreSQL server, or are told what to install."""

from __future__ import annotations

import os
import shutil

import psycopg
import pytest

from tools import services


def test_a_server_of_our_own_starts_and_is_gone_afterwards() -> None:
    binaries = services.server_binaries()
    assert binaries is not None
    with services.own_server(binaries) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_chosen_server_that_does_not_answer_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:1/postgres")
    with pytest.raises(SystemExit, match="does not answer"), services.postgresql():
        pytest.fail("a dead server was given out")


def test_who_may_not_install_is_told_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="sudo sh -c 'apt-get update && apt-get install .* chromium'"):
        services.chromium()
