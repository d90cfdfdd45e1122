"""Pages for everybody: sign in, account, activation, language, certificate verification."""

from __future__ import annotations

from flask import Blueprint

from lms.web.public.account import account
from lms.web.public.activation import activation
from lms.web.public.auth import auth
from lms.web.public.followup_link import followup_link
from lms.web.public.own_data import own_data
from lms.web.public.verification import verification

PUBLIC: tuple[Blueprint, ...] = (auth, account, own_data, activation, verification, followup_link)
