"""Pages for everybody: sign in, account, language, certificate verification."""

from __future__ import annotations

from flask import Blueprint

PUBLIC: tuple[Blueprint, ...] = ()
