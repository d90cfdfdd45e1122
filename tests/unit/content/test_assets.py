"""Assets: content checked by its bytes, drawings checked for what could run or fetch, sizes of pictures."""

from __future__ import annotations

import struct

import pytest

from lms.content.assets import asset_problem, image_size

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 640, 250) + b"\x08\x06\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 12, 8) + b"\0" * 4
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 300, 400) + b"\x03" * 12
WEBP_X = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (799).to_bytes(3, "little") + (599).to_bytes(3, "little")
WEBP_L = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", (99) | (49 << 14))
WEBP = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 70, 30)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 250">%s</svg>'


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (640, 250)),
        (GIF, (12, 8)),
        (JPEG, (400, 300)),
        (WEBP_X, (800, 600)),
        (WEBP_L, (100, 50)),
        (WEBP, (70, 30)),
        ((SVG % "").encode(), (640, 250)),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<svg width="10px" height="5.4"/>', (10, 5)),
        (b"bukan gambar", None),
        (PNG[:18], None),
        (b"\xff\xd8\xff", None),
        (b'<svg width="0" height="5"/>', None),
    ],
)
def test_the_size_of_a_picture(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", PNG, None),
        ("a.PNG", PNG, None),
        ("a.jpg", PNG, "asset_magic"),
        ("a.pdf", b"%PDF-1.7 x", None),
        ("a.pdf", b"<script>", "asset_magic"),
        ("a.csv", "nama;kafé\n".encode("cp1252"), "asset_magic"),
        ("a.docx", b"PK\x03\x04....[Content_Types].xml", None),
        ("a.mp4", b"\0\0\0\x18ftypmp42", None),
        ("a.vtt", b"WEBVTT\n", None),
        ("a.mp3", b"ID3\x03", None),
        ("a.exe", b"MZ", "asset_type"),
        ("a.html", b"<p>", "asset_type"),
        ("a.png", b"", "asset_empty"),
        ("a.png", PNG[:16] + struct.pack(">II", 90_000, 90_000), "image_pixels"),
    ],
)
def test_content_is_what_the_name_says(name: str, data: bytes, code: str | None) -> None:
    assert asset_problem(f"aset/{name}", data) == code


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<ScRiPt/>",
        "<svg:script>1</svg:script>",
        '<rect onclick="x"/>',
        "<rect\nonload='x'/>",
        "<foreignObject><p>x</p></foreignObject>",
        '<a href="https://evil.example"><text>x</text></a>',
        '<use xlink:href="//evil.example/x.svg#a"/>',
        '<image href="https://evil.example/x.png"/>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="&#106;avascript:alert(1)">x</a>',
        "<style>@import 'https://evil.example/x.css';</style>",
        '<rect style="fill:url(https://evil.example/x)"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
    ],
)
def test_a_drawing_that_runs_or_fetches_is_refused(inside: str) -> None:
    assert asset_problem("aset/a.svg", (SVG % inside).encode()) == "svg_unsafe"


def test_a_plain_drawing_is_taken() -> None:
    inside = '<style>.a{fill:red}</style><use href="#a"/><rect fill="url(#g)"/>'
    inside += '<image href="data:image/png;base64,AA"/>'
    assert asset_problem("aset/a.svg", (SVG % inside).encode()) is None
    assert asset_problem("aset/a.svg", b'<!DOCTYPE svg [<!ENTITY x "y">]><svg></svg>') == "asset_magic"
    assert asset_problem("aset/a.svg", b'<svg></svg><!ENTITY x "y">') == "svg_unsafe"
