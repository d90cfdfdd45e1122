"""Small pictures, sounds and films made for tests; nothing in them is of anybody."""

from __future__ import annotations

import io
import math
import struct
import wave

from PIL import Image

GPS = 0x8825
SECRET = "KAMERA-RAHASIA"


def photo(width: int = 1200, height: int = 800, *, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A picture, its left half red, with a camera, a place and an orientation in its Exif data."""
    image = Image.new("RGB", (width, height), "white")
    image.paste((200, 20, 20), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET
    exif.get_ifd(GPS).update({1: "N", 2: (0.0, 55.0, 30.0), 3: "E", 4: (104.0, 27.0, 0.0)})
    target = io.BytesIO()
    image.save(target, kind, exif=exif)
    return target.getvalue()


def tone(seconds: float = 1.5, rate: int = 8000) -> bytes:
    """A soft tone as WAV: one channel of eight bits."""
    count = round(seconds * rate)
    samples = bytes(128 + round(40 * math.sin(2 * math.pi * 440 * at / rate)) for at in range(count))
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setparams((1, 1, rate, count, "NONE", ""))
        sound.writeframes(samples)
    return target.getvalue()


def film(seconds: int = 65, size: int = 2_000) -> bytes:
    """The head of an MP4 that says how long it is, filled up to a size; no player could play it."""
    head = b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\x24moov\0\0\0\x1cmvhd" + b"\0" * 12
    head += struct.pack(">II", 1000, seconds * 1000)
    return head + bytes(at % 251 for at in range(max(0, size - len(head))))
