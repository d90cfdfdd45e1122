"""What one rendering is given, the words it adds, and how it makes ids."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

AssetUrl = Callable[[str], str]
PieceUrl = Callable[[str, str], str]
Size = Callable[[str], "tuple[int, int] | None"]
SIZES = "(min-width: 62em) 44rem, 100vw"
"""How wide a picture stands on the page: the measure of the text, on a phone the whole width."""
Shown = Callable[[str], "Picture | Media | None"]


@dataclass(frozen=True)
class Picture:
    """A picture as a page shows it: addresses with their widths in pixels, narrowest first."""

    width: int
    height: int
    sources: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Media:
    """A sound or film: its address, bytes, seconds if known, and the files that belong to it ("" if none)."""

    url: str
    size: int
    seconds: int | None = None
    captions: str = ""
    transcript: str = ""
    poster: str = ""


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
    audio: str
    video: str
    minutes: str
    seconds: str
    waits: str
    captions: str
    transcript: str
    leaves: str


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
        "Suara",
        "Video",
        "menit",
        "detik",
        "Baru dimuat setelah Anda menekan putar.",
        "Teks",
        "Baca transkrip",
        "video di luar Gurindam",
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
        "Sound",
        "Video",
        "min",
        "s",
        "Loaded only when you press play.",
        "Captions",
        "Read the transcript",
        "video outside Gurindam",
    ),
}


@dataclass
class Page:
    """What one rendering is given, and the addresses of pictures it has written."""

    prefix: str = ""
    asset_url: AssetUrl | None = None
    piece_url: PieceUrl | None = None
    asset_size: Size | None = None
    shown: Shown | None = None
    inline: bool = False
    eager: bool = False
    words: Words = WORDS["id"]
    english: bool = False
    sources: set[str] = field(default_factory=set)
    kept: list[str] = field(default_factory=list)
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
