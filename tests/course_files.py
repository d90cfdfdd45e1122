"""Changes to the small course for tests: a picture, an edited lesson, a broken one, a Windows copy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from tests.courses import make_bundle

LESSON = "01-loket/01-menyapa.md"
QUIZ = "01-loket/03-kuis.md"
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>\n'
)


def with_picture(name: str = "denah.svg", data: bytes = PICTURE) -> dict[str, bytes]:
    """The course whose first lesson shows a picture."""
    files = make_bundle()
    files[LESSON] += f"\n![Denah loket dengan dua meja](aset/{name})\n".encode()
    files[f"aset/{name}"] = data
    return files


def edited(word: str = "hormat") -> dict[str, bytes]:
    """The course with another word in its first lesson."""
    files = make_bundle()
    files[LESSON] = files[LESSON].replace(b"ramah", word.encode())
    return files


def broken() -> dict[str, bytes]:
    """The course with an error in line 15 of the course file: a rule that names an unknown quiz."""
    return make_bundle(completion="semua-materi, kuis-tiada")


def other_kind() -> dict[str, bytes]:
    """The course whose last question asks for a number instead of words, under the same id (k-10)."""
    files = make_bundle()
    text = files[QUIZ].replace(
        b"- = standar operasional prosedur\n- = prosedur operasional standar", b"- = 3"
    )
    return {**files, QUIZ: text}


def named(slug: str) -> dict[str, bytes]:
    """The course under another id."""
    files = make_bundle()
    files["kursus.md"] = files["kursus.md"].replace(b"id: layanan-loket", f"id: {slug}".encode())
    return files


def zipped(files: Mapping[str, bytes], *, windows: bool = False, folder: str = "") -> bytes:
    """A ZIP of the files; as Windows makes it: CRLF, BOM, backslashes, a folder around it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            if windows and path.endswith(".md"):
                data = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
            name = folder + path
            archive.writestr(name.replace("/", "\\") if windows else name, data)
    return target.getvalue()


CHECK = """
::: kuis {#cek-sapa}

## Sapaan {#c-01 dasar="RAHASIA-cek-dasar"}

Apa yang pertama Anda lakukan saat warga tiba?

- [x] Menyapa dan menanyakan keperluan
  > RAHASIA-cek-tepat: warga merasa dilayani.
- [ ] Meminta nomor antrean
  > RAHASIA-cek-salah: nomor dapat diminta kemudian.

> Petunjuk: Bayangkan Anda yang datang.

> Petunjuk: Mulailah dengan salam.

> Pembahasan: RAHASIA-cek-bahas, lihat bagian sapaan.

## Sisa waktu {#c-02 satuan=menit}

Janji layanan 15 menit dan 8 menit sudah lewat. Berapa menit lagi?

- = 7
- != 8
  > RAHASIA-cek-delapan: itu waktu yang lewat.

> Pembahasan: RAHASIA-cek-hitung.

:::

Tutup percakapan dengan terima kasih.
"""
"""Two questions for the first lesson, and a line after them; what nobody may see early says RAHASIA."""


def with_checks(finish: str = "jawab-cek", **course: object) -> dict[str, bytes]:
    """The course whose first lesson asks two questions."""
    files = make_bundle(**course)  # type: ignore[arg-type]
    text = files[LESSON].replace(b"selesai: baca", f"selesai: {finish}".encode())
    files[LESSON] = text + CHECK.encode()
    return files
