"""Files that change, or are not what they seem, while they are read."""

from __future__ import annotations

import errno
import os
import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from arxtui.core.parsing import segments
from arxtui.library import Library, LibraryError, Refreshed, open_library, refreshing

from .shelves import MANY, Shelf, check_right, consistent, paper, shown_by_a_fresh_index

Opening = Callable[..., Library]
Start = Callable[[str], subprocess.Popen[str]]

TEXT = "".join(paper(number, 1) for number in range(400))
OTHER = "".join(paper(number, 2) for number in range(1000, 1300))


def shrink(path: Path) -> None:
    os.truncate(path, len(TEXT) // 3)


def shrink_to_nothing(path: Path) -> None:
    os.truncate(path, 0)


def grow(path: Path) -> None:
    with path.open("a") as file:
        file.write(OTHER)


def write_over(path: Path) -> None:
    with path.open("r+") as file:
        file.write(OTHER[:30_000])


def replace(path: Path) -> None:
    other = path.with_name("draft")
    other.write_text(OTHER)
    other.replace(path)


def remove(path: Path) -> None:
    path.unlink()


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def become_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


CHANGES = [shrink, shrink_to_nothing, grow, write_over, replace, remove, become_a_folder, become_a_pipe]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_file_that_changes_in_the_middle(
    folder: Path,
    tmp_path: Path,
    open_here: Opening,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    known: bool,
):
    (folder / "before.txt").write_text(paper(2000, 1))
    path = folder / "file.txt"
    library = open_here()
    if known:
        path.write_text(OTHER)
        library.refresh()
    path.write_text(TEXT)
    (folder / "later.txt").write_text(paper(2001, 1))

    def disturbed(file: BinaryIO) -> Iterator[object]:
        for number, segment in enumerate(segments(file)):
            if number == 150 and segment.end > 1000:
                change(path)
            yield segment

    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "segments", disturbed)
        library.refresh()
    consistent(library)
    assert library.search("number2001").total == 1
    library.refresh()
    consistent(library)
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))
    assert not library.refresh().changed_anything


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_file_that_becomes_unreadable_in_the_middle(
    folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch, known: bool
):
    path = folder / "file.txt"
    library = open_here()
    if known:
        path.write_text(OTHER)
        library.refresh()
    path.write_text(TEXT)
    (folder / "later.txt").write_text(paper(2001, 1))

    def failing(file: BinaryIO) -> Iterator[object]:
        for number, segment in enumerate(segments(file)):
            if number == 150:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            yield segment

    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "segments", failing)
        library.refresh()
        assert [(each.path, each.kind) for each in library.problems()] == [("file.txt", "unreadable")]
        assert "input/output error" in library.problems()[0].message
        consistent(library)
        assert library.search("number2001").total == 1
    library.refresh()
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


def test_files_that_are_rewritten_all_the_time(folder: Path, tmp_path: Path, open_here: Opening):
    paths = [folder / f"{number}.txt" for number in range(4)]
    for path in paths:
        path.write_text(TEXT)
    done = threading.Event()
    chance = random.Random(5)  # noqa: S311  changes, not secrets
    failures: list[BaseException] = []

    def rewrite() -> None:
        try:
            while not done.is_set():
                path = chance.choice(paths)
                text = chance.choice([TEXT, OTHER, TEXT + OTHER, OTHER[:5000], ""])
                if chance.random() < 0.5:
                    path.write_text(text)  # in place: empty for a moment
                else:
                    path.with_suffix(".draft").write_text(text)
                    path.with_suffix(".draft").replace(path)
                time.sleep(0.001)
        except BaseException as error:  # noqa: BLE001  whatever it is, the test fails with it
            failures.append(error)

    library = open_here()
    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        end = time.monotonic() + (60 if MANY else 3)
        while time.monotonic() < end:
            library.refresh()
            for row in library.search("edition1").rows(0, 20):
                with suppress(LibraryError):
                    assert "edition1" in str(library.paper(row.key).abstract)
    finally:
        done.set()
        writer.join()
    assert not failures
    library.refresh()
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


def test_tiny_files(folder: Path, open_here: Opening):
    """100,000 of them; as many as there is time for in CI."""
    number_of_files = 100_000 if MANY else 5_000
    for number in range(number_of_files):
        if number % 1000 == 0:
            (folder / str(number)).mkdir()
        (folder / f"{number // 1000 * 1000}" / f"{number}.txt").write_text(paper(number, 1))
    library = open_here()
    assert library.refresh().added == number_of_files
    assert library.counts().papers == library.search("edition1").total == number_of_files
    assert library.refresh() == Refreshed(0, 0, 0, 0, number_of_files)
    (folder / "0" / "7.txt").unlink()
    assert library.refresh().removed == 1
    assert library.search("number7").total == sum(
        str(number).startswith("7") for number in range(number_of_files) if number != 7
    )


def test_folders_that_are_nested_200_deep_with_a_link_to_the_top_in_each(
    folder: Path, tmp_path: Path, open_here: Opening
):
    place = folder
    for number in range(200):
        place /= f"level {number}"
        place.mkdir()
        (place / "up").symlink_to(folder)
        (place / "here").symlink_to(place)
        (place / f"{number}.txt").write_text(paper(number, 1))
    library = open_here()
    assert library.refresh().added == 200
    check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))
    (occurrence,) = library.paper(library.search("number199").rows(0, 1)[0].key).occurrences
    assert occurrence.path.count("/") == 200
    assert library.entry(occurrence).abstract


def test_what_is_no_file(folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch):
    (folder / "a.txt").write_text(paper(1, 1))
    os.mkfifo(folder / "pipe.txt")
    (folder / "null.txt").symlink_to("/dev/null")
    (folder / "endless.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    monkeypatch.chdir(folder)  # a socket's name may only be short
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind("socket.txt")
        library = open_here()
        library.refresh()
        assert library.counts().files == library.counts().papers == 1
        problems = {each.path: each.message for each in library.problems() if each.kind == "unreadable"}
        assert "cannot be read" in problems.pop("loop.txt")
        rest = ": move it out of the folder, or leave it"
        assert problems == {
            "endless.txt": f"is no file but a device{rest}",
            "null.txt": f"is no file but a device{rest}",
            "pipe.txt": f"is no file but a pipe{rest}",
            "socket.txt": f"is no file but a socket{rest}",
        }
        needed = refreshing.what_is_needed(library.roots, library._catalogue, library._index)
        assert not needed.anything
        for name in ("pipe.txt", "null.txt", "endless.txt", "socket.txt"):
            with pytest.raises(LibraryError, match=rf"{name}: neither a folder nor a regular file: name one"):
                open_library([folder / name], cache_dir=tmp_path / "other")
    with pytest.raises(LibraryError, match=r"loop.txt: cannot be opened"):
        open_library([folder / "loop.txt"], cache_dir=tmp_path / "other")


def test_a_file_and_a_pipe_that_take_each_others_place(folder: Path, open_here: Opening):
    (folder / "a.txt").write_text(paper(1, 1))
    (folder / "b.txt").write_text(paper(2, 1))
    library = open_here()
    library.refresh()
    (folder / "a.txt").unlink()
    os.mkfifo(folder / "a.txt")
    assert library.refresh().removed == 1
    assert (library.counts().papers, library.counts().problems) == (1, 1)
    os.mkfifo(folder / "c.txt")
    library.refresh()
    assert [each.path for each in library.problems()] == ["a.txt", "c.txt"]
    for name in ("a.txt", "c.txt"):
        (folder / name).unlink()
        (folder / name).write_text(paper(3, 1))
    assert library.refresh().added == 2
    assert library.problems() == []
    os.mkfifo(folder / "note.fifo")
    assert not library.refresh().changed_anything
    assert library.problems() == []


MEASURED = """
module._IN_CHILD_FROM = 10**12  # in this process, which is the one that is measured
with library() as opened:
    opened.refresh()
    print(*opened.counts(), opened.search("edition1").total)
    for row in opened.search("edition1"):
        opened.paper(row.key)
    print(*(problem.kind for problem in opened.problems()))
# Not what getrusage says: a process begins with the peak of the one that started it.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
print(*(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")))
"""


@pytest.mark.parametrize("what", ["words", "one word", "nul", "blanks", "no end of line but identifiers"])
def test_one_line_of_many_megabytes(folder: Path, start: Start, what: str):
    size = 300_000_000 if MANY else 60_000_000
    line = {"words": b"sheep may safely graze ", "one word": b"abcdefgh", "blanks": b" \t  "}
    with (folder / "big.txt").open("wb") as file:
        file.write(paper(1, 1).encode())
        if what == "nul":
            file.truncate(size)
            file.seek(0, os.SEEK_END)
        elif what in line:
            for _ in range(size // 1_000_000):
                file.write((line[what] * 1_000_000)[:1_000_000])
        else:
            for number in range(size // 1000):
                file.write(f"{'A sheep in the rain. ' * 45} arXiv:2401.{number % 100_000:05d} ".encode())
        file.write(b"\n\n" + paper(2, 1).encode())
    process = start(MEASURED)
    out, errors = process.communicate(timeout=600 if MANY else 60)
    assert errors == ""
    counts, problems, megabytes = out.splitlines()
    # The paper before it, and the one behind it where the line is not taken for a part of that; no text with zero bytes.
    assert counts.split()[-1] in (("0",) if what == "nul" else ("1", "2"))
    assert problems or what == "blanks"
    assert int(megabytes or 0) < 300


@pytest.mark.parametrize(
    ("content", "problems"),
    [(b"", 0), (b"\0" * 5000, 1), (b"\n" * 5000, 0), (b"\xff\xfe", 0), (b"\xef\xbb\xbf", 0), (b"\0", 1)],
    ids=["empty", "nul", "line ends", "mark 16", "mark 8", "one nul"],
)
def test_files_of_next_to_nothing(folder: Path, open_here: Opening, content: bytes, problems: int):
    (folder / "a.txt").write_bytes(content)
    (folder / "b.txt").write_text(paper(1, 1))
    library = open_here()
    assert library.refresh().added == 2
    assert library.search("edition1").total == 1
    assert len(library.problems()) == problems
    assert library.counts().papers == 1
    assert not library.refresh().changed_anything


def test_a_file_of_which_nothing_is_read_to_its_end_is_read_again(
    folder: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch
):
    """Where the look after the reading fails, the file counts as unread."""
    (folder / "a.txt").write_text(paper(1, 1))
    looks = iter([False, True])
    original = refreshing.look

    def look(descriptor: int) -> object:
        if next(looks, False):
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return original(descriptor)

    library = open_here()
    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "look", look)
        library.refresh()
        assert [each.kind for each in library.problems()] == ["unreadable"]
    library.refresh()
    assert library.problems() == []
    assert library.search("edition1").total == 1


def test_a_library_of_one_file_that_is_replaced_by_a_folder(folder: Path, cache: Path):
    path = folder / "papers"
    path.write_text(TEXT)
    with closing(open_library([path], cache_dir=cache)) as library:
        library.refresh()
        path.unlink()
        library.refresh()
        assert library.counts().papers == 400  # a disk that is not mounted is no reason to forget
        path.mkdir()
        Shelf(path, 50, 2)
        library.refresh()
        assert library.search("number1").total > 0
        consistent(library)
        assert library.search("edition1").total == 25
