"""Reads of the effect of courses; `*_for(user, ...)` finds only what is the user's."""

from lms.domain.effects.queries.followups import (
    FollowupsWanted,
    answers_of,
    asked_of,
    awaiting_plan,
    count_followups,
    find_followups,
    followup_for,
    followup_of,
    followups_of,
    links_of,
    open_rule,
    own_followup,
    plans_of,
    respondent_for,
    rules_of,
)
from lms.domain.effects.queries.links import FoundLink, find_link
from lms.domain.effects.queries.results import current_results, result_for, result_history
from lms.domain.effects.queries.sums import BehaviourSums, GroupSums, behaviour_of

__all__ = [
    "BehaviourSums", "FollowupsWanted", "FoundLink", "GroupSums", "answers_of", "asked_of", "awaiting_plan",
    "behaviour_of", "count_followups", "current_results", "find_followups", "find_link", "followup_for",
    "followup_of", "followups_of", "links_of", "open_rule", "own_followup", "plans_of", "respondent_for",
    "result_for", "result_history", "rules_of",
]  # fmt: skip
