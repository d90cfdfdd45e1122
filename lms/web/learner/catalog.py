"""The catalogue of courses and the page of one course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, render_template, request
from flask_babel import lazy_gettext as _l

from lms import clock
from lms.content.html import render
from lms.db import db
from lms.domain.catalog.models import CourseVersion
from lms.domain.catalog.queries import (
    SORTS,
    CatalogueFilter,
    CatalogueRow,
    approved_jp,
    catalogue,
    catalogue_size,
    claims_of,
    live_codes,
    live_course,
    live_titles,
    pieces,
)
from lms.domain.catalog.rules import nearest_word, search_words
from lms.domain.competencies.queries import names
from lms.domain.effects.queries import followup_of
from lms.domain.enrollments.models import Enrollment
from lms.domain.enrollments.queries import enrollment_for, enrollments_of, lacking_for, prerequisites_of
from lms.domain.enrollments.rules import Retake
from lms.domain.partners.models import Partner
from lms.domain.progress.queries import progress_of, progress_of_all, retakes_of, supplements_of
from lms.domain.progress.rules import Progress
from lms.domain.reports.suggestions import Need, needs
from lms.web.access import person
from lms.web.context import policy
from lms.web.learner.course_outline import outline_of, rule_of
from lms.web.learner.evaluation import evaluation_due
from lms.web.learner.home import deadline_of, piece_url, step_url
from lms.web.listing import order_of, page_of

catalog = Blueprint("catalog", __name__, url_prefix="/courses")

MINUTES = (15, 30, 60, 120)
HOURS = (1, 2, 4)
STATES = {
    "new": _l("Not yet mine"),
    "mine": _l("My courses"),
    "open": _l("In progress"),
    "done": _l("Completed"),
}
AUDIENCES = {
    "semua-pns": _l("All PNS"),
    "semua-asn": _l("All civil servants"),
    "cpns": _l("CPNS"),
    "pppk": _l("PPPK"),
    "pelaksana": _l("Administrative staff"),
    "pengawas": _l("Supervisors"),
    "administrator": _l("Administrators"),
    "jpt": _l("Senior leaders (JPT)"),
    "jf": _l("Functional positions"),
}


@dataclass(frozen=True)
class Card:
    """A course in the list, with what it is to this person."""

    row: CatalogueRow
    enrollment: Enrollment | None
    progress: Progress | None
    need: Need | None


@catalog.get("")
def index() -> str:
    """List the published courses."""
    session, user = db.session(), person()
    mine = {item.course_id: item for item in reversed(enrollments_of(session, user.id))}
    wanted_skills = {need.code: need for need in needs(session, user, clock.local_date(clock.now()))}
    competencies = names(session)
    wanted = _filter(mine, wanted_skills, competencies)
    total, shortest = catalogue_size(session, wanted)
    page = page_of(request.args, total)
    order = order_of(request.args, SORTS, "title")
    rows = catalogue(
        session, wanted, sort=order.column, descending=order.descending, offset=page.offset, limit=page.size
    )
    return render_template(
        "learner/catalog/index.html",
        nav="catalog",
        cards=_cards(rows, mine, wanted_skills),
        page=page,
        order=order,
        total=total,
        shortest=shortest,
        query=_query(),
        filtered=_asked("q", "competency", "minutes", "jp", "state"),
        narrowed=_asked("competency", "minutes", "jp", "state", "sort"),
        nearest=nearest_word(_query(), live_titles(session).values()) if not total and _query() else None,
        competencies=[(code, f"{code} {competencies.get(code, '')}".strip()) for code in live_codes(session)],
        gaps=bool(wanted_skills),
        names=competencies,
        minutes=MINUTES,
        hours=HOURS,
        states=STATES,
        step_url=step_url,
    )


def _asked(*fields: str) -> bool:
    return any(request.args.get(name) for name in fields)


def _query() -> str:
    return " ".join(request.args.get("q", "")[:200].replace("\0", " ").split())


def _filter(
    mine: Mapping[int, Enrollment], wanted_skills: Mapping[str, Need], competencies: Mapping[str, str]
) -> CatalogueFilter:
    code = request.args.get("competency", "")
    state = request.args.get("state", "")
    among = {
        "mine": set(mine),
        "open": {key for key, item in mine.items() if item.completed_at is None},
        "done": {key for key, item in mine.items() if item.completed_at is not None},
    }.get(state)
    return CatalogueFilter(
        words=search_words(_query(), competencies),
        codes=None if not code else set(wanted_skills) if code == "gap" else {code},
        max_minutes=_choice("minutes", MINUTES),
        min_jp=_choice("jp", HOURS),
        among=among,
        beside=set(mine) if state == "new" else None,
    )


def _choice(name: str, allowed: Sequence[int]) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text in {str(value) for value in allowed} else None


def _cards(
    rows: Sequence[CatalogueRow], mine: Mapping[int, Enrollment], wanted_skills: Mapping[str, Need]
) -> list[Card]:
    shown = [mine[row.id] for row in rows if row.id in mine]
    progress = progress_of_all(db.session(), [item for item in shown if item.completed_at is None])
    cards = []
    for row in rows:
        enrollment = mine.get(row.id)
        need = next((wanted_skills[code] for code, _level in row.claims if code in wanted_skills), None)
        state = progress.get(enrollment.id) if enrollment else None
        cards.append(Card(row, enrollment, state, need if enrollment is None else None))
    return cards


@catalog.get("/<slug>")
def show(slug: str) -> str:
    """Show what a course takes and gives; people in it see the version they are in."""
    session = db.session()
    enrollment = enrollment_for(session, person(), slug)
    live = live_course(session, slug)
    version = enrollment.version if enrollment else live.live_version if live else None
    if version is None:
        abort(404)
    rows = pieces(session, version.id)
    progress = progress_of(session, enrollment) if enrollment else None
    before = prerequisites_of(session, person().id, slug, version)
    return render_template(
        "learner/catalog/show.html",
        nav="catalog",
        slug=slug,
        version=version,
        live=live.live_version if live else None,
        enrollment=enrollment,
        progress=progress,
        groups=outline_of(rows, progress),
        lessons=sum(row.kind == "lesson" for row in rows),
        rule=rule_of(version, rows, progress),
        first=next((row for row in rows if row.kind != "module"), None),
        claims=claims_of(session, version.id),
        names=names(session),
        approved=approved_jp(session, version.course_id),
        before=before,
        lacking=() if enrollment else lacking_for(session, person().id, version.course_id, before),
        audience=[AUDIENCES.get(code, code.replace("-", " ")) for code in version.header.get("audience", [])],
        description=render(version.header.get("description", ""), prefix="about", language=version.language),
        law_day=_law_day(version),
        organiser=db.session.get(Partner, version.partner_id) if version.partner_id else None,
        retake=_retake(enrollment),
        supplement=supplements_of(session, [enrollment]).get(enrollment.id) if enrollment else None,
        once_a_year=policy().jp_once_a_year,
        evaluate=evaluation_due(enrollment),
        followup=followup_of(session, enrollment.id) if enrollment and enrollment.completed_at else None,
        due=deadline_of(enrollment) if enrollment else None,
        step_url=step_url,
        piece_url=piece_url,
    )


def _retake(enrollment: Enrollment | None) -> Retake | None:
    """Whether the person may take the course again; None while they are in it."""
    if enrollment is None or enrollment.completed_on is None:
        return None
    today = clock.local_date(clock.now())
    return retakes_of(db.session(), [enrollment], policy(), today).get(enrollment.id)


def _law_day(version: CourseVersion) -> date | None:
    text = version.header.get("as_of")
    return date.fromisoformat(text) if text else None
