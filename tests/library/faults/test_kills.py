"""Processes that are killed while they read: the next start shows the right papers, each once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from arxtui.library import Library, LibraryError, Progress, child
from arxtui.library import library as library_module

from .conftest import PROGRAM
from .shelves import MANY, WORDS, Shelf, check_right, scan, shown_by_a_fresh_index

Opening = Callable[..., Library]
Start = Callable[[str], subprocess.Popen[str]]

PAPERS, FILES, MOMENTS = (100_000, 400, 50) if MANY else (2_500, 25, 6)
REFRESH = """
often()
library().refresh(lambda progress: print(progress.bytes_done / max(progress.bytes_total, 1), flush=True))
print(2)
"""
"""Says how far it has come, as a share; 2 when it is done."""


class Moment:
    """When to kill: at a share of the bytes read, and a little later, so that it is in the middle of something.

    Args:
        chance: decides.
    """

    def __init__(self, chance: random.Random) -> None:
        self._share = chance.uniform(-0.2, 1.1)  # below 0: before anything is read; above 1: when all is
        self._later = chance.uniform(0, 0.05 if self._share > 0 else 0.5)

    def has_come(self, share: float) -> bool:
        """Whether it is time; waits for the little while."""
        if share < min(self._share, 1):
            return False
        time.sleep(self._later)
        return True


def survives(
    folder: Path, tmp_path: Path, open_here: Opening, kill_one: Callable[[Moment], bool], seed: int
) -> None:
    """Kills at random moments, each followed by a refresh and a change of the files.

    Args:
        folder: of the library.
        tmp_path: for the caches of fresh indexes.
        open_here: opens the library.
        kill_one: starts what reads the library, kills it, and says whether it was in time.
        seed: of the moments.
    """
    shelf = Shelf(folder, PAPERS, FILES)
    chance = random.Random(seed)  # noqa: S311  moments, not secrets
    in_time = 0
    for number in range(MOMENTS):
        in_time += kill_one(Moment(chance))
        expected = shown_by_a_fresh_index(folder, tmp_path / f"fresh {number}")
        with open_here() as library:
            library.refresh()
            check_right(library, expected)
            assert library.notes == []
            assert not library.refresh().changed_anything
            if number == MOMENTS - 1:
                word = WORDS[2]
                assert scan(library, word) == expected["found"][word]
        shelf.change()
    assert in_time >= MOMENTS / 3


def test_a_process_that_refreshes(folder: Path, tmp_path: Path, open_here: Opening, start: Start):
    def kill_one(moment: Moment) -> bool:
        process = start(REFRESH)
        assert process.stdout is not None
        share = -1.0
        while not moment.has_come(share) and (line := process.stdout.readline()):
            share = float(line)
        process.kill()
        out, errors = process.communicate(timeout=60)
        assert errors == ""
        return not out.endswith("2\n")

    survives(folder, tmp_path, open_here, kill_one, seed=3)


def test_the_child(folder: Path, tmp_path: Path, open_here: Opening, monkeypatch: pytest.MonkeyPatch):
    """The reader's process lives on, is told, and can go on with the library that it has open."""
    children: list[subprocess.Popen[str]] = []
    original = subprocess.Popen

    def starting(command: list[str], **options: object) -> subprocess.Popen[str]:
        assert command[1:] == ["-m", "arxtui.library.indexer"]
        program = [sys.executable, "-c", f"{PROGRAM}\noften(); indexer.main()"]
        children.append(original(program, **options))  # type: ignore[call-overload]
        return children[-1]

    def kill_one(moment: Moment) -> bool:
        def look(progress: Progress) -> None:
            if moment.has_come(progress.bytes_done / max(progress.bytes_total, 1)):
                children[-1].kill()

        with open_here() as library, monkeypatch.context() as patched:
            patched.setattr(child.subprocess, "Popen", starting)
            patched.setattr(library_module, "_IN_CHILD_FROM", 1)
            try:
                library.refresh(look)
            except LibraryError as error:
                assert "what was read is kept, the next reading goes on" in str(error)  # noqa: PT017
                library.search("delta").rows(0, 50)
                library.counts()
                return True
            return False

    survives(folder, tmp_path, open_here, kill_one, seed=4)
    assert all(process.returncode is not None for process in children)


def test_the_child_ends_when_its_parent_is_killed(
    folder: Path, tmp_path: Path, open_here: Opening, start: Start
):
    Shelf(folder, 6_000, 60)
    size = sum(path.stat().st_size for path in folder.rglob("*.txt"))
    parent = start(
        f"CHILD = {PROGRAM + 'often(); indexer.main()'!r}\n"
        "child.subprocess = SimpleNamespace(PIPE=subprocess.PIPE, Popen=lambda command, **options:"
        " subprocess.Popen([sys.executable, '-c', CHILD], **options))\n"
        "module._IN_CHILD_FROM = 1; papers = [0]\n"
        "def look(progress): papers.append(progress.papers); print(papers[-1], flush=True)\n"
        "library().refresh(look, should_pause=lambda: papers[-1] > 0)"  # so that it is not done before it is killed
    )
    assert parent.stdout is not None
    while (line := parent.stdout.readline()) == "0\n":  # nothing is committed yet
        pass
    assert int(line or 0) > 0, parent.communicate()
    (indexer,) = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate(timeout=60)
    deadline = time.monotonic() + 10
    while is_alive(indexer):
        assert time.monotonic() < deadline, "the child goes on without its parent"
        time.sleep(0.02)
    with open_here() as library:
        kept = library.counts()
        assert kept.papers > 0
        seen: list[Progress] = []
        library.refresh(seen.append)
        assert 0 < seen[-1].bytes_before < seen[-1].bytes_total == size, (
            "what was committed is not read again"
        )
        check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))


def is_alive(process: str) -> bool:
    """Whether a process runs; one that is dead and not yet asked for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_whose_output_nobody_reads_any_more(folder: Path, cache: Path, open_here: Opening):
    """The end of both pipes at once, as a parent that dies leaves them: it commits and ends without a word."""
    Shelf(folder, 2000, 20)
    with open_here() as library:
        place = library.folder
    command = [sys.executable, "-m", "arxtui.library.indexer"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        task = {"folder": str(place), "roots": [str(folder)], "rebuild": False}
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=30) == 0
    with open_here() as library:
        library.refresh()
        assert library.search("edition").total == 2000


def test_what_is_killed_when_all_files_are_read_is_taken_up_again(
    folder: Path, tmp_path: Path, open_here: Opening, start: Start
):
    """Entries without an identifier are linked after the last file; there is a commit before that."""
    Shelf(folder, 300, 6)
    process = start(
        "refreshing.link_by_text = lambda *_: (print('now', flush=True), sys.stdin.read())\nlibrary().refresh()"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    process.kill()
    process.communicate()
    with open_here() as library:
        assert library.counts().files == 6
        library.refresh()
        check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))
        assert not library.refresh().changed_anything


def test_what_is_read_while_the_text_index_is_committed_is_no_part_of_that_commit(
    folder: Path, tmp_path: Path, open_here: Opening, start: Start
):
    """The next files are read meanwhile; killed right after the commit, they are read again."""
    Shelf(folder, 300, 6)
    process = start(
        """
import os, threading
from arxtui.library import batch, writing
refreshing._FIRST_COMMIT, refreshing._COMMIT, refreshing._BREATH, refreshing._SETTLE = 0.0, 100, 10, 1000
begin_commit, finish_file = writing.Writer.begin_commit, batch.Batch.finish_file
committing, read = threading.Event(), threading.Event()

def finished(self, file, digest):
    finish_file(self, file, digest)
    if committing.is_set():
        read.set()

def begun(self, stamp):
    begin_commit(self, stamp)
    committing.set()
    self._begun = self._beside.submit(read.wait, 60)

batch.Batch.finish_file, writing.Writer.begin_commit = finished, begun
writing.Catalogue.checkpoint = lambda *_, longer_than: read.is_set() and (print("committed", flush=True), os._exit(9))
library().refresh()
"""
    )
    assert process.communicate()[0] == "committed\n"
    with open_here() as library:
        assert 0 < library.counts().papers < 300
        library.refresh()
        check_right(library, shown_by_a_fresh_index(folder, tmp_path / "fresh"))
        assert not library.refresh().changed_anything
