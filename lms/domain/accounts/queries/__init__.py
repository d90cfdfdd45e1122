"""Read people, units, positions and sign-in sessions; each function says what it loads."""

from lms.domain.accounts.queries.people import (
    SORTS,
    PeopleFilter,
    all_staff,
    count_people,
    find_people,
    former_nips,
    holders_matching,
    ids_matching,
    in_units,
    matches_text,
    names_of,
    open_admins,
    owner_of_nip,
    people_for,
    people_with_roles,
    staff_for,
    staff_in,
    user_by_identity,
    user_for,
    user_with_grants,
    users_by_nip,
)
from lms.domain.accounts.queries.sessions import (
    SESSION_DAYS,
    Credentials,
    OwnedCode,
    code_owner,
    credentials_of,
    latest_codes,
    open_sessions,
    user_by_token,
)
from lms.domain.accounts.queries.units import (
    Crumb,
    UnitRow,
    ancestors,
    open_units,
    position_rows,
    positions,
    subtree,
    unit_by_code,
    unit_rows,
    units_for,
    units_named,
)

__all__ = [
    "in_units", "matches_text", "people_for", "SESSION_DAYS", "SORTS", "Credentials", "Crumb",
    "OwnedCode", "PeopleFilter", "UnitRow", "all_staff", "ancestors", "code_owner", "count_people",
    "credentials_of", "find_people", "former_nips", "holders_matching", "ids_matching", "latest_codes",
    "names_of", "open_admins", "open_sessions", "open_units", "owner_of_nip", "people_with_roles",
    "position_rows", "positions", "staff_for", "staff_in", "subtree", "unit_by_code", "unit_rows",
    "units_for", "units_named", "user_by_identity", "user_by_token", "user_for", "user_with_grants",
    "users_by_nip",
]  # fmt: skip
