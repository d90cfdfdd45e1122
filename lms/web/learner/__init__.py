"""Pages of everybody who learns: home, catalogue, lessons, attempts, certificates, profile."""

from __future__ import annotations

from flask import Blueprint

LEARNER: tuple[Blueprint, ...] = ()
