"""Words of the evaluation form: its items, its scale, and what becomes of the answers."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

FORMS: dict[str, LazyString] = {
    "organisation": _l("How the course is run"),
    "teaching": _l("The trainer and the content"),
}
ITEMS: dict[str, LazyString] = {
    "org-info": _l("What stands on the course page before joining is clear: content, duration, rules."),
    "org-join": _l("Joining and finding the next part is easy."),
    "org-pages": _l("The pages open well on my device and my line."),
    "org-minutes": _l("The minutes that are stated match the time I needed."),
    "org-time": _l("I can learn between my duties, at a time of my own."),
    "org-rules": _l("What completes the course is clear, and holds as it is written."),
    "org-help": _l("When something did not work, I knew whom to ask."),
    "org-use": _l("This course is of use for my work."),
    "tea-subject": _l("The content is right and shows a good command of the subject."),
    "tea-order": _l("The lessons follow each other in a sensible order."),
    "tea-clear": _l("The explanations are easy to understand."),
    "tea-cases": _l("Examples and cases are close to my work."),
    "tea-quizzes": _l("The quizzes ask for what the lessons teach."),
    "tea-feedback": _l("What is said about my answers helps me to understand better."),
    "text-good": _l("What helped you most?"),
    "text-better": _l("What should be improved?"),
}
SCALE: dict[int, LazyString] = {
    1: _l("Disagree"),
    2: _l("Rather disagree"),
    3: _l("Agree"),
    4: _l("Fully agree"),
}
