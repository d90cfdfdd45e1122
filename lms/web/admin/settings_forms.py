"""Forms of the policy, one for each group; field names are those of `settings.rules.Policy`."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, RadioField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired

from lms.domain.accounts.rules import InvalidNip, normalise_nip
from lms.domain.certificates.rules import number_problem
from lms.web.admin.policy_fields import PolicyForm
from lms.web.admin.policy_fields import text_field as _text
from lms.web.admin.policy_fields import whole_field as _whole
from lms.web.admin.reminder_form import RemindersForm


class SiteForm(PolicyForm):
    """Names on every page and on certificates."""

    site_name = _text(_l("Name of the site"), 40)
    city = _text(_l("City"), 60)
    government = _text(_l("Government"), 120, _l("Stands on certificates and in the foot of each page."))
    organiser = _text(_l("Organiser"), 160, _l("The agency in whose name certificates are issued."))
    organiser_short = _text(_l("Organiser, short"), 30)
    help_contact = _text(
        _l("Who helps"), 200, needed=False,
        hint=_l("Shown at the sign-in, for example: BKPSDM, (0771) 000-000, Monday to Friday 08.00-16.00."),
    )  # fmt: skip


class HoursForm(PolicyForm):
    """What counts when a course is taken again."""

    jp_once_a_year = BooleanField(
        _l("A course taken again in the same year counts its JP once"),
        description=_l("Otherwise each completion counts. Hours that are recorded already do not change."),
    )
    retake_window_days = _whole(
        _l("A course may be taken again so many days before its certificate expires"), 0, 730,
        _l("Afterwards, too. Authors may allow it at any time (`ulang: ya`)."),
    )  # fmt: skip


class ReviewForm(PolicyForm):
    """Who looks at a course before it is published."""

    review_required = BooleanField(
        _l("A course is published only after somebody else has approved exactly this text"),
        description=_l(
            "Holds for the trainers' desk. Whoever wrote in the draft cannot approve it; a change after the"
            " approval needs a new one."
        ),
    )
    external_may_begin = BooleanField(
        _l("External authors may begin courses on their own"),
        description=_l(
            "Otherwise the office begins a course and takes them into its team. What they write is always"
            " reviewed by somebody of the city before it is published."
        ),
    )


class LessonsForm(PolicyForm):
    """How long a lesson must be open."""

    read_share_percent = _whole(
        _l("Least reading time (percent)"), 0, 100,
        _l("Share of a lesson's minutes before it counts as read; 0 switches it off."),
    )  # fmt: skip
    inquiries_flag = _whole(
        _l("Open questions at one place that flag a lesson"), 0, 100,
        _l("Its trainers see it in their list of courses; 0 switches it off."),
    )  # fmt: skip


class FollowupForm(PolicyForm):
    """When learners, superiors and colleagues are asked what a course changed."""

    followup_months = _whole(
        _l("Months after completion until the follow-up"), 1, 24,
        _l("Proposed when a course is followed up; three to six months are usual."),
    )  # fmt: skip
    followup_link_days = _whole(_l("Days that a link for somebody without an account is good"), 1, 90)


def _template(form: FlaskForm, field: Field) -> None:
    codes = {"unit": form["certificate_unit"].data or "", "class": form["certificate_class"].data or ""}
    problem = number_problem(field.data or "", codes)
    if problem is not None:
        raise ValidationError(number_words(problem))


def number_words(problem: str) -> str:
    """Return what is wrong with a number template, in words."""
    texts: dict[str, str] = {
        "number-too-long": _("The number would become too long: at most 60 characters."),
        "number-brace": _("A brace stands alone. Write each part as {seq}, {unit}, {class} and so on."),
        "number-unknown-field": _("Known are only {seq}, {unit}, {class}, {month}, {month_roman}, {year}."),
        "number-width": _("Only {seq} takes a width, such as {seq:04}."),
        "number-needs-seq": _("{seq} must stand in it once; else two certificates get one number."),
        "number-needs-year": _("{year} must stand in it once; the numbers begin anew each year."),
        "number-characters": _("Use only letters, digits, blanks, points, slashes, hyphens and underscores."),
        "number-seq-touches": _("{seq} must not touch another digit or part. Put a separator between."),
    }
    return texts[problem]


class CertificatesForm(PolicyForm):
    """What certificates are called, numbered and based on."""

    certificate_kind = RadioField(
        _l("Kind of certificate"),
        [AnyOf(("sertifikat", "sttp"), _l("Choose a kind from the list."))],
        validate_choice=False,
        choices=[
            SelectChoice("sertifikat", _l("Sertifikat (has taken part)")),
            SelectChoice("sttp", _l("STTP (has passed)")),
        ],
    )
    certificate_number = StringField(
        _l("Number template"), [InputRequired(_l("This must not be empty.")), _template],
        description=_l("Parts: {seq} serial of the year, {seq:03} with zeros, {unit}, {class}, {month}, "
                       "{month_roman}, {year}."),
    )  # fmt: skip
    certificate_unit = _text(_l("{unit}: code of the agency"), 20, needed=False)
    certificate_class = _text(_l("{class}: classification code"), 20, needed=False)
    certificate_basis = _text(_l("Legal basis"), 300)
    certificate_place = _text(_l("Place of issue"), 60)
    certificate_prints_score = BooleanField(_l("Print the score"))
    certificate_needs_signature = BooleanField(
        _l("Certificates wait for the electronic signature"),
        description=_l("They are issued as unsigned files for signing outside and handed out when signed."),
    )


class SignerForm(PolicyForm):
    """Who signs."""

    signer_name = _text(_l("Name with titles"), 120, needed=False)
    signer_nip = _text(_l("NIP"), 60, needed=False)
    signer_rank = _text(_l("Rank"), 60, _l("For example: Pembina Utama Muda, IV/c"), needed=False)
    signer_position = _text(_l("Position"), 160, _l("For example: Kepala BKPSDM"), needed=False)

    def validate_signer_nip(self, field: Field) -> None:
        """Keep 18 digits. Raises ValidationError for other text."""
        if not field.data:
            return
        try:
            field.data = normalise_nip(field.data)
        except InvalidNip as error:
            raise ValidationError(_("A NIP has 18 digits.")) from error


class AccountsForm(PolicyForm):
    """Activation."""

    activation_days = _whole(_l("Activation codes hold for (days)"), 1, 365)


class CompetenciesForm(PolicyForm):
    """Bounds of the job match."""

    job_match_meets = _whole(_l("Job Person Match (JPM): meets the requirements from (percent)"), 1, 100)
    job_match_almost = _whole(_l("Job Person Match (JPM): still meets them from (percent)"), 0, 100)

    def validate_job_match_almost(self, field: Field) -> None:
        """Keep the two bounds in order. Raises ValidationError."""
        upper = self.job_match_meets.data
        if field.data is not None and upper is not None and field.data >= upper:
            raise ValidationError(_("This must be lower than the bound above it."))


class NoticesForm(PolicyForm):
    """How long people find what they were told."""

    notice_days = _whole(
        _l("Notices are kept for (days)"), 7, 730,
        _l(
            "Older ones are removed, read or not. What asks for an action plan stays until the plan is"
            " written or the questions open."
        ),
    )  # fmt: skip


class SiasnForm(PolicyForm):
    """Values that are the same in every line of the SIASN table."""

    siasn_training_kind = _text(
        _l("jenisDiklatId"), 40, _l("Number of the kind of training in SIASN. Try one line there first."),
        needed=False,
    )  # fmt: skip
    siasn_course_kind = _text(_l("jenisKursus"), 40, needed=False)
    siasn_certificate_kind = _text(_l("jenisKursusSertipikat"), 40, needed=False)
    siasn_agency = _text(_l("instansiId"), 60, needed=False)
    siasn_place = _text(_l("lokasiId"), 60, needed=False)


class EmblemForm(FlaskForm):
    """The picture at the head of certificates."""

    emblem = FileField(_l("Emblem, PNG file"), [FileRequired(_l("Choose a file first."))])


GROUPS: dict[str, tuple[LazyString, LazyString, type[PolicyForm]]] = {
    "site": (_l("Site and organiser"), _l("Names on every page and on certificates"), SiteForm),
    "hours": (_l("Lesson hours (JP)"), _l("What counts when a course is taken again"), HoursForm),
    "review": (_l("Review of courses"), _l("Whether a second person approves a text"), ReviewForm),
    "lessons": (
        _l("Reading and questions"),
        _l("When a lesson counts as read, when questions flag it"),
        LessonsForm,
    ),
    "certificates": (_l("Certificates"), _l("Kind, number and legal basis"), CertificatesForm),
    "signer": (_l("Signatory"), _l("Who signs certificates from now on"), SignerForm),
    "accounts": (_l("Accounts"), _l("How people get their first password"), AccountsForm),
    "competencies": (_l("Competencies"), _l("Bounds of the Job Person Match (JPM)"), CompetenciesForm),
    "followups": (_l("Follow-up of courses"), _l("When it is asked what a course changed"), FollowupForm),
    "notices": (_l("Notices"), _l("How long people find what they were told"), NoticesForm),
    "reminders": (_l("Reminders"), _l("When people are reminded, and how often"), RemindersForm),
    "siasn": (_l("SIASN columns"), _l("Values that every line of the SIASN table gets"), SiasnForm),
}
