"""Read rules of law, what cites them, what is not in the list, and the work that changes made."""

from lms.domain.regulations.queries.citing import (
    CitingPlace,
    Missing,
    citing_places,
    count_missing,
    missing_names,
    version_places,
)
from lms.domain.regulations.queries.rows import (
    STATES,
    ListedRegulation,
    RegulationFilter,
    changes_of,
    find_regulations,
    regulation_by_name,
    regulation_names,
    state_of,
)
from lms.domain.regulations.queries.work import (
    LawNotice,
    WorkRow,
    count_work,
    count_work_for,
    find_work,
    law_notices,
    work_by_id,
    work_for,
)

__all__ = [
    "STATES", "CitingPlace", "LawNotice", "ListedRegulation", "Missing", "RegulationFilter", "WorkRow",
    "changes_of", "citing_places", "count_missing", "count_work", "count_work_for", "find_regulations",
    "find_work", "law_notices", "missing_names", "regulation_by_name", "regulation_names", "state_of",
    "version_places", "work_by_id", "work_for",
]  # fmt: skip
