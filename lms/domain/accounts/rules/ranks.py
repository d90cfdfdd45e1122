"""Ranks of PNS (pangkat, golongan ruang; PP 11/2017) and grades of PPPK (golongan; Perpres 98/2020)."""

from __future__ import annotations

import re

from lms.domain.accounts.models import Employment

RANKS_PNS = (
    "Juru Muda, I/a", "Juru Muda Tingkat I, I/b", "Juru, I/c", "Juru Tingkat I, I/d",
    "Pengatur Muda, II/a", "Pengatur Muda Tingkat I, II/b", "Pengatur, II/c", "Pengatur Tingkat I, II/d",
    "Penata Muda, III/a", "Penata Muda Tingkat I, III/b", "Penata, III/c", "Penata Tingkat I, III/d",
    "Pembina, IV/a", "Pembina Tingkat I, IV/b", "Pembina Utama Muda, IV/c",
    "Pembina Utama Madya, IV/d", "Pembina Utama, IV/e",
)  # fmt: skip
_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip
GRADES_PPPK = tuple(f"Golongan {roman}" for roman in _ROMAN)

_BY_CODE = {rank.rpartition(", ")[2].casefold(): rank for rank in RANKS_PNS}
_BY_NAME = {rank.rpartition(", ")[0].casefold(): rank for rank in RANKS_PNS}
_CODE = re.compile(r"\b(IV|I{1,3})\s*[/.]?\s*([a-e])\b", re.IGNORECASE)
_GRADE = re.compile(r"(?:gol(?:ongan)?\.?\s*)?([ivx]+)", re.IGNORECASE)


def rank_warnings(employment: str, rank: str | None) -> tuple[str, ...]:
    """Return what is doubtful in a rank: "rank.pns" of somebody of PPPK, "rank.pppk" of a PNS or CPNS.

    PPPK have a grade (golongan I to XVII) and no rank; a rank that is in neither list is left alone.
    """
    if rank in RANKS_PNS and employment in {Employment.PPPK, Employment.PPPK_PART_TIME}:
        return ("rank.pns",)
    if rank in GRADES_PPPK and employment in {Employment.PNS, Employment.CPNS}:
        return ("rank.pppk",)
    return ()


def read_rank(text: str) -> str | None:
    """Return the listed rank meant by "III/a", "penata muda (III/a)", "Gol. IX" or "9"; None if unknown."""
    plain = " ".join(text.split())
    if plain.isascii() and plain.isdigit() and 1 <= int(plain[:3]) <= len(_ROMAN):
        return GRADES_PPPK[int(plain) - 1]
    grade = _GRADE.fullmatch(plain)
    if grade and grade[1].upper() in _ROMAN:
        return f"Golongan {grade[1].upper()}"
    code = _CODE.search(plain)
    if code:
        return _BY_CODE.get(f"{code[1]}/{code[2]}".casefold())
    name = re.sub(r"\b(?:tk|tkt)\.?\s*i\b", "tingkat i", plain.casefold())
    return _BY_NAME.get(name)
