"""Read-only queries over all concepts for HR; each function says how many statements it sends."""

from lms.domain.reports.queries.completions import (
    CompletionsWanted,
    Line,
    count_lines,
    find_lines,
    ids_in,
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
    Year,
    count_staff,
    find_led,
    find_staff,
    staff_ids,
    staff_rows,
    staff_totals,
)

__all__ = [
    "CompletionsWanted", "Figures", "Line", "StaffRow", "StaffWanted", "Year", "completed_courses",
    "count_lines", "count_staff", "course_with_live_version", "export_for", "exports_of", "figures",
    "find_led", "find_lines", "find_staff", "history_of", "ids_in", "jp_years", "line_keys", "lines_of",
    "staff_ids", "staff_rows", "staff_totals", "waiting_by_course",
]  # fmt: skip
