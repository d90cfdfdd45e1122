"""Pages of everybody who learns: home, catalogue, lessons, attempts, certificates, profile."""

from __future__ import annotations

from flask import Blueprint

from lms.web.learner import attempt_results
from lms.web.learner.catalog import catalog
from lms.web.learner.certificates import certificates
from lms.web.learner.checks import checks
from lms.web.learner.enrollment import enrollment
from lms.web.learner.evaluation import evaluation
from lms.web.learner.files import course_files
from lms.web.learner.followups import followups
from lms.web.learner.home import home
from lms.web.learner.inquiries import inquiries
from lms.web.learner.lessons import lessons
from lms.web.learner.letters import letters
from lms.web.learner.notices import notices
from lms.web.learner.obligations import duties
from lms.web.learner.organisers import organisers
from lms.web.learner.outside import outside
from lms.web.learner.plans import plans
from lms.web.learner.profile import profile
from lms.web.learner.programmes import programmes
from lms.web.learner.quizzes import quizzes
from lms.web.learner.reminders import reminders
from lms.web.learner.supplements import supplements
from lms.web.learner.team import team

LEARNER: tuple[Blueprint, ...] = (
    home,
    notices,
    reminders,
    catalog,
    enrollment,
    evaluation,
    lessons,
    inquiries,
    supplements,
    checks,
    course_files,
    organisers,
    profile,
    duties,
    followups,
    letters,
    team,
    outside,
    plans,
    programmes,
    certificates,
    quizzes,
    attempt_results.attempts,
)
