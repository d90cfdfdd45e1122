"""All tables, imported so that the metadata is whole."""

from lms.db import Base
from lms.domain.accounts import models as accounts
from lms.domain.announcements import models as announcements
from lms.domain.assignments import models as assignments
from lms.domain.audit import models as audit
from lms.domain.catalog import models as catalog
from lms.domain.certificates import models as certificates
from lms.domain.competencies import models as competencies
from lms.domain.corrections import models as corrections
from lms.domain.effects import models as effects
from lms.domain.enrollments import models as enrollments
from lms.domain.evaluations import models as evaluations
from lms.domain.imports import models as imports
from lms.domain.inquiries import models as inquiries
from lms.domain.jobs import models as jobs
from lms.domain.notices import models as notices
from lms.domain.obligations import models as obligations
from lms.domain.outside import models as outside
from lms.domain.partners import models as partners
from lms.domain.plans import models as plans
from lms.domain.programmes import models as programmes
from lms.domain.progress import models as progress
from lms.domain.quizzes import models as quizzes
from lms.domain.regulations import models as regulations
from lms.domain.reminders import models as reminders
from lms.domain.reports import models as reports
from lms.domain.settings import models as settings

__all__ = [
    "Base", "accounts", "announcements", "assignments", "audit", "catalog", "certificates", "competencies",
    "corrections", "effects", "enrollments", "evaluations", "imports", "inquiries", "jobs", "notices",
    "obligations", "outside", "partners", "plans", "programmes", "progress", "quizzes", "regulations",
    "reminders", "reports", "settings",
]  # fmt: skip
