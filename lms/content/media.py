"""Sound and film of a course: which files belong together, and the fixed HTML they become.

The HTML is written after the sanitiser from escaped values alone; no tag or attribute of an author is in it.
"""

from html import escape

from lms.content.page import Media, Page
from lms.content.paths import extension

AUDIO = frozenset({"mp3", "wav"})
VIDEO = frozenset({"mp4", "webm"})
MEDIA = AUDIO | VIDEO
POSTERS = ("webp", "jpg", "jpeg", "png")


def is_media(path: str) -> bool:
    """Whether the name is that of a sound or a film."""
    return extension(path) in MEDIA


def companions(path: str) -> dict[str, tuple[str, ...]]:
    """The files of the same name that belong to a sound or film: captions, transcript, picture before."""
    stem = path.rpartition(".")[0]
    own: dict[str, tuple[str, ...]] = {"captions": (f"{stem}.vtt",), "transcript": (f"{stem}.txt",)}
    if extension(path) in VIDEO:
        own["poster"] = tuple(f"{stem}.{kind}" for kind in POSTERS)
    return own


def player(name: str, title: str, media: Media, page: Page) -> str:
    """The inside of a figure: the player, which loads nothing by itself, and what pressing play will cost."""
    tag = "video" if extension(name) in VIDEO else "audio"
    language = "en" if page.english else "id"
    poster = f' poster="{_value(media.poster)}"' if media.poster and tag == "video" else ""
    track = (
        f'<track kind="captions" src="{_value(media.captions)}" srclang="{language}" '
        f'label="{_value(page.words.captions)}">'
        if media.captions
        else ""
    )
    transcript = (
        f' <a href="{_value(media.transcript)}">{escape(page.words.transcript)}</a>'
        if media.transcript
        else ""
    )
    return (
        f'<{tag} controls preload="none" src="{_value(media.url)}" aria-label="{_value(title)}"{poster}>'
        f"{track}</{tag}><figcaption>{escape(title)} <span>{escape(cost(name, media, page))} "
        f"{escape(page.words.waits)}{transcript}</span></figcaption>"
    )


def cost(name: str, media: Media, page: Page) -> str:
    """ "Audio, 1,2 MB, 2 menit 5 detik." for a page in Indonesian."""
    word = page.words.video if extension(name) in VIDEO else page.words.audio
    parts = [word, _size(media.size, page.english)]
    if media.seconds:
        minutes, rest = divmod(media.seconds, 60)
        spoken = [f"{minutes} {page.words.minutes}"] if minutes else []
        parts.append(" ".join([*spoken, f"{rest} {page.words.seconds}"] if rest or not minutes else spoken))
    return ", ".join(parts) + "."


def _size(count: int, english: bool) -> str:
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    text = f"{count / 1_000_000:.1f}".removesuffix(".0")
    return f"{text if english else text.replace('.', ',')} MB"


def _value(text: str) -> str:
    return escape(text, quote=True)
