"""The papers of a person as downloads: profile and transcript."""

from __future__ import annotations

from datetime import date

from flask import Response
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from lms import clock
from lms.domain.accounts.models import OrgUnit, Position, User
from lms.domain.accounts.rules import group_nip
from lms.domain.certificates.queries import certificates_of
from lms.domain.competencies.queries import profile
from lms.domain.competencies.rules import band, job_match
from lms.domain.enrollments.queries import Hours, enrollments_of
from lms.domain.outside.queries import trainings_of
from lms.domain.reports.papers import profile_paper, transcript_paper
from lms.domain.reports.suggestions import Need, Suggestion, needs, ways
from lms.web.context import policy

BANDS = {"meets": "memenuhi syarat", "almost": "masih memenuhi syarat", "below": "kurang memenuhi syarat"}
SHOWN_WAYS = 6


def profile_file(session: Session, user: User) -> Response:
    """Return the competency profile of a person as a PDF of one page."""
    now, today = clock.now(), clock.local_date(clock.now())
    lines = profile(session, user, today)
    match = job_match(lines)
    taken = {item.course_id for item in enrollments_of(session, user.id)}
    open_needs = [need for need in needs(session, user, today) if need.assessed is not None]
    found = ways(session, open_needs, taken, each=1)
    rule = policy()
    word = BANDS[band(match.percent, rule.job_match_meets, rule.job_match_almost)] if match.percent else ""
    with force_locale("id"):
        sentences = [_sentence(need, offered) for need, offered in found[:SHOWN_WAYS]]
    data = profile_paper(_holder(session, user), lines, match, word, sentences, now=now, today=today)
    return _pdf(data, f"profil-kompetensi-{user.nip or user.id}.pdf")


def _sentence(need: Need, offered: list[Suggestion]) -> str:
    if not offered:
        return str(_("%(name)s: no course trains it; coaching, mentoring or an assessment.", name=need.name))
    one = offered[0]
    text = _(
        "%(name)s: %(course)s (level %(level)s, %(minutes)s minutes, %(jp)s JP).",
        name=need.name, course=one.title, level=one.level, minutes=one.minutes, jp=one.jp,
    )  # fmt: skip
    return str(text)


def transcript_file(session: Session, user: User, hours: Hours) -> Response:
    """Return the transcript of the year that `hours` reckon."""
    numbers = {
        (item.snapshot.get("course_code"), item.snapshot.get("completed_on")): item.number
        for item in certificates_of(session, user.id)
        if item.replaced_at is None and item.revoked_at is None
    }
    outside = {item.id: item.number for item in trainings_of(session, user.id)}
    rows = [
        {
            "day": f"{entry.day:%d/%m/%Y}", "title": entry.title, "organiser": entry.organiser,
            "jp": str(entry.jp if entry.jp is not None else entry.expected_jp),
            "note": "" if entry.jp is not None else "belum disetujui",
            "number": numbers.get((entry.slug, entry.day.isoformat()))
            or outside.get(entry.outside_id or 0, ""),
        }
        for entry in hours.entries
    ]  # fmt: skip
    now = clock.now()
    data = transcript_paper(
        _holder(session, user), hours.year, rows, hours.credited, hours.target,
        now=now, today=clock.local_date(now),
    )  # fmt: skip
    return _pdf(data, f"transkrip-{hours.year}-{user.nip or user.id}.pdf")


def _holder(session: Session, user: User) -> dict[str, str]:
    position = session.get(Position, user.position_id) if user.position_id else None
    unit = session.get(OrgUnit, user.unit_id) if user.unit_id else None
    rule = policy()
    return {
        "name": user.name, "nip": group_nip(user.nip) if user.nip else "",
        "position": position.name if position else "", "unit": unit.name if unit else "",
        "government": rule.government, "organiser": rule.organiser, "site": rule.site_name,
    }  # fmt: skip


def _pdf(data: bytes, name: str) -> Response:
    response = Response(data, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def age_words(day: date, today: date) -> str:
    """Return how long ago a day was: this month, so many months, so many years."""
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months < 1:
        return str(_("this month"))
    if months < 24:
        return str(_("%(months)s months ago", months=months))
    return str(_("%(years)s years ago", years=months // 12))
