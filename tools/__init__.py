"""Checks and starters used by the Makefile."""
