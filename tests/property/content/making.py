"""Courses in every way in which the format may be written: any order, marks, blanks, words, comments."""

from __future__ import annotations

from hypothesis import strategies as st

_LETTERS = "abcdefghij klmnop qrstu ABC 0123456789 é=#*_&%/-.,!?():;'"
WORDS = st.text(_LETTERS, min_size=1, max_size=20).map(lambda text: f"k{' '.join(text.split())}z")
TYPED = st.from_regex(r"[a-z]{3,8}( [a-z]{2,8})?", fullmatch=True)
NUMBERS = st.from_regex(r"-?[1-9][0-9]{0,3}(\.[0-9]{1,2})?", fullmatch=True)
TOLERANCES = st.sampled_from(["", " ± 0.5", "+-2", " +/- 5%", "  ±3"])
BREAKS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\n  \n", "\n\n<!-- catatan\n\n pengajar -->\n\n"])
ENDS = st.sampled_from(["", "", "", " ", "   "])
# fmt: off
PROSE = st.sampled_from([
    "Satu kalimat.", "Baris pertama  \nbaris kedua.", "- butir\n- butir lain\n\n  anak butir",
    "```text\n## bukan soal   \n\n\n- [x] bukan jawaban\n```", "| a | b |\n|---|---|\n| 1 | 2 |",
    "> kutipan biasa\n> dua baris", "/// penting | Ingat\nIsinya.\n///", "Rumus $a + b$ dan `kode`.   ",
    "Ada <!-- catatan --> di tengah.", "1. satu\n2. dua", "$$\nx = 1\n$$", "Kata *miring* dan **tebal**.",
])
# fmt: on
TEXTS = st.lists(st.one_of(PROSE, WORDS), min_size=1, max_size=3).map("\n\n".join)


@st.composite
def entries(draw: st.DrawFn, mark: str, text: str) -> str:
    """An answer line with its feedback, indented and spaced in one of many ways."""
    width = draw(st.integers(2, 4))
    lines = [f"{mark}{' ' * draw(st.integers(1, 3))}{text}{draw(ENDS)}"]
    if draw(st.booleans()):
        lines.append(f"{' ' * width}lanjut {draw(WORDS)}")
    if draw(st.booleans()):
        lines += ["", ""][: draw(st.integers(0, 2))]
        lines.append(f"{' ' * width}> {draw(WORDS)}{draw(ENDS)}")
        if draw(st.booleans()):
            lines += [f"{' ' * width}>", f"{' ' * width}> {draw(WORDS)}"]
    if draw(st.integers(0, 9)) == 0:
        lines.append("<!-- mengapa -->")
    return "\n".join([*lines, *[""] * draw(st.integers(0, 2))])


@st.composite
def notes(draw: st.DrawFn, rubric: bool = False) -> str:
    """Notes after or before the answers, some in one quotation."""
    words = st.sampled_from(
        ["Petunjuk", "petunjuk ", "**Pembahasan**", "Benar", "SALAH", "Hint", "explanation", "Sebagian"]
    )
    found = [
        f"> {draw(words)}: {draw(st.one_of(WORDS, st.just(chr(10) + '> - satu' + chr(10) + '> - dua')))}"
        for _ in range(draw(st.integers(0, 3)))
    ]
    if rubric:
        levels = [f"{value} = {draw(WORDS).replace(';', '').replace('=', '')}" for value in ("4", "2.5", "0")]
        together = f"> Rubrik: {'; '.join(levels)}"
        found.append(
            draw(st.sampled_from([together, "\n".join(["> rubric:", *(f"> * {one}" for one in levels)])]))
        )
    between = draw(st.sampled_from(["\n", "\n\n"]))
    return between.join(draw(st.permutations(found)))


# fmt: off
OWN = {
    "single": ["acak=tidak"], "multiple": ["nilai=sebagian-ketat", "shuffle=no"], "true_false": ["acak=ya"],
    "numeric": ["satuan=JP", 'unit="hari kerja"'], "short": ["huruf=peka", "case=any"],
    "matching": ["nilai=persis", "acak=tidak"], "ordering": ["scoring=partial_strict"],
    "cloze": ["huruf=peka", "acak=tidak"], "essay": ["kata=100..300", "words=50.."],
}
# fmt: on


def _attributes(draw: st.DrawFn, kind: str, key: str, weighted: bool) -> str:
    legal = draw(st.sampled_from(['dasar="UU 25/2009 ps 3"', "legal=PP-94", 'dasar="a=b"']))
    common = [
        draw(st.sampled_from(["poin=2", "poin=2.50", "points=1", "poin=007"])),
        draw(st.sampled_from(["tag=a,b", 'tag="a, b c"', "tag=a,,b"])),
        draw(st.sampled_from(["kompetensi=M.5:2", "competency=T.KEP.1:1"])),
        draw(st.sampled_from(["kesulitan=mudah", "difficulty=hard", "kesulitan=SEDANG"])),
        legal,
    ]
    chosen = [one for one in [*common, draw(st.sampled_from(OWN[kind]))] if draw(st.booleans())]
    if weighted:
        chosen = [one for one in chosen if not one.startswith("nilai")]
    if kind in {"ordering", "essay"}:
        chosen.append({"ordering": "tipe=urut", "essay": "type=essay"}[kind])
    return " ".join([f"#{key}", *draw(st.permutations(chosen))])


def _answers(draw: st.DrawFn, kind: str) -> list[str]:
    star = draw(st.sampled_from(["-", "*", "+"]))
    texts = draw(st.lists(WORDS, min_size=4, max_size=4, unique_by=lambda text: text.casefold()))
    if kind in {"single", "multiple", "true_false"}:
        if kind == "true_false":
            texts = draw(st.sampled_from([["Benar", "Salah"], ["true", "False."]]))
        right, wrong = draw(st.sampled_from([("[x]", "[ ]"), ("[X]", "[ ]"), ("(x)", "( )")]))
        if kind == "multiple":
            marks = draw(
                st.sampled_from([["[x]", "[X]", "[ ]", "[ ]"], ["[50%]", "[50.00%]", "[-50%]", "[ ]"]])
            )
        elif kind == "single" and draw(st.booleans()):
            marks = ["[25%]", "[x]", "[ ]", "[0%]"]
        else:
            marks = [right, *[wrong] * (len(texts) - 1)]
        last = draw(st.sampled_from(["", " {tetap}", "  {fixed}"]))
        if kind == "true_false":
            return [f"{star} {mark} {text}" for mark, text in zip(marks, texts, strict=True)]
        texts[-1] += last
        return [draw(entries(f"{star} {mark}", text)) for mark, text in zip(marks, texts, strict=True)]
    if kind == "numeric":
        low = draw(NUMBERS)
        values = [("=", low + draw(TOLERANCES)), ("=50%", "7000 .. 8000"), ("!=", "99999")]
        return [f"{star} {mark} {text}\n  > {draw(WORDS)}" for mark, text in values]
    if kind == "short":
        words = draw(st.lists(TYPED, min_size=3, max_size=3, unique=True))
        return [f"{star} {mark}  {text}" for mark, text in zip(("=", "=50.0%", "!="), words, strict=True)] + [
            f"{star} ~ ^{words[0]}s?$"
        ]
    if kind == "matching":
        return [
            draw(entries(f"{star} {texts[0]}  ->", f"jawab {texts[1]}")),
            f"{star} {texts[2]} -> lain {texts[3]}",
            draw(st.sampled_from([f"{star} -> sisa", f"{star}   ->   sisa {{tetap}}"])),
        ]
    numbered = draw(st.sampled_from([["1.", "2.", "3."], ["1)", "1)", "1)"]]))
    return [draw(entries(mark, text)) for mark, text in zip(numbered, texts[:3], strict=True)]


@st.composite
def questions(draw: st.DrawFn, key: str) -> str:
    """A question of any kind."""
    # fmt: off
    kind = draw(st.sampled_from([
        "single", "multiple", "true_false", "numeric", "short", "matching", "ordering", "cloze", "essay",
    ]))
    # fmt: on
    if key.startswith("c") and kind == "essay":
        kind = "single"
    answers = "\n".join(_answers(draw, kind)) if kind not in {"cloze", "essay"} else ""
    attributes = _attributes(draw, kind, key, weighted=kind == "multiple" and "[50" in answers)
    title = draw(st.sampled_from(["", "Judul", "Judul  ganda: #1"]))
    parts = [f"##{' ' * draw(st.integers(1, 2))}{title} {{{attributes}}}{draw(ENDS)}"]
    if draw(st.integers(0, 5)) == 0:
        parts[0] += " <!-- judul -->"
    parts.append(draw(TEXTS).replace("1. satu\n2. dua", "- satu") if kind == "ordering" else draw(TEXTS))
    if kind == "cloze":
        star = draw(st.sampled_from(["[[*a|b ]]", "[[ b | *a | c]]"]))
        parts.append(f"Isi {star} dan [[kata | lain]] `[[x]]` serta [[= 20 +- 1 ]].")
    elif kind != "essay":
        if draw(st.integers(0, 4)) == 0:
            parts.append("> Petunjuk: di depan")
        parts.append(answers)
    parts.append(draw(notes(rubric=kind == "essay")))
    return "".join(f"{part}{draw(BREAKS)}" for part in parts if part)


def _header(draw: st.DrawFn, lines: list[str]) -> str:
    """A front matter: its lines in any order with comments and blanks."""
    found: list[str] = []
    for line in draw(st.permutations(lines)):
        found += (
            [draw(st.sampled_from(["", "# catatan", "  #  catatan lain"]))] if draw(st.booleans()) else []
        )
        found.append(line + draw(st.sampled_from(["", "  "])))
    return "\n".join(["---", *found, "---", *[""] * draw(st.integers(0, 2)), ""])


@st.composite
def courses(draw: st.DrawFn) -> dict[str, str]:
    """The texts of a course without errors: every kind of file, and one to four questions in each."""
    course = [
        "jenis: kursus   # kursus | modul", "id: uji", "judul: Uji: \"coba\" #1",
        draw(st.sampled_from(["bahasa: id", "language: en  # bahasa", "bahasa:"])), "jp: 01",
        draw(st.sampled_from(["sasaran: a, b", "audience: [a,b]", "sasaran:\n- a # x\n- b"])),
        draw(st.sampled_from(["penulis: A, S.Sos.", "authors:\n- A\n# antara\n- B, M.Si.", "penulis: []"])),
        draw(st.sampled_from(["dasar_hukum: [PP 1, PP 2]", "legal: PP 94, ps 3", "dasar_hukum:\n- UU 1"])),
        draw(st.sampled_from(["lulus: [semua-materi, k1]", "completion: all-lessons", "lulus:\n- k1"])),
        draw(st.sampled_from(["sertifikat: YES", "certificate: tidak   # ya | tidak"])),
        draw(st.sampled_from(["perbarui: hanya-berubah", "refresh: changed", "per_tanggal: 2026-01-31"])),
    ]  # fmt: skip
    module = [
        "kind: module",
        "id: m1",
        "title: Satu",
        draw(st.sampled_from(["buka: URUT", "tujuan: satu, dua"])),
    ]
    lesson = ["jenis: materi", "id: l1", "judul: Materi", "menit: 40", "selesai: Jawab_cek"]
    quiz = [
        "jenis: kuis",
        "id: k1",
        "judul: Kuis",
        "percobaan: unlimited",
        "tampil_jawaban: after_passing # x",
    ]
    bank = ["jenis: bank", "id: b1", "judul: Bank"]

    def asked(letter: str) -> str:
        count = draw(st.integers(1, 3))
        return "".join(draw(questions(f"{letter}{at}")) for at in range(count))

    opening = draw(
        st.sampled_from(["::: kuis {#cek}", ":::: quiz  Cek  {#cek}", ":::kuis {#cek} <!-- c -->"])
    )
    pool = draw(
        st.sampled_from(
            [
                "# Bank {dari=bank/umum ambil=1}",
                "#  {take=01 from=bank/umum tag=a,b}",
                "# Dari {from=bank/umum}",
            ]
        )
    )
    if "tag" in pool:
        pool = "#   Tanpa tag {from=bank/umum}"
    checks = f"{opening}\n{asked('c')}\n{draw(st.sampled_from([':::', '::::  ']))}"
    return {
        "kursus.md": _header(draw, course) + draw(TEXTS) + draw(BREAKS),
        "01-m/modul.md": _header(draw, module) + draw(st.one_of(st.just(""), TEXTS)),
        "01-m/01-l.md": _header(draw, lesson) + f"Kata.\n\n{draw(TEXTS)}\n\n{checks}\n\n{draw(TEXTS)}",
        "01-m/kuis.md": _header(draw, quiz) + f"{draw(TEXTS)}\n\n{asked('q')}\n{pool}\n",
        "bank/umum.md": _header(draw, bank) + asked("b"),
    }  # fmt: skip
