"""The words of problems in questions and in what learners answer; `problems` has all the others."""

from flask_babel import lazy_gettext as _l

__all__ = ["QUESTIONS"]

# fmt: off
QUESTIONS = {
    "form_heading": _l("A line that begins with # or ::: would begin or end a question. Write it otherwise."),
    "form_misread": _l("This would be read as something else than you typed: a line begins with a mark of "
                       "the format, such as \"- [x]\", \">\" or \"->\". Write it otherwise."),
    "braces": _l("The braces in \"%(text)s\" are not complete or not at the end. Write \"## Judul {#id "
                 "poin=2}\"."),
    "attribute_form": _l("\"%(text)s\" in the braces cannot be read. Write #id, poin=2 or dasar=\"PP "
                         "94/2021\"."),
    "attribute_unknown": _l("The attribute \"%(key)s\" is unknown; a typing error must not change marks. Did "
                            "you mean: %(known)s?"),
    "attribute_twice": _l("The attribute \"%(key)s\" stands twice. Keep one."),
    "attribute_empty": _l("The attribute \"%(key)s\" has no value. Write %(key)s=value."),
    "attribute_kind": _l("The attribute \"%(key)s\" means nothing for this kind of question. Remove it, or "
                         "change the kind."),
    "points_value": _l("Points are a number above 0, such as 2 or 0.5, not \"%(value)s\"."),
    "quiz_empty": _l("There is no question yet. Begin one with \"## Judul {#id}\"."),
    "questions_many": _l("There are more than %(limit)s questions in one file. Split it."),
    "survey_pass": _l("A survey is not scored, so it has no pass mark. Remove nilai_lulus."),
    "survey_kind": _l("A survey has no right answers, so it cannot ask for pairs, an order or gaps. Use "
                      "\"- [ ]\" options or tipe=isian."),
    "pairs_few": _l("Pairs need at least two lines \"- left -> right\" with different right sides."),
    "pair_arrows": _l("\"%(text)s\" holds a second arrow, so it is not plain where the left side ends. Keep "
                      "one \"->\" in a line."),
    "extra_fits": _l("\"%(text)s\" stands as an extra option but is the right side of a pair. Remove it, or "
                     "write another."),
    "order_type": _l("The question has no answer line. Write tipe=urut in the heading if the numbered lines "
                     "are to be put in order, else \"- [x]\" or \"- =\" lines."),
    "order_marks": _l("Steps are written as numbered lines, \"1. first\", \"2. next\". Use no other marks "
                      "here."),
    "order_fixed": _l("{tetap} keeps an option in its place; steps have to find theirs. Remove it."),
    "order_numbers": _l("The number %(number)s stands where %(expected)s belongs. Write the steps in the "
                        "right order, numbered 1, 2, 3 ..."),
    "order_few": _l("Putting in order needs at least three steps. Add one."),
    "cloze_none": _l("There is no gap in the text. Write one as [[word]], [[*right | wrong]] or [[=20]]."),
    "cloze_open": _l("A gap is not closed, or closed without being opened. Write [[...]] on one line."),
    "cloze_empty": _l("\"%(text)s\" holds an empty part. Write each between the strokes, or remove a "
                      "stroke."),
    "cloze_twice": _l("\"%(text)s\" holds the same text twice. Remove one."),
    "cloze_star": _l("\"%(text)s\" needs exactly one * and at least one other text to choose from."),
    "cloze_number_text": _l("\"%(text)s\" is compared as text. If a number is meant, write [[=%(text)s]]."),
    "cloze_answers": _l("A text with gaps has no answer lines. Remove them, or write tipe= for another "
                        "kind."),
    "cloze_mark": _l("The signs ⟦ and ⟧ mark gaps inside Gurindam. Use other brackets."),
    "cloze_link": _l("A gap cannot stand inside a link or a picture. Move it out."),
    "place_twice": _l("Number %(given)s is used more than once. Use each number once."),
    "place_range": _l("\"%(given)s\" is not a number from 1 to %(last)s. Use each number once."),
    "option_picture": _l("The right side of a pair is shown in a list, which holds no pictures. Put the "
                         "picture on the left side."),
    "survey_key": _l("A survey has no right answers. Use \"- [ ]\" for every option."),
    "practice_limit": _l("Practice is never limited: percobaan and jeda_jam are passed over. Remove them."),
    "pretest_once": _l("A pre-test is taken once, so percobaan is passed over. Remove it."),
    "completion_practice": _l("\"%(value)s\" is practice, which never counts. Remove it, or use guna: kuis."),
    "group_text": _l("\"%(text)s\" stands between a group and its first question and would be lost. Move it "
                     "below a \"##\"."),
    "pool_empty": _l("The group \"%(title)s\" has no question. Write some, or draw from a bank with "
                     "dari=bank/name."),
    "pool_take": _l("\"ambil\" is a whole number from 1, not \"%(value)s\"."),
    "pool_short": _l("The group draws %(take)s questions but has %(available)s. Draw fewer, or write more."),
    "pool_tag": _l("\"%(key)s\" selects from a bank, but no bank is named. Add dari=bank/name."),
    "pool_except": _l("\"kecuali\" names the question \"%(id)s\", which this group would not draw. Did "
                      "you mean: %(known)s?"),
    "pool_pinned": _l("\"wajib\" names the question \"%(id)s\", which this group cannot draw. Did you mean: "
                      "%(known)s?"),
    "pool_pinned_all": _l("\"wajib\" has no use without ambil=: every question of the group is asked "
                          "anyway."),
    "pool_pinned_many": _l("%(count)s questions are named in \"wajib\" but only %(take)s are drawn. Raise"
                           " ambil or name fewer."),
    "pool_overlap": _l("Two groups of this quiz could both draw the question \"%(id)s\", and it would be "
                       "asked twice. Separate them by tag."),
    "bank_shared": _l("The course draws from no shared bank \"%(bank)s\". Look up its name under Shared "
                      "banks; if its team alone may use it, one of them writes this line anew."),
    "shared_name": _l("In bersama/ lie banks alone, named like loket-dasar.md: at most 40 lower-case "
                      "letters, digits and hyphens. Rename \"%(name)s\"."),
    "shared_picture": _l("A shared bank holds no pictures; \"%(target)s\" would be missing in the courses. "
                         "Put the question into a bank of the course."),
    "bank_missing": _l("There is no bank \"%(bank)s\". Did you mean: %(known)s?"),
    "question_kind": _l("The question %(id)s is of the kind %(before)s in the published version and %(now)s "
                        "here. Answers of both kinds would be counted together: give it a new id."),
    "question_id": _l("The question has no id; answers need one to stay with it. Add {#id} to its heading."),
    "prompt_empty": _l("The question asks nothing. Write its text below the heading."),
    "answers_missing": _l("The question has no answer line. Write \"- [x] right\", \"- [ ] wrong\", or \"- = "
                          "answer\"."),
    "answers_many": _l("A question has at most %(limit)s answer lines. Split the question."),
    "answer_mark": _l("\"%(text)s\" is nearly an answer line. Write it at the beginning of the line, with "
                      "spaces, as \"- [x] text\"."),
    "answer_unmarked": _l("\"%(text)s\" stands among the answers without a mark. Write \"- [ ] ...\" or \"- "
                          "= ...\"."),
    "answer_after": _l("\"%(text)s\" follows the answers and belongs to nothing. Move it above them, or "
                       "write \"> Pembahasan: ...\"."),
    "answer_after_feedback": _l("\"%(text)s\" follows the feedback of an answer. Begin the line with \">\", "
                                "or move it above the feedback."),
    "answer_empty": _l("The answer has no text. Write it after the mark."),
    "answer_twice": _l("The same answer stands on line %(first)s already. Remove one."),
    "option_twice": _l("The same option stands on line %(first)s already. Change or remove one."),
    "options_few": _l("A choice needs at least two options. Add one."),
    "marks_mixed": _l("The answer lines mix marks of different kinds of question. Use either [x] and [ ], or "
                      "(x) and ( ), or = and !=."),
    "no_right": _l("No answer earns all points. Mark the right one with \"- [x]\" or \"- =\"."),
    "single_rights": _l("Only one option may be right here. Mark one, or use square brackets for several."),
    "single_says_all": _l("The text says to choose all, but only one option is right. Write tipe=banyak in "
                          "the heading if that is meant."),
    "true_false_both": _l("Both Benar and Salah are marked as right. Mark one."),
    "true_false_words": _l("A true/false question has exactly the options Benar and Salah. Write these "
                           "two."),
    "weight_unknown": _l("%(value)s is not a share that other programs know. The nearest is %(near)s."),
    "weight_zero": _l("An accepted answer earns more than 0 %%. Write \"- !=\" for a wrong one."),
    "weights_mixed": _l("[x] and percentages stand in one question with several right options. Use one of "
                        "the two."),
    "weights_sum": _l("The percentages of the right options add up to %(total)s, not 100 %%. Change them."),
    "weights_scoring": _l("Percentages say already how this is scored. Remove nilai=... ."),
    "fixed_typed": _l("{tetap} keeps an option in its place; a typed answer has none. Remove it."),
    "number_comma": _l("Numbers in the file have a decimal point: write \"%(value)s\" with a point and "
                       "without thousands marks."),
    "number_source": _l("\"%(value)s\" is not a number. Write 20, 3.5, 25 ± 0.5 or 19..21."),
    "number_thousands": _l("\"%(value)s\" is read as %(read)s, since the point marks decimals here. Did you "
                           "mean %(meant)s?"),
    "wrong_is_right": _l("\"%(value)s\" is named as wrong but also counted as right. Narrow the tolerance or "
                         "remove the line."),
    "short_with_number": _l("Some answers are numbers and some are not, so all are compared as text. Write "
                            "tipe=isian if that is meant."),
    "pattern_long": _l("The pattern is longer than 200 characters. Shorten it, or use several \"- =\" "
                       "lines."),
    "pattern_backreference": _l("The pattern refers back to a group, which may take for ever. Write the "
                                "variants out."),
    "pattern_fuzzy": _l("The pattern allows typing errors ({e<=1}); what counts must be written. Use \"- =\" "
                        "lines for variants."),
    "pattern_nested": _l("The pattern repeats something that repeats, as in (a+)+, which may take for ever. "
                         "Remove one repetition."),
    "pattern_broken": _l("The pattern cannot be read. Check its brackets, or use \"- =\" lines."),
    "pattern_example": _l("No \"- =\" line matches this pattern, so no readable right answer can be shown. "
                          "Add an example that matches."),
    "note_empty": _l("A note without text. Write it after the colon."),
    "rubric_kind": _l("A rubric belongs to an essay. Remove it here."),
    "option_unknown": _l("This choice is not part of the question. Open the page again and choose once "
                         "more."),
    "option_several": _l("Only one choice can be taken. Choose one."),
    "answer_long": _l("The answer is too long. Shorten it to 500 characters."),
    "number_unreadable": _l("This is not read as a number. Write digits only, such as 12 or 3,5."),
}
# fmt: on
