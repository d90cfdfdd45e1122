"""Decisions about people, identities, secrets, roles and units; pure, the clock is an argument."""

from lms.domain.accounts.rules.codes import InvalidCode, code_hash, derived_code, new_code, read_code
from lms.domain.accounts.rules.identities import (
    InvalidEmail,
    InvalidNip,
    group_nip,
    looks_like_nip,
    mask_nip,
    nip_birth_date,
    nip_warnings,
    normalise_email,
    normalise_nip,
    squeezed,
)
from lms.domain.accounts.rules.passwords import (
    PASSWORD_MAX,
    PASSWORD_MIN,
    hash_password,
    needs_rehash,
    new_token,
    password_problem,
    token_hash,
    verify_password,
)
from lms.domain.accounts.rules.ranks import GRADES_PPPK, RANKS_PNS, rank_warnings, read_rank
from lms.domain.accounts.rules.roles import (
    SCOPED_ROLES,
    covers,
    covers_unit,
    is_over,
    may_reset_password,
    role_names,
    scope_units,
    subtree_paths,
)

__all__ = [
    "GRADES_PPPK", "PASSWORD_MAX", "PASSWORD_MIN", "RANKS_PNS", "SCOPED_ROLES", "InvalidCode", "InvalidEmail",
    "InvalidNip", "code_hash", "covers", "covers_unit", "derived_code", "group_nip", "hash_password",
    "is_over", "looks_like_nip", "mask_nip", "may_reset_password", "needs_rehash", "new_code", "new_token",
    "nip_birth_date", "nip_warnings", "normalise_email", "normalise_nip", "password_problem", "rank_warnings",
    "read_code", "read_rank", "role_names", "scope_units", "squeezed", "subtree_paths", "token_hash",
    "verify_password",
]  # fmt: skip
