"""What a report of a training elsewhere must hold, and what is kept of its proof."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from lms.domain.outside.proofs import MOST_PDF, WIDTH, BadProof, proof_of
from lms.domain.outside.rules import Report, problem
from tests.media import photo

TODAY = date(2026, 11, 24)
REPORT = Report("bimtek", "Bimtek Arsip", "Dinas Arsip", date(2026, 3, 2), date(2026, 3, 4), 12)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"ended_on": TODAY, "started_on": TODAY}, None),
        ({"started_on": date(2024, 1, 1), "ended_on": date(2024, 1, 1)}, None),
        ({"form": "liburan"}, ("form", "form.unknown")),
        ({"ended_on": date(2026, 3, 1)}, ("ended_on", "days.order")),
        ({"ended_on": date(2026, 11, 25)}, ("ended_on", "days.future")),
        ({"started_on": date(2023, 12, 30), "ended_on": date(2023, 12, 31)}, ("ended_on", "days.old")),
        ({"jp": 0}, ("jp", "jp.range")),
        ({"jp": 201}, ("jp", "jp.range")),
    ],
)
def test_what_may_be_reported(changes: dict[str, object], found: tuple[str, str] | None) -> None:
    assert problem(replace(REPORT, **changes), TODAY) == found  # type: ignore[arg-type]


def test_a_photograph_is_kept_small_and_without_hidden_data() -> None:
    kept = proof_of(photo())
    with Image.open(io.BytesIO(kept.data)) as image:
        assert (kept.kind, image.format) == ("webp", "WEBP")
        assert image.width <= WIDTH and not image.getexif()


def test_a_pdf_is_kept_as_it_is() -> None:
    data = b"%PDF-1.7\nisi"
    assert proof_of(data).data == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-" + b"0" * MOST_PDF, "pdf_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"GIF89a" + b"0" * 50, "kind"),
        (b"\xff\xd8\xff" + b"0" * 50, "kind"),
    ],
)
def test_anything_else_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadProof) as caught:
        proof_of(data)
    assert caught.value.code == code
