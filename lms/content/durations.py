"""How long a sound or film takes, read from its own head; nothing is decoded."""

import struct

_BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITRATES_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = (44100, 48000, 32000)


def seconds(kind: str, data: bytes) -> int | None:
    """Seconds, rounded up, of an mp3, wav, mp4 or webm; None when the file does not say."""
    try:
        found = {"mp3": _mp3, "wav": _wav, "mp4": _mp4, "webm": _webm}[kind](data)
    except (KeyError, IndexError, struct.error, ZeroDivisionError, OverflowError, ValueError):
        return None
    return max(1, -int(-found // 1)) if found and 0 < found < 86_400 else None


def _mp3(data: bytes) -> float | None:
    start = 0
    if data[:3] == b"ID3":
        high, second, third, low = data[6:10]
        start = 10 + (high << 21 | second << 14 | third << 7 | low)
    start = data.find(b"\xff", start)
    head: int = struct.unpack_from(">I", data, start)[0]
    first = (head >> 19 & 3) == 3
    if head >> 21 != 0x7FF or (head >> 17 & 3) != 1:
        return None
    kilobits = (_BITRATES if first else _BITRATES_2)[(head >> 12 & 15) - 1]
    rate = _RATES[head >> 10 & 3] // (1 if first else 2 if head >> 19 & 3 == 2 else 4)
    side = (17 if (head >> 6 & 3) == 3 else 32) if first else (9 if (head >> 6 & 3) == 3 else 17)
    tag = start + 4 + side
    if data[tag : tag + 4] in {b"Xing", b"Info"} and data[tag + 7] & 1:
        frames: int = struct.unpack_from(">I", data, tag + 8)[0]
        return frames * (1152 if first else 576) / rate
    return (len(data) - start) * 8 / (kilobits * 1000)


def _wav(data: bytes) -> float | None:
    a_second: int = struct.unpack_from("<I", data, 28)[0]
    at = data.find(b"data", 36)
    length: int = struct.unpack_from("<I", data, at + 4)[0]
    return min(length, len(data) - at - 8) / a_second if at > 0 else None


def _mp4(data: bytes) -> float | None:
    at = data.find(b"mvhd")
    if at < 0:
        return None
    form, where = (">IQ", at + 24) if data[at + 4] == 1 else (">II", at + 16)
    scale, length = struct.unpack_from(form, data, where)
    return float(length) / float(scale)


def _webm(data: bytes) -> float | None:
    head = data[:4096]
    scale = 1_000_000
    if (at := head.find(b"\x2a\xd7\xb1")) > 0:
        size = head[at + 3] & 0x7F
        scale = int.from_bytes(head[at + 4 : at + 4 + size], "big")
    at = head.find(b"\x44\x89")
    if at < 0:
        return None
    wide = head[at + 2] == 0x88
    ticks: float = struct.unpack_from(">d" if wide else ">f", head, at + 3)[0]
    return ticks * scale / 1_000_000_000
