"""The words of the format: Indonesian as written by authors, the English name, and what a value may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Key:
    """A key of a front matter: its Indonesian word, its English name, and the form of its value.

    `form`: text, code, int, yes, date, choice; lists are codes, texts (lines), marks (lines or brackets).
    `low` and `high` bound an int; `choices` maps each Indonesian value to the English one that is kept.
    """

    word: str
    name: str
    form: str = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    low: int = 0
    high: int = 1_000_000
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


def _id_keys(kind: str, value: str) -> tuple[Key, ...]:
    return (
        Key("jenis", "kind", "choice", {kind: value}, required=True),
        Key("id", "id", "code", required=True),
        Key("judul", "title", required=True),
    )


COURSE = (
    *_id_keys("kursus", "course"),
    Key("bahasa", "language", "choice", {"id": "id", "en": "en"}),
    Key("ringkas", "summary"),
    Key("jp", "jp", "int", high=500),
    Key("sasaran", "audience", "codes"),
    Key("penulis", "authors", "texts"),
    Key("penyelenggara", "organiser", "code"),
    Key("kompetensi", "competencies", "codes"),
    Key("dasar_hukum", "legal_basis", "marks"),
    Key("prasyarat", "prerequisites", "codes"),
    Key("lulus", "completion", "codes"),
    Key("sertifikat", "certificate", "yes"),
    Key("berlaku_bulan", "valid_months", "int", low=1, high=600),
    Key("perbarui", "refresh", "choice", {"semua": "all", "hanya-berubah": "changed", "tidak": "none"}),
    Key("ulang", "retake", "yes"),
    Key("tambahan", "supplement", "codes"),
    Key("tenggat_hari", "due_days", "int", low=1, high=3650),
    Key("evaluasi", "evaluation", "code"),
    Key("per_tanggal", "as_of", "date"),
    Key("tinjau_sebelum", "review_by", "date"),
    Key("lisensi", "licence"),
)
MODULE = (
    *_id_keys("modul", "module"),
    Key("buka", "open", "choice", {"urut": "sequential", "bebas": "free"}),
    Key("tujuan", "aims", "texts"),
)
LESSON = (
    *_id_keys("materi", "lesson"),
    Key("menit", "minutes", "int", low=1, high=600),
    Key("selesai", "finish", "choice", {"baca": "read", "jawab-cek": "answer_checks", "tandai": "mark"}),
    Key("dasar_hukum", "legal_basis", "marks"),
    Key("tinjau_sebelum", "review_by", "date"),
    Key("sumber", "sources", "marks"),
    Key("ubah", "change", "choice", {"substansi": "substance", "redaksi": "wording"}),
)
QUIZ = (
    *_id_keys("kuis", "quiz"),
    Key(
        "guna",
        "use",
        "choice",
        {"latihan": "practice", "prates": "pretest", "kuis": "quiz", "ujian": "exam", "evaluasi": "survey"},
    ),
    Key("nilai_lulus", "pass_mark", "int", high=100),
    Key("percobaan", "attempts", "int", low=1, high=1000, words={"bebas": "", "unlimited": ""}),
    Key("jeda_jam", "wait_hours", "int", high=8760),
    Key("waktu_menit", "minutes_limit", "int", low=1, high=600),
    Key(
        "ambil_nilai", "counts", "choice", {"tertinggi": "highest", "terakhir": "latest", "pertama": "first"}
    ),
    Key("tampilan", "layout", "choice", {"semua": "all", "satu": "one"}),
    Key(
        "tampil_jawaban",
        "reveal",
        "choice",
        {
            "langsung": "immediately",
            "setelah-kumpul": "after_submission",
            "setelah-lulus": "after_passing",
            "tidak": "never",
        },
    ),
    Key("acak_soal", "shuffle", "yes"),
)
BANK = (*_id_keys("bank", "bank"), Key("kompetensi", "competencies", "codes"))

KINDS: Mapping[str, tuple[Key, ...]] = {
    "course": COURSE,
    "module": MODULE,
    "lesson": LESSON,
    "quiz": QUIZ,
    "bank": BANK,
}
KIND_WORDS: Mapping[str, str] = {
    "kursus": "course",
    "modul": "module",
    "materi": "lesson",
    "kuis": "quiz",
    "bank": "bank",
}
KIND_ALIASES: Mapping[str, str] = {**KIND_WORDS, **{name: name for name in KIND_WORDS.values()}}
YES: Mapping[str, bool] = {"ya": True, "yes": True, "tidak": False, "no": False}
KEY_ALIASES: Mapping[str, str] = {
    "type": "kind",
    "license": "licence",
    "legal": "legal_basis",
    "time_limit": "minutes_limit",
    "pass": "pass_mark",
    "purpose": "use",
    "hours": "jp",
}

# Attributes of a question's heading: the word of authors and the name that is kept.
ATTRIBUTES: Mapping[str, str] = {
    "poin": "points",
    "tag": "tag",
    "tipe": "type",
    "acak": "shuffle",
    "kompetensi": "competency",
    "dasar": "legal",
    "satuan": "unit",
    "kata": "words",
    "huruf": "case",
    "nilai": "scoring",
    "kesulitan": "difficulty",
}
POOL_ATTRIBUTES: Mapping[str, str] = {
    "ambil": "take",
    "dari": "from",
    "tag": "tag",
    "kompetensi": "competency",
    "kesulitan": "difficulty",
    "wajib": "pinned",
    "kecuali": "except",
}
DIFFICULTY: Mapping[str, str] = {"mudah": "easy", "sedang": "medium", "sulit": "hard"}
SCORING: Mapping[str, str] = {"persis": "exact", "sebagian": "partial", "sebagian-ketat": "partial_strict"}
CASE: Mapping[str, str] = {"peka": "sensitive", "bebas": "any"}
TYPES: Mapping[str, str] = {
    "tunggal": "single",
    "banyak": "multiple",
    "benar-salah": "true_false",
    "angka": "numeric",
    "isian": "short",
    "jodoh": "matching",
    "urut": "ordering",
    "rumpang": "cloze",
    "esai": "essay",
}
# Words that make a quotation in a question structure.
NOTES: Mapping[str, str] = {
    "petunjuk": "hint",
    "benar": "right",
    "sebagian": "partial",
    "salah": "wrong",
    "pembahasan": "explanation",
    "rubrik": "rubric",
    "hint": "hint",
    "correct": "right",
    "partial": "partial",
    "incorrect": "wrong",
    "explanation": "explanation",
    "rubric": "rubric",
}


def value_of(word: str, table: Mapping[str, str]) -> str | None:
    """The kept English value of an Indonesian or English word, or None."""
    plain = word.casefold().replace("_", "-")
    if plain in table:
        return table[plain]
    return plain.replace("-", "_") if plain.replace("-", "_") in table.values() else None


def name_of(word: str, keys: tuple[Key, ...]) -> Key | None:
    """The key of that Indonesian or English word, or None."""
    plain = word.casefold().replace("-", "_")
    plain = KEY_ALIASES.get(plain, plain)
    return next((key for key in keys if plain in {key.word, key.name}), None)
