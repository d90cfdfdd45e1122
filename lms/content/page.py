"""What one rendering is given, the words it adds, and how it makes ids."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

AssetUrl = Callable[[str], str]
PieceUrl = Callable[[str, str], str]
Size = Callable[[str], "tuple[int, int] | None"]


@dataclass(frozen=True)
class Words:
    """The few words that rendering adds, in one language."""

    anchor: str
    note: str
    back: str
    back_label: str
    notes: str
    table: str
    done: str
    open: str
    formula: str


WORDS = {
    "id": Words(
        "Tautan ke bagian: %s",
        "Catatan kaki %s",
        "Kembali ke teks",
        "Kembali ke teks, catatan %s",
        "Catatan kaki",
        "Tabel, dapat digulir",
        "Selesai:",
        "Belum:",
        "Rumus, dapat digulir",
    ),
    "en": Words(
        "Link to section: %s",
        "Footnote %s",
        "Back to text",
        "Back to text, note %s",
        "Footnotes",
        "Table, can be scrolled",
        "Done:",
        "To do:",
        "Formula, can be scrolled",
    ),
}


@dataclass
class Page:
    """What one rendering is given, and the addresses of pictures it has written."""

    prefix: str = ""
    asset_url: AssetUrl | None = None
    piece_url: PieceUrl | None = None
    asset_size: Size | None = None
    words: Words = WORDS["id"]
    english: bool = False
    sources: set[str] = field(default_factory=set)
    formulas: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def own_id(self, text: str) -> str:
        """A new id with the prefix of this page."""
        base = name = f"{self.prefix}-{slug(text) or 'bagian'}"
        while name in self.ids:
            self.ids[base] += 1
            name = f"{base}-{self.ids[base]}"
        self.ids[name] = 1
        return name


def slug(text: str) -> str:
    """Letters and digits of a text joined by hyphens, without accents, for an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60]
