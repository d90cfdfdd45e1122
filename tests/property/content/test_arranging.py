"""Whatever an author arranges: no file is lost, no text changes, the order is the one asked for."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lms.content.writing.arrange import moved, place_for, renamed, siblings_of
from lms.content.writing.compare import compare
from lms.content.writing.outline import outline
from lms.content.writing.titles import with_value

WORD = st.text("ab1-", min_size=1, max_size=4).map(lambda word: word.strip("-") or "x")
NAME = st.one_of(WORD, st.builds("{:02d}-{}".format, st.integers(0, 12), WORD))
HEAD = "---\njenis: {}\nid: {}\njudul: {}\n---\n"
quick = settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))


@st.composite
def courses(draw: st.DrawFn) -> dict[str, bytes]:
    files = {"kursus.md": HEAD.format("kursus", "k", "K").encode()}
    for folder in draw(st.lists(NAME, min_size=1, max_size=3, unique=True)):
        files[f"{folder}/modul.md"] = HEAD.format("modul", f"m{len(files)}", folder).encode()
        for name in draw(st.lists(NAME, min_size=1, max_size=4, unique=True)):
            files[f"{folder}/{name}.md"] = HEAD.format("materi", f"p{len(files)}", name).encode()
    return files


@quick
@given(courses(), st.data(), st.booleans())
def test_a_step_up_or_down_exchanges_two_neighbours(
    files: dict[str, bytes], data: st.DataObject, up: bool
) -> None:
    plan = outline(files)
    path = data.draw(st.sampled_from([one for one in sorted(files) if one != "kursus.md"]))
    order = siblings_of(path, plan)
    names = moved(path, up, plan, list(files))
    after = {names.get(old, old): text for old, text in files.items()}
    assert sorted(after.values()) == sorted(files.values()) and len(after) == len(files)
    at = order.index(path)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    wanted = [files[old] for old in order]
    there = siblings_of(names.get(path, path), outline(after))
    assert [after[new] for new in there] == wanted


@quick
@given(courses(), NAME, st.sampled_from(["module", "lesson", "bank"]))
def test_a_new_part_and_another_name_never_meet_a_file_that_is_there(
    files: dict[str, bytes], title: str, kind: str
) -> None:
    folder = sorted(files)[0].partition("/")[0] if kind == "lesson" else ""
    path = place_for(kind, title, folder, list(files))
    assert path.casefold() not in {one.casefold() for one in files}
    for old in files:
        names = renamed(old, title, list(files))
        assert len({names.get(one, one).casefold() for one in files}) == len(files)


@quick
@given(st.text("ab\n", max_size=30), st.text("ab\n", max_size=30))
def test_a_comparison_holds_every_changed_line_of_both(old: str, new: str) -> None:
    rows = compare(old, new)
    assert (rows == []) == (old == new)
    kept = [row.text for row in rows if row.kind in {"old", "same"}]
    assert all(line in old.split("\n") for line in kept)
    added, gone = ([row.text for row in rows if row.kind == kind] for kind in ("new", "old"))
    assert len(new.split("\n")) - len(old.split("\n")) == len(added) - len(gone)


@quick
@given(st.text("abc :#\n-", max_size=40), st.text("abc :#", min_size=1, max_size=20).map(str.strip))
def test_another_title_changes_one_line_at_most(body: str, title: str) -> None:
    text = f"---\njenis: materi\nid: a\njudul: Lama\n---\n{body}".encode()
    lines = zip(text.decode().split("\n"), with_value(text, "title", title).decode().split("\n"), strict=True)
    assert [new for old, new in lines if new != old] == ([f"judul: {title}"] if title != "Lama" else [])
