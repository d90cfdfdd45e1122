"""The words of advice for a course that has no errors; `problems` has all the others."""

from flask_babel import lazy_gettext as _l

__all__ = ["ADVICE"]

# fmt: off
ADVICE = {
    "review_soon": _l("The text is to be reviewed before %(day)s. Look whether it is still right, then write "
                      "the next day."),
    "review_overdue": _l("The text should have been reviewed before %(day)s. Look whether it is still right, "
                         "then write the next day."),
    "sentence_long": _l("The sentence has %(words)s words. Up to %(limit)s are easy to read on a phone; make "
                        "two of it."),
    "lesson_long": _l("The lesson takes %(minutes)s minutes; of more than %(limit)s many are left half read. "
                      "Split it into two lessons."),
    "explanation_missing": _l("Nothing explains the answer, so whoever is wrong learns nothing. Add \"> "
                              "Pembahasan: ...\"."),
    "all_of_above": _l("\"%(text)s\" speaks of the other options, but options are shuffled. Write {tetap} "
                       "behind it, or name what is right."),
    "claim_untested": _l("The course says that it teaches %(claim)s, but no question tests it. Write "
                         "kompetensi=%(claim)s:1 behind a question, or remove it here."),
    "picture_heavy": _l("The picture weighs %(kilobytes)s KB on a page; more than %(limit)s KB is slow on a "
                        "weak line. Make it smaller."),
    "asset_foreign": _l("The file holds another kind of file inside (a script, a page, a document or a "
                        "ZIP), which is refused for safety. Export it again as a plain picture or document."),
}
# fmt: on
