"""The PDF of a certificate: two A4 pages made by Typst from the frozen record alone.

The file is PDF/A-3a and PDF/UA-1 by Typst's own checks and carries the record as attached JSON.
Equal snapshot, emblem and `signed` give equal bytes, in every thread, process and machine: no
system font is read and the time in the file is the time of issue.
"""

import base64
import io
import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import segno
import typst

from lms.domain.certificates.snapshot import Entry, Holder, Issuer, Snapshot, Training, build

DESIGN = Path(__file__).parent / "design"
QR_BORDER = 4  # modules of quiet zone
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
# What Libertinus Serif is sure to have: Latin with its accents, punctuation.
_UNSURE = re.compile(
    r"[^\x20-\x7e\xa0-\u024f\u02b0-\u02dd\u0300-\u030c\u1e00-\u1eff\u2010-\u2027\u2030-\u203a]"
)
_turn = threading.Lock()  # a compiler that two threads share at once raises


class EmblemMismatch(ValueError):
    """The emblem given is not the one whose digest the snapshot holds."""


def render(snapshot: Mapping[str, object], *, signed: bool = False, emblem: bytes = b"") -> bytes:
    """The PDF bytes of a snapshot.

    `signed` prints the note of an electronic signature and leaves no room for a pen: only for a
    file that is signed right afterwards. `emblem` is the PNG, JPEG or SVG whose SHA-256 the
    snapshot holds (EmblemMismatch otherwise). A character that no font has is printed as a box;
    the attached record keeps it.
    """
    if (sha256(emblem).hexdigest() if emblem else None) != snapshot.get("emblem"):
        raise EmblemMismatch("emblem and snapshot differ")
    record = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, indent=1)
    inputs = {
        "record": record,
        "data": record,
        "qr": _qr(str(snapshot["verify_url"])),
        "signed": "yes" if signed else "",
        "emblem": _as_svg(emblem) if emblem else "",
    }
    seconds = int(datetime.fromisoformat(str(snapshot["issued_at"])).timestamp())
    try:
        return _compile(inputs, seconds)
    except typst.TypstError:
        return _compile(inputs | {"data": printable(record)}, seconds)


def warm_up() -> None:
    """Make one certificate and throw it away, so that no learner waits for fonts and design."""
    render(_trial(""))


def emblem_works(emblem: bytes) -> bool:
    """Whether a picture can be printed as the emblem; ask before it becomes the setting."""
    try:
        return bool(emblem) and len(render(_trial(emblem_digest(emblem)), emblem=emblem)) > 0
    except (typst.TypstError, UnicodeDecodeError):
        return False


def emblem_digest(emblem: bytes) -> str:
    """The digest that a snapshot keeps of its emblem; empty without one."""
    return sha256(emblem).hexdigest() if emblem else ""


def _trial(emblem: str) -> Snapshot:
    day = date(2026, 1, 2)
    training = Training(
        title="Contoh",
        code="contoh",
        version=1,
        jp=1,
        minutes_per_jp=45,
        mode="e-learning",
        started_on=day,
        completed_on=day,
    )
    issuer = Issuer(
        government="Contoh",
        organiser="Contoh",
        place="Contoh",
        basis="",
        signer_position="",
        signer_name="",
        emblem=emblem,
    )
    issued_at = datetime(2026, 1, 2, tzinfo=UTC)
    entry = Entry(number="1", code="0" * 13, public_url="https://gurindam.example", issued_at=issued_at)
    return build(Holder(name="Contoh", sample=True), training, issuer, entry)


def _compile(inputs: dict[str, str], seconds: int) -> bytes:
    with _turn:
        made = _compiler().compile(
            format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=seconds
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst returned no PDF")
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """The compiler of this process; one for each thread would cost memory and start cold eight times."""
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(input=DESIGN / "certificate.typ", root=DESIGN, font_paths=fonts)


def _qr(url: str) -> str:
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        picture, kind="svg", border=QR_BORDER, dark="#17212b", xmldecl=False, svgns=True, omitsize=True
    )
    return picture.getvalue().decode()


def _as_svg(emblem: bytes) -> str:
    """An emblem as SVG text; a PNG or JPEG is wrapped, as Typst takes only text from outside."""
    for start, kind in _PICTURES.items():
        if emblem.startswith(start):
            data = base64.b64encode(emblem).decode()
            return (
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
                f'<image width="100" height="100" href="data:{kind};base64,{data}"/></svg>'
            )
    return emblem.decode()


def printable(record: str) -> str:
    """Return JSON text with a box for each character that the fonts may lack."""
    return json.dumps(
        json.loads(record, object_hook=lambda part: {key: _boxed(value) for key, value in part.items()})
    )


def _boxed(value: object) -> object:
    if isinstance(value, list):
        return [_boxed(item) for item in value]
    return _UNSURE.sub("\u25a1", value) if isinstance(value, str) else value
