"""What was asked at the places of a lesson, put where it belongs in its text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from lms.content.places import places_in
from lms.db import db
from lms.domain.enrollments.models import Enrollment
from lms.domain.inquiries.queries import Thread, threads_at
from lms.web.access import person
from lms.web.fragments import fragment


@dataclass(frozen=True)
class Asked:
    """What was asked about other texts of a lesson: those of earlier versions, those of later ones."""

    earlier: tuple[Thread, ...] = ()
    later: tuple[Thread, ...] = ()


def asked_at(enrollment: Enrollment, key: str, html: Markup) -> tuple[Markup, Asked]:
    """Return the HTML of a lesson with what was asked at its places, and what belongs to other texts."""
    threads = threads_at(db.session(), enrollment.course_id, key, person().id)
    if not threads:
        return html, Asked()
    found: defaultdict[str, list[Thread]] = defaultdict(list)
    for one in threads:
        found[one.place].append(one)
    parts, at = [], 0
    for place in places_in(html):
        here = tuple(found.pop(place.key, ()))
        if here:
            parts += [html[at : place.end], fragment("learner/lessons/thread.html", threads=here)]
            at = place.end
    rest = [one for left in found.values() for one in left]
    number = enrollment.version.number
    return Markup("").join([*parts, html[at:]]), Asked(
        tuple(one for one in rest if one.version <= number),
        tuple(one for one in rest if one.version > number),
    )
