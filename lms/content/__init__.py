"""The course format: a pure library from ``{path: bytes}`` to a Course, and from Markdown to safe HTML.

It imports neither Flask nor the database. Findings are codes (`problems.py`); their words live at the edge.
"""
