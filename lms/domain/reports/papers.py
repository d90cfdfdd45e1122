"""Papers of one person as PDF, made by Typst: the competency profile on one page, the transcript of a year.

They are made at the moment they are asked for and say so; unlike a certificate they are no record.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from lms.domain.certificates.pdf import printable
from lms.domain.certificates.words import long_date
from lms.domain.competencies.rules import JobMatch, Line

DESIGN = Path(__file__).parent / "design"
_turn = threading.Lock()  # a compiler that two threads share at once raises


def profile_paper(
    holder: Mapping[str, str], lines: Sequence[Line], match: JobMatch, band: str, ways: Sequence[str], *,
    now: datetime, today: date,
) -> bytes:  # fmt: skip
    """Return the profile on one A4 page.

    `holder` has name, nip, position, unit, government, organiser, site; `band` is the word for the job match,
    `ways` are sentences on how gaps close.
    """
    rows = [
        {
            "code": line.code, "name": line.name, "required": line.required or 0,
            "assessed": line.assessed.level if line.assessed else None,
            "assessment": f"{long_date(line.assessed.day)}, {line.assessed.method}" if line.assessed else "",
            "learnt": line.learnt,
            "evidence": "; ".join(f"{one.course}, {long_date(one.day)}" for one in line.evidence[:2]),
            "gap": line.gap,
        }
        for line in lines
    ]  # fmt: skip
    percent = None if match.percent is None else f"{match.percent:.1f}".replace(".", ",")
    record = {
        **holder, "rows": rows, "percent": percent, "band": band, "covered": match.assessed,
        "required": match.required, "ways": list(ways), "day": long_date(today),
    }  # fmt: skip
    return _made("profile.typ", record, now)


def transcript_paper(
    holder: Mapping[str, str], year: int, rows: Sequence[Mapping[str, str]], total: int, target: int, *,
    now: datetime, today: date,
) -> bytes:  # fmt: skip
    """Return what a person learnt in a year: day, training, organiser, JP, number of the certificate."""
    record = {**holder, "year": year, "rows": list(rows), "total": total, "target": target,
              "day": long_date(today)}  # fmt: skip
    return _made("transcript.typ", record, now)


def _made(design: str, record: Mapping[str, Any], now: datetime) -> bytes:
    data, seconds = json.dumps(record, ensure_ascii=False), int(now.timestamp())
    try:
        return _compile(design, data, seconds)
    except typst.TypstError:
        return _compile(design, printable(data), seconds)


def _compile(design: str, data: str, seconds: int) -> bytes:
    with _turn:
        made = _compiler(design).compile(
            format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=seconds
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst returned no PDF")
    return made


@lru_cache(maxsize=2)
def _compiler(design: str) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(input=DESIGN / design, root=DESIGN, font_paths=fonts)
