"""The words of problems: what is wrong, why, and how to mend it, in the language of the reader."""

from flask_babel import lazy_gettext as _l

from lms.content.problems import Problem
from lms.i18n.advice import ADVICE
from lms.i18n.essay_problems import ESSAY_WORDS
from lms.i18n.exchange_problems import EXCHANGE_WORDS
from lms.i18n.media_problems import MEDIA_WORDS
from lms.i18n.question_problems import QUESTIONS

__all__ = ["WORDS", "problem_message", "problem_text", "unreadable_text"]

# fmt: off
WORDS = {
    **ADVICE,
    **ESSAY_WORDS,
    **EXCHANGE_WORDS,
    **MEDIA_WORDS,
    "folder_missing": _l("There is no such folder. Check the path."),
    "bundle_empty": _l("There is no file in it. A course needs at least kursus.md and one module folder."),
    "bundle_files": _l("There are more than %(limit)s files, more than one course may have. Remove what the "
                       "course does not use."),
    "bundle_large": _l("The files together are larger than %(limit)s. Compress the pictures or link to large "
                       "videos instead."),
    "text_large": _l("The text is larger than %(limit)s, too much for one page. Split it into several "
                     "lessons."),
    "asset_large": _l("The file is larger than %(limit)s, too heavy for a slow line. Compress it or split "
                      "it."),
    "path_absolute": _l("The name begins at the root of a disk; that is unsafe to unpack. Zip the course "
                        "folder itself."),
    "path_climbs": _l("The name leads out of the course folder (\"..\") and is refused for safety. Zip the "
                      "course folder itself."),
    "path_name": _l("Not every computer can store this file name. Use letters, digits, hyphens and dots "
                    "only."),
    "path_long": _l("The path is too long or too deep. Use short names, with folders in the course folder "
                    "only."),
    "path_link": _l("This is a link to another file, not a file. Put the file itself into the folder."),
    "path_twice": _l("On some computers this name is the same as %(twin)s, and one file would be lost. "
                     "Rename one of them."),
    "zip_broken": _l("This is not a ZIP that can be read; perhaps it was cut off on the way. Make it again "
                     "and upload it again."),
    "zip_damaged": _l("This file is damaged inside the ZIP (its checksum differs). Make the ZIP again."),
    "zip_encrypted": _l("This file is locked by a password. Make the ZIP without a password."),
    "zip_ratio": _l("This file unpacks to far more than its size; that is refused for safety. Put the real "
                    "file into the ZIP."),
    "text_encoding": _l("The text is stored as %(encoding)s; Gurindam reads UTF-8. Save the file again as "
                        "\"UTF-8\"."),
    "text_nul": _l("There are null characters in the text, so it is damaged or no text at all. Retype the "
                   "line or save it again."),
    "asset_type": _l("Files of this type are not taken. Use one of: %(known)s."),
    "asset_empty": _l("The file is empty. Put the real file here or remove it."),
    "asset_magic": _l("The content is not %(type)s although the name says so. Export the file again in the "
                      "right format."),
    "asset_place": _l("Pictures and documents belong in the folder aset/. Move the file there and mend the "
                      "links to it."),
    "table_large": _l("This table has %(cells)s cells, more than %(limit)s: showing it would take seconds. "
                      "Split it, or put it into aset/ as a spreadsheet and link to it."),
    "tables_large": _l("The tables of this page have more than %(limit)s cells together. Move some to "
                       "another lesson, or put them into aset/ as a spreadsheet and link to it."),
    "asset_unused": _l("No text uses this file; learners would load it for nothing. Link to it or remove "
                       "it."),
    "svg_unsafe": _l("The drawing contains a script or fetches something from elsewhere. Export it as "
                     "\"plain SVG\" without links."),
    "image_pixels": _l("The picture has more than 40 million pixels; phones cannot open it. Make it at most "
                       "2,000 pixels wide."),
    "course_missing": _l("The file kursus.md is missing, so this is not a course yet. Create it at the top "
                         "of the folder."),
    "course_elsewhere": _l("The file kursus.md is not at the top but at %(near)s. Send only the folder that "
                           "holds it."),
    "course_empty": _l("The course has no module. Make a folder such as 01-dasar with modul.md and a "
                       "lesson."),
    "course_slug": _l("The id \"%(value)s\" cannot be an address. Use lower-case letters, digits and "
                      "hyphens, such as disiplin-pns."),
    "course_folder": _l("The id is \"%(value)s\" but the folder is \"%(folder)s\". Make them the same."),
    "module_missing": _l("The folder has lessons but no modul.md, so the module has no title. Create "
                         "modul.md in it."),
    "module_empty": _l("The module has no lesson and no quiz. Add one to its folder, or remove the folder."),
    "place_course": _l("Only the file kursus.md at the top of the course is of the kind \"kursus\". Change "
                       "`jenis` or the file name."),
    "place_module": _l("A module is the file modul.md in a folder of the course. Change `jenis`, or rename "
                       "or move the file."),
    "place_bank": _l("Files in bank/ and bersama/ are of the kind \"bank\", and only they are. Change "
                     "`jenis` or move the file."),
    "place_deep": _l("Lessons and quizzes lie directly in a module folder, not deeper and not in aset/. Move "
                     "the file."),
    "place_lesson": _l("A lesson belongs to a module. Move the file into a module folder."),
    "kind_missing": _l("The kind of file is not told. Write a line such as \"jenis: materi\" (kursus, modul, "
                       "materi, kuis or bank)."),
    "header_missing": _l("The file does not begin with a header. Put \"---\", lines such as \"jenis: "
                         "materi\", and \"---\" at its top."),
    "header_open": _l("The header is not closed. Put a line \"---\" after its last key."),
    "header_long": _l("The header is not closed within %(limit)s lines. Put a line \"---\" after its last "
                      "key."),
    "header_tab": _l("There is a tab in the header, which looks like spaces but is not. Use spaces."),
    "header_line": _l("The line \"%(text)s\" is not of the form \"key: value\". Write it so, or begin a "
                      "comment with #."),
    "header_item": _l("\"%(key)s\" has a value on its line and a list below it. Keep one of the two."),
    "key_unknown": _l("The key \"%(key)s\" is unknown, so what it says would be lost. Did you mean: "
                      "%(known)s?"),
    "key_twice": _l("The key \"%(key)s\" stands on line %(first)s already. Keep one of the two."),
    "key_missing": _l("The key \"%(key)s\" is missing; this kind of file needs it. Add it to the header."),
    "value_empty": _l("\"%(key)s\" is empty. Write its value after the colon."),
    "value_list": _l("\"%(key)s\" takes one value, not a list. Write it on the same line."),
    "value_choice": _l("\"%(key)s\" cannot be \"%(value)s\". Choose one of: %(known)s."),
    "value_yes": _l("\"%(key)s\" is answered by ya or tidak, not \"%(value)s\"."),
    "value_int": _l("\"%(key)s\" takes a whole number from %(low)s to %(high)s, not \"%(value)s\"."),
    "value_date": _l("\"%(key)s\" takes a date such as 2026-01-31, not \"%(value)s\"."),
    "value_id": _l("\"%(value)s\" cannot be an id. Begin with a letter, then letters, digits, dots, hyphens, "
                   "at most 64 in all."),
    "value_brackets": _l("A bracket is missing in \"%(key)s\". Write [one, two], or one item a line "
                         "beginning with \"- \"."),
    "value_commas": _l("Names hold commas, so the list in \"%(key)s\" cannot be cut at them. Write one a "
                       "line, beginning with \"- \"."),
    "value_twice": _l("\"%(value)s\" stands twice in \"%(key)s\". Remove one."),
    "value_claim": _l("\"%(value)s\" is not a competency with a level from 1 to 5. Write it as M.1:2."),
    "completion_unknown": _l("The completion rule names \"%(value)s\", which is no quiz of this course. Did "
                             "you mean: %(known)s?"),
    "supplement_unknown": _l("The addition names \"%(value)s\", which is no lesson of this course. Did you "
                             "mean: %(known)s?"),
    "organiser_unknown": _l("\"%(value)s\" is no partner institution of this site, or it is closed. Did you "
                            "mean: %(known)s? The office enters institutions."),
    "organiser_none": _l("\"%(value)s\" is no partner institution: the office has entered none yet. Remove "
                         "the line, or ask the office to enter it."),
    "evaluation_unknown": _l("\"%(value)s\" is no survey of this course. Use: %(known)s."),
    "jp_missing": _l("The course gives a certificate but no JP, so it adds nothing to the yearly target. "
                     "Write jp, or \"sertifikat: tidak\"."),
    "jp_minutes": _l("%(jp)s JP promise %(promised)s minutes but the pieces add up to %(minutes)s. Change "
                     "jp, or mend `menit` of the lessons."),
    "id_twice": _l("The id \"%(id)s\" is used already in %(other)s; progress would be mixed up. Give this "
                   "one another id."),
    "lesson_empty": _l("The lesson has no text yet. Write it below the header."),
    "finish_checks": _l("\"selesai: jawab-cek\" needs questions inside the lesson, and there are none. Add a "
                        "block \"::: kuis {#cek-1}\", or use baca or tandai."),
    "lesson_quiz": _l("Questions inside a text stand only in a lesson, and \":::\" at the very beginning of "
                      "its line. Move the block there or into a quiz file."),
    "check_open": _l("The block of questions that begins here is not closed. Put a line \":::\" after its "
                     "last question."),
    "check_close": _l("This line closes a block of questions, but none is open. Remove it."),
    "check_id": _l("This block of questions has no id. Write \"::: kuis {#cek-1}\" with an id of its own."),
    "check_empty": _l("There is no question in this block. Begin one with \"## Judul {#id}\"."),
    "check_text": _l("\"%(text)s\" stands before the first question of the block. Write it above \":::\" or "
                     "under a question."),
    "check_group": _l("Questions in a lesson have no groups. Write two hash marks for a question."),
    "check_essay": _l("An essay needs a trainer, so it cannot be answered at once in a lesson. Put it into a "
                      "quiz file."),
    "fence_open": _l("A block of code that begins here is not closed; all below would be code. Close it with "
                     "the same marks."),
    "comment_open": _l("A comment that begins here is not closed; all below would vanish. Close it with "
                       "-->."),
    "title_long": _l("The title is longer than %(limit)s characters. Shorten it."),
    "line_long": _l("The line is longer than %(limit)s characters. Break it into paragraphs."),
    "brackets_many": _l("The paragraph has more than %(limit)s opening brackets, too many to show. Split it "
                        "by blank lines."),
    "tab": _l("There is a tab in this line; programs show it with different widths. Use spaces, four for "
              "each level."),
    "nesting_deep": _l("The text is nested deeper than %(limit)s levels. Use fewer levels of lists and "
                       "quotations."),
    "heading_empty": _l("The heading has no words. Write them or remove the line."),
    "heading_jump": _l("The heading goes from %(before)s to %(now)s and skips a level; the outline gets a "
                       "hole. Use one mark less."),
    "heading_space": _l("A space is missing after # in \"%(text)s\". Write \"## Judul\"."),
    "html_tag": _l("The tag <%(tag)s> is not taken, for safety. Use Markdown instead."),
    "notice_quoted": _l("Notices are written between slashes: \"/// penting | Judul\", the text, and "
                        "\"///\". Rewrite \"%(text)s\" so."),
    "block_unknown": _l("The block \"%(word)s\" is unknown. Did you mean: %(known)s?"),
    "block_open": _l("The block that begins here is not closed. Put a line \"///\" after its text."),
    "block_close": _l("This line closes a block, but none is open. Remove it, or open the block above."),
    "block_foreign": _l("\"%(text)s\" is the syntax of another program. Write \"/// catatan | Judul\", the "
                        "text, and \"///\"."),
    "alt_missing": _l("The picture %(target)s has no alternative text for those who cannot see it. Write it: "
                      "![what the picture says](...)."),
    "asset_missing": _l("The file %(target)s is not in the course. Did you mean: %(known)s?"),
    "asset_absent": _l("The file %(target)s is not in the course. Put it into the folder aset/."),
    "link_lesson_none": _l("The link leads to the lesson \"%(target)s\", but the course has no lesson yet. "
                           "Write it or remove the link."),
    "link_quiz_none": _l("The link leads to the quiz \"%(target)s\", but the course has no quiz. Write it or "
                         "remove the link."),
    "bank_none": _l("The group draws from \"%(bank)s\", but the course has no bank. Create the file "
                    "bank/umum.md."),
    "image_place": _l("The picture \"%(target)s\" does not lie in aset/; pictures from elsewhere are not "
                      "shown. Save it there."),
    "link_lesson": _l("The link leads to the lesson \"%(target)s\", which is not in this course. Did you "
                      "mean: %(known)s?"),
    "link_quiz": _l("The link leads to the quiz \"%(target)s\", which is not in this course. Did you mean: "
                    "%(known)s?"),
    "link_unsafe": _l("The link \"%(target)s\" cannot be followed. Use https://..., materi:id, kuis:id, "
                      "aset/... or #bagian."),
    **QUESTIONS,
}
# fmt: on


def problem_message(problem: Problem) -> str:
    """The sentence alone, in the language of the reader."""
    return str(WORDS[problem.code]) % problem.params


def problem_text(problem: Problem) -> str:
    """``path:line: message``; without the line when the problem is one of the whole file."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return f"{place}: {problem_message(problem)}" if place else problem_message(problem)


def unreadable_text(code: str, **params: object) -> str:
    """Why a learner's answer cannot be read, in the language of the reader."""
    return str(WORDS[code]) % params
