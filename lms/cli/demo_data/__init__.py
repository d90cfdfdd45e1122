"""Fictional data for demonstrations."""
