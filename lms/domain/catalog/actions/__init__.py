"""Publish courses, keep drafts, approve lesson hours; every verb flushes and never commits."""

from lms.domain.catalog.actions.drafts import NewCourse, SlugTaken, discard, new_course, save_draft, take_over
from lms.domain.catalog.actions.hours import approve_hours
from lms.domain.catalog.actions.members import LastOwner, NotOfTheDesk, remove_member, set_member
from lms.domain.catalog.actions.publish import Published, PublishedElsewhere, publish

__all__ = [
    "LastOwner", "NewCourse", "NotOfTheDesk", "Published", "PublishedElsewhere", "SlugTaken",
    "approve_hours", "discard", "new_course", "publish", "remove_member", "save_draft", "set_member",
    "take_over",
]  # fmt: skip
