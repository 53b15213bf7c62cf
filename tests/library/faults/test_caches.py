"""Disks that are full, caches that may not be written or vanish, and indexes that are damaged."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from arxtui.library import Library, LibraryError, open_library
from arxtui.library import library as library_module
from arxtui.library.checking import check_index
from tests.own_disk import run_with_own_disk

from .conftest import PROGRAM
from .shelves import MANY, Shelf, check_right, consistent, shown_by_a_fresh_index

Opening = Callable[..., Library]
PlainUser = Callable[[], AbstractContextManager[None]]

FULL_DISK = """
module._IN_CHILD_FROM = int(sys.argv[3])
disk = Path(sys.argv[2])
try:
    opened = library()
    opened.refresh()
except LibraryError as error:
    print(error, error.short, sep="; ")
found = opened.search("edition")
print(found.total == len(list(found)))  # what was committed is found
subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
opened.refresh()
from arxtui.library.checking import check_index
print(check_index(opened.folder), opened.search("edition").total, opened.counts().papers)
opened.close()
(disk / "ballast").write_bytes(b"x" * 30_000_000)
subprocess.run(["mount", "-o", "remount,size=31m", str(disk)], check=True)
try:
    with (disk / "more").open("wb") as more:
        while True:
            more.write(b"x" * 4096)
            more.flush()
except OSError:
    pass
try:
    with library() as again:  # nothing is to be written
        print(again.refresh().unchanged, again.search("edition").total)
except LibraryError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("megabytes", "in_child_from"), [(1, 10**12), (2, 1), (3, 10**12)], ids=["here", "in a child", "later"]
)
def test_a_full_disk(folder: Path, cache: Path, megabytes: int, in_child_from: int):
    """On a disk of its own, mounted in a name space of the test's own."""
    Shelf(folder, 6000, 30)
    cache.mkdir()
    mount = f'mount -t tmpfs -o size={megabytes}m none "$3" && exec "$0" -c "$1" "$2" "$3" "$4"'
    done = run_with_own_disk(mount, PROGRAM + FULL_DISK, str(folder), str(cache), str(in_child_from))
    assert done.stderr == ""
    message, found, sound, again = done.stdout.splitlines()
    assert "cannot be used: the disk is full: free some space" in message, done.stdout
    assert message.endswith("; the disk is full"), done.stdout
    assert found == "True", done.stdout
    assert sound.startswith("[] 6000 "), done.stdout
    assert again == "30 6000" or "disk is full" in again


READ_ONLY = """
with library() as opened:
    opened.refresh()
subprocess.run(["mount", "-o", "remount,ro", sys.argv[2]], check=True)
from arxtui.library.checking import check_index
print(check_index(opened.folder))
"""


def test_the_check_of_an_index_on_a_disk_that_can_only_be_read(folder: Path, cache: Path):
    Shelf(folder, 60, 3)
    cache.mkdir()
    mount = 'mount -t tmpfs none "$3" && exec "$0" -c "$1" "$2" "$3"'
    done = run_with_own_disk(mount, PROGRAM + READ_ONLY, str(folder), str(cache))
    assert done.stderr == ""
    assert "cannot be seen, for the index may not be changed: allow yourself to write there" in done.stdout
    assert "damaged" not in done.stdout


def test_a_cache_that_can_only_be_read(
    folder: Path, tmp_path: Path, cache: Path, open_here: Opening, plain_user: PlainUser
):
    Shelf(folder, 50, 3)
    with open_here() as library:
        library.refresh()
        place = library.folder
    Shelf(folder, 60, 3)
    with plain_user():
        everything = [path for path in [cache, *cache.rglob("*")] if path.is_dir()]
        for path in everything:
            path.chmod(0o500)
        try:
            with pytest.raises(LibraryError, match="ARXTUI_CACHE_DIR"), open_here() as library:
                library.refresh()
        finally:
            for path in everything:
                path.chmod(0o700)
        assert check_index(place) == []
        with open_here() as library:
            # Open while it could be written, and then not any more.
            for path in everything:
                path.chmod(0o500)
            try:
                with pytest.raises(LibraryError, match=r"may not be changed: .*ARXTUI_CACHE_DIR"):
                    library.refresh()
                assert library.search("edition").total == 50
                consistent(library)
            finally:
                for path in everything:
                    path.chmod(0o700)
            library.refresh()
            check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


@pytest.mark.parametrize("in_child_from", [10**12, 1], ids=["here", "in a child"])
def test_a_cache_that_vanishes(
    folder: Path,
    tmp_path: Path,
    cache: Path,
    open_here: Opening,
    monkeypatch: pytest.MonkeyPatch,
    in_child_from: int,
):
    monkeypatch.setattr(library_module, "_IN_CHILD_FROM", in_child_from)
    shelf = Shelf(folder, 200, 5)
    library = open_here()
    library.refresh()
    total = library.search("edition").total
    shutil.rmtree(cache)
    assert library.search("edition").total == total
    failures: list[BaseException] = []

    def look() -> None:
        """In a thread that has not asked before."""
        try:
            library.search("delta").rows(0, 5)
        except BaseException as error:  # noqa: BLE001  it is looked at below
            failures.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    for failure in failures:
        assert isinstance(failure, LibraryError)
        assert "read the files again" in str(failure)
    shelf.change()
    library.refresh()
    assert library.notes == ["the index was deleted: it is made again from the files"]
    expected = shown_by_a_fresh_index(folder, tmp_path / "fresh")
    check_right(library, expected)
    assert not library.refresh().changed_anything
    assert len(library.notes) == 1
    with open_here() as again:
        check_right(again, expected)


def test_an_index_that_another_program_has_made_again_is_seen(
    folder: Path, tmp_path: Path, cache: Path, open_here: Opening
):
    shelf = Shelf(folder, 200, 5)
    library = open_here()
    library.refresh()
    shutil.rmtree(cache)
    shelf.change()
    with open_here() as other:
        other.refresh()
        assert not library.refresh().changed_anything  # all is read already
        shelf.change()
        other.refresh()
        assert library.follow()
        check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


@pytest.fixture
def indexed(folder: Path, tmp_path: Path, open_here: Opening) -> tuple[Path, dict[str, Any]]:
    """Where the index of a small library is, and what it should show."""
    Shelf(folder, 400, 6)
    with open_here() as library:
        library.refresh()
        return library.folder, shown_by_a_fresh_index(folder, tmp_path / "fresh")


HOWS = ["gone", "half", "one byte less", "garbage"]
PATTERNS = [".managed.json", "*.pos", "*.fast", "*.fieldnorm"]  # the other files: test_hostile.py


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        (pattern, how)
        for at, pattern in enumerate(PATTERNS)
        for how in (HOWS if MANY else dict.fromkeys(("gone", HOWS[at])))
    ],
)
def test_a_text_index_of_which_a_file_is_damaged(
    indexed: tuple[Path, dict[str, Any]], open_here: Opening, pattern: str, how: str
):
    place, expected = indexed
    paths = list(place.glob(f"text-*/{pattern}"))
    assert paths
    for path in paths:
        raw = path.read_bytes()
        damaged = {
            "half": raw[: len(raw) // 2],
            "one byte less": raw[:-1],
            "garbage": b"\xaa" * len(raw),
        }
        path.unlink()
        if how in damaged:
            path.write_bytes(damaged[how])
    with open_here() as library:
        library.refresh()
        check_right(library, expected)
        assert not library.refresh().changed_anything


def change_stamp_of_catalogue(place: Path) -> None:
    with closing(sqlite3.connect(place / "catalogue.sqlite3")) as db:
        db.execute("UPDATE facts SET value = 'another' WHERE name = 'stamp'")
        db.commit()


def take_stamp_of_catalogue(place: Path) -> None:
    with closing(sqlite3.connect(place / "catalogue.sqlite3")) as db:
        db.execute("DELETE FROM facts")
        db.commit()


def change_stamp_of_text(place: Path) -> None:
    from arxtui.library.textindex import TextIndex

    writer = TextIndex.in_folder(place).writer()
    writer.begin_commit("another")
    writer.finish_commit()
    writer.close()


def empty_text(place: Path) -> None:
    """As a crash leaves it in which the first commit was made and the catalogue's was not."""
    from arxtui.library.textindex import TextIndex

    writer = TextIndex.in_folder(place).writer()
    writer.remove_all()
    writer.begin_commit("another")
    writer.finish_commit()
    writer.close()


@pytest.mark.parametrize(
    ("tear", "in_child_from"),
    [
        (change_stamp_of_catalogue, 10**12),
        (take_stamp_of_catalogue, 10**12),
        (change_stamp_of_text, 10**12),
        (empty_text, 1),
    ],
)
def test_a_torn_pair_is_made_whole_without_reading_the_files_again(
    indexed: tuple[Path, dict[str, Any]],
    open_here: Opening,
    monkeypatch: pytest.MonkeyPatch,
    tear: Callable[[Path], None],
    in_child_from: int,
):
    monkeypatch.setattr(library_module, "_IN_CHILD_FROM", in_child_from)
    place, expected = indexed
    tear(place)
    assert "of another time" in check_index(place)[0]
    with open_here() as library:
        refreshed = library.refresh()
        assert (refreshed.added, refreshed.changed, refreshed.unchanged) == (0, 0, 6)
        check_right(library, expected)
        assert library.notes == []


def test_a_torn_pair_is_made_whole_where_files_have_other_names_and_times_since(
    folder: Path, tmp_path: Path, indexed: tuple[Path, dict[str, Any]], open_here: Opening
):
    """These are not read again for that alone; only the text index has to be, out of what they are called now."""
    empty_text(indexed[0])
    renamed, touched, *_ = sorted(folder.rglob("*.txt"))
    renamed.rename(renamed.with_name("another.txt"))
    os.utime(touched, (1_000_000, 1_000_000))
    with open_here() as library:
        library.refresh()
        check_right(library, shown_by_a_fresh_index(folder, tmp_path / "afresh"))
        assert not library.refresh().changed_anything


def no_database(raw: bytes) -> bytes:
    return b"garbage" * 9999


def half(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def half_of_the_pages(raw: bytes) -> bytes:
    return raw[: len(raw) // 2 // 4096 * 4096]


def only_the_head(raw: bytes) -> bytes:
    return raw[:4096]


def garbage_behind_the_head(raw: bytes) -> bytes:
    return raw[:4096] + b"\xaa" * (len(raw) - 4096)


def nothing(raw: bytes) -> bytes:
    return b""


DAMAGES = [
    nothing,
    no_database,
    half,
    half_of_the_pages,
    only_the_head,
    garbage_behind_the_head,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_catalogue_is_set_aside_and_built_again(
    indexed: tuple[Path, dict[str, Any]], folder: Path, cache: Path, damage: Callable[[bytes], bytes]
):
    place, expected = indexed
    path = place / "catalogue.sqlite3"
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    notes = []
    with closing(open_library([folder], cache_dir=cache)) as library:
        library.refresh()
        notes += library.notes
        check_right(library, expected)
    assert "the index was damaged" in notes[0]
    (aside,) = place.parent.glob("*.damaged-*")
    assert str(aside) in notes[0]
    assert (aside / "catalogue.sqlite3").read_bytes() == damaged
    with closing(open_library([folder], cache_dir=cache)) as library:
        assert library.notes == []
        check_right(library, expected)


def test_damage_that_nobody_has_met_is_found_by_the_check_and_gone_after_a_rebuild(
    indexed: tuple[Path, dict[str, Any]], open_here: Opening
):
    place, expected = indexed
    path = place / "catalogue.sqlite3"
    raw = path.read_bytes()
    middle = len(raw) // 2 // 4096 * 4096
    path.write_bytes(raw[:middle] + b"\xaa" * 8192 + raw[middle + 8192 :])
    assert "the catalogue is damaged" in check_index(place)[0]
    with open_here() as library:
        library.refresh(rebuild=True)
        check_right(library, expected)


@pytest.mark.parametrize("in_child_from", [10**12, 1], ids=["here", "in a child"])
def test_damage_that_a_refresh_meets_is_set_aside(
    indexed: tuple[Path, dict[str, Any]],
    folder: Path,
    tmp_path: Path,
    open_here: Opening,
    monkeypatch: pytest.MonkeyPatch,
    in_child_from: int,
):
    monkeypatch.setattr(library_module, "_IN_CHILD_FROM", in_child_from)
    place, _ = indexed
    with closing(sqlite3.connect(place / "catalogue.sqlite3")) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'occurrences'").fetchone()
    with (place / "catalogue.sqlite3").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xaa" * 4096)
    Shelf(folder, 500, 6)
    with open_here() as library:
        library.refresh()
        assert "the index was damaged" in library.notes[0]
        check_right(library, shown_by_a_fresh_index(folder, tmp_path / "as it is now"))


def scribble(place: Path, pattern: str, seed: int) -> None:
    """Write over files of an index as it is, without making them shorter, which would end a program that has them mapped."""
    chance = random.Random(seed)  # noqa: S311  damage, not secrets
    for path in sorted(place.glob(pattern)):
        with path.open("r+b") as file:
            for start in range(0, path.stat().st_size, 4096):
                file.seek(start)
                file.write(chance.randbytes(min(4096, path.stat().st_size - start)))


def ask_everything(library: Library) -> list[BaseException]:
    """What is raised where all that a reader asks for is asked."""

    def facets() -> object:
        return library.facets(library.search("edition"))

    raised: list[BaseException] = []
    for ask in (
        lambda: list(library.search("edition")),
        lambda: list(library.search("", sort="-date").rows(0, 50)),
        lambda: library.search("", sort="title").rows(300, 350),
        lambda: library.search("title:/^On/").total,
        lambda: library.search("edi", typing=True).total,
        facets,
        library.counts,
        library.children,
        library.problems,
        library.follow,
        lambda: library.complete("author", "O"),
    ):
        try:
            ask()
        except BaseException as error:  # noqa: BLE001  a panic of the text index is none of Python's errors
            raised.append(error)
    return raised


@pytest.mark.parametrize("again", [False, True], ids=["read again", "next start"])
@pytest.mark.parametrize("seed", range(4))
def test_damage_under_an_open_library_is_told_and_the_index_made_again(
    folder: Path, tmp_path: Path, open_here: Opening, seed: int, again: bool
):
    Shelf(folder, 400, 6)
    with open_here() as library:
        library.refresh()
        expected = shown_by_a_fresh_index(folder, tmp_path / "fresh")
        list(library.search("edition"))
        place = library.folder
        scribble(place, "text-*/*.*", seed)
        if seed % 2:
            scribble(place, "catalogue.sqlite3*", seed)
        raised = ask_everything(library)
        assert raised
        for error in raised:
            assert str(error) == "the index is damaged: the next start, or R, makes it again", repr(error)
            assert isinstance(error, LibraryError)
        assert check_index(place), "doctor sees it too"
        if not again:
            library.refresh()
            assert len(library.notes) == 1
            assert library.notes[0].startswith("the index was damaged (")
            assert "is built again" in library.notes[0]
            check_right(library, expected)
            assert not library.refresh().changed_anything
    with open_here() as library:
        library.refresh()
        assert len(library.notes) == again
        check_right(library, expected)
    assert len(list(place.parent.glob("*.damaged-*"))) == 1


def test_what_was_found_in_a_damaged_index_says_nothing_of_the_new_one(folder: Path, open_here: Opening):
    Shelf(folder, 400, 6)
    with open_here() as library:
        library.refresh()
        old = library.search("edition")
        scribble(library.folder, "catalogue.sqlite3*", 1)
        with pytest.raises(LibraryError, match="is damaged"):
            list(old)
        library.refresh()
        with pytest.raises(LibraryError, match="is damaged"):
            list(old)
        assert not library.refresh().changed_anything
        assert len(library.notes) == 1
