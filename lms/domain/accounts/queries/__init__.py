"""Read people, units, positions and sign-in sessions; each function says what it loads."""

from lms.domain.accounts.queries.people import (
    SORTS,
    PeopleFilter,
    all_staff,
    count_people,
    find_people,
    former_nips,
    holders,
    holders_matching,
    ids_matching,
    in_units,
    matches_text,
    names_of,
    open_admins,
    own_records,
    people_for,
    staff_for,
    user_by_identity,
    user_for,
    user_with_grants,
)
from lms.domain.accounts.queries.sessions import (
    SESSION_DAYS,
    Credentials,
    OwnedCode,
    Person,
    code_owner,
    credentials_of,
    latest_codes,
    open_sessions,
    person_by_token,
    signed_in_user,
)
from lms.domain.accounts.queries.superiors import (
    head_of,
    leads_somebody,
    led_by,
    led_person,
    named_superior,
    placements_of,
    superior_of,
    superiors_of,
)
from lms.domain.accounts.queries.units import (
    Crumb,
    UnitRow,
    ancestors,
    open_units,
    place_names,
    position_rows,
    positions,
    subtree,
    unit_by_code,
    unit_rows,
    units_for,
)

__all__ = [
    "SESSION_DAYS", "SORTS", "Credentials", "Crumb", "OwnedCode", "PeopleFilter", "Person", "UnitRow",
    "all_staff", "ancestors", "code_owner", "count_people", "credentials_of", "find_people", "former_nips",
    "head_of", "holders", "holders_matching", "ids_matching", "in_units", "latest_codes", "leads_somebody",
    "led_by", "led_person", "matches_text", "named_superior", "names_of", "open_admins", "open_sessions",
    "open_units", "own_records", "people_for", "person_by_token", "place_names", "placements_of",
    "position_rows", "positions", "signed_in_user", "staff_for", "subtree", "superior_of", "superiors_of",
    "unit_by_code", "unit_rows", "units_for", "user_by_identity", "user_for", "user_with_grants",
]  # fmt: skip
