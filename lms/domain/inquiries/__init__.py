"""Questions and reports of errors at a place of a lesson, answered once, turned into text."""
