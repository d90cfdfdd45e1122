"""The table: who gets what answer from every address of the site.

One line: method, endpoint, what fills the address (`name=thing`, a thing of `world.py`, or `name='text'`),
then the answer to each of ACTORS in their order. `=` repeats the answer on its left. An answer is a status;
`login` asks to sign in (redirect, or 401 for a form); 403 is the wrong role, 404 what is not yours.
A form is sent empty unless FORMS fills it, so 422 or 409 of a form means: let in, but not with this content.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.web.access.asked import ASKED
from tests.web.access.competencies import COMPETENCIES
from tests.web.access.effects import EFFECTS
from tests.web.access.effects import FORMS as EFFECT_FORMS
from tests.web.access.offices import OFFICES
from tests.web.access.partners import PARTNERS
from tests.web.access.paths import PATHS
from tests.web.access.reminders import REMINDERS
from tests.web.access.trainers import TRAINERS
from tests.web.access.world import ACTORS

#                                                    out lea str trn oth hr  hro bkp adm
TABLE = (
    """
# everybody
GET  health.alive                                    200 =   =   =   =   =   =   =   =
GET  health.ready                                    200 =   =   =   =   =   =   =   =
GET  parts.show                                      200 =   =   =   =   =   =   =   =
GET  auth.sign_in                                    200 303 =   =   =   =   =   =   =
POST auth.sign_in                                    422 =   =   =   =   =   =   =   =
POST auth.sign_out                                   303 =   =   =   =   =   =   =   =
POST auth.language                                   303 =   =   =   =   =   =   =   =
POST account.theme                                   303 =   =   =   =   =   =   =   =
GET  activation.use                                  200 =   =   =   =   =   =   =   =
POST activation.use                                  422 =   =   =   =   =   =   =   =
GET  verification.form                               200 =   =   =   =   =   =   =   =
GET  verification.show          code=code            200 =   =   =   =   =   =   =   =
GET  verification.show          code='AAAA'          404 =   =   =   =   =   =   =   =
GET  verification.machine       code=code            200 =   =   =   =   =   =   =   =
GET  verification.download      code=code            404 =   =   =   =   =   =   =   =
GET  verification.download      code=code key=pdf_key 200 =  =   =   =   =   =   =   =
POST verification.compare_nip   code=code            200 =   =   =   =   =   =   =   =
POST verification.compare_file  code=code            422 =   =   =   =   =   =   =   =

# the own staff: the officer of the district is the superior of the learner
GET  team.index                                      login 200 = =   =   =   =   =   =
GET  team.show                  user_id=person_learner login 404 = = =   200 404 =   =

# the own account
GET  account.show                                    login 200 = =   =   =   =   =   =
GET  account.password                                login 200 = =   =   =   =   =   =
GET  own_data.show                                   login 200 = =   =   =   =   =   =
GET  own_data.file                                   login 200 = =   =   =   =   =   =
POST own_data.ask_correction                         login 422 = =   =   =   =   =   =
POST account.change_password                         login 422 = =   =   =   =   =   =
POST account.end_others                              login 303 = =   =   =   =   =   =
POST account.end_device         login_id=login_of_learner login 303 404 = = = = = =
POST account.end_device         login_id=login_of_hr login 404 = =   =   303 404 =   =

# learning
GET  home.show                                       login 200 = =   =   =   =   =   =
GET  own_letters.show          assignment_id=order    login 200 404 =   =   =   =   =   =
GET  duties.index                                    login 200 = =   =   =   =   =   =
GET  catalog.index                                   login 200 = =   =   =   =   =   =
GET  catalog.show               slug=course          login 200 = =   =   =   =   =   =
GET  catalog.show               slug=unpublished     login 404 = =   =   =   =   =   =
POST enrollment.create          slug=course          login 303 = =   =   =   =   =   =
POST enrollment.create          slug=unpublished     login 404 = =   =   =   =   =   =
POST enrollment.withdraw        slug=course          login 303 404 = =   =   =   =   =
POST enrollment.again           slug=course          login 303 404 = =   =   =   =   =
GET  enrollment.newer           slug=course          login 303 404 = =   =   =   =   =
POST enrollment.move            slug=course          login 303 404 = =   =   =   =   =
GET  supplements.index          slug=added           login 200 404 = =   =   =   =   =
GET  supplements.show           slug=added key='berkas' login 200 404 = = =   =   =   =
POST supplements.finish         slug=added key='berkas' login 303 404 = = =   =   =   =
GET  lessons.missing            slug=course          login 200 404 = =   =   =   =   =
GET  lessons.missing            slug=second          login 200 200 404 = =   =   =   =
GET  lessons.show               slug=course key=lesson login 200 404 = = =   =   =   =
GET  lessons.show               slug=course key=none login 404 = =   =   =   =   =   =
GET  checks.show                slug=course key=lesson question_key='c-01' login 303 404 = = = = = =
POST checks.answer              slug=course key=lesson question_key='c-01' login 303 404 = = = = = =
POST checks.answer              slug=course key=lesson question_key='k-01' login 404 = = = = = = =
POST lessons.finish             slug=course key=lesson login 303 404 = = =   =   =   =
GET  evaluation.show            slug=course          login 200 404 = =   =   =   =   =
POST evaluation.create          slug=course          login 303 404 = =   =   =   =   =
GET  quizzes.show               slug=course key=quiz login 200 404 = =   =   =   =   =
GET  course_files.show          slug=course digest=digest name=picture login 200 404 200 404 = = = =
GET  course_files.show          slug=second digest=digest name=picture login 200 200 200 404 = = = =
GET  course_files.picture       slug=course digest=photo width='480' name=jpg login 200 404 200 404 = = = =
POST attempts.create            slug=course key=quiz login 303 404 = =   =   =   =   =
GET  attempts.show              attempt_id=attempt   login 200 404 = =   =   =   =   =
GET  attempts.show              attempt_id=closed_attempt login 303 404 = = = =   =   =
POST attempts.save_one          attempt_id=attempt key=question login 200 404 = = = = = =
POST attempts.check             attempt_id=attempt key=question login 303 404 = = = = = =
POST attempts.save              attempt_id=attempt   login 303 404 = =   =   =   =   =
POST attempts.extend            attempt_id=attempt   login 303 404 = =   =   =   =   =
GET  attempts.confirm           attempt_id=attempt   login 200 404 = =   =   =   =   =
POST attempts.submit            attempt_id=attempt   login 303 404 = =   =   =   =   =
POST attempts.submit            attempt_id=closed_attempt login 303 404 = = = =   =   =
GET  attempts.result            attempt_id=attempt   login 303 404 = =   =   =   =   =
GET  attempts.result            attempt_id=closed_attempt login 200 404 = = = =   =   =
GET  profile.show                                    login 200 = =   =   =   =   =   =
GET  outside.new                                     login 200 = =   =   =   =   =   =
POST outside.create                                  login 422 = =   =   =   =   =   =
GET  outside.show               training_id=training login 200 404 = =   =   =   =   =
GET  outside.proof              training_id=training login 200 404 = =   =   =   =   =
POST outside.withdraw_report    training_id=training login 303 404 = =   =   =   =   =
GET  profile.hours                                   login 200 = =   =   =   =   =   =
GET  profile.file                                    login 200 = =   =   =   =   =   =
GET  profile.transcript         year=year            login 200 = =   =   =   =   =   =
GET  certificates.index                              login 200 = =   =   =   =   =   =
GET  certificates.download      certificate_id=certificate login 200 404 = = =  =   =   =
GET  certificates.download      certificate_id=certificate_stranger login 404 200 404 = = = = =

# admin desk
GET  admin.index                                     login 403 = =   =   =   =   =   303
GET  admin.users.index                               login 403 = =   =   =   =   =   200
GET  admin.users.new                                 login 403 = =   =   =   =   =   200
POST admin.users.create                              login 403 = =   =   =   =   =   422
GET  admin.users.show           user_id=person_learner login 403 = = =   =   =   =   200
GET  admin.users.edit           user_id=person_learner login 403 = = =   =   =   =   200
POST admin.users.save           user_id=person_learner login 403 = = =   =   =   =   422
POST admin.users.close          user_id=person_learner login 403 = = =   =   =   =   303
POST admin.users.reopen         user_id=person_learner login 403 = = =   =   =   =   303
POST admin.users.end_sessions   user_id=person_learner login 403 = = =   =   =   =   303
POST admin.users.issue_code     user_id=person_learner login 403 = = =   =   =   =   200
POST admin.roles.grant          user_id=person_learner login 403 = = =   =   =   =   422
POST admin.roles.revoke         user_id=person_hr grant_id=hr_grant login 403 = = = = = = 303
GET  admin.units.index                               login 403 = =   =   =   =   =   200
GET  admin.units.new                                 login 403 = =   =   =   =   =   200
POST admin.units.create                              login 403 = =   =   =   =   =   422
GET  admin.units.show           unit_id=village      login 403 = =   =   =   =   =   200
POST admin.units.save           unit_id=village      login 403 = =   =   =   =   =   422
POST admin.units.set_head       unit_id=village      login 403 = =   =   =   =   =   303
POST admin.units.move           unit_id=village      login 403 = =   =   =   =   =   303
POST admin.units.close          unit_id=village      login 403 = =   =   =   =   =   303
POST admin.units.reopen         unit_id=village      login 403 = =   =   =   =   =   303
GET  admin.positions.index                           login 403 = =   =   =   =   =   200
GET  admin.positions.new                             login 403 = =   =   =   =   =   200
POST admin.positions.create                          login 403 = =   =   =   =   =   422
GET  admin.positions.edit       position_id=position login 403 = =   =   =   =   =   200
POST admin.positions.save       position_id=position login 403 = =   =   =   =   =   422
POST admin.positions.close      position_id=position login 403 = =   =   =   =   =   303
POST admin.positions.reopen     position_id=position login 403 = =   =   =   =   =   303
GET  admin.courses.index                             login 403 = =   =   =   =   =   200
GET  admin.courses.team         slug=course          login 403 = =   =   =   =   =   200
POST admin.courses.add          slug=course          login 403 = =   =   =   =   =   422
POST admin.courses.remove       slug=course user_id=person_trainer login 403 = = = = =   = 303
GET  admin.announcements.index                       login 403 = =   =   =   =   =   200
POST admin.announcements.create                      login 403 = =   =   =   =   =   422
POST admin.announcements.take_back announcement_id=announcement login 403 = = = = =   = 303
GET  admin.settings.index                            login 403 = =   =   =   =   =   200
GET  admin.settings.edit        key='site'           login 403 = =   =   =   =   =   200
POST admin.settings.save        key='site'           login 403 = =   =   =   =   =   422
GET  admin.hours.show                                login 403 = =   =   =   =   =   200
POST admin.hours.save                                login 403 = =   =   =   =   =   422
GET  admin.settings.emblem                           login 403 = =   =   =   =   =   200
GET  admin.settings.emblem_picture                   login 403 = =   =   =   =   =   200
POST admin.settings.save_emblem                      login 403 = =   =   =   =   =   422
POST admin.settings.remove_emblem                    login 403 = =   =   =   =   =   303
GET  admin.audit.index                               login 403 = =   =   =   =   =   200
"""
    + TRAINERS
    + OFFICES
    + COMPETENCIES
    + PARTNERS
    + PATHS
    + REMINDERS
    + EFFECTS
    + ASKED
)

FORMS: dict[str, dict[str, str]] = {
    **EFFECT_FORMS,
    "account.theme": {"theme": "dark"},
    "auth.language": {"language": "en"},
    "checks.answer": {"q-c-01": "o1"},
    "attempts.check": {"q": "k-01", "q-k-01": "o2"},
    "attempts.submit": {"confirmed": "1"},
    "evaluation.create": {"org-info": "3"},
    "attempts.save_one": {"q-k-01": "o2", "seen-k-01": ""},
    "trainer.exchange.create": {"path": "90-ujian.md", "format": "gift"},
    "trainer.imports.write": {"all": "1"},
    "trainer.writing.place": {"folder": "01-loket"},
    "trainer.saves.restore": {"save": "{save}", "base": "x"},
    "trainer.shared_text.restore": {"save": "1", "base": "x"},
    "trainer.marking.save": {"level": "2", "seen": "0", "then": "next"},
    "hr.certificates.revoke": {"revoke-reason": "Data keliru"},
    "hr.certificates.replace": {"replace-reason": "Gelar keliru"},
    "hr.exports.create": {"kind": "staff.csv"},
    "hr.codes.preview": {"id": "{person_learner}"},
    "hr.codes.create": {"id": "{person_learner}", "nonce": "sekali-saja-cukup"},
    "hr.approvals.approve": {"jp": "1"},
    "reminders.save": {"weekly": "1"},
}
"""What the form of an endpoint is filled with (default: nothing); `{thing}` is a thing of the world."""

WITHOUT_TOKEN = frozenset({"verification.compare_nip", "verification.compare_file"})
"""Forms that need no token: nobody is signed in there, and nothing is changed."""

SIGNED = frozenset({"reminders.stop", "followup_link.give"})
"""Forms whose address is signed and stands for the token: mails (RFC 8058), people without an account."""

VIEWS = frozenset({"lesson_progress", "check_count", "throttle_count", "login_session", "audit_entry"})
"""Tables that a view may write: opened lessons, checks, tries, when a device was last used, who read what."""

REFUSED = "login", "403", "404"
"""Answers of a request that was not let in."""


@dataclass(frozen=True)
class Row:
    """A line of the table; `names` are parts of the address and the things (or 'texts') that fill them."""

    method: str
    endpoint: str
    names: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([self.method, self.endpoint, *(f"{name}={thing}" for name, thing in self.names)])

    def values(self, things: dict[str, str | int]) -> dict[str, str | int]:
        """What fills the address in a world."""
        return {name: thing.strip("'") if "'" in thing else things[thing] for name, thing in self.names}

    def form(self, things: dict[str, str | int]) -> dict[str, str]:
        """What the form is filled with in a world."""
        return {name: text.format(**things) for name, text in FORMS.get(self.endpoint, {}).items()}


def read(table: str = TABLE) -> list[Row]:
    """Return the lines of the table; ValueError for one that has too few answers."""
    rows = []
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        method, endpoint, *rest = line.split()
        names = tuple(
            (part.split("=")[0], part.split("=")[1]) for part in rest if len(part) > 1 and "=" in part
        )
        answers: list[str] = []
        for word in rest[len(names) :]:
            answers.append(answers[-1] if word == "=" else word)
        if len(answers) != len(ACTORS):
            raise ValueError(f"{method} {endpoint}: {len(answers)} answers for {len(ACTORS)} people")
        rows.append(Row(method, endpoint, names, tuple(answers)))
    return rows


ROWS = read()
