"""Read obligations: rules, whom each touches today and how they stand, who is exempt."""

from lms.domain.obligations.queries.duties import Duty, duties_for, obligations_due, renewal_open
from lms.domain.obligations.queries.exemptions import (
    ExemptionRow,
    Held,
    count_exemptions,
    exemption_for,
    exemptions_for,
)
from lms.domain.obligations.queries.rows import ObligationRow, obligation_for, obligations_for, touched

__all__ = [
    "Duty", "ExemptionRow", "Held", "ObligationRow", "count_exemptions", "duties_for", "exemption_for",
    "exemptions_for", "obligation_for", "obligations_due", "obligations_for", "renewal_open", "touched",
]  # fmt: skip
