"""Read reminders: what waits for whom, whom a run writes to, what was sent, texts and choices."""

from lms.domain.reminders.queries.forecast import (
    Addressee,
    Forecast,
    Planned,
    addressees,
    done_runs,
    forecast,
    schedule_of,
)
from lms.domain.reminders.queries.kept import (
    choice_of,
    holidays_from,
    phones_of,
    runs,
    text_of,
    text_versions,
)
from lms.domain.reminders.queries.lines import late_staff, lines_of, open_people
from lms.domain.reminders.queries.log import (
    LogWanted,
    count_messages,
    find_messages,
    messages_of,
    unsent,
)

__all__ = [
    "Addressee", "Forecast", "LogWanted", "Planned", "addressees", "choice_of", "count_messages", "done_runs",
    "find_messages", "forecast", "holidays_from", "late_staff", "lines_of", "messages_of", "open_people",
    "phones_of",     "runs", "schedule_of", "text_of", "text_versions", "unsent",
]  # fmt: skip
