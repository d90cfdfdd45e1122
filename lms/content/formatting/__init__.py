"""The serialiser of the course format: one canonical text for all ways of writing the same course.

`canonical` (text.py) writes one file, `format_course` (course.py) a whole course with ids for questions
that have none. ``canonical(p, canonical(p, x)) == canonical(p, x)``, and both mean what x means.
"""
