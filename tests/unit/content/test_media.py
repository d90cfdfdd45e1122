"""Pictures in several widths without hidden data; sound and film as players that load nothing yet."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from lms.content.durations import seconds
from lms.content.html import render, render_inline
from lms.content.page import Media, Picture
from lms.content.parse import parse_course
from lms.content.pictures import as_webp, upright_size, weight
from tests.media import SECRET, film, photo, tone
from tests.unit.content.conftest import FILES

SOUND = Media("/berkas/aset/a.wav", 12_044, 2, transcript="/berkas/aset/a.txt")
FILM = Media("/berkas/aset/b.mp4", 1_250_000, 125, captions="/berkas/aset/b.vtt", poster="/berkas/aset/b.jpg")
PICTURE = Picture(960, 640, (("/berkas/aset/480", 480), ("/berkas/aset/960", 960)))
SHOWN = {"aset/a.wav": SOUND, "aset/b.mp4": FILM, "aset/c.jpg": PICTURE}


def show(text: str, *, language: str = "id", eager: bool = False) -> str:
    return render(
        text, prefix="m", asset_url=lambda name: f"/berkas/{name}", shown=SHOWN.get, language=language,
        eager=eager,
    )  # fmt: skip


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_gets_lighter_and_loses_what_it_says_of_its_maker(kind: str) -> None:
    source = photo(kind=kind)
    assert SECRET.encode() in source
    made = as_webp(source, 480)
    assert made is not None and SECRET.encode() not in made
    image = opened(made)
    assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (480, 320), {})
    assert not {"exif", "xmp", "icc_profile"} & image.info.keys()


def test_a_picture_stands_upright_and_is_never_enlarged() -> None:
    turned = photo(300, 200, orientation=6)
    assert upright_size(turned) == (200, 300)
    image = opened(as_webp(turned, 960)).convert("RGB")
    assert image.size == (200, 300)
    top, bottom = image.getpixel((100, 10)), image.getpixel((100, 290))
    assert top == pytest.approx((200, 20, 20), abs=25)
    assert bottom == pytest.approx((255, 255, 255), abs=25)


def test_clear_parts_stay_clear() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, "PNG")
    assert opened(as_webp(target.getvalue(), 480)).mode == "RGBA"


def test_bombs_and_damaged_pictures_are_refused() -> None:
    size = struct.pack(">II", 60_000, 60_000)
    whole = photo(64, 64, kind="PNG")
    assert as_webp(whole[:16] + size + whole[24:], 480) is None
    for broken in (b"", b"GIF89a" + b"\0" * 40, whole[:60], photo()[:300]):
        assert as_webp(broken, 480) is None
        assert weight(broken) is None
    assert weight(whole) == len(as_webp(whole, 960) or b"")
    assert upright_size(b"GIF89a" + b"\0" * 40) is None


def test_a_page_offers_two_widths_and_knows_the_size_beforehand() -> None:
    assert show("a\n\nb\n\nc\n\n![Loket](aset/c.jpg)").endswith(
        '<figure><img alt="Loket" height="640" loading="lazy" sizes="(min-width: 62em) 44rem, 100vw" '
        'src="/berkas/aset/480" srcset="/berkas/aset/480 480w, /berkas/aset/960 960w" width="960"></figure>'
    )


def test_only_a_first_picture_near_the_top_is_loaded_at_once() -> None:
    text = "![Loket](aset/c.jpg)\n\n![Loket](aset/c.jpg)"
    assert show(text).count("lazy") == 2
    assert show(text, eager=True).count("lazy") == 1
    assert show("a\n\nb\n\nc\n\n" + text, eager=True).count("lazy") == 2


def test_a_sound_loads_nothing_and_says_what_it_costs() -> None:
    assert show('![Salam "pagi"](aset/a.wav)') == (
        '<figure><audio controls preload="none" src="/berkas/aset/a.wav" aria-label="Salam &quot;pagi&quot;">'
        "</audio><figcaption>Salam &quot;pagi&quot; <span>Suara, 12 KB, 2 detik. Baru dimuat setelah Anda "
        'menekan putar. <a href="/berkas/aset/a.txt">Baca transkrip</a></span></figcaption></figure>'
    )


def test_a_film_has_captions_and_a_picture_before() -> None:
    html = show("![Loket](aset/b.mp4)")
    assert '<video controls preload="none" src="/berkas/aset/b.mp4" aria-label="Loket" poster=' in html
    assert '<track kind="captions" src="/berkas/aset/b.vtt" srclang="id" label="Teks"></video>' in html
    assert "Video, 1,2 MB, 2 menit 5 detik." in html
    assert "Video, 1.2 MB, 2 min 5 s. Loaded only" in show("![Counter](aset/b.mp4)", language="en")


def test_within_a_sentence_or_an_answer_it_is_a_link() -> None:
    link = '<a href="/berkas/aset/a.wav">Salam (Suara, 12 KB, 2 detik)</a>'
    assert show("Dengar ![Salam](aset/a.wav) ini.") == f"<p>Dengar {link} ini.</p>"
    assert render_inline("![Salam](aset/a.wav)", prefix="m", asset_url=str, shown=SHOWN.get) == link
    assert show("![Salam](aset/tiada.wav)") == "<p><span>Salam</span></p>"


def test_authors_cannot_write_players_themselves() -> None:
    html = show('<video src=x autoplay></video> <audio src="/berkas/aset/a.wav"></audio> *a*{player=x}')
    assert "<video" not in html and "<audio" not in html and "player" not in html


def test_a_film_elsewhere_is_a_link_that_says_so() -> None:
    for url in ("https://www.youtube.com/watch?v=x", "https://youtu.be/x", "https://a.example/b.mp4"):
        assert f'<a href="{url}" rel="noopener">Profil (video di luar Gurindam)</a>' in show(
            f"[Profil]({url})"
        )
    assert "di luar" not in show("[Undang-undang](https://a.example/mp4.html)")


@pytest.mark.parametrize(
    ("kind", "data", "length"),
    [
        ("wav", tone(), 2), ("mp4", film(65), 65), ("mp4", b"\0" * 50, None), ("wav", b"RIFF", None),
        ("mp3", b"ID3\x03\0\0\0\0\0\x02xx\xff\xfb\x90\x00" + b"\0" * 31_996, 2), ("mp3", b"\xff", None),
        ("webm", b"\x2a\xd7\xb1\x83\x0f\x42\x40\x44\x89\x84" + struct.pack(">f", 1500.0), 2),
        ("webm", b"", None),
        ("mp4", film(0), None), ("pdf", b"%PDF", None),
    ],
)  # fmt: skip
def test_how_long_it_takes(kind: str, data: bytes, length: int | None) -> None:
    assert seconds(kind, data) == length


def codes(text: str, **files: bytes) -> list[str]:
    bundle = {path: source.encode() for path, source in FILES.items()}
    lesson = next(path for path, source in FILES.items() if "jenis: materi" in source)
    bundle[lesson] += f"\n{text}\n".encode()
    bundle |= {f"aset/{name.replace('_', '.')}": data for name, data in files.items()}
    new = parse_course(bundle, "uji").problems
    return [problem.code for problem in new if problem.code in {
        "captions_missing", "transcript_missing", "asset_unused", "picture_unreadable"}]  # fmt: skip


def test_who_cannot_hear_is_thought_of() -> None:
    sound, shown = tone(), "![Salam](aset/x.wav)"
    assert codes(shown, x_wav=sound) == ["transcript_missing"]
    assert codes(f"{shown}\n\n/// rincian | Transkrip\nSelamat pagi.\n///", x_wav=sound) == []
    assert codes(shown, x_wav=sound, x_txt=b"Selamat pagi.\n") == []
    assert codes("![Loket](aset/y.mp4)", y_mp4=film()) == ["captions_missing"]
    assert codes("![Loket](aset/y.mp4)", y_mp4=film(), y_vtt=b"WEBVTT\n", y_jpg=photo(40, 30)) == []


def test_a_damaged_picture_is_named() -> None:
    assert codes("![Loket](aset/z.jpg)", z_jpg=photo()[:700]) == ["picture_unreadable"]
