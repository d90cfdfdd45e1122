"""A city of forty people whose every figure is worked out on paper.

`people.py` holds what happened and, beside it, what it adds up to; `figures.py` the sums by unit, by status
and over quarters; `build.py` makes it. Today is 24 November 2026.
"""
