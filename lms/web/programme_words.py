"""Words for learning paths: states, JP, what a new edition changes, why a draft cannot be opened."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from lms.domain.programmes.queries import EditionText, StepText
from lms.domain.programmes.rules import State, changes
from lms.i18n.formats import date, number
from lms.web.certificate_labels import Label

STATES: dict[State, Label] = {
    State.NOT_BEGUN: Label(_l("Not started"), "quiet", "pause"),
    State.BEGUN: Label(_l("In progress"), "info", "play"),
    State.DONE: Label(_l("Completed"), "ok", "check"),
    State.LATE: Label(_l("Late"), "danger", "warning"),
}
EDITIONS: dict[str, Label] = {
    "draft": Label(_l("Draft"), "quiet", "edit"),
    "open": Label(_l("Is open"), "ok", "check"),
    "closed": Label(_l("Closed"), "quiet", "cross"),
}


def hours(pair: tuple[int, int]) -> str:
    """Return "12 JP", or "12 to 16 JP" where the choice decides."""
    least, most = pair
    if least == most:
        return f"{number(least)}\u00a0JP"
    return str(_("%(least)s to %(most)s JP", least=number(least), most=number(most)))


def step_name(step: StepText) -> str:
    """Return the course of a step, or "choose 2 of: A; B; C"."""
    titles = "; ".join(course.title for course in step.courses)
    if len(step.courses) < 2:
        return titles
    if step.choose == len(step.courses):
        return str(_("all of: %(courses)s", courses=titles))
    return str(_("choose %(count)s of: %(courses)s", count=step.choose, courses=titles))


def changed(old: EditionText, new: EditionText) -> list[str]:
    """Say what a new edition changes, a sentence each; none when nothing that counts differs."""
    found, before, after = [], {step.key: step for step in old.steps}, {step.key: step for step in new.steps}
    what = changes(old.plain, new.plain)
    found += [_("New step: %(step)s.", step=step_name(after[key])) for key in what.added]
    found += [_("No longer a step: %(step)s.", step=step_name(before[key])) for key in what.removed]
    found += [
        _("Changed from “%(before)s” to “%(after)s”.", before=step_name(before[key]),
          after=step_name(after[key]))
        for key in what.altered
    ]  # fmt: skip
    if what.moved:
        found.append(_("The steps stand in another order."))
    if what.ordered:
        found.append(
            _("The steps are now done in order.") if new.ordered else _("The order of the steps is now free.")
        )
    if what.counts_from:
        found.append(
            _("Completions count since %(day)s.", day=date(new.counts_from)) if new.counts_from
            else _("Completions of any day count.")
        )  # fmt: skip
    return [str(sentence) for sentence in found]


def problem_words(code: str) -> str:
    """Say why a draft cannot be opened."""
    kind, _colon, place = code.partition(":")
    if kind == "title":
        return str(_("Write the title."))
    if kind == "steps":
        return str(_("Add at least one step with a course."))
    if kind == "short":
        return str(_("Step %(place)s: fewer courses than are to be chosen.", place=place))
    return str(_("Step %(place)s: too few of its courses are in the catalogue.", place=place))


def steps_done(done: int, total: int) -> str:
    """Return "2 of 5 steps"."""
    return str(ngettext("%(done)s of %(num)s step", "%(done)s of %(num)s steps", total, done=number(done)))
