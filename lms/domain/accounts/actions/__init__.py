"""What is done to people, units, roles, sessions and codes; each act is written to the activity log."""

from lms.domain.accounts.actions.codes import IssuedCode, code_problem, issue_codes, use_code
from lms.domain.accounts.actions.people import (
    Person,
    close_user,
    create_user,
    edit_user,
    reopen_user,
    set_locale,
    set_theme,
)
from lms.domain.accounts.actions.placements import Move, record_moves
from lms.domain.accounts.actions.positions import (
    close_position,
    create_position,
    edit_position,
    reopen_position,
)
from lms.domain.accounts.actions.refusals import Refused
from lms.domain.accounts.actions.roles import grant_role, revoke_role
from lms.domain.accounts.actions.sessions import (
    end_expired,
    end_other_sessions,
    end_session,
    end_session_of,
    end_sessions,
    set_password,
    sign_in,
    start_session,
    touch_session,
)
from lms.domain.accounts.actions.sheets import Sheet, issue_sheet
from lms.domain.accounts.actions.superiors import set_head, set_superior
from lms.domain.accounts.actions.units import (
    close_unit,
    create_unit,
    edit_unit,
    move_unit,
    reopen_unit,
)

__all__ = [
    "IssuedCode", "Move", "Person", "Refused", "Sheet", "close_position", "close_unit", "close_user",
    "code_problem", "create_position", "create_unit", "create_user", "edit_position", "edit_unit",
    "edit_user", "end_expired", "end_other_sessions", "end_session", "end_session_of", "end_sessions",
    "grant_role", "issue_codes", "issue_sheet", "move_unit", "record_moves", "reopen_position", "reopen_unit",
    "reopen_user", "revoke_role", "set_head", "set_locale", "set_password", "set_superior", "set_theme",
    "sign_in", "start_session", "touch_session", "use_code",
]  # fmt: skip
