"""A question as fields of a form, written back into its own lines: all else stays byte for byte.

`question_fields` reads, `given_of` takes what a form sent, `written_back` writes, `flaws_of` says what is
wrong with what was written and at which field; `whole.py` adds, moves, copies and removes whole questions.
"""
