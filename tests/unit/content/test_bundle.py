"""Folders and ZIPs as bundles: what is taken, what is refused, and one digest for the same course."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from lms.content.bundle import BundleError, digest, normalize, read_folder, read_zip, write_zip

COURSE = {"kursus.md": b"---\njenis: kursus\n---\nKaf\xc3\xa9\n", "01-a/modul.md": b"---\n---\n"}


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def codes(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(BundleError) as caught:
        read_zip(data)
    return [(problem.path, problem.code) for problem in caught.value.problems]


def test_a_zip_gives_back_what_was_written_and_has_the_same_bytes_each_time() -> None:
    assert read_zip(write_zip(COURSE)) == COURSE
    assert write_zip(COURSE) == write_zip(dict(reversed(COURSE.items())))


def test_a_single_top_folder_is_stripped_but_two_folders_are_not() -> None:
    assert read_zip(zipped({f"kursus-saya/{path}": data for path, data in COURSE.items()})) == COURSE
    two = {"a/x.md": b"x", "b/y.md": b"y"}
    assert read_zip(zipped(two)) == two


def test_by_products_of_systems_and_of_our_export_are_dropped() -> None:
    extra = {"__MACOSX/._kursus.md": b"x", ".DS_Store": b"x", "01-a/Thumbs.db": b"x", "riwayat.txt": b"x"}
    assert read_zip(zipped(COURSE | extra)) == COURSE


def test_a_folder_reads_as_its_zip(tmp_path: Path) -> None:
    for path, data in COURSE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert read_folder(tmp_path) == COURSE


def test_a_folder_with_a_link_or_without_anything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="bundle_empty"):
        read_folder(tmp_path)
    with pytest.raises(BundleError, match="folder_missing"):
        read_folder(tmp_path / "tidak-ada")
    (tmp_path / "kursus.md").symlink_to("/etc/hostname")
    with pytest.raises(BundleError, match="path_link"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../keluar.md", "path_climbs"),
        ("a/../../keluar.md", "path_climbs"),
        ("/etc/passwd.md", "path_absolute"),
        ("C:/kursus.md", "path_absolute"),
        ("a/b/c/d/e.md", "path_long"),
        ("aux.md", "path_name"),
        ("titik .md/x. ", "path_name"),
        ("ta?ya.md", "path_name"),
    ],
)
def test_unsafe_names_are_refused(name: str, code: str) -> None:
    assert [found for _, found in codes(zipped(COURSE | {name: b"x"}))] == [code]


def test_names_from_windows_are_read() -> None:
    backslash = zipped({"kursus.md": b"x", "01-a/modul.md": b"y"}).replace(
        b"01-a/modul.md", b"01-a\\modul.md"
    )
    assert set(read_zip(backslash)) == {"kursus.md", "01-a/modul.md"}


def test_names_without_the_utf8_flag_are_read_as_utf8_or_as_cp437() -> None:
    data = zipped({"kursus.md": b"x", "aset/kaf_.txt": b"y"})
    assert set(read_zip(data.replace(b"kaf_", b"kaf\x82"))) == {"kursus.md", "aset/kafé.txt"}
    data = zipped({"kursus.md": b"x", "aset/ka__.txt": b"y"})
    assert set(read_zip(data.replace(b"ka__", "kaé".encode()))) == {"kursus.md", "aset/kaé.txt"}


def test_two_names_that_one_disk_takes_for_one_are_refused() -> None:
    assert codes(zipped({"kursus.md": b"x", "aset/A.txt": b"1", "aset/a.txt": b"2"})) == [
        ("aset/a.txt", "path_twice")
    ]
    twins = {"kursus.md": b"x", "aset/cafe\u0301.txt": b"1", "aset/caf\u00e9.txt": b"2"}
    assert codes(zipped(twins)) == [("aset/café.txt", "path_twice")]


def test_a_symbolic_link_in_a_zip_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("kursus.md")
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert codes(target.getvalue()) == [("kursus.md", "path_link")]


def test_ten_thousand_files_are_refused_in_one_line() -> None:
    assert codes(zipped({f"aset/{number}.txt": b"x" for number in range(10_000)})) == [("", "bundle_files")]


def test_a_locked_a_cut_and_a_damaged_zip_are_told_apart() -> None:
    good = zipped(COURSE)
    locked = bytearray(good)
    for at in (i for i in range(len(good)) if good[i : i + 4] in {b"PK\x01\x02", b"PK\x03\x04"}):
        flag = at + (8 if good[at + 2] == 1 else 6)
        locked[flag] |= 1
    assert {code for _, code in codes(bytes(locked))} == {"zip_encrypted"}
    assert codes(good[: len(good) // 2]) == [("", "zip_broken")]
    assert codes(b"bukan zip") == [("", "zip_broken")]
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("kursus.md", b"isi yang benar")
    assert codes(stored.getvalue().replace(b"isi yang benar", b"isi yang salah")) == [
        ("kursus.md", "zip_damaged")
    ]


def test_sizes_are_counted_while_reading_not_believed() -> None:
    data = bytearray(zipped({"kursus.md": b"x", "aset/bom.pdf": bytes(11_000_000)}))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, at + 24, 100)
    assert {code for _, code in codes(bytes(data))} <= {"asset_large", "zip_damaged"}
    assert codes(zipped({"kursus.md": b"a" * 1_000_001})) == [("kursus.md", "text_large")]
    assert codes(zipped({"kursus.md": b"x", "aset/a.pdf": bytes(9_000_000)})) == [("aset/a.pdf", "zip_ratio")]


def test_all_files_together_have_a_limit() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number in range(6):
            archive.writestr(f"aset/{number}.pdf", bytes(9_000_000))
    assert codes(target.getvalue()) == [("", "bundle_large")]


def test_the_digest_is_that_of_the_meaning_not_of_the_system() -> None:
    windows = {
        "kursus.md": b"\xef\xbb\xbf---\r\njenis: kursus\r\n---\r\nKafe\xcc\x81\r\n",
        "01-a/modul.md": b"---\r\n---\r\n",
    }
    assert digest(windows) == digest(COURSE)
    assert digest(COURSE | {"riwayat.txt": b"x", "__MACOSX/a": b"y"}) == digest(COURSE)
    assert digest(COURSE | {"aset/a.pdf": b"\r\n"}) != digest(COURSE | {"aset/a.pdf": b"\n"})
    assert digest({"a.md": b"b"}) != digest({"a.mdb": b""})
    assert normalize(windows) == normalize(COURSE)
