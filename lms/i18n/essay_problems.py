"""The words of problems with essays and their rubrics."""

from flask_babel import lazy_gettext as _l

# fmt: off
ESSAY_WORDS = {
    "rubric_missing": _l("An essay needs a rubric to be marked by. Write \"> Rubrik: 4 = ...; 2 = ...; 0 = "
                         "...\" below the question."),
    "rubric_level": _l("\"%(text)s\" is no level of a rubric. Write number = description, separated by "
                       "semicolons; decimals have a point."),
    "rubric_unit": _l("A level is a number alone, without a unit: write \"%(text)s\" as \"4 = ...\". The "
                      "points of the question follow from poin=."),
    "rubric_twice": _l("The level %(value)s stands twice in the rubric. Change or remove one."),
    "rubric_few": _l("A rubric has at least two levels, such as \"4 = complete; 0 = not relevant\". Add "
                     "one."),
    "rubric_many": _l("A rubric has at most %(limit)s levels; with more nobody marks alike. Join some."),
    "rubric_zero": _l("The highest level must be above 0; it earns all points. Change the numbers."),
    "rubric_no_zero": _l("The lowest level is above 0, so every essay earns points. Add \"0 = ...\" unless "
                         "that is meant."),
    "words_value": _l("\"kata\" is a range such as 100..300, 100.. or ..300, up to %(limit)s words, not "
                      "\"%(value)s\"."),
    "essay_answers": _l("An essay has no answer lines; a person marks it. Remove the line, or change tipe."),
    "essay_unnamed": _l("There is a rubric but no answer line. Write tipe=esai in the heading."),
    "essay_long": _l("The text is longer than 20,000 characters, too long to be taken. Shorten it."),
}
# fmt: on
