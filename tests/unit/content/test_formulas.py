"""Which dollar signs are formulas, what they become, and that no markup gets into a page with them."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from lms.content.formulas import FormulaError, mathml
from lms.content.html import plain_words, render, render_inline
from tests.payloads import PAYLOADS
from tests.unit.content.safety import dangers


def show(text: str) -> str:
    return " ".join(render(text, prefix="m1", asset_url=lambda name: f"/berkas/{name}").split())


@pytest.mark.parametrize(
    "text",
    [
        "$5", "$5 dan $10", "Rp$5 atau Rp$", "US$5-US$7", "$5 (US$)", "$ x $", "x$ dan y$", "a$b$c", "$x$3",
        "`$x$`", "```\n$x$\n$$\ny\n$$\n```", "\\$x\\$", "$$ $$", "$x\ny$",
        "$x", "$$\nx\n\ny\n$$", "Kunci: A$2:A$9",
    ],
)  # fmt: skip
def test_amounts_and_code_are_no_formulas(text: str) -> None:
    assert "<math" not in show(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("$x$", 1), ("Luas $2x + 3$ dan $3n-1$.", 2), ("**$x$**", 1), ("($x$)", 1), ("$2 \\text{ orang}$", 1),
        ("$$x$$", 1), ("Teks\n$$\nx\n- y\n1. z\n$$\nteks $z$", 2), ("- $$x$$\n\n  $$y$$", 2), ("> $$x$$", 1),
        ("|a|\n|-|\n|$x$|", 1), ("/// tips\n$$x$$\n///", 1),
        ("a[^1]\n\n[^1]: $x$", 1), ("$x\\$y$", 1),
    ],
)  # fmt: skip
def test_formulas_are_found_in_every_place(text: str, count: int) -> None:
    assert show(text).count("<math") == count
    assert dangers(show(text), "m1-") == []


def test_a_formula_in_a_line_and_as_a_block() -> None:
    assert show("Luas $x^2$.") == (
        "<p>Luas <span><math><semantics><msup><mi>x</mi><mn>2</mn></msup>"
        '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>.</p>'
    )
    block = show("Hasil\n$$\n\\frac{a}{b}\n$$")
    assert block.startswith(
        '<p>Hasil</p> <div aria-label="Rumus, dapat digulir" class="scroll formula" role="group"'
        ' tabindex="0">'
        '<math display="block">'
    )
    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in block
    assert show("$a*b*c_d_e$").count("<em>") == 0


def test_a_formula_is_read_as_its_source_where_only_words_may_stand() -> None:
    html = show("## Luas $x^2$\n\n![Grafik $x^2$](aset/a.png)")
    assert 'aria-label="Tautan ke bagian: Luas x^2"' in html
    assert 'alt="Grafik x^2"' in html
    assert plain_words(render_inline("Luas $x^2$ m", prefix="p")) == "Luas x^2 m"
    assert plain_words(Markup("a &amp; b")) == "a & b"


@pytest.mark.parametrize(
    ("latex", "code"),
    [
        ("\\nosuch", "formula_command"), ("\\def\\a{x}\\a", "formula_command"),
        ("\\newcommand{\\a}{x}\\a", "formula_command"), ("\\color{red}{x}", "formula_command"),
        ("\\href{javascript:alert(1)}{x}", "formula_command"),
        ("\\begin{align}a\\end{align}", "formula_command"),
        ("\\cancel{x}", "formula_part"), ("{", "formula_wrong"), ("a & b", "formula_wrong"),
        ("", "formula_wrong"),
        ("\\begin{x}", "formula_command"),
        ("x" * 1001, "formula_long"), ("{" * 21 + "}" * 21, "formula_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused(latex: str, code: str) -> None:
    with pytest.raises(FormulaError) as caught:
        mathml(latex, block=False)
    assert caught.value.code == code


def test_a_formula_that_cannot_be_read_stays_as_it_was_typed() -> None:
    assert show("Ini $\\nosuch{<b>}$.") == "<p>Ini <span><code>$\\nosuch{&lt;b&gt;}$</code></span>.</p>"


def test_sides_of_cells_are_classes_and_nothing_has_a_style() -> None:
    made = mathml(r"\begin{aligned}a&=b\\c&=d\end{aligned}", block=True)
    assert made.count('<mtd class="r">') == 2
    assert "style" not in made.replace("displaystyle", "")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_comes_through_a_formula(payload: str) -> None:
    for text in (
        f"${payload}$",
        f"$\\text{{{payload}}}$",
        f"$$\n\\text{{{payload}}}\n$$",
        f"$x${payload}$y$",
    ):
        assert dangers(show(text), "m1-") == []
