"""The words of exchanging questions: why one is refused, what is kept differently, what is lost."""

from flask_babel import lazy_gettext as _l

# fmt: off
EXCHANGE_WORDS = {
    "exchange_large": _l("The file is larger than %(limit)s. Split it into several files."),
    "exchange_bomb": _l("The file unpacks to more than %(limit)s; that is refused for safety."),
    "exchange_no_text": _l("This is no text file. Export the questions again in the format you chose."),
    "exchange_empty": _l("No question was found in the file. Check that the format is the right one."),
    "exchange_many": _l("There are %(count)s questions in the file; a bank holds at most %(limit)s. "
                        "Split it."),
    "exchange_xml": _l("The XML is broken here (%(reason)s). Export it again, or mend the line."),
    "exchange_xml_large": _l("The XML has more elements, or is nested deeper, than questions need; that "
                             "is refused for safety."),
    "exchange_doctype": _l("The XML has a document type (DOCTYPE), which can fetch foreign files; that "
                           "is refused for safety. Remove the line."),
    "exchange_root": _l("The file begins with <%(found)s> and not with <%(wanted)s>. Choose the right "
                        "format."),
    "exchange_xlsx": _l("This is no Excel workbook that can be read. Save it as .xlsx without a "
                        "password."),
    "exchange_csv": _l("The table is broken here: a quotation mark is not closed. Save it again as CSV."),
    "exchange_table_large": _l("The table has more than %(limit)s rows or 100 columns. Split it, or "
                               "delete empty rows that were formatted."),
    "exchange_header": _l("There is no header row with the column \"soal\". Take the template; its first"
                          " columns are %(known)s."),
    "exchange_column": _l("The column \"%(value)s\" is unknown. Did you mean %(known)s?"),
    "exchange_column_twice": _l("The column \"%(value)s\" stands twice. Remove one."),
    "exchange_columns_left": _l("Not taken over from this row: %(names)s."),
    "exchange_words": _l("\"%(value)s\" is no number of words. Write 100..300, ..300 or 100.."),
    "exchange_catch_all": _l("The answer * for all the rest became the message for wrong answers."),
    "exchange_template": _l("The text that the answer begins with is not taken over."),
    "exchange_kind": _l("Questions of the kind \"%(kind)s\" have no counterpart here. Write it anew as "
                        "another kind."),
    "exchange_kind_word": _l("The kind \"%(value)s\" is unknown. Use one of: %(known)s."),
    "exchange_no_right": _l("No answer is marked as right. Mark one in the file."),
    "exchange_two_right": _l("%(count)s answers are marked as right where only one may be chosen. Mark "
                             "one, or make it a question with several right answers."),
    "exchange_number": _l("\"%(value)s\" is no number. Write digits with a decimal point."),
    "exchange_weight": _l("The share %(value)s%% is none that Gurindam and Moodle know, such as 50 or "
                          "33.33333."),
    "exchange_key": _l("The key \"%(value)s\" names no answer of the question. Use the letters of the "
                       "answers."),
    "exchange_answers": _l("The answers cannot be read: %(text)s"),
    "exchange_arrow": _l("\"%(text)s\" is no pair. Write left -> right."),
    "exchange_braces": _l("The brace that opens the answers is not closed."),
    "exchange_description": _l("There are no answers: this is a text without a question."),
    "exchange_aiken_open": _l("The last question has no line \"ANSWER: A\"."),
    "exchange_aiken_options": _l("A question needs a prompt and at least two answers, each under its own"
                                 " letter."),
    "exchange_aiken_letter": _l("\"%(text)s\" stands where the answer %(wanted)s is expected. Letters go "
                                "from A to Z without a gap."),
    "exchange_qti_version": _l("This is a question of QTI %(version)s; QTI 2.1 is read. Export it anew."),
    "exchange_qti_missing": _l("The manifest names %(name)s, which is not in the package."),
    "exchange_qti_feedback": _l("Feedback that shows at certain answers is not taken over."),
    "exchange_option_empty": _l("One of the answers is empty."),
    "exchange_wildcard": _l("\"%(text)s\" uses * for any text, which Gurindam does not. Write the "
                            "accepted answers out."),
    "exchange_picture": _l("The picture %(name)s is not in the file. Export the questions with their "
                           "pictures."),
    "exchange_picture_elsewhere": _l("A picture is fetched from elsewhere (%(source)s). Put it into the "
                                     "file."),
    "exchange_picture_large": _l("The picture %(name)s is larger than %(limit)s. Make it smaller."),
    "exchange_picture_bad": _l("The picture %(name)s is unsafe, damaged or of a type that courses do not"
                               " take."),
    "exchange_id_elsewhere": _l("The id %(id)s is used in %(path)s. Import into that bank to change it."),
    "exchange_id_twice": _l("The name %(id)s stands twice in the file. Rename one of the questions."),
    "exchange_cloze_none": _l("No gap was found in the text."),
    "exchange_cloze_case": _l("Some gaps mind capital letters and some do not. Here one rule holds for "
                              "all."),
    "exchange_cloze_partial": _l("Gap %(number)s gives part of the points, which gaps here do not."),
    "exchange_cloze_numbers": _l("Gap %(number)s accepts several numbers; here a gap accepts one."),
    "exchange_cloze_text": _l("The answer \"%(text)s\" of a gap holds signs that separate answers here."),
    "exchange_text_large": _l("A text is longer than %(limit)s characters, or made of thousands of tags. "
                              "Shorten it."),
    "exchange_markup": _l("Not taken over from the texts: %(names)s. Check that the question can still be "
                          "answered."),
    "exchange_category": _l("The category \"%(category)s\" is not taken over. Use tags in its place."),
    "exchange_rubric": _l("There was no rubric that can be read; a simple one was added. Write your own."),
    "exchange_points": _l("The question was worth 0 points; here it is worth 1."),
    "exchange_units": _l("Only one unit is taken over, without conversion."),
    "exchange_attachments": _l("Attached files of learners are not taken over: an essay here is text."),
    "exchange_order_marks": _l("Orders are marked here by neighbours that stand together, not by the "
                               "rule of the file."),
    "exchange_cloze_weights": _l("The gaps were worth different points; here all are worth the same."),
    "exchange_cloze_wrong": _l("The wrong answers named at gap %(number)s are not taken over."),
    "exchange_cloze_feedback": _l("The feedback of gaps is not taken over."),
}
LOSS_WORDS = {
    "whole_kind": _l("the whole question: this format has no such kind"),
    "whole_survey": _l("the whole question: it has no right answer"),
    "whole_many": _l("the whole question: it has too many answers for this format"),
    "whole_arrow": _l("the whole question: a text holds the sign -> that separates pairs there"),
    "title": _l("the title"),
    "id": _l("the id, so importing it again makes a new question"),
    "tags": _l("the tags"),
    "points": _l("the points"),
    "competency": _l("the competency"),
    "difficulty": _l("the difficulty"),
    "legal": _l("the legal basis"),
    "shuffle": _l("that the answers keep their order"),
    "fixed": _l("which answer stays last"),
    "hints": _l("the hints"),
    "hint_lines": _l("where one hint ends and the next begins"),
    "explanation": _l("the explanation"),
    "messages": _l("the messages for right, partly right and wrong answers"),
    "option_feedback": _l("the feedback of single answers"),
    "weights": _l("answers that earn part of the points"),
    "scoring": _l("the rule of scoring"),
    "pattern": _l("the pattern (regular expression)"),
    "named_wrong": _l("the named wrong answers"),
    "unit": _l("the unit"),
    "case": _l("that capital letters matter"),
    "tolerance": _l("the tolerance"),
    "variants": _l("further accepted answers"),
    "extra_options": _l("texts that fit nothing"),
    "rubric": _l("the rubric"),
    "words": _l("the number of words"),
    "pictures": _l("the pictures"),
    "links": _l("the links"),
    "markup": _l("formatting such as bold and lists; its signs stay in the text"),
    "lines": _l("the line breaks"),
    "truth_words": _l("the order and the words of true and false"),
}
# fmt: on
