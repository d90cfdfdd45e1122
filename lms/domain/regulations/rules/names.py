"""Short names of rules of law: "Peraturan Pemerintah Nomor 11 Tahun 2017" and "PP No. 11/2017" are one.

The kinds and their order follow UU 12/2011 (Pembentukan Peraturan Perundang-undangan), articles 7 and 8,
with the circulars and decrees that courses cite, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 80
"""Letters of a short name; a longer one is a sentence."""

_BODIES = {
    "BKN": r"Badan\s+Kepegawaian\s+Negara",
    "LAN": r"Lembaga\s+Administrasi\s+Negara",
    "ANRI": r"Arsip\s+Nasional(?:\s+Republik\s+Indonesia)?",
    "KPK": r"Komisi\s+Pemberantasan\s+Korupsi",
    "Ombudsman": r"Ombudsman(?:\s+Republik\s+Indonesia|\s+RI)?|ORI",
    "LKPP": r"Lembaga\s+Kebijakan\s+Pengadaan\s+Barang\s*/?\s*Jasa\s+Pemerintah",
    "BSSN": r"Badan\s+Siber\s+dan\s+Sandi\s+Negara",
    "BPK": r"Badan\s+Pemeriksa\s+Keuangan",
    "KPU": r"Komisi\s+Pemilihan\s+Umum",
    "Bawaslu": r"Badan\s+Pengawas\s+Pemilihan\s+Umum",
    "BPOM": r"Badan\s+Pengawas\s+Obat\s+dan\s+Makanan",
    "BNPB": r"Badan\s+Nasional\s+Penanggulangan\s+Bencana",
}
_MINISTERS = {
    "PANRB": r"PAN\s*-?\s*RB|PAN(?:\s+dan\s+RB)?"
             r"|Pendayagunaan\s+Aparatur\s+Negara(?:\s+dan\s+Reformasi\s+Birokrasi)?",
    "dagri": r"dagri|Dalam\s+Negeri",
    "keu": r"keu|Keuangan",
    "kes": r"kes|Kesehatan",
    "kominfo": r"kominfo|Komunikasi\s+dan\s+Informatika",
    "komdigi": r"komdigi|Komunikasi\s+dan\s+Digital",
    "dikbud": r"dikbud|Pendidikan\s+dan\s+Kebudayaan",
    "dikbudristek": r"dikbudristek|Pendidikan,?\s+Kebudayaan,?\s+Riset,?\s+dan\s+Teknologi",
    "sos": r"sos|Sosial",
    "hub": r"hub|Perhubungan",
    "naker": r"naker|Ketenagakerjaan",
    "kumham": r"kumham|Hukum\s+dan\s+Hak\s+Asasi\s+Manusia",
    "pera": r"pera|Perumahan\s+Rakyat",
    "PUPR": r"PUPR|Pekerjaan\s+Umum\s+dan\s+Perumahan\s+Rakyat",
}  # fmt: skip
_PROVINCE = r"(?:\s+Kep(?:ulauan|\.)?\s*Riau|\s+Kepri)?"
_CITY = r"(?:\s+(?:Daerah\s+)?(?:Kota(?:\s+Tanjung\s?pinang)?|Tanjung\s?pinang))?"


def _kinds() -> list[tuple[str, str]]:
    found = [
        ("UUD", r"UUD|Undang-?\s?Undang\s+Dasar"),
        ("Perppu", r"Perp?pu|Peraturan\s+Pemerintah\s+Pengganti\s+Undang-?\s?Undang"),
        ("UU", r"UU|Undang-?\s?Undang"),
        ("PP", r"PP|Peraturan\s+Pemerintah"),
        ("Perpres", r"Perpres|Peraturan\s+Presiden"),
        ("Keppres", r"Keppres|Keputusan\s+Presiden"),
        ("Inpres", r"Inpres|Instruksi\s+Presiden"),
        ("Perda Provinsi", rf"(?:Perda|Peraturan\s+Daerah)\s+Prov(?:insi|\.)?{_PROVINCE}"),
        ("Perda", rf"(?:Perda|Peraturan\s+Daerah){_CITY}"),
        ("Pergub", rf"Pergub|Peraturan\s+Gubernur{_PROVINCE}"),
        ("Perwali", rf"(?:Perwali|Perwako|Peraturan\s+Wali\s?kota){_CITY}"),
        ("SKB", r"SKB|Surat\s+Keputusan\s+Bersama|Keputusan\s+Bersama"),
    ]  # fmt: skip
    for name, words in _MINISTERS.items():
        joint = "" if name.islower() else " ?-?"
        found += [
            (f"Permen{name}", rf"Permen{joint}(?:{words})|Peraturan\s+Menteri\s+(?:{words})"),
            (f"Kepmen{name}", rf"Kepmen{joint}(?:{words})|Keputusan\s+Menteri\s+(?:{words})"),
            (f"SE Men{name}", rf"(?:SE|Surat\s+Edaran)\s+Men(?:teri\s+|{joint})(?:{words})"),
        ]
    found.append(("Permenkeu", r"PMK"))
    for name, words in _BODIES.items():
        either = rf"(?:{name}|{words})"
        found += [
            (f"Peraturan {name}", rf"(?:Peraturan|Perka|Per)[\s-]*(?:Kepala\s+)?{either}"),
            (f"Keputusan {name}", rf"(?:Keputusan|Kep\.?)[\s-]*(?:Kepala\s+)?{either}"),
            (f"SE {name}", rf"(?:SE|Surat\s+Edaran)\s+(?:Kepala\s+)?{either}"),
        ]
    return found


_KINDS = [(kind, re.compile(rf"(?:^|(?<=\W))(?:{words})\W*$", re.I)) for kind, words in _kinds()]
KIND_ORDER = tuple(dict.fromkeys(kind for kind, _ in _KINDS))
"""Kinds as lists order them."""

_NUMBER = re.compile(
    r"(?<![\d/.])(?P<number>\d{1,4}[A-Za-z]?)(?:/[A-Z][A-Za-z0-9.\-]*)*"
    r"\s*(?:/|\s(?:tahun|thn\.?|th\.?)\s)\s*(?P<year>(?:19|20)\d\d)(?!\w)",
    re.I,
)
_NOMOR = re.compile(r"\s*\b(?:nomor|nmr|nr|no)\b\.?\s*:?\s*$", re.I)
_OTHER = re.compile(
    r"(?:^|(?<=[\s(]))((?:Per|Kep|SE|Surat|Instruksi|Qanun)[A-Za-z.\-]*(?:\s+[A-Z][A-Za-z.\-]*){0,5})\W*$"
)
_ABOUT = re.compile(r"\b(?:tentang|ttg)\b[^,;]*", re.I)
_TAIL = re.compile(r"[\s,(]+(?:ps|psl|pasal|ayat|huruf|angka|bab|lampiran|butir)\b.*$", re.I | re.S)


@dataclass(frozen=True)
class Name:
    """A rule by kind, number and year; `short` is how lists and courses name it: "PP 11/2017"."""

    kind: str
    number: str
    year: int

    @property
    def short(self) -> str:
        return f"{self.kind} {self.number}/{self.year}"


def names_in(text: str) -> tuple[Name, ...]:
    """Return the rules that a citation names, each once, in its order.

    What follows "tentang" up to a comma is the title of a rule and cites nothing. A number alone takes the
    kind before it ("Permendagri 7/2019 dan 109/2019"). What has no number and year is no name here.
    """
    plain = _ABOUT.sub(" ", " ".join(text.split()))
    found: dict[Name, None] = {}
    kind, begun = "", 0
    for match in _NUMBER.finditer(plain):
        own = _kind_before(_NOMOR.sub("", plain[begun : match.start()]))
        kind, begun = own or kind, match.end()
        if kind:
            found[Name(kind, match["number"].lstrip("0").upper() or "0", int(match["year"]))] = None
    return tuple(found)


def _kind_before(words: str) -> str:
    """The kind whose words end the text, the longest one; an unknown one as written; "" for none."""
    hits = [(match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(words))]
    if hits:
        return min(hits, key=lambda hit: hit[0])[1]
    other = _OTHER.search(words)
    return " ".join(other[1].split())[: LONGEST - len(" 9999A/2099")] if other else ""


def read_name(text: str) -> Name | None:
    """Return the rule when the text names exactly one."""
    found = names_in(text)
    return found[0] if len(found) == 1 else None


def key_of(text: str) -> str:
    """Return what compares names: of the rule when exactly one is named, else of the words without article.

    "UU ITE ps 11" and "uu  ite" have one key, so a rule may be cited by a name that it is given here.
    """
    name = read_name(text)
    words = name.short if name else _TAIL.sub("", " ".join(text.split())).strip(" .,;:")
    return words.casefold()[:LONGEST]


def title_in(text: str, name: Name) -> str:
    """Return the title that a citation of one rule gives: "UU 25/2009 tentang Pelayanan Publik"; else ""."""
    if read_name(text) != name:
        return ""
    found = re.search(r"\b(?:tentang|ttg)\s+([^,;(]+)", text, re.I)
    title = " ".join(found[1].split()) if found else ""
    return title if title[:1].isupper() else ""
