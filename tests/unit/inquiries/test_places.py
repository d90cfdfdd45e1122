"""Places of a lesson keep their keys when nothing of theirs changes; rules of what is asked there."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from lms.content.html import render
from lms.content.places import Place, marked, places_in
from lms.domain.inquiries.rules import crowded, line_of, may_enter

LESSON = """Sapa warga *dengan ramah*.

Sama.

Sama.

## Judul

- satu
- dua
  - anak

> Kutipan

| a | b |
|---|---|
| 1 | 2 |

/// tip
Isi kiat.
///

cekdisini0zabcdef12

![Alt "x > y"](aset/x.svg)

```
kode
```
"""


def places(text: str) -> tuple[Place, ...]:
    return places_in(render(text, prefix="m", asset_url=lambda path: f"/{'a' * 64}/{path}"))


def test_each_kind_of_block_is_a_place_and_marks_of_checks_are_none() -> None:
    found = places(LESSON)
    assert [place.kind for place in found] == [
        "paragraph", "paragraph", "paragraph", "heading", "item", "item", "paragraph", "table", "paragraph",
        "figure", "code",
    ]  # fmt: skip
    assert [place.words for place in found[:5]] == [
        "Sapa warga dengan ramah.",
        "Sama.",
        "Sama.",
        "Judul",
        "satu",
    ]
    assert found[2].key == f"{found[1].key}-2" and found[9].words == 'Alt "x > y"'
    html = render(LESSON, prefix="m", asset_url=str)
    shown = marked(html)
    assert [place.key for place in places_in(shown)] == re.findall(r'data-at="([^"]+)"', shown)
    assert re.sub(r' data-at="[^"]+"', "", shown) == html
    ends: dict[str, str | tuple[str, ...]] = {
        "item": ("satu", "</ul>\n"), "paragraph": ("</p>", "</p>\n"), "heading": "</h2>",
        "figure": "</figure>", "table": "</div>", "code": "</pre>",
    }  # fmt: skip
    for place in places_in(shown):
        assert shown[: place.end].endswith(ends[place.kind]), place


def test_an_unchanged_paragraph_keeps_its_key_wherever_it_moves() -> None:
    before = {place.words: place.key for place in places("Satu.\n\nDua.\n\nTiga.")}
    after = {
        place.words: place.key for place in places("Baru.\n\n**Tiga.**\n\n## Sela\n\nSatu.\n\nDua lagi.")
    }
    assert after["Satu."] == before["Satu."] and after["Tiga."] == before["Tiga."]
    assert after["Dua lagi."] not in before.values()


@given(st.text(max_size=200))
def test_any_text_keeps_its_html_and_gets_keys_once(text: str) -> None:
    html = render(text, prefix="p")
    assert re.sub(r' data-at="[0-9a-f-]+"', "", marked(html)) == html
    keys = [place.key for place in places_in(html)]
    assert len(keys) == len(set(keys)) and all(len(key) <= 16 for key in keys)


def test_a_quote_is_found_in_its_source() -> None:
    lines = [
        "---",
        "judul: Loket",
        "---",
        "Loket kami buka pagi.",
        "",
        "- **Sapa warga** dengan",
        "  ramah",
        "3. Catat",
    ]
    assert line_of("Sapa warga dengan ramah", lines) == 6
    assert line_of("Catat", lines) == 8
    assert line_of("Tidak ada di sini", lines) is None and line_of("", lines) is None


def test_a_place_is_crowded_by_its_own_questions_and_taken_up_by_a_newer_version() -> None:
    asked = [(1, "m1", "a"), (1, "m1", "a"), (1, "m1", "a"), (1, "m1", "b"), (1, "m2", "a"), (2, "m1", "a")]
    assert crowded(asked, 3) == {(1, "m1"): 3} and not crowded(asked, 4) and not crowded(asked, 0)
    assert may_enter(1, 2) and not may_enter(2, 2) and not may_enter(1, None)
