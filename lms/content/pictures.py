"""Photographs and screenshots made light: WebP in a few widths, turned upright, without hidden data."""

import hashlib
import io
import threading

from PIL import Image, ImageOps, UnidentifiedImageError

from lms.content.assets import MAX_PIXELS
from lms.content.paths import extension

RASTER = frozenset({"png", "jpg", "jpeg", "webp"})
WIDTHS = (480, 960, 1920)
"""Widths in pixels that a picture is made in, never wider than it is: phone, page, and opened by itself."""
PAGE_WIDTH = 960
MAKER = "1"
"""Part of the name of a made file: raised whenever the same picture gives other bytes."""

_FORMATS = ("PNG", "JPEG", "WEBP")
_QUALITY = 80
_SIDEWAYS = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112
_one = threading.Lock()
_weights: dict[str, int | None] = {}
_KEPT = 4096

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def is_raster(path: str) -> bool:
    """Whether the name is that of a picture that is made in several widths."""
    return extension(path) in RASTER


def upright_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as it is looked at; None for what is no PNG, JPEG or WebP."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            width, height = image.size
            turned = image.getexif().get(_ORIENTATION) in _SIDEWAYS
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    return (height, width) if turned else (width, height)


def as_webp(data: bytes, width: int) -> bytes | None:
    """The picture as WebP, at most `width` pixels wide, upright, without Exif and other metadata.

    None when it cannot be read or has more than MAX_PIXELS. One at a time, so that the memory stays bounded.
    """
    with _one:
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                image.draft("RGB", (width * 2, width * 2))
                upright = ImageOps.exif_transpose(image)
                clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
                plain = upright.convert("RGBA" if clear else "RGB")
        except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
            return None
        if plain.width > width:
            height = max(1, round(plain.height * width / plain.width))
            plain = plain.resize((width, height), Image.Resampling.LANCZOS)
        plain.info.clear()
        target = io.BytesIO()
        plain.save(target, "WEBP", quality=_QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
        return target.getvalue()


def weight(data: bytes) -> int | None:
    """Bytes of the picture as a page shows it; None when it cannot be read. Kept for each content."""
    digest = hashlib.sha256(data).hexdigest()
    if digest not in _weights:
        made = as_webp(data, PAGE_WIDTH)
        if len(_weights) >= _KEPT:
            _weights.clear()
        _weights[digest] = len(made) if made else None
    return _weights[digest]
