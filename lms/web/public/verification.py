"""The public check of a certificate: no sign-in, no cookie, no script needed, kept for a minute.

A mistyped code (its check symbol does not fit) is answered without the database. Everything else
is counted by day and result and limited by address; neither code nor address is stored in clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    abort,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from lms import clock
from lms.db import db
from lms.domain.certificates import rules
from lms.domain.certificates.actions import count_check
from lms.domain.certificates.queries import Found, by_code, file_name, newest_file, state_of
from lms.domain.certificates.rules import State
from lms.domain.settings.rules import DEFAULTS, Policy
from lms.i18n.locale import LOCALES
from lms.web import throttle
from lms.web.access import public
from lms.web.certificate_labels import STATES, back_facts, front_facts, subject_jp
from lms.web.context import policy
from lms.web.recording import record_view
from lms.web.security import csrf
from lms.web.stored_files import send_pdf

verification = Blueprint("verification", __name__, url_prefix="/v")
csrf.exempt(verification)  # nobody is signed in here, and no form changes anything

TRIES, TRIES_WINDOW = 30, 60
NIP_TRIES, NIP_WINDOW = 5, 3600
KEY_SECONDS = 900
MAX_FILE = 5 * 1024 * 1024
MAX_NIP = 40
HIDDEN = frozenset({"nip", "nip_label", "signer_nip"})
RESULTS = {**{state: state.value for state in State}, State.AWAITING_SIGNATURE: "unsigned"}
"""Names in the count of checks (16 characters at most)."""


@dataclass(frozen=True)
class Refusal:
    """A code that leads to no certificate: why, the answer's status, the seconds to wait."""

    reason: str  # mistyped | unknown | wait
    status: int
    wait: int = 0


@dataclass(frozen=True)
class Outcome:
    """What a form on the page answers: which form, how it went, and what may follow."""

    form: str = ""  # nip | file
    result: str = ""  # same | differs | wait | missing | large
    wait: int = 0
    key: str = ""


@verification.before_request
def choose_language() -> None:
    """Take the language from the address: the page sets no cookie."""
    wanted = request.args.get("lang", "")
    if wanted in LOCALES:
        g.locale = wanted


@verification.after_request
def public_headers(response: AnyResponse) -> AnyResponse:
    """Let nobody index the answers; let everybody keep a plain answer for a minute."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.method in {"GET", "HEAD"} and response.status_code in {200, 303, 404}:
        response.headers.setdefault("Cache-Control", f"public, max-age={TRIES_WINDOW}")
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("Cookie")
    return response


@verification.get("")
@public
def form() -> AnyResponse:
    """Ask for a code; lead a well-formed one to its own address."""
    typed = request.args.get("code", "")[:300]
    if not typed:
        return make_response(render_template("public/verification/form.html", names=_names(read=True)))
    code = rules.parse_code(_last_part(typed))
    if code is None:
        return _refused(Refusal("mistyped", 404), typed)
    return redirect(url_for(".show", code=code, lang=request.args.get("lang")), 303)


@verification.get("/<code>")
@public
def show(code: str) -> AnyResponse:
    """Show what became of a certificate and what stands on it."""
    found = _find(code)
    return _refused(found, code) if isinstance(found, Refusal) else _page(found, Outcome())


@verification.get("/<code>.json")
@public
def machine(code: str) -> AnyResponse:
    """The same for machines: state, frozen record without NIP, digests of the files."""
    found = _find(code)
    if isinstance(found, Refusal):
        response = jsonify(state=found.reason)
        response.status_code = found.status
        return _with_wait(response, found.wait)
    row = found.certificate
    revoked_at, replaced_at = row.revoked_at, row.replaced_at
    response = jsonify(
        state=state_of(row, _today()).value,
        revoked_at=revoked_at.isoformat() if revoked_at else None,
        revoked_reason=row.revoked_reason,
        replaced_at=replaced_at.isoformat() if replaced_at else None,
        replaced_by=rules.print_code(found.successor) if found.successor else None,
        certificate={
            key: value for key, value in row.snapshot.items() if not key.endswith(("nip", "nip_label"))
        },
        files=[{"kind": file.kind, "sha256": file.sha256, "size": file.size} for file in row.files],
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@verification.post("/<code>/nip")
@public
def compare_nip(code: str) -> AnyResponse:
    """Say whether a typed NIP is the printed one; nothing is kept but the count of tries."""
    found = _find(code)
    if isinstance(found, Refusal):
        return _refused(found, code)
    if _is_open(found):
        abort(404)
    wait = throttle.hit("verify-nip", found.certificate.code, NIP_TRIES, NIP_WINDOW)
    if wait:
        return _page(found, Outcome("nip", "wait", wait), 429)
    if rules.same_nip(request.form.get("nip", "")[:MAX_NIP], str(found.certificate.snapshot["nip"])):
        return _page(found, Outcome("nip", "same", key=_keys().dumps(found.certificate.code)))
    return _page(found, Outcome("nip", "differs"))


@verification.post("/<code>/file")
@public
def compare_file(code: str) -> AnyResponse:
    """Compare an uploaded file with the issued ones by its SHA-256; the upload is thrown away."""
    request.max_content_length = MAX_FILE + 10_000
    found = _find(code)
    if isinstance(found, Refusal):
        return _refused(found, code)
    try:
        upload = request.files.get("pdf")
    except RequestEntityTooLarge:
        return _page(found, Outcome("file", "large"), 413)
    data = upload.read() if upload else b""
    if upload:
        upload.close()
    if not data:
        return _page(found, Outcome("file", "missing"), 422)
    digest = sha256(data).hexdigest()
    same = any(file.sha256 == digest for file in found.certificate.files)
    return _page(found, Outcome("file", "same" if same else "differs"))


@verification.get("/<code>/pdf")
@public
def download(code: str) -> AnyResponse:
    """Send the newest PDF, to whoever has just shown to know its NIP; a revoked one is not offered."""
    found = _find(code)
    if isinstance(found, Refusal):
        return _refused(found, code)
    row = found.certificate
    if row.revoked_at is not None or not (_is_open(found) or _holds_key(row.code)):
        abort(404)
    return send_pdf(newest_file(row).sha256, file_name(row))


def _find(text: str) -> Found | Refusal:
    """The certificate of a code; counts the try against the address and the check by its result."""
    code = rules.parse_code(text)
    if code is None:
        return Refusal("mistyped", 404)
    wait = throttle.hit("verify", throttle.address(), TRIES, TRIES_WINDOW)
    if wait:
        return Refusal("wait", 429, wait)
    found = by_code(db.session(), code)
    if request.method == "GET":
        result = RESULTS[state_of(found.certificate, _today())] if found else "unknown"
        record_view(lambda session: count_check(session, result, _today()))
    return found or Refusal("unknown", 404)


def _page(found: Found, outcome: Outcome, status: int = 200) -> AnyResponse:
    row = found.certificate
    state = state_of(row, _today())
    response = make_response(
        render_template(
            "public/verification/show.html",
            names=_names(read=True),
            row=row,
            state=state.value,
            label=STATES[state],
            successor=rules.print_code(found.successor) if found.successor else None,
            front=front_facts(row.snapshot),
            subject_jp=subject_jp,
            back=back_facts(row.snapshot),
            checked_at=clock.now(),
            size=newest_file(row).size,
            is_open=_is_open(found),
            outcome=outcome,
        ),
        status,
    )
    return _with_wait(response, outcome.wait)


def _refused(refusal: Refusal, typed: str) -> AnyResponse:
    page = render_template(
        "public/verification/refused.html",
        names=_names(read=refusal.reason != "mistyped"),
        reason=refusal.reason,
        typed=typed[:64],
        wait=refusal.wait,
    )
    return _with_wait(make_response(page, refusal.status), refusal.wait)


def _with_wait(response: AnyResponse, seconds: int) -> AnyResponse:
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def _names(*, read: bool) -> Policy:
    """The names of the site; an answer that reads no database takes those that were read last."""
    if read:
        current_app.extensions["verification.names"] = policy()
    names: Policy = current_app.extensions.get("verification.names", DEFAULTS)
    return names


def _last_part(typed: str) -> str:
    """The code of a pasted address, or the text as it is."""
    if "/" not in typed:
        return typed
    return urlsplit(typed).path.rstrip("/").rpartition("/")[2].removesuffix(".json")


def _is_open(found: Found) -> bool:
    """Whether the PDF holds nothing that the page hides."""
    return not found.certificate.snapshot["nip"]


def _keys() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="certificate-pdf")


def _holds_key(code: str) -> bool:
    try:
        return bool(_keys().loads(request.args.get("key", ""), max_age=KEY_SECONDS) == code)
    except BadData:
        return False


def _today() -> date:
    return clock.local_date(clock.now())
