"""Read-only queries over all concepts for HR; each function says how many statements it sends."""

from lms.domain.reports.queries.completion_sets import CompletionsWanted, ids_in
from lms.domain.reports.queries.completions import (
    Line,
    count_lines,
    find_lines,
    line_keys,
    lines_of,
)
from lms.domain.reports.queries.office import (
    Figures,
    completed_courses,
    course_with_live_version,
    export_for,
    exports_of,
    figures,
    history_of,
    jp_years,
    waiting_by_course,
)
from lms.domain.reports.queries.staff import (
    StaffRow,
    StaffWanted,
    count_staff,
    find_led,
    list_staff,
    staff_ids,
    staff_rows,
    staff_totals,
    unused_accounts,
)
from lms.domain.reports.queries.staff_hours import Year

__all__ = [
    "CompletionsWanted", "Figures", "Line", "StaffRow", "StaffWanted", "Year", "completed_courses",
    "count_lines", "count_staff", "course_with_live_version", "export_for", "exports_of", "figures",
    "find_led", "find_lines", "history_of", "ids_in", "jp_years", "line_keys", "lines_of", "list_staff",
    "staff_ids", "staff_rows", "staff_totals", "unused_accounts", "waiting_by_course",
]  # fmt: skip
