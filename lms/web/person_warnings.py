"""What is doubtful in the data of a person, in words: shown beside the form, never a reason to refuse."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms import clock
from lms.domain.accounts.models import User
from lms.domain.accounts.rules import nip_warnings, rank_warnings

DOUBTS: dict[str, LazyString] = {
    "nip.birth": _l("The first eight digits are no possible birth date."),
    "nip.age": _l("By these digits the person was younger than 17 at the appointment."),
    "nip.appointment": _l("The digits of the appointment fit neither PNS (month) nor PPPK (21 to 29)."),
    "nip.sex": _l("The 15th digit should be 1 or 2."),
    "nip.serial": _l("The serial 000 is not used."),
    "rank.pns": _l("This is a rank of PNS; PPPK have a grade from I to XVII, without a rank."),
    "rank.pppk": _l("This is a grade of PPPK; PNS and CPNS have a rank, such as Penata Muda, III/a."),
}


def person_warnings(user: User) -> list[str]:
    """Return what should be compared with the decree."""
    codes = nip_warnings(user.nip, clock.local_date(clock.now())) if user.nip else ()
    return [str(DOUBTS[code]) for code in (*codes, *rank_warnings(user.employment, user.rank))]
