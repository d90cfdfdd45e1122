"""Markdown of authors as HTML: what it becomes, and what never comes through."""

from __future__ import annotations

import threading

import pytest
from markupsafe import Markup

from lms.content.html import render, render_inline
from tests.unit.content.safety import dangers


def show(text: str, language: str = "id") -> str:
    html = render(
        text,
        prefix="m1",
        asset_url=lambda name: f"/berkas/{name}",
        piece_url=lambda kind, key: f"/{kind}/{key}",
        asset_size=lambda name: (640, 250) if name == "aset/loket.svg" else None,
        language=language,
    )
    return " ".join(html.split())


def test_headings_begin_at_h2_and_carry_anchors() -> None:
    html = show("# Satu\n\n## Dua *tiga*\n\n# Satu")
    assert (
        '<h2 id="m1-satu">Satu <a aria-label="Tautan ke bagian: Satu" class="anchor" href="#m1-satu">' in html
    )
    assert '<h3 id="m1-dua-tiga">' in html
    assert '<h2 id="m1-satu-2">' in html
    assert '<h2 id="m1-alur">' in show("## Judul lain {#alur}")
    assert "Link to section: Satu" in show("# Satu", "en")


def test_lists_of_two_spaces_and_lists_after_a_paragraph() -> None:
    assert (
        show("Ada:\n- a\n  - b\n- c") == "<p>Ada:</p> <ul> <li>a<ul> <li>b</li> </ul> </li> <li>c</li> </ul>"
    )
    assert show("Pada tahun\n2021. Lalu.") == "<p>Pada tahun 2021. Lalu.</p>"
    nested = show("1. x\n\n   lanjut\n   - z\n2. y\n   ```\n   # kode\n   ```")
    assert nested.count("<ol>") == 1
    assert "<li>z</li>" in nested
    assert '<pre tabindex="0"><code># kode</code></pre>' in nested


def test_tables_can_be_scrolled_and_captioned() -> None:
    html = show("Teks.\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n/// keterangan\nTabel 1. *Isi*\n///")
    assert '<div aria-label="Tabel, dapat digulir" class="scroll" role="group" tabindex="0"> <table>' in html
    assert "<caption>Tabel 1. <em>Isi</em></caption>" in html
    assert '<th class="r" scope="col">B</th>' in html
    assert "style" not in html


def test_pictures_become_figures() -> None:
    html = show('![Denah](../aset/loket.svg "Gambar 1. Denah")')
    assert html == (
        '<figure><img alt="Denah" height="250" loading="lazy" src="/berkas/aset/loket.svg" width="640">'
        "<figcaption>Gambar 1. Denah</figcaption></figure>"
    )
    assert "<figcaption>Gambar 2.</figcaption>" in show(
        "![Peta](aset/peta.png)\n\n/// caption\nGambar 2.\n///"
    )
    assert "<figure>" not in show("Lihat ![Peta](aset/peta.png) ini.")


@pytest.mark.parametrize(
    ("word", "look"),
    [("catatan", "info"), ("tip", "ok"), ("penting", "warn"), ("danger", "danger"), ("contoh", "quiet")],
)
def test_notices(word: str, look: str) -> None:
    assert show(f"Teks.\n/// {word} | Sering terlewat\nIsi **penting**.\n///") == (
        f'<p>Teks.</p> <div class="admonition {look}"> <p class="admonition-title">Sering terlewat</p> '
        "<p>Isi <strong>penting</strong>.</p> </div>"
    )


def test_a_notice_without_title_takes_its_word_and_a_part_may_be_opened() -> None:
    assert '<p class="admonition-title">Penting</p>' in show("/// penting\nIsi.\n///")
    assert '<p class="admonition-title">Important</p>' in show("/// penting\nIsi.\n///", "en")
    assert "<details> <summary>Buka</summary> <p>Isi.</p> </details>" in show("/// rincian | Buka\nIsi.\n///")


def test_footnotes_carry_the_prefix_and_say_where_they_lead() -> None:
    html = show("Janji.[^a]\n\n[^a]: UU 25/2009.")
    assert '<sup id="m1-fnref-a"><a aria-label="Catatan kaki 1" href="#m1-fn-a">1</a></sup>' in html
    assert '<section aria-label="Catatan kaki" class="footnote">' in html
    assert '<a aria-label="Kembali ke teks, catatan 1" href="#m1-fnref-a">Kembali ke teks</a>' in html


def test_tasks_say_their_state_in_words() -> None:
    html = show("- [x] Papan\n- [ ] Nomor")
    assert '<ul class="task"> <li class="done">' in html
    assert '<span class="vh">Selesai:</span> <span>Papan</span>' in html
    assert '<span class="vh">Belum:</span> <span>Nomor</span>' in html
    assert "<input" not in html


def test_links() -> None:
    html = show(
        "[m](materi:p2#alur) [k](kuis:k1) [b](aset/x.pdf) [s](#alur) [w](https://a.go.id) [e](mailto:a@b.id)"
    )
    assert '<a href="/lesson/p2#m1-alur">m</a> <a href="/quiz/k1">k</a>' in html
    assert '<a href="/berkas/aset/x.pdf">b</a> <a href="#m1-alur">s</a>' in html
    assert '<a href="https://a.go.id" rel="noopener">w</a> <a href="mailto:a@b.id">e</a>' in html


def test_without_addresses_a_picture_is_its_words_and_a_link_is_text() -> None:
    html = render("![Denah](aset/a.png) [m](materi:p2)", prefix="x")
    assert html == "<p><span>Denah</span> <span>m</span></p>"


def test_definitions_abbreviations_and_code() -> None:
    assert "<dt>SOP</dt> <dd>Cara kerja.</dd>" in show("SOP\n:   Cara kerja.")
    assert '<abbr title="Jam pelajaran">JP</abbr>' in show("Satu JP.\n\n*[JP]: Jam pelajaran")
    assert '<pre tabindex="0"><code>&lt;b&gt; x</code></pre>' in show("```html\n<b> x\n```")


def test_comments_vanish_but_not_in_code() -> None:
    assert show("Satu <!-- rahasia\n\nbaris --> dua") == "<p>Satu </p> <p>dua</p>"
    assert "&lt;!-- tampil --&gt;" in show("`<!-- tampil -->`")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](https:evil.example)",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="//evil.example" onclick="x()">x</a>',
    "![x](https://evil.example/x.png)",
    '<img src="https://evil.example/x.png">',
    '![x](aset/a.png "\\" onerror=alert(1) \\"")',
    "<iframe src=https://evil.example></iframe>",
    "<form action=/x><input name=q><button>x</button></form>",
    "<style>*{display:none}</style>",
    '<p style="position:fixed" id="csrf_token" class="btn">x</p>',
    '# Judul {onclick="alert(1)" style="x" .btn #csrf}',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "`\x02wzxhzdk:0\x03`",
    "<details ontoggle=alert(1) open>x</details>",
    "/// penting | <img src=x onerror=alert(1)>\nx\n///",
    "/// caption\n    attrs: {onclick: 'alert(1)', style: 'x'}\nx\n///",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through(text: str) -> None:
    assert dangers(show(text), "m1-") == []


def test_inline_text_has_no_paragraph() -> None:
    assert render_inline("PP **94**", prefix="o") == Markup("PP <strong>94</strong>")
    assert render_inline("satu\n\ndua", prefix="o").count("<p>") == 2


def test_text_that_cannot_be_rendered_is_shown_as_typed() -> None:
    assert render("<b>" + "x" * 20_000, prefix="a").startswith("<pre>&lt;b&gt;xxx")
    assert render("[" * 5_000, prefix="a").startswith("<pre>[[[")
    assert "<blockquote>" in render("> " * 3_000 + "x", prefix="a")
    assert render("- " * 4_000 + "x", prefix="a")


def test_eight_threads_give_what_one_gives() -> None:
    texts = [
        f"# Bagian {n}\n\nTeks[^{n}] **{n}**.\n\n| A |\n|---|\n| {n} |\n\n- [x] {n}\n\n"
        f"[^{n}]: Catatan {n}.\n\n"
        f"![Gambar {n}](aset/{n}.png)\n\n<b id='p{n}-x'>x</b>"
        for n in range(8)
    ]

    def make(number: int) -> str:
        return render(texts[number], prefix=f"p{number}", asset_url=lambda name: f"/{number}/{name}")

    alone = [make(number) for number in range(8)]
    wrong: list[int] = []
    start = threading.Barrier(8)

    def work(number: int) -> None:
        start.wait()
        wrong.extend(number for _ in range(25) if make(number) != alone[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
