"""Names of people and places as lists write them: capitals, titles in columns of their own, short forms."""

from __future__ import annotations

import re

from lms.domain.accounts.rules import squeezed

_TITLES = {
    title.replace(".", "").replace(" ", "").casefold(): title
    for title in (
        "A.Md.", "A.Md.Keb.", "A.Md.Kep.", "A.Md.Kom.", "A.Md.T.", "A.Ma.Pd.", "Amd.", "Apt.", "Dr.", "dr.",
        "drg.", "Dra.", "Drs.", "H.", "Hj.", "Ir.", "Ns.", "Prof.", "S.Ag.", "S.Ars.", "S.E.", "S.H.",
        "S.Hum.", "S.I.Kom.", "S.I.P.", "S.IP.", "S.K.M.", "S.KM.", "S.Kep.", "S.Kel.", "S.Kom.", "S.P.",
        "S.Pd.", "S.Pd.I.", "S.Pd.SD.", "S.Pi.", "S.Pt.", "S.Psi.", "S.S.", "S.ST.", "S.STP.", "S.Si.",
        "S.Sos.", "S.T.", "S.Tr.", "S.Tr.Keb.", "S.Tr.Kep.", "SpA.", "SpOG.", "SpPD.", "M.A.", "M.Ak.",
        "M.E.", "M.H.", "M.Hum.", "M.I.Kom.", "M.K.M.", "M.Kep.", "M.Kes.", "M.Kom.", "M.M.", "M.P.",
        "M.Pd.", "M.Pd.I.", "M.Si.", "M.T.", "M.Tr.IP.", "M.A.P.", "Ph.D.",
    )
}  # fmt: skip
_AMBIGUOUS = {"dr"}  # Dr. and dr. are two titles: capitals cannot tell them apart
_LOWER = {"bin", "binti", "br", "br."}
_SHORT = {
    "kel": "kelurahan", "kec": "kecamatan", "din": "dinas", "dis": "dinas", "bag": "bagian", "bid": "bidang",
    "sekr": "sekretariat", "set": "sekretariat", "pkm": "puskesmas", "sdn": "sd negeri", "smpn": "smp negeri",
    "tkn": "tk negeri", "ka": "kepala", "sie": "seksi",
}  # fmt: skip
_KINDS = (
    "kelurahan", "kecamatan", "dinas", "badan", "bagian", "bidang", "puskesmas", "kantor", "upt", "uptd",
    "unit",
)  # fmt: skip
_MARKS = re.compile(r"[^\w\s]+")


def full_name(name: str, before: str = "", after: str = "") -> str:
    """Return a name with its titles from columns of their own, unless the name holds them already.

    A name all in capitals is written as names are; titles that are known get their usual form, others stay.
    """
    name, before, after = squeezed(name), squeezed(before), squeezed(after).strip(", ")
    if before and key_of(name).startswith(key_of(before)):
        before = ""
    if after and key_of(name).endswith(key_of(after)):
        after = ""
    name = _cased(name) if name.isupper() else name
    whole = f"{before} {name}".strip()
    whole = f"{whole}, {after}" if after else whole
    return _cased(whole) if whole.isupper() else whole


def _cased(text: str) -> str:
    head, *rest = text.split(",")
    words = [_title(word) or _word(word) for word in head.split()]
    tails = [" ".join(_title(word) or word for word in part.split()) for part in rest]
    return ", ".join([" ".join(words), *tails])


def _title(word: str) -> str | None:
    plain = word.replace(".", "").casefold()
    known = _TITLES.get(plain) if "." in word or len(plain) > 2 else None
    if known is None or plain in _AMBIGUOUS:
        return "Dr." if plain in _AMBIGUOUS and "." in word else None
    return known


def _word(word: str) -> str:
    if word.casefold() in _LOWER:
        return word.casefold()
    return "".join(part.capitalize() if part.isalpha() else part for part in re.split(r"([^\W\d_]+)", word))


def key_of(text: str) -> str:
    """Return a text by which two spellings are the same: no case, no marks, single blanks."""
    return " ".join(_MARKS.sub("", text).casefold().split())


def bare_name(name: str) -> str:
    """Return the key of a name without titles, to find a person whose number changed."""
    head = name.split(",")[0]
    return key_of(" ".join(word for word in head.split() if _title(word) is None))


def place_key(text: str) -> str:
    """Return the key of the name of a unit or position with short forms written out (Kel. = Kelurahan)."""
    words = _MARKS.sub(" ", text).casefold().split()
    return " ".join(_SHORT.get(word, word) for word in words)


def place_core(text: str) -> str:
    """Return that key without the word for the kind of unit: "penyengat" for "Kelurahan Penyengat"."""
    words = place_key(text).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _KINDS else words)
